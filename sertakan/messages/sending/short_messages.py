"""By SMS or WhatsApp, over a gateway that takes one JSON object a message.

    POST <SERTAKAN_SMS_URL>
    Authorization: Bearer <SERTAKAN_SMS_TOKEN>
    Idempotency-Key: sertakan-17-1790000000
    {"id": "sertakan-17-1790000000", "channel": "sms", "to": "+62812…", "text": "…"}

Any answer of 2xx says that it was taken. The id is the same at every attempt.
"""

import http.client
import json
import urllib.error
import urllib.request
from typing import Any

from sertakan.messages.sending.outgoing import Gateway, NotSent, Outgoing

TRY_AGAIN = (408, 409, 425, 429)
OUR_FAULT = (401, 402, 403, 404, 405)  # the token, the account, the address: not this message


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The token goes to the gateway that was named, and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class ShortMessages:
    """Hands messages to the gateway, one request each."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._opener = urllib.request.build_opener(_NoRedirects)

    def send(self, message: Outgoing) -> None:
        """Hand it over. Raises NotSent, for good where the gateway refuses this message."""
        request = urllib.request.Request(
            self._gateway.url,
            data=json.dumps(
                {
                    "id": message.name,
                    "channel": message.channel,
                    "to": message.recipient,
                    "text": message.body,
                }
            ).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self._gateway.token}",
                "Idempotency-Key": message.name,
                "User-Agent": "sertakan",
            },
            method="POST",
        )
        try:
            with self._opener.open(request, timeout=self._gateway.timeout_seconds):
                return
        except urllib.error.HTTPError as answer:
            answer.close()
            raise _refused(answer.code) from None
        except (OSError, http.client.HTTPException) as away:
            reason = getattr(away, "reason", away)
            kind = type(reason if isinstance(reason, Exception) else away).__name__
            raise NotSent(f"the gateway does not answer: {kind}", all_of_them=True) from None

    def close(self) -> None:
        """Nothing is kept open."""


def _refused(code: int) -> NotSent:
    why = f"the gateway answered {code}"
    if code >= 500 or code in OUR_FAULT or code < 400:
        return NotSent(why, all_of_them=True)
    return NotSent(why, for_good=code not in TRY_AGAIN)
