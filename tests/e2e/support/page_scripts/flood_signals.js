// A page that floods another one with signals, through the real server, under its own seat.

(() => {
  let socket;
  /** Of the last signal to each seat: its epochs and generations. */
  const addressed = new Map();
  let serial = 0;

  const Native = window.WebSocket;
  window.WebSocket = class WebSocket extends Native {
    constructor(...options) {
      super(...options);
      socket = this;
    }

    send(frame) {
      const { type, to, epochs, data } = JSON.parse(frame);
      if (type === "signal" && data.gen[1] > 0) addressed.set(to, { epochs, gen: data.gen });
      super.send(frame);
    }
  };

  /** Addresses of TEST-NET-3, where nobody listens. */
  function candidate() {
    serial += 1;
    const address = `203.0.113.${1 + (serial % 250)} ${1024 + (serial % 60_000)}`;
    return { candidate: `candidate:${serial} 1 udp 2122260223 ${address} typ host`, sdpMid: "0", sdpMLineIndex: 0 };
  }

  window.flood = {
    /** @param {string} to - a seat @param {number} signals - of 64 candidates each */
    candidates(to, signals) {
      for (let count = 0; count < signals; count += 1) {
        const { epochs, gen } = addressed.get(to);
        const data = { gen, n: 1_000_000 + serial, candidates: Array.from({ length: 64 }, candidate) };
        socket.send(JSON.stringify({ type: "signal", to, epochs, data }));
      }
    },
  };
})();
