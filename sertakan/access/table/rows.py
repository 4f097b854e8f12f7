"""What a row of the table says."""

from collections.abc import Collection
from dataclasses import dataclass

from sertakan.access.roles import Role

ANYONE: frozenset[str] = frozenset({"anyone"})
SIGNED_IN: frozenset[str] = frozenset({"signed_in"})

CITY = frozenset({Role.CITY_OFFICER})
CITY_AND_OPERATOR = frozenset({Role.CITY_OFFICER, Role.KELURAHAN_OPERATOR})
SPONSOR = frozenset({Role.SPONSOR})
BRANCH = frozenset({Role.BRANCH_OFFICER, Role.BRANCH_APPROVER})
APPROVER = frozenset({Role.BRANCH_APPROVER})
AUDITOR = frozenset({Role.AUDITOR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Row:
    """Who may open a page (or call the API under the same name), and on what.

    `page` is the name of its URL. `roles` are roles, or ANYONE, or SIGNED_IN (whoever has signed
    in, with or without a role). `on` is the model that the URL names an object of; the object
    must lie in the scope of who asks. `states` are those in which it may be done; none: all.
    `writes` says that a POST changes something: its form carries a token and counts once.
    """

    page: str
    roles: Collection[str]
    on: str = ""
    states: Collection[str] = ()
    writes: bool = False
