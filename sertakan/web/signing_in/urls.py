"""Addresses of signing in and of one's own account; most of the pages are allauth's, our look."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from sertakan.web.signing_in import invitations, views

urlpatterns = [
    path("masuk", account.login, name="account_login"),
    path("keluar", account.logout, name="account_logout"),
    path("akun/tidak-aktif", account.account_inactive, name="account_inactive"),
    path("daftar", account.signup, name="account_signup"),
    path(
        "akun/konfirmasi-email",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("sandi/lupa", account.password_reset, name="account_reset_password"),
    path("sandi/terkirim", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "sandi/selesai",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("akun/sandi", account.password_change, name="account_change_password"),
    path("akun/sandi/buat", account.password_set, name="account_set_password"),
    path("akun/email", account.email, name="account_email"),
    path("akun/periksa-lagi", account.reauthenticate, name="account_reauthenticate"),
    path("masuk/faktor-kedua", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/kunci-sandi", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("akun/keamanan", mfa.index, name="mfa_index"),
    path("akun/keamanan/periksa-lagi", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("akun/keamanan/aplikasi", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/keamanan/aplikasi/lepas", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "akun/keamanan/kode-cadangan",
        codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "akun/keamanan/kode-cadangan/baru",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "akun/keamanan/kode-cadangan/unduh",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("akun/keamanan/kunci", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("akun/keamanan/kunci/tambah", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "akun/keamanan/kunci/periksa-lagi",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "akun/keamanan/kunci/<int:pk>/lepas", passkeys.remove_webauthn, name="mfa_remove_webauthn"
    ),
    path("akun/keamanan/kunci/<int:pk>/nama", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("undangan/<str:secret>", invitations.invitation, name="invitation"),
    path("beranda", views.home, name="home"),
    path("beranda/sebagai", views.act_as, name="act-as"),
    path("lanjutkan", views.resume, name="resume"),
]
