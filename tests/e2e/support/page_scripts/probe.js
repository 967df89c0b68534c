// Reads what a page's peer connections and devices do, from outside: it collects them as the page makes
// them and changes nothing about them.

(() => {
  const peers = new Set();
  const taken = []; // tracks of cameras and microphones the page was given

  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class RTCPeerConnection extends Native {
    constructor(...options) {
      super(...options);
      peers.add(this);
    }
  };

  const devices = navigator.mediaDevices;
  const getUserMedia = devices?.getUserMedia.bind(devices);
  if (devices) {
    devices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      taken.push(...stream.getTracks());
      return stream;
    };
  }

  const live = () => [...peers].filter((peer) => peer.connectionState !== "closed");

  /** What arrives, by track. */
  async function arriving() {
    const found = new Map();
    for (const peer of live()) {
      for (const entry of (await peer.getStats()).values()) {
        if (entry.type !== "inbound-rtp") continue;
        found.set(entry.trackIdentifier, {
          frames: entry.framesDecoded ?? 0,
          energy: entry.totalAudioEnergy ?? 0,
          samples: entry.totalSamplesReceived ?? 0,
        });
      }
    }
    return found;
  }

  function tracksOf(video) {
    return video.srcObject instanceof MediaStream ? video.srcObject.getTracks() : [];
  }

  function sum(tracks, stats) {
    const total = { frames: 0, energy: 0, samples: 0 };
    for (const track of tracks) {
      const entry = stats.get(track.id);
      if (entry === undefined) continue;
      for (const name of Object.keys(total)) total[name] += entry[name];
    }
    return total;
  }

  async function tiles(selector, describe) {
    const stats = await arriving();
    return [...document.querySelectorAll(selector)].map((tile) => {
      const video = tile.querySelector("video");
      return { ...describe(tile), width: video.videoWidth, ...sum(tracksOf(video), stats) };
    });
  }

  /** Firefox marks the pair itself. */
  const isUsed = (pair, stats) => pair.selected ?? stats.get(pair.transportId)?.selectedCandidatePairId === pair.id;

  /** Between which kinds of candidates the media flows, for each connection. */
  async function pairs() {
    const found = [];
    for (const peer of live()) {
      const stats = await peer.getStats();
      for (const pair of stats.values()) {
        if (pair.type !== "candidate-pair" || !isUsed(pair, stats)) continue;
        found.push({
          local: stats.get(pair.localCandidateId).candidateType,
          remote: stats.get(pair.remoteCandidateId).candidateType,
        });
      }
    }
    return found;
  }

  /** Names the network path of each connection: every restart of ICE changes both ends. */
  const paths = () =>
    live().map(({ localDescription, remoteDescription }) =>
      [localDescription, remoteDescription].map((description) => /a=ice-ufrag:(.+)/.exec(description.sdp)[1]),
    );

  /** What the page does itself when a network path is lost. */
  function restartIce() {
    for (const peer of live()) peer.restartIce();
  }

  /** The longest time without a new picture, for each tile that is watched. */
  const gaps = new Map();
  function watchPictures() {
    for (const tile of document.querySelectorAll("[data-seat]:not([data-self])")) {
      const video = tile.querySelector("video");
      const gap = { longest: 0, last: performance.now() };
      gaps.set(tile.dataset.nickname, gap);
      const shown = (now) => {
        gap.longest = Math.max(gap.longest, now - gap.last);
        gap.last = now;
        video.requestVideoFrameCallback(shown);
      };
      video.requestVideoFrameCallback(shown);
    }
  }

  function longestGap(nickname) {
    const gap = gaps.get(nickname);
    return Math.max(gap.longest, performance.now() - gap.last);
  }

  window.probe = {
    people: () =>
      tiles("[data-seat]", (tile) => ({
        seat: tile.dataset.seat,
        nickname: tile.dataset.nickname,
        self: tile.hasAttribute("data-self"),
      })),
    screens: () => tiles("[data-screen-of]", (tile) => ({ seat: tile.dataset.screenOf })),
    pairs,
    paths,
    restartIce,
    /** The third of the four of each connection. */
    screenSenders: () => live().map((peer) => peer.getSenders()[2]),
    devices: () => taken.map(({ kind, readyState }) => ({ kind, state: readyState })),
    /** As when it is unplugged. */
    lose: (kind) => {
      for (const track of taken.filter((one) => one.kind === kind && one.readyState === "live")) {
        track.stop();
        track.dispatchEvent(new Event("ended"));
      }
    },
    watchPictures,
    longestGap,
  };
})();
