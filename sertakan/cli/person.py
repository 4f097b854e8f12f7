"""`sertakan person`: find, correct and merge people. A NIK is shown masked, unless asked for."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sertakan.cli.acting import By, Json, acting_user, day, now, today
from sertakan.cli.listing import show
from sertakan.cli.refusals import with_records

if TYPE_CHECKING:
    from sertakan.people.models import Person

app = typer.Typer(no_args_is_help=True, help="Find, correct and merge people.")

Who = Annotated[str, typer.Argument(metavar="NIK|NUMBER", help="The NIK or the record's number.")]
Day = Annotated[date | None, typer.Option(parser=day, metavar="YYYY-MM-DD")]
COLUMNS = ["number", "nik", "name", "birth_date", "sex", "region", "died_on"]


@app.command()
@with_records
def find(
    name: Annotated[str, typer.Argument(help="A name, as it is written anywhere.")],
    region: Annotated[str, typer.Option(help="Only within this region (code).")] = "",
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 20,
    as_json: Json = False,
) -> None:
    """People called so or nearly so, the likest first."""
    from sertakan.people import queries

    people = queries.search(name, region=region, limit=limit)
    show([_row(person) for person in people], COLUMNS, as_json=as_json)


@app.command("show")
@with_records
def show_person(who: Who, as_json: Json = False) -> None:
    """What is known of a person; the NIK masked."""
    from sertakan.people import queries

    show([_row(queries.find(who))], COLUMNS, as_json=as_json)


@app.command()
@with_records
def unmask(
    who: Who,
    purpose: Annotated[str, typer.Option(help="What it is needed for; it is written down.")],
    by: By,
    as_json: Json = False,
) -> None:
    """NIK, phone, mother's name and bank account in the clear."""
    from sertakan.people import operations, queries

    person = queries.find(who)
    seen = operations.unmask(person=person, purpose=purpose, by=acting_user(by), now=now())
    columns = ["number", "nik", "phone", "mother_name", "bank_account"]
    row = {"number": person.pk} | {column: getattr(seen, column) for column in columns[1:]}
    show([row], columns, as_json=as_json)


@app.command()
@with_records
def candidates(
    nik: Annotated[str, typer.Option(help="The NIK that was written.")] = "",
    name: Annotated[str, typer.Option(help="The name that was written.")] = "",
    born: Day = None,
    sex: Annotated[str, typer.Option(help="L or P.")] = "",
    address: str = "",
    phone: str = "",
    mother: str = "",
    as_json: Json = False,
) -> None:
    """Who a newcomer may be that is known already, under another NIK."""
    from sertakan.people import queries
    from sertakan.rosters.linkage.records import PersonFacts

    newcomer = PersonFacts(
        nik or None, name or None, born, sex or None, address or None, phone or None, mother or None
    )
    found = queries.candidates_for(newcomer, on=today())
    rows = [
        _row(each.person)
        | {
            "bits": round(each.score.match_weight, 1),
            "because": [part.found_english for part in each.score.parts if part.weight > 0],
        }
        for each in found
    ]
    show(rows, [*COLUMNS, "bits", "because"], as_json=as_json)


@app.command()
@with_records
def correct(
    who: Who,
    by: By,
    nik: str | None = None,
    name: str | None = None,
    born: Day = None,
    died: Day = None,
    sex: str | None = None,
    region: str | None = None,
    address: str | None = None,
    phone: str | None = None,
    mother: str | None = None,
    bank_account: str | None = None,
) -> None:
    """Change what is known of a person; what is not named stays. An empty text takes it out."""
    from sertakan.audit.errors import Refused
    from sertakan.people import operations, queries

    told = {
        "nik": nik, "name": name, "birth_date": born, "died_on": died, "sex": sex,
        "region": region, "address": address, "phone": phone, "mother_name": mother,
        "bank_account": bank_account,
    }  # fmt: skip
    changes = {field: value for field, value in told.items() if value is not None}
    if not changes:
        raise Refused("Say what to correct, e.g. --name.")
    person = queries.find(who)
    operations.correct(person=person, changes=changes, by=acting_user(by), now=now())
    typer.echo(f"Record {person.pk}: {', '.join(changes)} corrected.")


@app.command()
@with_records
def merge(
    kept: Annotated[str, typer.Argument(metavar="KEPT", help="NIK or number of the one kept.")],
    merged: Annotated[str, typer.Argument(metavar="MERGED", help="NIK or number of the other.")],
    reason: Annotated[str, typer.Option(help="Why the two are one person.")],
    by: By,
) -> None:
    """Let one record stand for another of the same person."""
    from sertakan.enrolment.merging import merge_people
    from sertakan.people import queries

    first, second = queries.find(kept), queries.find(merged)
    merge_people(kept=first, merged=second, reason=reason, by=acting_user(by), now=now())
    typer.echo(f"Record {first.pk} stands for record {second.pk} from now on.")


@app.command()
@with_records
def unmerge(
    number: Annotated[int, typer.Argument(help="The number of the record that was merged.")],
    by: By,
) -> None:
    """Let a record that was merged stand for itself again."""
    from sertakan.people import operations
    from sertakan.people.errors import PersonNotFound
    from sertakan.people.models import Person

    person = Person.objects.filter(pk=number).first()
    if person is None:
        raise PersonNotFound(str(number))
    operations.undo_merge(merged=person, by=acting_user(by), now=now())
    typer.echo(f"Record {number} stands for itself again.")


@app.command("names-anew")
@with_records
def names_anew() -> None:
    """Make the words that names are searched by anew, after a change in the rules of spelling."""
    from sertakan.people.name_words import remember_anew

    typer.echo(f"{remember_anew()} words are known.")


def _row(person: "Person") -> dict[str, Any]:
    from sertakan.people import queries

    return {
        "number": person.pk,
        "nik": queries.masked_nik(person),
        "name": person.name,
        "birth_date": person.birth_date,
        "sex": person.sex,
        "region": person.region_id,
        "died_on": person.died_on,
    }
