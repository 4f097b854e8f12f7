"""From rows to outcomes: reasons, and who holds a person's place."""
