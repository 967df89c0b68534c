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

  /** An offer of another connection, with ICE credentials of its own. */
  async function offer() {
    const connection = new RTCPeerConnection();
    for (const kind of ["audio", "video", "video", "audio"]) connection.addTransceiver(kind);
    const { type, sdp } = await connection.createOffer();
    connection.close();
    return { type, sdp };
  }

  function signal(to, content) {
    const { epochs, gen } = addressed.get(to);
    serial += 1;
    socket.send(JSON.stringify({ type: "signal", to, epochs, data: { gen, n: 1_000_000 + serial, ...content } }));
  }

  window.flood = {
    /** @param {string} to - a seat @param {number} signals - of 64 candidates each */
    candidates(to, signals) {
      for (let count = 0; count < signals; count += 1) {
        signal(to, { candidates: Array.from({ length: 64 }, candidate) });
      }
    },

    /** @param {string} to - a seat @param {number} offers */
    async offers(to, offers) {
      for (let count = 0; count < offers; count += 1) signal(to, { description: await offer() });
    },

    /** Everything that everybody in the room is told of at once. @param {number} count */
    changes(count) {
      for (let n = 0; n < count; n += 1) {
        socket.send(JSON.stringify({ type: "state", mic: n % 2 === 0, cam: n % 3 === 0, hand: n % 2 === 1 }));
        socket.send(JSON.stringify({ type: "reaction", emoji: "🎉" }));
        socket.send(JSON.stringify({ type: "nickname", nickname: `Mallory ${n}` }));
      }
    },
  };
})();
