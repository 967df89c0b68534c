// Writes down when things happened on a page, by the wall clock: pictures of others, words of the server, and what
// became of the connections.

(() => {
  const frames = {}; // nickname -> when their pictures were shown
  const heard = []; // [when, type] of the server's messages
  const states = []; // [when, state] of the connections to others
  const wall = (now = performance.now()) => performance.timeOrigin + now;

  function watch(video) {
    const shown = (_now, { presentationTime }) => {
      const tile = video.closest("[data-nickname]");
      if (tile && !tile.hasAttribute("data-self")) (frames[tile.dataset.nickname] ??= []).push(wall(presentationTime));
      video.requestVideoFrameCallback(shown);
    };
    video.requestVideoFrameCallback(shown);
  }

  const known = new WeakSet();
  new MutationObserver(() => {
    for (const video of document.querySelectorAll("[data-seat] video")) {
      if (known.has(video)) continue;
      known.add(video);
      watch(video);
    }
  }).observe(document, { childList: true, subtree: true });

  const Socket = window.WebSocket;
  window.WebSocket = class WebSocket extends Socket {
    constructor(...options) {
      super(...options);
      heard.push([wall(), "dial"]);
      this.addEventListener("close", () => heard.push([wall(), "close"]));
      this.addEventListener("message", ({ data }) => heard.push([wall(), JSON.parse(data).type]));
    }
  };

  const connections = new Set();
  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = class RTCPeerConnection extends Connection {
    constructor(...options) {
      super(...options);
      connections.add(this);
      this.addEventListener("connectionstatechange", () => states.push([wall(), this.connectionState]));
      this.addEventListener("signalingstatechange", () => states.push([wall(), this.signalingState]));
    }
  };

  for (const type of ["online", "offline"]) addEventListener(type, () => states.push([wall(), type]));

  /** How this side's media gets to the relay, for each connection that uses one. */
  async function relays() {
    const found = [];
    for (const connection of connections) {
      if (connection.connectionState === "closed") continue;
      const stats = await connection.getStats();
      for (const { type, selectedCandidatePairId } of stats.values()) {
        if (type !== "transport" || selectedCandidatePairId === undefined) continue;
        found.push(stats.get(stats.get(selectedCandidatePairId).localCandidateId).relayProtocol);
      }
    }
    return found;
  }

  /** What was received of sound until now: all samples, those made up, and pictures decoded. */
  async function received() {
    const total = { samples: 0, madeUp: 0, pictures: 0 };
    for (const connection of connections) {
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type !== "inbound-rtp") continue;
        total.samples += entry.totalSamplesReceived ?? 0;
        total.madeUp += (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0);
        total.pictures += entry.framesDecoded ?? 0;
      }
    }
    return total;
  }

  window.journal = { pages: { frames, heard, states }, relays, received, count: () => connections.size };
})();
