/** The stage layouts to choose from. */

/** @typedef {"auto" | "speaker" | "grid"} Layout */

/** @type {readonly Layout[]} */
export const LAYOUTS = ["auto", "speaker", "grid"];
