/** Reads the configuration that the server wrote into the room's page. */

/**
 * @typedef {Object} RoomConfig
 * @property {string} slug
 * @property {string} name
 * @property {string} socket
 * @property {string} nickname
 * @property {string} link
 * @property {string} home
 */

/** @returns {RoomConfig} */
export function roomConfig() {
  return JSON.parse(document.getElementById("room-config")?.textContent ?? "{}");
}
