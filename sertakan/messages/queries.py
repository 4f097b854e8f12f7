"""What stands in the outbox, and what became of it."""

from django.db.models import Count, QuerySet

from sertakan.messages.models import Message, State


def about(about_type: str, about_id: object) -> QuerySet[Message]:
    """Messages about one thing, the latest first."""
    return Message.objects.filter(about_type=about_type, about_id=str(about_id)).order_by("-pk")


def outbox(*, state: str = "", kind: str = "") -> QuerySet[Message]:
    """Messages, the latest first: all, of one state, of one kind."""
    messages = Message.objects.order_by("-pk")
    if state:
        messages = messages.filter(state=state)
    return messages.filter(kind=kind) if kind else messages


def how_many() -> dict[str, int]:
    """By state: how many messages; every state is named."""
    counted = Message.objects.values_list("state").annotate(Count("pk")).order_by()
    return dict.fromkeys(State.values, 0) | dict(counted)
