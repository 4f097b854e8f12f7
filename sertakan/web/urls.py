"""The pages, in Indonesian; each has its twin in English under /en/ (`sertakan.config.urls`)."""

from django.urls import path

from sertakan.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("terbuka/cakupan.csv", views.coverage_csv, name="coverage-csv"),
]
