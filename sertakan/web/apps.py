from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sertakan.web"
    label = "web"
