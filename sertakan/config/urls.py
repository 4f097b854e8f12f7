"""Every address of the program begins here; the pages themselves are in `sertakan.web`."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [path("", include("sertakan.web.urls"))] if find_spec("sertakan.web.urls") else []
