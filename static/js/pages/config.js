// What the server wrote into the room's page.

/**
 * @typedef {Object} RoomConfig
 * @property {string} slug
 * @property {string} name
 * @property {string} socket
 * @property {string} nickname
 * @property {boolean} signed_in
 * @property {string} link
 * @property {boolean} is_host
 * @property {number} capacity
 * @property {string} home
 */

/** @returns {RoomConfig} */
export function roomConfig() {
  return JSON.parse(document.getElementById("room-config")?.textContent ?? "{}");
}
