"""The name with which an account is opened. Apart from `forms`, because allauth's build on it."""

from django import forms
from django.http import HttpRequest

from sertakan.accounts.models import User


class WithName(forms.Form):
    """What allauth's own form does not ask."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account is there."""
        user.name = self.cleaned_data["name"].strip()
        user.save(update_fields=["name"])
