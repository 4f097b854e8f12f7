"""The auditor's pages: addresses."""

from django.urls import path

from sertakan.web.auditing import home

urlpatterns = [
    path("", home.home, name="audit-home"),
]
