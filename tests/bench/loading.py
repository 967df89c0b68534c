"""Measures the requests and bytes of one page load."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext


@dataclass
class Load:
    """The requests of one page load, without WebSockets; sizes in bytes over the wire."""

    origin: str
    requests: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    sizes: Counter[str] = field(default_factory=Counter)

    def asked(self, event: dict[str, Any]) -> None:
        self.requests[event["requestId"]] = event["request"]["url"]

    def answered(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def _over_the_wire(self) -> list[str]:
        return [request for request, size in self.sizes.items() if size > 0]

    @property
    def count(self) -> int:
        return len(self._over_the_wire())

    @property
    def size(self) -> int:
        return self.sizes.total()

    @property
    def favicon(self) -> int:
        return sum(size for request, size in self.sizes.items() if "favicon" in self.requests.get(request, ""))

    @property
    def elsewhere(self) -> list[str]:
        """URLs requested from other sites."""
        urls = [url for url in self.requests.values() if urlsplit(url).scheme in {"http", "https"}]
        return [url for url in urls if not url.startswith(self.origin + "/")]

    def by_kind(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for request, size in self.sizes.items():
            total[self.kinds.get(request, "Other")] += size
        return total


def load(context: BrowserContext, origin: str, path: str) -> Load:
    """Load the page in a browser whose cache holds what ``context`` has loaded before."""
    page = context.new_page()
    result = Load(origin)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", result.asked)
    session.on("Network.responseReceived", result.answered)
    session.on("Network.loadingFinished", result.finished)
    page.goto(origin + path, wait_until="networkidle")
    page.close()
    return result
