/**
 * Keeps the DTLS role in our answers as it was first negotiated. The first answer settles which side is the client and
 * which the server for the life of the connection, but Firefox answers every later offer with "active" (Mozilla bugs
 * 1240897 and 1329028), though it keeps its role. Chromium and Safari refuse an answer that swaps the roles ("Failed to
 * set SSL role for the transport"), so that no restart of ICE would ever succeed. Our answers are therefore rewritten
 * to the role in force.
 */

const ROLE = /^a=setup:(active|passive)\b/gm;
const OTHER = /** @type {Record<string, string>} */ ({ active: "passive", passive: "active" });

/** Learns our role from the first answer of either side and writes it into all later answers of ours. */
export class DtlsRole {
  /** @type {string | undefined} */
  #mine;

  /** @param {string} sdp - the other side's answer */
  answered(sdp) {
    this.#mine ??= OTHER[roleIn(sdp) ?? ""];
  }

  /**
   * @param {string} sdp - my answer, as the browser made it
   * @returns {string} the SDP to send
   */
  keep(sdp) {
    this.#mine ??= roleIn(sdp);
    return this.#mine === undefined ? sdp : sdp.replace(ROLE, `a=setup:${this.#mine}`);
  }
}

/** @param {string} sdp */
function roleIn(sdp) {
  return sdp.match(ROLE)?.[0].slice("a=setup:".length);
}
