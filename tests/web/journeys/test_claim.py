"""A claim in two browsers: one officer reports, another decides, a third approves and pays, and
the heir follows it from her phone."""

from datetime import date

import pytest
from django.test import Client

from sertakan.claims.models import Claim
from tests.web.branch.making import an_approver_of, an_officer_of, insured
from tests.web.chromium import DESK, PHONE, width_of

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_in_november"),
]


class Desk:
    """Somebody at the branch, in a browser of their own."""

    def __init__(self, chromium, live_server, user, *, size=DESK, script=True):
        self.chromium, self.url, self.size, self.script = chromium, live_server.url, size, script
        client = Client()
        client.force_login(user)
        self.session = client.cookies["sessionid"].value

    def does(self, work):
        """What `work` returns, given a page on which this person has signed in."""

        def look(page):
            page.context.add_cookies(
                [{"name": "sessionid", "value": self.session, "url": self.url}]
            )
            page.goto(f"{self.url}/cabang/")
            return work(page)

        return self.chromium.show(look, size=self.size, script=self.script)


def reports(page):
    """From the person's name to the number of the claim, a question a page."""
    page.get_by_role("link", name="Laporkan kematian").click()
    page.get_by_label("Nama atau NIK").fill("wati")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("button", name="Pilih Wati").click()
    page.get_by_label("Tanggal meninggal").fill("2026-11-10")
    page.get_by_label("Sakit, usia").check()
    onward(page)
    page.get_by_label("Nama pelapor").fill("Siti Aminah")
    page.get_by_label("Nomor telepon").fill("0812 3456 7890")
    onward(page)
    page.get_by_label("Ya", exact=True).check()
    onward(page)
    page.get_by_label("Orang-orang ini").check()
    page.get_by_label("Nama", exact=True).fill("Siti Aminah")
    page.get_by_label("Hubungan").first.select_option("spouse")
    page.get_by_role("button", name="Tambah satu lagi").click()
    page.get_by_label("Nama", exact=True).nth(1).fill("Budi")
    page.get_by_label("Hubungan").nth(1).select_option("child")
    onward(page)
    page.get_by_label("Tidak", exact=True).check()
    onward(page)
    page.get_by_label("Tidak", exact=True).check()
    onward(page)
    onward(page)
    page.get_by_label("Akta kematian").check()
    page.get_by_label("Surat keterangan ahli waris").check()
    page.get_by_label("Diterima pada").fill("2026-11-20")
    onward(page)
    page.get_by_role("button", name="Kirim laporan").click()
    return page.locator(".lead").inner_text().split(" ")[0]


def onward(page):
    page.get_by_role("button", name="Lanjut", exact=True).click()


def decides(page):
    page.get_by_role("link", name="Wati").click()
    page.get_by_role("link", name="Putuskan").click()
    page.get_by_role("button", name="Putuskan").click()
    return page.locator("main").inner_text()


def approves(page):
    page.get_by_role("link", name="Wati").click()
    page.get_by_role("link", name="Periksa dan sahkan").click()
    read = page.locator("main").inner_text()
    page.get_by_role("button", name="Sahkan Rp42.000.000").click()
    return read


def approves_by_keyboard(page):
    """The same without a mouse."""
    for name in ("Wati", "Periksa dan sahkan"):
        entered(page, page.get_by_role("link", name=name))
    entered(page, page.get_by_role("button", name="Sahkan Rp42.000.000"))
    return page.locator("main").inner_text()


def entered(page, place):
    """The page that Enter leads to from a link or a button."""
    place.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def pays(page):
    page.get_by_role("link", name="Wati").click()
    page.get_by_role("link", name="Bayar", exact=True).click()
    page.get_by_label("Nomor referensi transfer bank").fill("TRF-20261123-1")
    page.get_by_role("button", name="Bayar", exact=True).click()
    return page.locator("main").inner_text()


def follows(url, reference):
    """What the heir reads, with the number and the date of birth."""

    def look(page):
        page.goto(f"{url}/klaim")
        page.get_by_label("Nomor klaim").fill(reference)
        page.get_by_label("Tanggal lahir").fill("1980-05-12")
        page.locator("main form button").click()
        wide = width_of(page)
        return page.locator("main").inner_text(), wide

    return look


@pytest.mark.parametrize(
    ("size", "script", "approve"),
    [(DESK, True, approves), (PHONE, False, approves), (DESK, True, approves_by_keyboard)],
    ids=["on a desk", "on a phone without script", "without a mouse"],
)
def test_a_second_officer_approves_a_claim_and_the_heir_follows_it(
    live_server, chromium, size, script, approve
):
    insured("Wati")
    told = {"size": size, "script": script}
    bagus = Desk(chromium, live_server, an_officer_of(name="Bagus"), **told)
    dewi = Desk(chromium, live_server, an_officer_of(name="Dewi"), **told)
    ratna = Desk(chromium, live_server, an_approver_of(name="Ratna"), **told)

    reference = bagus.does(reports)
    decided = dewi.does(decides)
    ratna.does(approve)
    before = chromium.show(follows(live_server.url, reference), size=PHONE, script=script)
    paid = dewi.does(pays)
    after = chromium.show(follows(live_server.url, reference), size=PHONE, script=script)

    claim = Claim.objects.get(reference=reference)
    assert claim.payout.paid_on == date(2026, 11, 23)
    assert "Rp42.000.000" in decided
    assert "TRF-20261123-1" in paid
    assert "Rp42.000.000" in before[0]
    assert before[1] == after[1] == PHONE["width"]
    assert before[0] != after[0]
