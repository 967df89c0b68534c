// Fills a room from one page: people who only sit there, with a seat each and no media.

const sitters = [];

window.sit = (nicknames) =>
  Promise.all(
    nicknames.map((nickname) => {
      const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws${location.pathname}`);
      sitters.push(socket);
      const random = (bytes) =>
        [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      const say = (message) => socket.send(JSON.stringify(message));
      socket.addEventListener("open", () =>
        say({ type: "hello", key: random(16), page: random(4), attempt: 1, nickname, mic: false, cam: false }),
      );
      setInterval(() => socket.readyState === WebSocket.OPEN && say({ type: "ping" }), 5000);
      return new Promise((seated) =>
        socket.addEventListener("message", ({ data }) => JSON.parse(data).type === "welcome" && seated()),
      );
    }),
  );

/** The last one's network ends. */
window.stray = () => sitters.pop().close(3000);
