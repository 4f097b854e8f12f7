"""Pages for anyone: addresses."""

from django.urls import path

from sertakan.web.health import health
from sertakan.web.public import start

urlpatterns = [
    path("", start.start, name="start"),
    path("terbuka/cakupan.csv", start.coverage_csv, name="coverage-csv"),
    path("kesehatan", health, name="health"),
]
