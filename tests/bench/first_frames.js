// When each other person's first picture was shown on this page, by the wall clock.

(() => {
  const shown = {};
  const known = new WeakSet();
  const wall = () => performance.timeOrigin + performance.now();

  function watch(video) {
    if (known.has(video)) return;
    known.add(video);
    video.requestVideoFrameCallback(() => {
      const tile = video.closest("[data-nickname]");
      if (tile !== null && !tile.hasAttribute("data-self")) shown[tile.dataset.nickname] ??= wall();
    });
  }

  new MutationObserver(() => document.querySelectorAll("video").forEach(watch)).observe(document, {
    childList: true,
    subtree: true,
  });

  // The same picture for every program that is measured.
  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (constraints) =>
    getUserMedia({ ...constraints, ...(constraints.video && { video: { width: 640, height: 480 } }) });

  window.bench = {
    shown,
    /** Presses "Join now" and says when. */
    join: (nickname) => {
      const name = document.querySelector("#nickname");
      name.value = nickname;
      name.dispatchEvent(new Event("input"));
      const pressed = wall();
      name.form.requestSubmit();
      return pressed;
    },
    joinSoon: (nickname) => {
      const button = document.querySelector('#nickname ~ button, form [type="submit"]');
      if (button && !button.disabled) window.bench.join(nickname);
      else setTimeout(() => window.bench.joinSoon(nickname), 2);
    },
  };
})();
