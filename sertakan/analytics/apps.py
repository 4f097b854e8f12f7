from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "sertakan.analytics"
    label = "analytics"
