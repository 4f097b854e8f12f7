"""The end of the demo: figures that must agree with the records, as JSON and for a mayor."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Sum
from rich.console import Console
from rich.table import Table

from sertakan.claims.models import Claim, Payout
from sertakan.contributions.cover import cover_of_everyone
from sertakan.contributions.models import Bill, Payment
from sertakan.enrolment.queries import enrolled_on
from sertakan.ledger.queries import check as ledger_differences
from sertakan.sponsors.models import Agreement, AgreementState
from sertakan.vocabulary import rupiah


def summary(outcomes: dict[str, int], *, on: date, seconds: dict[str, float]) -> dict[str, Any]:
    """The figures of contracts' `summary.json`, counted from the records as on day `on`.

    A claim counts by the law's own word in its latest decision: one that an officer confirmed
    and that was paid stays a `review`. One that nobody has decided yet does not count, nor do the
    places of a draft.
    """
    last = [claim.decisions.order_by("-number").first() for claim in Claim.objects.all()]
    outcome = [decision.answer["outcome"] for decision in last if decision is not None]
    covered = cover_of_everyone(on=on)
    return {
        **outcomes,
        "enrolled": enrolled_on(on).count(),
        "places": Agreement.objects.exclude(state=AgreementState.DRAFT).aggregate(n=Sum("places"))[
            "n"
        ]
        or 0,
        "bills": Bill.objects.count(),
        "billed_rupiah": Bill.objects.aggregate(n=Sum("total_rupiah"))["n"] or 0,
        "paid_rupiah": Payment.objects.aggregate(n=Sum("rupiah"))["n"] or 0,
        "covered_people": covered.filter(covered["status"] == "covered").height,
        "claims_payable": outcome.count("payable"),
        "claims_review": outcome.count("review"),
        "claims_refused": outcome.count("refused"),
        "paid_out_rupiah": Payout.objects.aggregate(n=Sum("rupiah"))["n"] or 0,
        "ledger_balanced": not ledger_differences(),
        "seconds": seconds,
    }


def write(figures: dict[str, Any], folder: Path) -> Path:
    """`summary.json` in the demo's folder."""
    path = folder / "summary.json"
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return path


def tell(figures: dict[str, Any], console: Console) -> None:
    """The same for a mayor."""
    table = Table(title="What became of it", show_header=False, title_justify="left")
    table.add_column(justify="left")
    table.add_column(justify="right")
    for sentence, value in (
        ("people on the lists of the offices", f"{figures['rows']:,}"),
        ("found fit to be insured at once", f"{figures['accepted']:,}"),
        ("enrolled by a sponsor today", f"{figures['enrolled']:,}"),
        ("covered today", f"{figures['covered_people']:,}"),
        ("billed", rupiah(figures["billed_rupiah"])),
        ("paid by sponsors", rupiah(figures["paid_rupiah"])),
        ("paid to families", rupiah(figures["paid_out_rupiah"])),
        ("the books balance", "yes" if figures["ledger_balanced"] else "NO"),
    ):
        table.add_row(sentence, value)
    console.print()
    console.print(table)
