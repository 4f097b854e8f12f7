from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache

from sertakan.web import clock
from tests.web.chromium import Chromium


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


@pytest.fixture
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages believe that it is 23 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium, driven by Playwright."""
    browser = Chromium()
    yield browser
    browser.close()
