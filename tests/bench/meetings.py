"""Measures in browsers how fast people see each other when they join, and the size of the page."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, sync_playwright

from tests.bench import joining
from tests.bench.bare_server import bare_server
from tests.bench.joining import JoinBench, Times, median, p95
from tests.bench.loading import Load, load
from tests.e2e.support.browsers import ALLOW_DEVICES, launch
from tests.e2e.support.site_client import SiteClient
from tests.stack import Stack

CAMERA = "--use-fake-device-for-media-stream"
CLICK, NAVIGATION, BARE = "Lanai, from the click", "Lanai, from navigation", "bare page, from navigation"
AIMS = {2: 0.3, 3: 0.4, 4: 0.7}
AIM_P95 = 1.5
AIM_BYTES = 100_000


def measure_joining(browser: Browser, stack: Stack, new_path: Callable[[], str], runs: int) -> JoinBench:
    bench = JoinBench(browser)
    with bare_server() as bare:
        for run in range(runs):
            bench.run(CLICK, joining.join_by_click, stack.origins[0] + new_path())
            bench.run(NAVIGATION, joining.join_at_once, stack.origins[0] + new_path())
            bench.run(BARE, joining.join_bare, f"{bare}/{run}")
    return bench


def print_joining(bench: JoinBench) -> None:
    print("\nSeconds until the newcomer's picture is at everybody and everybody's at the newcomer\n")
    print("| flow | person | runs | median | p95 | min | max | aim (median, p95) | median / bare |")
    print("|---|---|---|---|---|---|---|---|---|")
    for what, times in bench.times.items():
        for person, values in times.items():
            print(_row(what, person, values, bench.times[BARE]))


def _row(what: str, person: int, values: list[float], bare: Times) -> str:
    middle, late = median(values), p95(values)
    reached = "reached" if middle <= AIMS[person] and late <= AIM_P95 else "missed"
    aim = f"{AIMS[person]:.1f}, {AIM_P95:.1f}: {reached}" if what == CLICK else "-"
    spread = f"{min(values):.2f} | {max(values):.2f}"
    ratio = f"{middle / median(bare[person]):.2f}"
    return f"| {what} | {person} | {len(values)} | {middle:.2f} | {late:.2f} | {spread} | {aim} | {ratio} |"


def measure_loading(browser: Browser, stack: Stack, path: str) -> dict[str, Load]:
    context = browser.new_context()
    loads = {name: load(context, stack.origins[0], path) for name in ("cold", "warm")}
    context.close()
    return loads


def print_loading(loads: dict[str, Load]) -> None:
    print("\nThe room's page, bytes over the wire\n")
    print("| cache | requests | bytes | without favicon | to others | by kind |")
    print("|---|---|---|---|---|---|")
    for name, result in loads.items():
        kinds = ", ".join(f"{kind} {size}" for kind, size in result.by_kind().most_common())
        plain = result.size - result.favicon
        print(f"| {name} | {result.count} | {result.size} | {plain} | {len(result.elsewhere)} | {kinds} |")
    cold = loads["cold"]
    verdict = "reached" if cold.size - cold.favicon <= AIM_BYTES and not cold.elsewhere else "missed"
    print(f"\nAim: at most {AIM_BYTES} bytes without favicon, nothing from others: {verdict}")


def main(runs: int) -> None:
    with sync_playwright() as playwright, Stack("bench") as stack:
        owner = SiteClient(playwright, stack.origins[0])
        owner.sign_up("Olive")
        with launch(playwright, CAMERA, ALLOW_DEVICES) as browser:
            print(f"Chromium {browser.version}, 640x480 fake camera, one process with SQLite, all on this machine")
            print_loading(measure_loading(browser, stack, owner.create_room().path))
            print_joining(measure_joining(browser, stack, lambda: owner.create_room().path, runs))
        owner.close()
