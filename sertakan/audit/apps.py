from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "sertakan.audit"
    label = "audit"
    append_only = ("audit_event",)
    read_only = ("audit_seal",)
