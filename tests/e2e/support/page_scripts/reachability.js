// What somebody with keys alone, a small screen or large letters cannot get at.

(() => {
  const CONTROLS = "button, a[href], input, select, textarea, summary, [tabindex='0']";
  const nameOf = (element) => element.getAttribute("aria-label") ?? element.textContent.trim() ?? element.outerHTML;

  const shown = () =>
    [...document.querySelectorAll(CONTROLS)].filter(
      (element) =>
        !element.disabled &&
        element.closest("[inert]") === null &&
        !element.matches(".skip-link, [type=hidden]") &&
        element.checkVisibility({ visibilityProperty: true }),
    );

  /** Cut off, or under something else, even after scrolling to it. */
  function outOfReach() {
    return shown().flatMap((element) => {
      element.scrollIntoView({ block: "nearest", inline: "nearest" });
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const inside = left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
      const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      // The names of a choice are part of it.
      const hit = above !== null && (element.contains(above) || above.closest("label")?.control === element);
      const where = [left, top, right, bottom].map(Math.round).join(" ");
      return inside && (hit || element.matches(".tile"))
        ? []
        : [`${nameOf(element)} at ${where}, under ${above?.className}`];
    });
  }

  /** Too small for a finger. Links in a line of text are as high as the line (WCAG 2.5.8). */
  function tooSmall(least) {
    return shown().flatMap((element) => {
      const target = element.labels?.[0]?.contains(element) ? element.labels[0] : element;
      const { width, height } = target.getBoundingClientRect();
      const inText = element.matches("a") && getComputedStyle(element).display === "inline";
      return inText || (width >= least - 0.5 && height >= least - 0.5)
        ? []
        : [`${nameOf(element)}: ${width}×${height}`];
    });
  }

  /** Nothing has moved for three frames: the page has taken its new size. */
  async function settled() {
    let before = "";
    for (let still = 0; still < 3; ) {
      await new Promise(requestAnimationFrame);
      const now = JSON.stringify([innerWidth, innerHeight, ...shown().map((each) => each.getBoundingClientRect())]);
      still = now === before ? still + 1 : 0;
      before = now;
    }
  }

  window.reach = {
    settled,
    outOfReach,
    tooSmall,
    wide: () => document.documentElement.scrollWidth - innerWidth,
    /** Of what has the focus: its name, and whether one sees that it has it. */
    focus: () => {
      const element = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { name: nameOf(element), ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 };
    },
    names: () => shown().map(nameOf),
  };
})();
