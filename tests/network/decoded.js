// Notes when more pictures of others were decoded, whether or not the page had time to show them.

(() => {
  const LOOK_MS = 100;
  const decoded = {}; // nickname -> when, by the wall clock
  const counts = {};

  async function look() {
    for (const { nickname, self, frames } of await window.probe.people().catch(() => [])) {
      if (!self && frames > 0 && frames !== counts[nickname]) {
        (decoded[nickname] ??= []).push(performance.timeOrigin + performance.now());
      }
      counts[nickname] = frames;
    }
    setTimeout(look, LOOK_MS);
  }
  setTimeout(look, LOOK_MS);

  window.journal.pages.decoded = decoded;
})();
