from django.apps import AppConfig


class SponsorsConfig(AppConfig):
    name = "sertakan.sponsors"
    label = "sponsors"
