"""Pages for anyone: addresses."""

from django.urls import path

from sertakan.web.health import health
from sertakan.web.public import (
    card,
    check_cover,
    demo,
    follow_claim,
    open_figures,
    simulate,
    start,
)

urlpatterns = [
    path("", start.start, name="start"),
    path("hitung", simulate.simulate, name="simulate"),
    path("cek", check_cover.check_cover, name="check-cover"),
    path("cek/kode", check_cover.check_cover_code, name="check-cover-code"),
    path("cek/hasil", check_cover.check_cover_result, name="check-cover-result"),
    path("k/<str:token>", card.card, name="card"),
    path("kunci-kartu", card.card_keys, name="card-keys"),
    path("kunci-kartu.txt", card.card_keys_text, name="card-keys-text"),
    path("kunci-kartu.json", card.card_keys_json, name="card-keys-json"),
    path("klaim", follow_claim.follow_claim, name="follow-claim"),
    path("klaim/perjalanan", follow_claim.claim_story, name="claim-story"),
    path("terbuka", open_figures.open_figures, name="open-figures"),
    path("terbuka/cakupan.csv", open_figures.coverage_csv, name="coverage-csv"),
    path("terbuka/jenis-pekerjaan.csv", open_figures.kinds_csv, name="kinds-of-work-csv"),
    path("terbuka/sponsor.csv", open_figures.sponsors_csv, name="sponsors-csv"),
    path("terbuka/uang.csv", open_figures.money_csv, name="money-csv"),
    path("terbuka/ucj.csv", open_figures.workforce_csv, name="workforce-csv"),
    path("demo/pesan", demo.messages, name="demo-messages"),
    path("kesehatan", health, name="health"),
]
