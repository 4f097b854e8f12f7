"""The pages, in Indonesian; each has its twin in English under /en/ (`sertakan.config.urls`)."""

from django.urls import path

from sertakan.web import views
from sertakan.web.health import health

urlpatterns = [
    path("", views.start, name="start"),
    path("terbuka/cakupan.csv", views.coverage_csv, name="coverage-csv"),
    path("kesehatan", health, name="health"),
]
