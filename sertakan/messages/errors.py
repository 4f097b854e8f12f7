"""What an operation on messages says when it will not be done."""

from sertakan.audit.errors import Refused


class CannotPost(Refused):
    """The message cannot be sent to anybody: no recipient, or no address at all."""


class MessageForgotten(Refused):
    """What the message said was emptied some time after it went."""


class TooManyCodes(Refused):
    """So many codes were asked for that somebody may be trying them out."""
