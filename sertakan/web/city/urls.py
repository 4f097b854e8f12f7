"""The city officer's pages: addresses."""

from django.urls import path

from sertakan.web.city import home

urlpatterns = [
    path("", home.home, name="city-home"),
]
