from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "sertakan.regions"
    label = "regions"
    read_only = ("regions_region",)
