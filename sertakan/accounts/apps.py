"""The place of this package among Django's apps."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and sign-in."""

    name = "sertakan.accounts"
    label = "accounts"
