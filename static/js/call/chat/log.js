/** Keeps the chat as one ordered list: the server's lines by id, then my own unconfirmed lines. */

/** @import { ChatLine } from "../../protocol.js" */

/**
 * @typedef {Object} ChatEntry
 * @property {number} [id] - given by the server
 * @property {string} ref - given by the sender
 * @property {string} seat
 * @property {string} nickname
 * @property {string} text
 * @property {string | null} to
 * @property {string | null} to_nickname
 * @property {number} sent_at
 * @property {"sent" | "sending" | "failed"} status
 * @property {{code: string, message?: string}} [problem] - why it failed
 */

// Bounds the memory of a long meeting.
export const LINES_MAX = 1_000;

/** @param {ChatLine} line @returns {ChatEntry} */
function fromWire(line) {
  return { ...line, ref: line.ref ?? "", status: "sent" };
}

/** @param {ChatEntry} a @param {ChatEntry} b */
function byId(a, b) {
  return (a.id ?? Infinity) - (b.id ?? Infinity) || 0;
}

/**
 * Merges the server's lines. A line of mine replaces its unconfirmed entry, even one that was marked as failed.
 * @param {readonly ChatEntry[]} chat
 * @param {readonly ChatLine[]} lines
 * @returns {readonly ChatEntry[]}
 */
export function mergeLines(chat, lines) {
  const known = new Set(chat.map((entry) => entry.id));
  const fresh = lines.filter((line) => !known.has(line.id));
  const confirmed = new Set(lines.map((line) => `${line.seat} ${line.ref}`));
  const rest = chat.filter((entry) => entry.id !== undefined || !confirmed.has(`${entry.seat} ${entry.ref}`));
  if (fresh.length === 0 && rest.length === chat.length) return chat;
  return [...rest, ...fresh.map(fromWire)].sort(byId).slice(-LINES_MAX);
}

/**
 * Changes an unconfirmed line of mine.
 * @param {readonly ChatEntry[]} chat
 * @param {string} ref
 * @param {Partial<ChatEntry>} change
 * @returns {readonly ChatEntry[]}
 */
export function amendPending(chat, ref, change) {
  return chat.map((entry) => (entry.id === undefined && entry.ref === ref ? { ...entry, ...change } : entry));
}
