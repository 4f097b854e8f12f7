"""Pictures of the main pages under docs/images, taken in Chromium on a fresh demonstration.

`make screenshots`; needs Debian's chromium. The demonstration stands under var/screenshots.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
STAGE = ROOT / "var" / "screenshots"
IMAGES = ROOT / "docs" / "images"
DAY = "2026-11-23"
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 780}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


@dataclass(frozen=True)
class Picture:
    """A page as somebody of a role sees it; `find` is an SQL query for a number in its address."""

    name: str
    address: str
    role: str = ""
    phone: bool = False
    dark: bool = False
    find: str = ""


A_PERSON = "SELECT person_id FROM contributions_paidmonth ORDER BY person_id LIMIT 1 OFFSET 40"
A_CLAIM = "SELECT reference FROM claims_claim WHERE state = 'paid' ORDER BY id LIMIT 1"
A_CITY_AGREEMENT = "SELECT id FROM sponsors_agreement WHERE number LIKE 'PKS-02%'"
A_DUPLICATE = (
    "SELECT id FROM enrolment_rosterrow WHERE state = 'open' "
    "AND 'possible_duplicate' = ANY(reasons) ORDER BY id LIMIT 1"
)

PICTURES = (
    Picture("start", "/"),
    Picture("start-phone", "/", phone=True),
    Picture("simulator", "/hitung"),
    Picture("sponsor", "/sponsor/", role="sponsor"),
    Picture("sponsor-phone", "/sponsor/", role="sponsor", phone=True),
    Picture("rosters", "/kota/daftar", role="city_officer"),
    Picture("branch", "/cabang/", role="branch_officer"),
    Picture("city", "/kota/", role="city_officer"),
    Picture("city-dark", "/kota/", role="city_officer", dark=True),
    Picture("agreement", "/kota/perjanjian/{}", role="city_officer", find=A_CITY_AGREEMENT),
    Picture("person", "/kota/orang/{}", role="city_officer", find=A_PERSON),
    Picture("duplicates", "/kota/baris/ganda/{}", role="city_officer", find=A_DUPLICATE),
    Picture("coverage", "/kota/cakupan", role="city_officer"),
    Picture("claim", "/cabang/klaim/{}", role="branch_officer", find=A_CLAIM),
    Picture("audit", "/audit/", role="auditor"),
)


def main() -> int:
    told = [sys.executable, "-m", "sertakan.cli", "demo", "--no-serve", "--dir", str(STAGE)]
    subprocess.run(told, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    os.environ |= {
        "SERTAKAN_VAR": str(STAGE),
        "SERTAKAN_DEMO_DAY": DAY,
        "DJANGO_SETTINGS_MODULE": "sertakan.config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "yes",  # Playwright's loop runs in this thread
    }
    import django

    django.setup()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with _served() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        failed = [one.name for one in PICTURES if not _taken(browser, base, one)]
        browser.close()
    if failed:
        print(f"No picture of: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


@contextmanager
def _served() -> Iterator[str]:
    """The demonstration's pages on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "sertakan.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    base = f"http://localhost:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{base}/kesehatan").close()
                break
            except OSError:
                time.sleep(0.25)
        yield base
    finally:
        server.terminate()
        server.wait()


def _taken(browser: Browser, base: str, picture: Picture) -> bool:
    """Take one picture; whether the page was there."""
    context = browser.new_context(
        viewport=PHONE if picture.phone else DESK,
        color_scheme="dark" if picture.dark else "light",
        device_scale_factor=2 if picture.phone else 1,
        reduced_motion="reduce",
    )
    if picture.role:
        context.add_cookies([{"name": "sessionid", "value": _session(picture.role), "url": base}])
    page = context.new_page()
    answer = page.goto(base + picture.address.format(_found(picture.find)))
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()
    return answer is not None and answer.status == 200


def _session(role: str) -> str:
    """A session of the first user who holds the role."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from sertakan.access.models import Appointment
    from sertakan.config import settings

    held = Appointment.objects.filter(role=role, ended_at=None)
    # Of sponsors, the one who covers most people shows most.
    order = ("-sponsor__agreements__places", "pk")
    user = held.order_by(*order)[0].user
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _found(query: str) -> str:
    from django.db import connection

    if not query:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return str(row[0]) if row else ""


if __name__ == "__main__":
    sys.exit(main())
