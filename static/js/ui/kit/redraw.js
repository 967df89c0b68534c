/**
 * Drawing once per frame, however much was said in between. A hidden page gets no frames, but its title
 * and what it announces have to stay true.
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
