/** Names the layouts of the stage that a person can choose. */

/** @typedef {"auto" | "speaker" | "grid"} Layout */

/** @type {readonly Layout[]} */
export const LAYOUTS = ["auto", "speaker", "grid"];
