"""Where letters leave from: a mail server, and a gateway for short messages. Either may be none."""

from email.utils import parseaddr
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from sertakan.config import environment
from sertakan.config.environment import BadEnvironment
from sertakan.messages.sending.outgoing import Gateway

TIMEOUT_SECONDS = 10
PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def mail_server(*, production: bool) -> dict[str, Any]:
    """Django's settings for the mail server of SERTAKAN_SMTP_URL; EMAIL_HOST is "" for none.

    smtps:// speaks TLS from the start, smtp:// asks for it (STARTTLS). Only outside production,
    smtp://…?tls=no goes without.
    """
    name = "SERTAKAN_SMTP_URL"
    url = _url(name, tuple(PORTS))
    if url is None:
        return {"EMAIL_HOST": ""}
    plain = parse_qs(url.query).get("tls") == ["no"] and url.scheme == "smtp"
    if plain and production:
        raise BadEnvironment(f"{name} must keep TLS in production.")
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or PORTS[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_USE_TLS": url.scheme == "smtp" and not plain,
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
    }


def mail_from(*, production: bool) -> str:
    """The address that mails come from. It must be given where a mail server is, in production."""
    name = "SERTAKAN_MAIL_FROM"
    needed = production and environment.text("SERTAKAN_SMTP_URL", "")
    address = environment.text(name, None if needed else "SERTAKAN <sertakan@localhost>")
    if "@" not in parseaddr(address)[1] or "\n" in address:
        raise BadEnvironment(f"{name} must be an e-mail address, with or without a name.")
    return address


def gateway(*, production: bool) -> Gateway | None:
    """The gateway of SERTAKAN_SMS_URL; over HTTPS only, except to this machine in development."""
    name = "SERTAKAN_SMS_URL"
    url = _url(name, ("https", "http"))
    if url is None:
        return None
    if url.scheme == "http" and (production or url.hostname not in LOOPBACK):
        raise BadEnvironment(f"{name} must begin with https://")
    token = environment.text("SERTAKAN_SMS_TOKEN", None if production else "none")
    return Gateway(url.geturl(), token, TIMEOUT_SECONDS)


def _url(name: str, schemes: tuple[str, ...]) -> SplitResult | None:
    """The variable as a URL of one of these kinds, or None. It may hold a password: never shown."""
    value = environment.text(name, "")
    if not value:
        return None
    try:
        url = urlsplit(value)
        whole = bool(url.hostname) and url.port != 0
    except ValueError:
        raise BadEnvironment(f"{name} is not a URL.") from None
    if url.scheme not in schemes or not whole:
        raise BadEnvironment(f"{name} must be written {schemes[0]}://host")
    return url
