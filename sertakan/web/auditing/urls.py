"""The auditor's pages: addresses."""

from django.urls import path

from sertakan.web.auditing import home, ledger, trail

urlpatterns = [
    path("", home.home, name="audit-home"),
    path("jejak", trail.trail, name="audit-trail"),
    path("penglihatan", trail.looks, name="audit-looks"),
    path("pemeriksaan", home.checks, name="audit-checks"),
    path("buku-besar", ledger.ledger, name="audit-ledger"),
    path("buku-besar/akun/<int:pk>", ledger.account, name="audit-account"),
    path("buku-besar/catatan/<int:pk>", ledger.entry, name="audit-entry"),
]
