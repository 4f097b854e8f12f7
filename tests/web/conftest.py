from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from tests.web.chromium import Chromium


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Nobody guesses the passwords of tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def _in_november(settings: Any) -> None:
    """The pages believe that it is 23 November 2026."""
    settings.DEMO_DAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium, driven by Playwright."""
    browser = Chromium()
    yield browser
    browser.close()
