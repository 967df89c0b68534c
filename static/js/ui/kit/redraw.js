/**
 * Coalesces redraws to one per animation frame. A hidden page gets no frames, but its title and announcements must stay
 * up to date, so it redraws in a microtask.
 */

/**
 * Returns a function that schedules a redraw; calls until the next frame have no further effect.
 * @param {() => void} draw
 * @returns {() => void}
 */
export function redrawOnFrame(draw) {
  let asked = false;

  function run() {
    if (!asked) return;
    asked = false;
    draw();
  }

  document.addEventListener("visibilitychange", () => document.hidden && run());
  return () => {
    if (asked) return;
    asked = true;
    if (document.hidden) queueMicrotask(run);
    else requestAnimationFrame(run);
  };
}
