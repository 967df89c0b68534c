"""Runs axe-core on a page: names, roles, contrast, target sizes, landmarks and heading order."""

from __future__ import annotations

from typing import Literal, Self

from playwright.sync_api import Page

from tests.e2e.support.settling import SETTLED
from tests.machine import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"runOnly": {"type": "tag", "values": LEVELS}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
LOOK = """async (options) => {
    const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`));
}"""
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


class Audit:
    """Collects the violations of many runs and fails at the end, so that one finding does not hide the next."""

    def __init__(self, *sizes: dict[str, int]) -> None:
        self.sizes = sizes
        self.found: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, problem: BaseException | None, _trace: object) -> None:
        report = f"axe found {len(self.found)}:\n" + "\n".join(self.found)
        if problem is not None:
            problem.add_note(report)
        else:
            assert not self.found, report

    def look(self, page: Page, state: str) -> None:
        """All rules in each size, and in the dark what depends on colours. Around video it is always dark."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text())
        for size in self.sizes:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            self._run(page, f"{state} {size['width']} px wide", "light", EVERY_RULE)
        if not page.evaluate("document.body.classList.contains('stage-dark')"):
            self._run(page, state, "dark", COLOURS)

    def _run(self, page: Page, state: str, scheme: Literal["light", "dark"], options: object) -> None:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)  # fading elements have their final colours only then
        self.found += [f"{state}, {scheme}: {line}" for line in page.evaluate(LOOK, options)]
