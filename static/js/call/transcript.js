/**
 * The chat as text, to be kept: what everybody wrote, and of what was private my own part.
 *
 * @typedef {import("./chatlog.js").ChatEntry} ChatEntry
 */

/**
 * @param {string} title
 * @param {readonly ChatEntry[]} chat
 * @param {number} skew   the server's seconds minus mine
 */
export function transcript(title, chat, skew) {
  const sent = chat.filter(({ status }) => status === "sent");
  const lines = sent.map((entry) => {
    const whom = entry.to === null ? "" : `, only to ${entry.to_nickname ?? "one person"}`;
    // Later lines of a message are set in, or one could write a line in somebody else's name.
    const text = entry.text.replace(/\r\n?|\n|\u2028|\u2029/g, "\n    ");
    return `[${moment(new Date((entry.sent_at - skew) * 1000))}] ${entry.nickname}${whom}: ${text}`;
  });
  return `${title}\n\n${lines.join("\n")}\n`;
}

/** The name of its file. @param {string} title @param {Date} now */
export function transcriptName(title, now) {
  const plain = title.replace(/[^\p{Letter}\p{Number}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${[plain, "chat", moment(now).slice(0, 10)].filter(Boolean).join("-")}.txt`;
}

/** @param {Date} time */
function moment(time) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
