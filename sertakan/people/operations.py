"""What is done to people: registered, corrected, merged, noted as dead, looked at unmasked."""

from sertakan.people.correcting import Unmasked, correct, unmask
from sertakan.people.deaths import note_deaths
from sertakan.people.merging import merge, undo_merge
from sertakan.people.registration import register_many

__all__ = [
    "Unmasked",
    "correct",
    "merge",
    "note_deaths",
    "register_many",
    "undo_merge",
    "unmask",
]
