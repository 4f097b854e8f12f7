import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_protect

from sertakan.access import queries
from sertakan.access.table import ANYONE, Row
from sertakan.config.urls import handler400, handler403, handler404, handler500  # noqa: F401
from sertakan.config.urls import urlpatterns as pages
from tests.web.test_start_page import words


def _breaks(request):
    raise ZeroDivisionError


def _forbids(request):
    raise PermissionDenied


def _finds_no_database(request):
    raise OperationalError


def _finds_no_table(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")


OPEN_HERE = ("breaks", "forbids", "sends", "no-database", "no-table")
urlpatterns = [
    path("breaks", _breaks, name="breaks"),
    path("forbids", _forbids, name="forbids"),
    path("sends", csrf_protect(_breaks), name="sends"),
    path("no-database", _finds_no_database, name="no-database"),
    path("no-table", _finds_no_table, name="no-table"),
    *pages,
]


@pytest.fixture
def reader(settings, monkeypatch):
    """Somebody whose browser shows what the server answers, errors too."""
    settings.ROOT_URLCONF = __name__
    ours = {name: Row(name, ANYONE) for name in OPEN_HERE}
    monkeypatch.setattr(queries, "TABLE", {**queries.TABLE, **ours})
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/tidak-ada", 404, "Halaman ini tidak ada"),
        ("/en/no-such", 404, "There is no such page"),
        ("/forbids", 403, "Halaman ini tidak terbuka untuk Anda"),
        ("/breaks", 500, "Ada gangguan di pihak kami"),
        ("/no-database", 503, "Data sedang tidak dapat dijangkau"),
    ],
)
def test_each_error_has_its_page(reader, path, status, sentence):
    answer = reader.get(path)

    assert answer.status_code == status
    assert sentence in words(answer)
    assert "Traceback" not in answer.content.decode()


@pytest.mark.django_db
def test_a_database_without_tables_is_told_to_the_administrator(reader):
    answer = reader.get("/no-table")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "sertakan migrate" in words(answer)


def test_an_expired_form_says_that_nothing_was_saved(reader):
    answer = reader.post("/sends", {"name": "Budi"})

    assert answer.status_code == 403
    assert "Formulir ini sudah kedaluwarsa" in words(answer)
    assert "Tidak ada yang tersimpan." in words(answer)


def test_an_unknown_host_is_refused(reader):
    answer = reader.get("/", headers={"host": "elsewhere.example.org"})

    assert answer.status_code == 400
    assert "Permintaan ini tidak dapat dipahami" in words(answer)


def test_an_error_page_keeps_the_rules_of_every_page(reader):
    answer = reader.get("/tidak-ada")

    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert not answer.cookies


def test_whoever_has_a_session_finds_back_to_their_work(reader):
    signed_out = words(reader.get("/forbids"))
    reader.cookies["sessionid"] = "x" * 32

    signed_in = words(reader.get("/forbids"))

    assert ("Masuk" in signed_out, "Ruang kerja saya" in signed_out) == (True, False)
    assert ("Masuk" in signed_in, "Ruang kerja saya" in signed_in) == (False, True)
