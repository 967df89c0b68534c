/** Classifies why a camera or microphone could not be opened, so that each case has its own message. */

/**
 * insecure: the page is not on https; denied: refused in the browser; system: refused by the
 * operating system; busy: another program holds it; none: there is no such device; other: anything else.
 * @typedef {"insecure" | "denied" | "system" | "busy" | "none" | "other"} DeviceProblem
 */

/** @type {Record<string, DeviceProblem>} */
const BY_NAME = {
  NotFoundError: "none",
  DevicesNotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  TrackStartError: "busy",
  AbortError: "busy",
  TypeError: "insecure",
  SecurityError: "denied",
};

/** @typedef {"audio" | "video"} Kind */

/**
 * Never rejects. Asks the Permissions API where the error alone does not tell the browser from the system.
 * @param {unknown} error - from getUserMedia
 * @param {Kind} kind
 * @returns {Promise<DeviceProblem>}
 */
export async function problemOf(error, kind) {
  const { name, message } = error instanceof Error ? error : { name: "", message: "" };
  if (name !== "NotAllowedError" && name !== "PermissionDeniedError") return BY_NAME[name] ?? "other";
  if (/system/i.test(message)) return "system";
  return (await permission(kind))?.state === "granted" ? "system" : "denied";
}

/**
 * The browser's permission for a device; null if the browser cannot be asked.
 * @param {Kind} kind
 * @returns {Promise<PermissionStatus | null>}
 */
export async function permission(kind) {
  const name = kind === "audio" ? "microphone" : "camera";
  try {
    return await navigator.permissions.query({ name: /** @type {PermissionName} */ (name) });
  } catch {
    return null;
  }
}
