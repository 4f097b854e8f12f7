from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sertakan.people"
    label = "people"
    columns_fixed = {
        "people_person": ("id", "recorded_at"),
        "people_merge": ("id", "kept_id", "merged_id", "reason", "merged_at", "merged_by_id"),
    }
