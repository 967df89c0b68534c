// What is said about a camera or microphone, in words for everybody.

/** @typedef {import("../media/source.js").Source} Source */
/** @typedef {import("../media/problems.js").Problem} Problem */

/** @type {Record<Problem, (device: string) => string>} */
const WORDS = {
  insecure: (device) => `Your browser gives out the ${device} only on secure pages. Open this page with https.`,
  denied: (device) =>
    `Your browser blocks the ${device} for this page. Allow it with the icon beside the address, then try again.`,
  system: (device) =>
    `Your computer or phone blocks the ${device} for this browser. Allow it in the system settings under privacy, then try again.`,
  busy: (device) => `Another app is using your ${device}. Close that app, then try again.`,
  none: (device) => `No ${device.replace(" and ", " or ")} was found. Plug one in, or join without it.`,
  other: (device) => `Your ${device} could not be started. Try again, or choose another one.`,
};

/** @param {Source} source */
export function deviceName(source) {
  return source.kind === "audio" ? "microphone" : "camera";
}

/**
 * One sentence about what is wrong, or "" when nothing is.
 * @param {Source} mic @param {Source} cam
 */
export function deviceProblem(mic, cam) {
  const both = mic.problem !== null && mic.problem === cam.problem;
  if (both) return WORDS[/** @type {Problem} */ (mic.problem)]("camera and microphone");
  return [cam, mic]
    .filter((source) => source.problem !== null)
    .map((source) => WORDS[/** @type {Problem} */ (source.problem)](deviceName(source)))
    .join(" ");
}

/**
 * Over the dark preview.
 * @param {Source} cam
 */
export function previewWords(cam) {
  if (cam.starting) return "Starting your camera…";
  if (cam.problem !== null) return "Your camera is not available";
  return "Your camera is off";
}
