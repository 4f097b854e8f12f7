"""What is done to people: registered, corrected, merged, noted as dead."""

from sertakan.people.registration import register_many

__all__ = ["register_many"]
