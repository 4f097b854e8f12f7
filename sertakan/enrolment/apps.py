from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "sertakan.enrolment"
    label = "enrolment"
    # Kept by triggers, which judge the places of an agreement day by day.
    read_only = ("enrolment_placechange",)
    append_only = ("enrolment_screening", "enrolment_consent")
    # Who, under what and from when is settled once; what may change is how it ends.
    columns_fixed = {
        "enrolment_enrolment": (
            "id", "person_id", "agreement_id", "starts_on", "accepted_on", "category", "sector",
            "income", "region_id", "roster_import_id", "roster_source", "person_is_new",
        ),
        "enrolment_rosterimport": (
            "id", "agreement_id", "fingerprint", "files", "checked_on", "rows", "accepted",
            "rejected", "duplicate", "review", "imported_at", "imported_by_id",
        ),
    }  # fmt: skip
