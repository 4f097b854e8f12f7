"""Chromium in a thread of its own.

Playwright keeps an event loop running in its thread; Django would take every query in that thread
for an asynchronous one, on another connection than the test's.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 800}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def width_of(page: Page) -> int:
    """How wide the page is, in pixels, once it has come whole: a click ends before that."""
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth")


class Chromium:
    """A browser that shows a page to a function, each time with nothing remembered."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._thread.submit(self._start).result()

    def _start(self) -> None:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=ARGUMENTS
        )

    def show(self, look: Callable[[Page], Any], **told: Any) -> Any:
        """What `look` returns or raises, given a new page."""
        return self._thread.submit(self._show, look, **told).result()

    def _show(
        self,
        look: Callable[[Page], Any],
        *,
        size: dict[str, int] = DESK,
        scheme: str = "light",
        script: bool = True,
    ) -> Any:
        context = self._browser.new_context(
            viewport=size, color_scheme=scheme, java_script_enabled=script, reduced_motion="reduce"
        )
        context.set_default_timeout(120_000)  # a busy machine is no failure
        try:
            if script:
                context.add_init_script(path=AXE)
            return look(context.new_page())
        finally:
            context.close()

    def close(self) -> None:
        """Leave no process behind."""
        self._thread.submit(self._browser.close).result()
        self._thread.submit(self._playwright.stop).result()
        self._thread.shutdown()
