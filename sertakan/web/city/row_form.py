"""The form in which a row is mended: prefilled with what was read, NIK and phone only if shown."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sertakan.enrolment.models import RosterRow
from sertakan.people.encryption import decrypt
from sertakan.regions.models import Level, Region
from sertakan.regions.queries import within
from sertakan.sponsors.models import Agreement, Category
from sertakan.vocabulary import nik_fault
from sertakan.web.city.row_words import MENDED_IN
from sertakan.web.forms import DayField, Form, NikField, RupiahField
from sertakan.web.place_names import place_name
from sertakan.web.words import CATEGORIES

PLACES_AT_MOST = 700  # what a list to choose from can hold; a regency has fewer villages
SEXES = [
    ("", gettext_lazy("Not known")),
    ("L", gettext_lazy("Man")),
    ("P", gettext_lazy("Woman")),
]
ONLY_ANOTHER_NIK = {"deceased", "already_covered"}


class RowForm(Form):
    """What is right of a row's person."""

    nik = NikField(
        label=gettext_lazy("NIK"),
        required=False,
        help_text=gettext_lazy("Left empty, the NIK stays as it was read."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    birth_date = DayField(label=gettext_lazy("Birth date"), required=False)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        required=False,
        choices=SEXES,
    )
    category = forms.ChoiceField(label=gettext_lazy("Kind of work"))
    region = forms.ChoiceField(label=gettext_lazy("Kelurahan"), required=False)
    income = RupiahField(
        label=gettext_lazy("Income a month"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=gettext_lazy("In rupiah. Left empty, it is what the agreement assumes."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=300)

    def __init__(self, row: RosterRow, *, places: list[tuple[str, str]], shown: bool, **told: Any):
        self.row = row
        self.kept_nik = decrypt(row.nik_encrypted, "nik") if row.nik_encrypted else ""
        self.kept_phone = decrypt(row.phone_encrypted, "phone") if row.phone_encrypted else ""
        super().__init__(initial=self._as_read(shown), **told)
        chosen: Any = self.fields
        agreed = row.roster_import.agreement.categories or Category.values
        chosen["category"].choices = [
            ("", _("Choose")),
            *((key, word) for key, word in CATEGORIES.items() if key in agreed),
        ]
        chosen["region"].choices = [("", _("Not known")), *places]
        if nik_fault(self.kept_nik) or ONLY_ANOTHER_NIK & set(row.reasons):
            chosen["nik"].required = True
            chosen["nik"].help_text = _("As it stands on the KTP or the family card.")
            chosen["nik"].error_messages["required"] = _(
                "Write the 16 digits of the NIK as they stand on the KTP."
            )
        if self.kept_phone and not shown:
            chosen["phone"].help_text = _("Left empty, the phone stays as it was read.")
        for reason in row.reasons:
            field = self.fields[MENDED_IN.get(reason, "nik")]
            field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} to-mend".strip()

    def clean_nik(self) -> str:
        """A NIK that can be one, where that which was read cannot be kept."""
        nik: str = self.cleaned_data["nik"]
        if not nik and nik_fault(self.kept_nik):
            raise forms.ValidationError(
                _("Write the 16 digits of the NIK as they stand on the KTP.")
            )
        if nik in ("", self.kept_nik) and ONLY_ANOTHER_NIK & set(self.row.reasons):
            raise forms.ValidationError(
                _("The person of this NIK is dead, or insured already. Only another NIK mends it.")
            )
        return nik

    def corrected(self) -> Mapping[str, Any]:
        """What was found to be otherwise than it was read."""
        told = self.cleaned_data
        kept = {
            "name": self.row.name,
            "birth_date": self.row.birth_date,
            "sex": self.row.sex,
            "category": self.row.category,
            "region": self.row.region_id or "",
            "income": self.row.income,
            "address": self.row.address,
        }
        changed = {name: told[name] for name, value in kept.items() if told[name] != value}
        for name, value in (("nik", self.kept_nik), ("phone", self.kept_phone)):
            if told[name] and told[name] != value:
                changed[name] = told[name]
        return {
            name: (value or None) if name in ("sex", "region") else value
            for name, value in changed.items()
        }

    def refuse_left_open(self, reason: str, told: str) -> None:
        """The person cannot be enrolled; said at the field in which that may be mended."""
        self.add_error(MENDED_IN.get(reason, "nik"), told)

    def _as_read(self, shown: bool) -> dict[str, Any]:
        row = self.row
        return {
            "nik": self.kept_nik if shown else "",
            "phone": self.kept_phone if shown else "",
            "name": row.name,
            "birth_date": row.birth_date,
            "sex": row.sex,
            "category": row.category,
            "region": row.region_id or "",
            "income": row.income,
            "address": row.address,
        }


def places_for(agreement: Agreement, scope: str) -> list[tuple[str, str]]:
    """The villages that may be chosen: of the agreement's region, within the reader's scope."""
    code = agreement.region_id or ""
    code = scope if scope.startswith(code) else code
    villages = within(code).filter(level=Level.VILLAGE).select_related("parent").order_by("name")
    return [(place.code, label_of(place)) for place in villages[:PLACES_AT_MOST]]


def label_of(place: Region) -> str:
    """A village with the district around it."""
    around = place_name(place.parent.name) if place.parent else ""
    return f"{place_name(place.name)} ({around})"
