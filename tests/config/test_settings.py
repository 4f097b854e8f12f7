"""Settings as a whole: what starts, and what does not."""

import base64
import os
import subprocess
import sys

import pytest

KEY = base64.b64encode(bytes(32)).decode()
GIVEN = {
    "SERTAKAN_SECRET_KEY": "s" * 50,
    "SERTAKAN_NIK_INDEX_KEY": KEY,
    "SERTAKAN_KEYS": f"k1:{KEY}",
    "SERTAKAN_CARD_KEYS": KEY,
    "DATABASE_URL": "postgresql://sertakan_app@db.example.org/sertakan",
    "SERTAKAN_HOSTS": "sertakan.example.org",
}
READ = "from django.conf import settings; print({})"


def start(tmp_path, expression="settings.SERTAKAN_ENV", **variables):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", READ.format(expression)],
        env={
            **kept,
            "DJANGO_SETTINGS_MODULE": "sertakan.config.settings",
            "SERTAKAN_VAR": str(tmp_path / "var"),
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_everything_given_and_makes_nothing_up(tmp_path):
    started = start(tmp_path, SERTAKAN_ENV="production", **GIVEN)

    assert started.stdout == "production\n", started.stderr
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("missing", GIVEN)
def test_production_does_not_start_without(tmp_path, missing):
    given = {name: value for name, value in GIVEN.items() if name != missing}

    started = start(tmp_path, SERTAKAN_ENV="production", **given)

    assert started.returncode != 0
    assert f"{missing} must be set" in started.stderr.splitlines()[-1]
    assert not (tmp_path / "var").exists()


def test_elsewhere_secrets_are_made_for_this_user_alone(tmp_path):
    started = start(tmp_path)

    assert started.stdout == "development\n", started.stderr
    made = tmp_path / "var" / "secrets"
    assert oct(made.stat().st_mode)[-3:] == "700"
    assert {oct(file.stat().st_mode)[-3:] for file in made.iterdir()} == {"600"}


def test_the_owner_has_an_address_of_its_own(tmp_path):
    url = GIVEN["DATABASE_URL"]
    started = start(
        tmp_path,
        "settings.DATABASES['default']['OWNER']",
        DATABASE_URL=url,
        DATABASE_OWNER_URL="postgresql://boss:pw@db.example.org/sertakan",
    )
    assert started.stdout == "{'user': 'boss', 'password': 'pw', 'host': 'db.example.org'}\n"

    started = start(
        tmp_path, DATABASE_URL=url, DATABASE_OWNER_URL="postgresql://boss@db.example.org/other"
    )
    assert "must name the same database" in started.stderr


def test_over_https_nothing_travels_in_the_clear(tmp_path):
    started = start(
        tmp_path,
        "settings.SECURE_SSL_REDIRECT, settings.SESSION_COOKIE_SECURE,"
        " settings.CSRF_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS >= 31536000, settings.DEBUG",
        SERTAKAN_ENV="production",
        **GIVEN,
    )

    assert started.stdout == "True True True True False\n"
