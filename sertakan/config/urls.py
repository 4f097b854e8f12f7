"""Every address of the program begins here; the pages themselves are in `sertakan.web`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(path("", include("sertakan.web.urls")), prefix_default_language=False)

handler400 = "sertakan.web.errors.bad_request"
handler403 = "sertakan.web.errors.permission_denied"
handler404 = "sertakan.web.errors.page_not_found"
handler500 = "sertakan.web.errors.server_error"
