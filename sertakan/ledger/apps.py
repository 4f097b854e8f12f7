from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sertakan.ledger"
    label = "ledger"
    append_only = ("ledger_account", "ledger_entry", "ledger_line")
    read_only = ("ledger_open_entry",)
