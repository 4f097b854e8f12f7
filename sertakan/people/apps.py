from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sertakan.people"
    label = "people"
