"""The day on which the demonstration plays, known before Django has read its settings."""

from datetime import date

TODAY = date(2026, 11, 23)
