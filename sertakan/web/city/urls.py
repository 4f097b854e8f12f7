"""The city officer's pages: addresses."""

from django.urls import path

from sertakan.web.city import (
    agreement_changes,
    agreements,
    bills,
    home,
    screenings,
    waiting,
)

urlpatterns = [
    path("", home.home, name="city-home"),
    # Agreements, bills, screening
    path("perjanjian", agreements.agreements, name="city-agreements"),
    path("perjanjian/baru", agreement_changes.draft, name="city-agreement-new"),
    path("perjanjian/<int:pk>", agreements.agreement, name="city-agreement"),
    path("perjanjian/<int:pk>/peserta", agreements.people, name="city-agreement-people"),
    path("perjanjian/<int:pk>/ubah", agreement_changes.change, name="city-agreement-change"),
    path("perjanjian/<int:pk>/perpanjang", agreement_changes.renewal, name="city-agreement-renew"),
    path("perjanjian/<int:pk>/tutup", agreement_changes.closing, name="city-agreement-close"),
    path(
        "perjanjian/<int:pk>/bawa-serta",
        agreement_changes.carrying_over,
        name="city-agreement-carry-over",
    ),
    path("perjanjian/<int:pk>/tunggu", waiting.waiting, name="city-waiting"),
    path("tunggu/<int:pk>/keluar", waiting.leaving, name="city-waiting-leave"),
    path("perjanjian/<int:pk>/tagihan-baru", bills.issue, name="city-bill-issue"),
    path("tagihan", bills.bills, name="city-bills"),
    path("tagihan/<int:pk>", bills.bill, name="city-bill"),
    path("tagihan/<int:pk>/peserta", bills.bill_people, name="city-bill-people"),
    path("pembayaran", bills.payments, name="city-payments"),
    path("pemadanan", screenings.screenings, name="city-screenings"),
    path("pemadanan/<int:pk>", screenings.screening, name="city-screening"),
    path("pemadanan/<int:pk>/akhiri", screenings.applying, name="city-screening-apply"),
    path("temuan/<int:pk>/tetap", screenings.dismissing, name="city-finding-dismiss"),
]
