from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "sertakan.enrolment"
    label = "enrolment"
    # Kept by triggers, which judge the places of an agreement day by day.
    read_only = ("enrolment_placechange",)
