from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sertakan.people"
    label = "people"
    columns_fixed = {
        "people_person": ("id", "recorded_at"),
        "people_merge": ("id", "kept_id", "merged_id", "reason", "merged_at", "merged_by_id"),
    }
    # Any app may declare such columns, each with the field that it was encrypted as; changing
    # the data key goes through them all (`people.reencryption`).
    encrypted_columns = {
        "people_person": {
            "nik_encrypted": "nik",
            "phone_encrypted": "phone",
            "mother_name_encrypted": "mother_name",
            "bank_account_encrypted": "bank_account",
        }
    }
