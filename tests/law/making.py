"""Facts made up by Hypothesis, in the form in which they are asked."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from sertakan.law.contributions import FUNDS, SECTORS
from sertakan.law.facts import LEVELS, RELATIONS
from sertakan.vocabulary import Month

FIRST, LAST = date(2015, 7, 1), date(2028, 12, 31)
days = st.dates(FIRST, LAST)
months = st.integers(0, 161).map(lambda number: str(Month(2015, 7) + number))
rupiah = st.one_of(st.integers(0, 30_000_000), st.sampled_from([0, 1_099_999, 1_100_000]))
segments = st.sampled_from(["BPU", "PU"])
bools = st.booleans()


@st.composite
def payments(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Some payments, each for a run of months around the day that it was made."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        paid_on = draw(days)
        first = Month.of(paid_on) + draw(st.integers(-5, 3))
        count = draw(st.integers(0, 40))
        found.append({"paid_on": paid_on, "months": [str(month) for month in first.count(count)]})
    return found


children = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "born_on": st.dates(date(1990, 1, 1), LAST),
            "level": st.sampled_from(LEVELS),
            "years_left_at_level": st.integers(0, 7),
            "married": bools,
            "working": bools,
        },
    ),
    max_size=4,
)
survivors = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from(["Wati", "Budi", "Sri", "Joko"])},
        optional={"relation": st.sampled_from(RELATIONS)},
    ),
    max_size=3,
)
wills = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {"names": st.lists(st.sampled_from(["Slamet", "Dewi"]), max_size=2)},
        optional={"notarial": bools},
    ),
)
deaths = st.fixed_dictionaries(
    {},
    optional={
        "segment": segments,
        "died_on": days,
        "cause": st.sampled_from(["ordinary", "work_accident"]),
        "accepted_on": days,
        "payments": payments(),
        "income": rupiah,
        "wage": rupiah,
        "sector": st.sampled_from(SECTORS),
        "fund": st.sampled_from(FUNDS),
        "risk_class": st.integers(1, 5),
        "working_when_accepted": bools,
        "known_on": days,
        "children": children,
        "survivors": survivors,
        "will": wills,
        "funeral_arranged_by": st.just("RT 03"),
    },
)
contributions = st.fixed_dictionaries(
    {
        "segment": segments,
        "income": rupiah,
        "wage": rupiah,
        "risk_class": st.integers(1, 5),
        "months": st.lists(months, min_size=1, max_size=6, unique=True),
    },
    optional={
        "sector": st.sampled_from(SECTORS),
        "fund": st.sampled_from(FUNDS),
        "people": st.integers(1, 100_000),
    },
)
covers = st.fixed_dictionaries(
    {"accepted_on": days, "payments": payments(), "on": days},
    optional={"segment": segments, "known_on": days},
)
eligibilities = st.fixed_dictionaries(
    {},
    optional={
        "on": days,
        "born_on": st.dates(date(1930, 1, 1), LAST),
        "citizen": bools,
        "working": bools,
    },
)
transports = st.fixed_dictionaries({}, optional={"land": rupiah, "sea": rupiah, "air": rupiah})
accidents = st.fixed_dictionaries(
    {},
    optional={
        "segment": segments,
        "happened_on": days,
        "income": rupiah,
        "wage": rupiah,
        "months_unable": st.integers(0, 40),
        "disability": st.sampled_from(["none", "partial", "total"]),
        "partial_percent": st.integers(1, 100),
        "transport": st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("land", "sea", "air"), rupiah)
        ),
        "home_care_cost": rupiah,
        "medical_cost": rupiah,
        "glasses_cost": rupiah,
        "denture_cost": rupiah,
        "hearing_aid_cost": rupiah,
    },
)
heirs = st.fixed_dictionaries(
    {},
    optional={"survivors": survivors, "will": wills, "funeral_arranged_by": st.just("RT 03")},
)
late = st.fixed_dictionaries(
    {},
    optional={
        "programme": st.sampled_from(["JKM", "JKK"]),
        "complete_on": days,
        "paid_on": days,
        "amount": rupiah,
    },
)
projects = st.fixed_dictionaries({"contract_value": st.integers(0, 20_000_000_000)})
expiries = st.fixed_dictionaries(
    {},
    optional={
        "programme": st.sampled_from(["JKM", "JKK"]),
        "happened_on": days,
        "claimed_on": days,
    },
)
FACTS = {
    "contribution": contributions,
    "project_contribution": projects,
    "eligibility": eligibilities,
    "cover": covers,
    "death_benefit": deaths,
    "accident_benefit": accidents,
    "heirs": heirs,
    "late_payment": late,
    "claim_expiry": expiries,
}
asked = st.sampled_from(sorted(FACTS)).flatmap(
    lambda question: st.tuples(st.just(question), FACTS[question])
)
