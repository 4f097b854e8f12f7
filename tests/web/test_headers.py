import ast

import pytest

from sertakan.access.newcomers import verified
from tests.config.test_settings import GIVEN, start
from tests.web.people import PASSWORD, a_user, an_appointed

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/en/", "/terbuka/cakupan.csv", "/kesehatan", "/static/theme.css", "/nothing"]
)
def test_every_answer_says_what_a_browser_may_do_with_it(client, path):
    answer = client.get(path)

    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "geolocation=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_pages_may_not_be_framed(client):
    assert client.get("/")["X-Frame-Options"] == "DENY"


def test_in_production_everything_goes_over_https(tmp_path):
    asked = (
        "{name: getattr(settings, name) for name in ('SECURE_SSL_REDIRECT',"
        " 'SECURE_HSTS_SECONDS', 'SECURE_HSTS_INCLUDE_SUBDOMAINS', 'SESSION_COOKIE_SECURE',"
        " 'CSRF_COOKIE_SECURE', 'SESSION_COOKIE_HTTPONLY', 'CSRF_COOKIE_HTTPONLY')}"
    )

    started = start(tmp_path, asked, SERTAKAN_ENV="production", **GIVEN)

    told = ast.literal_eval(started.stdout)
    assert told.pop("SECURE_HSTS_SECONDS") >= 365 * 24 * 3600
    assert all(told.values()), told


def test_hsts_is_sent_over_https(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000

    answer = client.get("/static/theme.css", secure=True)

    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.django_db
def test_pages_are_sent_compressed_to_those_who_can(client):
    answer = client.get("/", headers={"accept-encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"


@pytest.mark.django_db
def test_a_signed_in_page_is_kept_nowhere(client):
    client.force_login(an_appointed("administrator"))

    answer = client.get("/kelola/")

    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.django_db
def test_cookies_are_read_by_no_script_and_sent_to_no_other_site(client):
    ratna = a_user("Ratna")
    verified(ratna)

    client.get("/masuk")
    client.post("/masuk", {"login": ratna.email, "password": PASSWORD})

    assert set(client.cookies) == {"sessionid", "csrftoken"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
