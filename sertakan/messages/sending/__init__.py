"""How a message leaves: by a mail server, or by a gateway for short messages."""
