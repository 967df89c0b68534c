"""The tests' browsers, Chromium and Firefox: fake cameras and microphones, real everything else."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.e2e.support.display import Display
from tests.e2e.support.languages import ENGLISH, Language
from tests.e2e.support.page_scripts import PROBE
from tests.machine import chromium, firefox

# Ten pictures a second are enough to see that pictures flow, and leave two cores room for four people.
FAKE_DEVICES = "--use-fake-device-for-media-stream=fps=10"
ALLOW_DEVICES = "--use-fake-ui-for-media-stream"
# Features that make every window of Chromium load pages for its address bar and menus and a spare process. With four
# people that is a quarter of the machine. The names from "AimEnabled" on are those that Playwright turns off itself.
FEATURES_OFF = (
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider",
    "GlobalMediaControls",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "Translate",
)


def without(*features: str) -> str:
    """The argument that turns features off. Chromium obeys only the last of several, so it always names all."""
    return "--disable-features=" + ",".join((*FEATURES_OFF, *features))


ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    without(),
)

# Nothing else is set: permissions such as sound without a click stay as Firefox ships them.
FIREFOX_SETTINGS: dict[str, str | float | bool] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "intl.accept_languages": "en-US, en",
}


def launch(
    playwright: Playwright, *devices: str, executable: str | None = None, display: Display | None = None
) -> Browser:
    """A browser of its own. Without ``devices`` it has no camera and no permission to use one.

    On a ``display`` it has windows, and asks for permissions. Without windows, Chromium 156 denies what it would ask.
    """
    # headless=False keeps Playwright from choosing the old headless mode; the argument chooses the new one.
    return playwright.chromium.launch(
        executable_path=executable or chromium(),
        headless=False,
        ignore_default_args=["--enable-automation"],
        env=display.environment_of_clients() if display else None,
        args=[*(ARGUMENTS if display is None else ARGUMENTS[1:]), *devices],
    )


def launch_firefox(playwright: Playwright, display: Display) -> Browser:
    """The system's Firefox, which Playwright drives over WebDriver BiDi."""
    return playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=firefox(),
        headless=False,
        env=display.environment_of_clients(),
        firefox_user_prefs=FIREFOX_SETTINGS,
    )


def new_context(browser: Browser, *scripts: Path, language: Language = ENGLISH, **options: object) -> BrowserContext:
    """One person's cookies and storage."""
    asks_for = {"locale": language.locale} if browser.browser_type.name == "chromium" else {}
    context = browser.new_context(viewport={"width": 1000, "height": 700}, **asks_for, **options)  # type: ignore[arg-type]
    for script in (*scripts, PROBE):
        context.add_init_script(path=script)
    return context


def processes(browser: Browser) -> list[int]:
    """The browser's processes, its main one first."""
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return [process["id"] for process in sorted(found, key=lambda process: process["type"] != "browser")]


def kill(browser: Browser) -> None:
    """kill -9, for the browser and all its children, as when a laptop's battery ends."""
    for process in processes(browser):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue  # a child that ended with its parent
