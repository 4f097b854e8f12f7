"""The rules of each question in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Mapping

HEIRS = (
    "left_spouse_child",
    "left_direct_line",
    "left_sibling",
    "left_parent_in_law",
    "left_will",
    "will_is_notarial",
    "funeral_arranged",
)
SCHOLARSHIP = ("children_entitled", "scholarship_known")

RULES: Mapping[str, tuple[str, ...]] = {
    "contribution": ("months_priced", "people_counted"),
    "project_contribution": ("tiers_reached",),
    "eligibility": ("below_the_age_limit", "old_enough", "citizen", "working"),
    "cover": ("membership_runs",),
    "death_benefit": (
        "working_when_accepted",
        "covered_on_the_day_of_death",
        "contributions_paid_by_the_day_of_death",
        "arrears_known",
        "survivors_stated",
        *HEIRS,
        "cause_known",
        "amounts_can_be_counted",
        "member_long_enough",
        "basis_known",
        "paid_long_enough_for_scholarship",
        *SCHOLARSHIP,
    ),
    "accident_benefit": (
        "day_of_accident_known",
        "basis_known",
        "permanently_disabled",
        "partial_percent_known",
        "children_stated",
        *SCHOLARSHIP,
    ),
    "heirs": HEIRS,
    "late_payment": ("deadline_known", "paid_in_time", "penalty_known"),
    "claim_expiry": ("claimed_in_time",),
}
"""A rule is left out where an earlier one has settled it. An amount that a fact makes zero
is recorded as a rule `no_<benefit>`."""
