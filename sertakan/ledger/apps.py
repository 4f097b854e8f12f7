from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sertakan.ledger"
    label = "ledger"
    append_only = ("ledger_entry", "ledger_line")
