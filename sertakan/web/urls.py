"""The pages, in Indonesian; each has its twin in English under /en/ (`sertakan.config.urls`)."""

from django.urls import include, path

urlpatterns = [
    path("", include("sertakan.web.public.urls")),
    path("", include("sertakan.web.signing_in.urls")),
    path("sponsor/", include("sertakan.web.sponsoring.urls")),
    path("kota/", include("sertakan.web.city.urls")),
    path("cabang/", include("sertakan.web.branch.urls")),
    path("audit/", include("sertakan.web.auditing.urls")),
    path("kelola/", include("sertakan.web.managing.urls")),
]
