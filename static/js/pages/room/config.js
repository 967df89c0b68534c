/** Reads the configuration in the room's page. */

/**
 * @typedef {Object} RoomConfig
 * @property {string} slug
 * @property {string} name
 * @property {string} socket - path of the WebSocket
 * @property {string} nickname - suggested
 * @property {string} link - invite link
 * @property {string} home - path
 * @property {boolean} may_exceed_capacity - whether this person can join a full room
 */

/** The JSON that the server wrote into the page. @returns {RoomConfig} */
export function roomConfig() {
  return JSON.parse(document.getElementById("room-config")?.textContent ?? "{}");
}
