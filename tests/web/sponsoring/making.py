"""Lestari, who covers neighbours, under a branch that approves ten places beforehand."""

import re

from sertakan.regions.models import Branch, Region
from sertakan.sponsors.operations import register_sponsor
from sertakan.sponsors.standing import give_standing_approval
from tests.web.people import NOW, a_user, an_appointed

KLEGEN = "35.77.01.1003"
BUDI = {
    "name": "Budi Santoso", "nik": "3577011205800001", "birth_date": "1980-05-12", "phone": "",
}  # fmt: skip
WATI = {
    "name": "Wati Lestari", "nik": "3577015205820002", "birth_date": "1982-05-12", "phone": "",
}  # fmt: skip
JOB = {"category": "msme", "sector": "other", "income": "0"}


def a_branch(most_places=10):
    branch = Branch.objects.create(
        code="MDN", name="Cabang Madiun", region=Region.objects.get(code="35.77")
    )
    if most_places:
        tomo = an_appointed("branch_approver", over=branch, name="Tomo")
        give_standing_approval(branch=branch, most_places=most_places, by=tomo, now=NOW)
    return branch


def a_sponsor(name="Lestari", kind="person"):
    """A sponsor of Klegen, and its user."""
    sponsor = register_sponsor(
        name=name, kind=kind, region=KLEGEN, email="lestari@example.org", by=a_user(name), now=NOW
    )
    return sponsor, an_appointed("sponsor", over=sponsor, name=name)


def once(client, path):
    """The token of the (first) form on a page."""
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    return re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]


def send(client, path, _at=None, **told):
    """Fill in the form of a page and send it; `_at`: the page on which the form stands."""
    return client.post(path, {**told, "once": once(client, _at or path)})


def type_in(client, worker, **job):
    """Type a worker in, page by page, as far as the list."""
    answer = send(client, "/sponsor/baru/pekerja", **worker)
    assert answer.status_code == 302, answer.content.decode()
    for told in (JOB | job, {"region": KLEGEN}, {"agreed": "on"}):
        answer = send(client, answer.url, **told)
        assert answer.status_code == 302, answer.content.decode()
    return answer


def cover_two(client, months="3"):
    """Two neighbours are typed in, and everything up to the bill; the path of the bill."""
    type_in(client, BUDI)
    type_in(client, WATI)
    send(client, "/sponsor/baru/lama", length=months)
    return order(client)


def order(client):
    """Press the button of the last page; where it led."""
    page = client.get("/sponsor/baru/periksa").content.decode()
    shown = re.search(r'name="shown" value="(\d+)"', page)[1]
    answer = send(client, "/sponsor/baru/periksa", shown=shown)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url
