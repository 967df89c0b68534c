/** Checks whether bytes arrive on a connection: the only proof that a "disconnected" connection still works. */

/** @import { Clock } from "../../clock.js" */

const COUNTED = new Set(["transport", "candidate-pair", "inbound-rtp"]);

/** @param {RTCPeerConnection} pc */
async function bytesReceived(pc) {
  let bytes = 0;
  (await pc.getStats()).forEach((report) => {
    if (COUNTED.has(report.type)) bytes += report.bytesReceived ?? 0;
  });
  return bytes;
}

/**
 * Compares the statistics of now with those `ms` later. Rejects if the connection has no statistics.
 * @param {RTCPeerConnection} pc
 * @param {Clock} clock
 * @param {number} ms
 * @returns {Promise<boolean>}
 */
export async function receivesBytes(pc, clock, ms) {
  const before = await bytesReceived(pc);
  await new Promise((resolve) => clock.after(ms, () => resolve(undefined)));
  return (await bytesReceived(pc)) > before;
}
