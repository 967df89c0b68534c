/** Saves the chat as a text file. */

import { transcript, transcriptName } from "../../call/chat/transcript.js";
import { saveText } from "../kit/download.js";

/** @import { CallState } from "../../call/state.js" */

/**
 * Downloads the transcript of the chat, named after the room and the day.
 * @param {CallState} state
 */
export function saveChat({ room, chat, clockSkew }) {
  const title = room?.name ?? "";
  saveText(transcriptName(title, new Date()), transcript(title, chat, clockSkew));
}
