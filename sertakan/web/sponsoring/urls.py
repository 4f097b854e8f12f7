"""The sponsor's pages: addresses."""

from django.urls import path

from sertakan.web.sponsoring import home

urlpatterns = [
    path("", home.home, name="sponsor-home"),
]
