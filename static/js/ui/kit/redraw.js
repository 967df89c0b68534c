/**
 * Coalesces redraws to one per animation frame. A hidden page gets no frames, but its title and its announcements have
 * to stay true, so it redraws in a microtask.
 */

/**
 * @param {() => void} draw
 * @returns {() => void} asks for a drawing soon
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
