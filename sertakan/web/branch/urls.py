"""The branch's pages: addresses."""

from django.urls import path

from sertakan.web.branch import home

urlpatterns = [
    path("", home.home, name="branch-home"),
]
