import os
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache

from sertakan.web import clock

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages believe that it is 23 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """Debian's Chromium, driven by Playwright.

    Playwright keeps an event loop in this thread, and Django then takes every query for an
    asynchronous one; it is not.
    """
    from playwright.sync_api import sync_playwright

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
