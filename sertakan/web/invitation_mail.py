"""The message by which somebody is invited to a role."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sertakan.access.models import Invitation
from sertakan.messages.models import Channel
from sertakan.messages.operations import Letter, post
from sertakan.web import clock
from sertakan.web.place_names import place_name


def send(request: HttpRequest, invitation: Invitation, secret: str) -> None:
    """Post the invitation with its link, in the language of the page."""
    link = request.build_absolute_uri(reverse("invitation", kwargs={"secret": secret}))
    scope = place_name(invitation.scope) if invitation.scope else _("everything")
    body = _(
        "%(who)s invites you to work with SERTAKAN as %(role)s for %(over)s.\n\n"
        "Open this address within seven days:\n%(link)s"
    ) % {
        "who": invitation.invited_by.name,
        "role": invitation.get_role_display(),
        "over": scope,
        "link": link,
    }
    letter = Letter(
        channel=Channel.EMAIL,
        recipient=invitation.email,
        subject=_("Invitation to SERTAKAN"),
        body=body,
        kind="account",
        language=get_language() or "id",
        about_type="invitation",
        about_id=invitation.pk,
        once=f"invitation:{invitation.pk}",
        expires_at=invitation.expires_at,
    )
    post([letter], now=clock.now())
