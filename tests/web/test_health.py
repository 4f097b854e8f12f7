import pytest
from django.db import connection

from sertakan.web.health import _migrations
from tests.web.test_start_page import words

JSON = {"accept": "application/json"}


@pytest.mark.django_db
def test_a_deployment_that_works_says_so(client):
    page = client.get("/kesehatan")

    assert page.status_code == 200
    assert "Semuanya berjalan" in words(page)
    assert "no-store" in page["Cache-Control"]


@pytest.mark.django_db
def test_programs_read_it_as_json(client):
    answer = client.get("/kesehatan", headers=JSON)

    assert answer.json() == {"status": "ok", "database": True, "migrations": True}


@pytest.mark.django_db
def test_a_missing_migration_is_found(client, monkeypatch):
    newer = _migrations() | {("people", "9999_of_the_next_version")}
    monkeypatch.setattr("sertakan.web.health._migrations", lambda: newer)

    answer = client.get("/kesehatan", headers=JSON)

    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_said_to_be(client, monkeypatch):
    connection.close()
    with monkeypatch.context() as away:
        away.setitem(connection.settings_dict, "NAME", "no_such_database")
        state, start = client.get("/kesehatan"), client.get("/")
        connection.close()

    assert (state.status_code, start.status_code) == (503, 503)
    assert "Basis data tidak menjawab." in words(state)
    assert "Data sedang tidak dapat dijangkau" in words(start)
