// A relay that loses, doubles, delays and shuffles signals between pages, for the first seconds of this one. What is
// said to the server itself arrives.

(() => {
  const HOSTILE_MS = 8_000;
  const LATE_MOST_MS = 2_500;
  const began = performance.now();

  // The same fate for the same seed: mulberry32.
  let state = Number(new URLSearchParams(location.search).get("seed") ?? 1);
  function chance() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  function carry(deliver) {
    if (performance.now() - began > HOSTILE_MS) return deliver();
    if (chance() < 0.3) return;
    for (let copies = chance() < 0.3 ? 2 : 1; copies > 0; copies -= 1) setTimeout(deliver, chance() * LATE_MOST_MS);
  }

  const Native = window.WebSocket;
  window.WebSocket = class WebSocket extends Native {
    send(frame) {
      const deliver = () => this.readyState === 1 && super.send(frame);
      if (JSON.parse(frame).type === "signal") carry(deliver);
      else deliver();
    }
  };
})();
