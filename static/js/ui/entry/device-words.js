/** Texts about cameras and microphones. */

import { gettext } from "../../words.js";

/**
 * @import { DeviceProblem } from "../../media/device-problems.js"
 * @import { Source } from "../../media/source.js"
 */

/** @typedef {{camera: string, microphone: string, both: string}} Words */

/** Whole sentences per device, because languages inflect more than the noun. @type {Record<DeviceProblem, Words>} */
const WORDS = {
  insecure: {
    camera: gettext("Your browser gives out the camera only on secure pages. Open this page with https."),
    microphone: gettext("Your browser gives out the microphone only on secure pages. Open this page with https."),
    both: gettext("Your browser gives out the camera and microphone only on secure pages. Open this page with https."),
  },
  denied: {
    camera: gettext(
      "Your browser blocks the camera for this page. Allow it with the icon beside the address, then try again.",
    ),
    microphone: gettext(
      "Your browser blocks the microphone for this page. Allow it with the icon beside the address, then try again.",
    ),
    both: gettext(
      "Your browser blocks the camera and microphone for this page. Allow them with the icon beside the address, then try again.",
    ),
  },
  system: {
    camera: gettext(
      "Your computer or phone blocks the camera for this browser. Allow it in the system settings under privacy, then try again.",
    ),
    microphone: gettext(
      "Your computer or phone blocks the microphone for this browser. Allow it in the system settings under privacy, then try again.",
    ),
    both: gettext(
      "Your computer or phone blocks the camera and microphone for this browser. Allow them in the system settings under privacy, then try again.",
    ),
  },
  busy: {
    camera: gettext("Another app is using your camera. Close that app, then try again."),
    microphone: gettext("Another app is using your microphone. Close that app, then try again."),
    both: gettext("Another app is using your camera and microphone. Close that app, then try again."),
  },
  none: {
    camera: gettext("No camera was found. Plug one in, or join without it."),
    microphone: gettext("No microphone was found. Plug one in, or join without it."),
    both: gettext("No camera or microphone was found. Plug one in, or join without it."),
  },
  other: {
    camera: gettext("Your camera could not be started. Try again, or choose another one."),
    microphone: gettext("Your microphone could not be started. Try again, or choose another one."),
    both: gettext("Your camera and microphone could not be started. Try again, or choose other ones."),
  },
};

/**
 * The note that another device replaced the unplugged one.
 * @param {Source} source
 */
export function replacedWords(source) {
  const device = source.track?.label ?? "";
  return source.kind === "audio"
    ? gettext("Your microphone is now {device}", { device })
    : gettext("Your camera is now {device}", { device });
}

/**
 * The sentence about problems of microphone and camera; empty when there are none.
 * @param {Source} mic @param {Source} cam
 */
export function deviceProblem(mic, cam) {
  if (mic.problem !== null && mic.problem === cam.problem) return WORDS[mic.problem].both;
  const camera = cam.problem === null ? "" : WORDS[cam.problem].camera;
  const microphone = mic.problem === null ? "" : WORDS[mic.problem].microphone;
  return [camera, microphone].filter(Boolean).join(" ");
}

/**
 * The text over a preview without a picture.
 * @param {Source} cam
 */
export function previewWords(cam) {
  if (cam.starting) return gettext("Starting your camera…");
  if (cam.problem !== null) return gettext("Your camera is not available");
  return gettext("Your camera is off");
}
