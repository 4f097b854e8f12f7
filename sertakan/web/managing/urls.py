"""The administrator's pages: addresses."""

from django.urls import path

from sertakan.web.managing import branches, home, inviting, machinery, users

urlpatterns = [
    path("", home.home, name="manage-home"),
    path("pengguna", users.users, name="manage-users"),
    path("pengguna/<int:pk>", users.user, name="manage-user"),
    path("pengguna/<int:pk>/akun", users.switch_account, name="manage-user-switch"),
    path("pengguna/<int:pk>/faktor-kedua", users.reset_factor, name="manage-user-reset-factor"),
    path("penugasan/<int:pk>/akhiri", users.end_role, name="manage-appointment-end"),
    path("undangan", inviting.invitations, name="manage-invitations"),
    path("undangan/baru", inviting.new, name="manage-invite"),
    path("undangan/<int:pk>/tarik", inviting.take_back, name="manage-invitation-withdraw"),
    path("pesan", machinery.outbox, name="manage-outbox"),
    path("pesan/<int:pk>/ulang", machinery.send_again, name="manage-message-again"),
    path("pekerjaan", machinery.jobs, name="manage-jobs"),
    path("pekerjaan/<int:pk>/ulang", machinery.begin_again, name="manage-job-again"),
    path("cabang", branches.branches, name="manage-branches"),
    path("cabang/baru", branches.add, name="manage-branch-new"),
    path("cabang/<int:pk>", branches.branch, name="manage-branch"),
]
