"""My details: the name on bills and cards, the place, and how I am reminded."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sertakan.encryption.at_rest import decrypt
from sertakan.sponsors.queries import branch_for
from sertakan.sponsors.reminders import set_reminders
from sertakan.web import clock
from sertakan.web.forms import Form, sent
from sertakan.web.guard import user_of
from sertakan.web.sponsoring.drafting import sponsor_of


class RemindersForm(Form):
    """Where to write before cover ends."""

    reminded = forms.BooleanField(
        label=gettext_lazy("Remind me 30, 14 and 3 days before cover ends"), required=False
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address for reminders"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.RegexField(
        r"^(\+62|0)[0-9 .-]{7,17}$",
        label=gettext_lazy("Phone number for reminders by SMS"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write the number with digits, like 0812…")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


def details(request: HttpRequest) -> HttpResponse:
    """See the details, and say how to be reminded."""
    sponsor = sponsor_of(request)
    phone = sponsor.phone_encrypted
    initial = {
        "reminded": sponsor.reminded,
        "email": sponsor.email,
        "phone": decrypt(bytes(phone), "phone") if phone else "",
    }
    form = RemindersForm(**sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        set_reminders(sponsor=sponsor, **form.cleaned_data, by=user_of(request), now=clock.now())
        messages.success(request, _("Saved."))
        return redirect("sponsor-details")
    told = {"form": form, "sponsor": sponsor, "branch": branch_for(sponsor.region)}
    return render(request, "web/sponsoring/details.html", told, status=422 if form.errors else 200)
