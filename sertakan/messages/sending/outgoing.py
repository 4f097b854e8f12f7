"""What is handed to a mail server or a gateway, and how they may fail."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message on its way. `name` is the same at every attempt: who gets it twice can tell."""

    name: str
    channel: str
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Gateway:
    """Takes short messages by HTTP; `token` goes with each as a bearer."""

    url: str
    token: str
    timeout_seconds: float


class NotSent(Exception):
    """The message did not go. The text names no person and repeats nothing of the other side's."""

    def __init__(self, why: str, *, for_good: bool = False, all_of_them: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good  # trying again will not help
        self.all_of_them = all_of_them  # no other message would go either


class Sender(Protocol):
    """Sends one message at a time, and may keep a connection open in between."""

    def send(self, message: Outgoing) -> None:
        """Hand it over. Raises NotSent."""

    def close(self) -> None:
        """Let go of the connection."""
