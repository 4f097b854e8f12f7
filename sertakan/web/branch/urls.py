"""The branch's pages: addresses."""

from django.urls import path

from sertakan.web.branch import (
    accident,
    agreements,
    bills,
    claim_acts,
    claims,
    home,
    papers,
    payments,
    reporting,
)
from sertakan.web.papers import agreement_papers, views

CLAIM = "klaim/<str:reference>"

urlpatterns = [
    path("", home.home, name="branch-home"),
    # Agreements
    path("perjanjian", agreements.agreements, name="branch-agreements"),
    path("perjanjian/<int:pk>", agreements.agreement, name="branch-agreement"),
    path("perjanjian/<int:pk>/peserta", agreements.people, name="branch-agreement-people"),
    path(
        "perjanjian/<int:pk>/lampiran",
        agreement_papers.paper,
        {"area": "branch", "paper": "annex"},
        name="branch-agreement-annex",
    ),
    path(
        "perjanjian/<int:pk>/lampiran/berkas",
        agreement_papers.file,
        {"area": "branch", "paper": "annex"},
        name="branch-agreement-annex-file",
    ),
    path("perjanjian/<int:pk>/setujui", agreements.approve, name="branch-agreement-approve"),
    path("perjanjian/<int:pk>/kembalikan", agreements.send_back, name="branch-agreement-return"),
    path("perjanjian/<int:pk>/ubah", agreements.change, name="branch-agreement-change"),
    path("persetujuan-tetap", agreements.standing, name="branch-standing"),
    path("persetujuan-tetap/beri", agreements.give_standing, name="branch-standing-give"),
    path("persetujuan-tetap/<int:pk>/akhiri", agreements.end_standing, name="branch-standing-end"),
    # Money
    path("pembayaran", payments.payments, name="branch-payments"),
    path("pembayaran/terima", payments.receive_one, name="branch-payment-receive"),
    path("pembayaran/berkas", payments.receive_file, name="branch-payment-file"),
    path("pembayaran/<int:pk>", payments.payment, name="branch-payment"),
    path("pembayaran/<int:pk>/cocokkan", payments.match, name="branch-payment-match"),
    path("pembayaran/<int:pk>/kuitansi.pdf", views.receipt, name="branch-payment-receipt"),
    path("tagihan", bills.bills, name="branch-bills"),
    path("tagihan/<int:pk>", bills.bill, name="branch-bill"),
    path("tagihan/<int:pk>.pdf", views.bill, name="branch-bill-pdf"),
    # Claims
    path("klaim", claims.claims, name="branch-claims"),
    path("klaim/lapor", reporting.find, name="branch-claim-find"),
    path("klaim/lapor/periksa", reporting.check, name="branch-claim-check"),
    path("klaim/lapor/<slug:step>", reporting.step, name="branch-claim-report"),
    path(f"{CLAIM}/keterangan/<slug:step>", claim_acts.state, name="branch-claim-state"),
    path(f"{CLAIM}/berkas", claim_acts.papers, name="branch-claim-papers"),
    path(f"{CLAIM}/rekening", claim_acts.account, name="branch-claim-account"),
    path(f"{CLAIM}/rekening/lihat", claim_acts.show_account, name="branch-claim-account-show"),
    path(f"{CLAIM}/putuskan", claim_acts.decide, name="branch-claim-decide"),
    path(f"{CLAIM}/konfirmasi", claim_acts.confirm, name="branch-claim-confirm"),
    path(f"{CLAIM}/setujui", claim_acts.approve, name="branch-claim-approve"),
    path(f"{CLAIM}/kembalikan", claim_acts.send_back, name="branch-claim-send-back"),
    path(f"{CLAIM}/bayar", claim_acts.pay, name="branch-claim-pay"),
    path(f"{CLAIM}/tarik", claim_acts.withdraw, name="branch-claim-withdraw"),
    path(f"{CLAIM}/lanjutkan", claim_acts.resume, name="branch-claim-resume"),
    path(f"{CLAIM}/surat.pdf", papers.letter, name="branch-claim-letter"),
    path(f"{CLAIM}/berita-acara.pdf", papers.minutes, name="branch-claim-minutes"),
    path(CLAIM, claims.claim, name="branch-claim"),
    path("kecelakaan", accident.accident, name="branch-accident"),
]
