"""The administrator's pages: addresses."""

from django.urls import path

from sertakan.web.managing import home

urlpatterns = [
    path("", home.home, name="manage-home"),
]
