// Notes everything that begins to move or fade, and for how long.

window.motions = [];
for (const type of ["animationstart", "transitionrun"]) {
  document.addEventListener(type, ({ target }) => {
    for (const motion of target.getAnimations({ subtree: true })) {
      const { duration } = motion.effect.getTiming();
      window.motions.push({ name: motion.animationName ?? motion.transitionProperty, duration });
    }
  });
}
