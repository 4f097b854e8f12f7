"""What is done to people: registered, corrected, merged, noted as dead."""

from sertakan.people.deaths import note_deaths
from sertakan.people.registration import register_many

__all__ = ["note_deaths", "register_many"]
