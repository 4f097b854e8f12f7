"""What is sent to people: written into the outbox with the deed, delivered afterwards."""
