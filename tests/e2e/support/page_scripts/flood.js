// Floods the page through its own socket: messages arrive as if the server had sent them.

const sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...options) {
    super(...options);
    sockets.push(this);
  }
};

const hear = (message) => {
  const frame = new MessageEvent("message", { data: JSON.stringify(message) });
  sockets.findLast((socket) => socket.readyState === WebSocket.OPEN).dispatchEvent(frame);
};
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

window.countElements = () => document.getElementsByTagName("*").length;

/** Messages of chat, five in each animation frame. Resolves with the largest number of elements on the way. */
window.floodChat = async (from, to, text) => {
  let most = 0;
  for (let number = from; number < to; number += 1) {
    const line = { id: 1_000_000 + number, seat: "f".repeat(16), nickname: "Mallory", text: `${number}: ${text}` };
    hear({ type: "chat", line: { ...line, to: null, to_nickname: null, sent_at: Date.now() / 1000, ref: null } });
    if (number % 5 === 4) await nextFrame();
    most = Math.max(most, countElements());
  }
  await nextFrame();
  return Math.max(most, countElements());
};

/** Somebody's hand goes up and down in every animation frame, with a reaction each time. */
window.floodNotices = async (seat, count) => {
  let most = 0;
  for (let number = 1; number <= count; number += 1) {
    hear({ type: "reaction", from: seat.id, emoji: "🎉" });
    hear({ type: "seat.updated", seat: { ...seat, hand: number % 2 ? number : null, rev: seat.rev + number } });
    await nextFrame();
    most = Math.max(most, countElements());
  }
  return most;
};
