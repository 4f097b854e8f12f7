from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "sertakan.access"
    label = "access"
