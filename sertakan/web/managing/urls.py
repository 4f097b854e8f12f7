"""The administrator's pages: addresses."""

from django.urls import path

from sertakan.web.managing import branches, home

urlpatterns = [
    path("", home.home, name="manage-home"),
    path("cabang", branches.branches, name="manage-branches"),
    path("cabang/baru", branches.add, name="manage-branch-new"),
    path("cabang/<int:pk>", branches.branch, name="manage-branch"),
]
