// Until window.astray is false, messages of this page are addressed to a seat that nobody has: the server refuses them.
window.astray = true;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (frame) {
  const message = JSON.parse(frame);
  if (window.astray && message.type === "chat") message.to = "0".repeat(16);
  send.call(this, JSON.stringify(message));
};
