"""`sertakan law`: ask the law, show a number of it, write its reference, compare a draft.

Only `compare` and `redecide` read the records; the rest needs no database.
"""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from sertakan.cli.acting import Json, day
from sertakan.cli.listing import show as show_rows
from sertakan.cli.refusals import FOUND_SOMETHING, REFUSED, refuse, with_records
from sertakan.law import asking, reference, showing
from sertakan.law.book import Book, the_law
from sertakan.law.parameter_files import LawFileError

app = typer.Typer(no_args_is_help=True, help="Ask the law, show a number of it, compare a draft.")

Draft = Annotated[
    Path | None,
    typer.Option("--draft", metavar="FOLDER", help="Lay these changed provisions over the law."),
]


def book_with(draft: Path | None) -> Book:
    """The law, with a draft over it where one is named; unreadable, it ends the command."""
    try:
        return the_law().with_draft(draft) if draft else the_law()
    except LawFileError as fault:
        refuse(fault)


@app.command()
def decide(
    source: Annotated[Path, typer.Option("--in", metavar="CASES.jsonl", help="One case a line.")],
    target: Annotated[Path, typer.Option("--out", metavar="ANSWERS.jsonl", help="The answers.")],
    draft: Draft = None,
) -> None:
    """Answer each case with its provisions. Exit status 2 where a line could not be answered."""
    book = book_with(draft)
    refused = 0
    if source.exists() and target.exists() and source.samefile(target):
        refuse(f"{target}: the answers cannot be written over the cases.")
    try:
        with source.open("rb") as cases, target.open("w", encoding="utf-8") as answers:
            for answered in asking.answer_lines(cases, book):
                answers.write(asking.written(answered) + "\n")
                refused += "error" in answered
    except OSError as fault:
        refuse(f"{fault.filename or source}: {fault.strerror}.")
    if refused:
        typer.echo(f"{source}: {refused} line(s) could not be answered.", err=True)
        raise typer.Exit(REFUSED)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A provision's path, such as jkm/death_grant.")],
    on: Annotated[
        date | None,
        typer.Option("--on", parser=day, metavar="YYYY-MM-DD", help="Mark what held on that day."),
    ] = None,
    draft: Draft = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Print a number of the law: every value, its dates, source and confidence."""
    book = book_with(draft)
    if name not in book:
        close = showing.close_names(book, name)
        meant = f" Did you mean {' or '.join(close)}?" if close else ""
        refuse(f"The law has no provision named {name}.{meant}")
    if as_json:
        typer.echo(json.dumps(showing.as_dict(book.parameter(name)), ensure_ascii=False, indent=1))
        return
    for line in showing.parameter(book.parameter(name), on):
        typer.echo(line)


@app.command("reference")
def write_reference(
    target: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="Where the reference stands.")
    ] = Path("docs/reference/law.md"),
    cases: Annotated[
        Path, typer.Option("--cases", metavar="FOLDER", help="The worked cases.")
    ] = Path("tests/law/cases"),
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether it is current; exit status 1 if not.")
    ] = False,
) -> None:
    """Write the reference of the law from its files."""
    if not cases.is_dir():
        refuse(f"{cases}: there is no such folder of worked cases.")
    text = reference.text(cases)
    try:
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != text:
            typer.echo(f"{target} is not current: run `sertakan law reference`.", err=True)
            raise typer.Exit(FOUND_SOMETHING)
    except OSError as fault:
        refuse(f"{fault.filename or target}: {fault.strerror}.")


@app.command()
@with_records
def compare(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="A folder of provisions.")],
    on: Annotated[
        date,
        typer.Option("--on", parser=day, metavar="YYYY-MM-DD", help="The day of the register."),
    ],
    as_json: Json = False,
) -> None:
    """Price and decide everyone enrolled on a day under the law and under a draft.

    Who gains, who loses and what it costs, in rupiah: contributions of that month, and what
    would be paid if each person died on that day, of illness (JKM) or at work (JKK).
    """
    from sertakan.contributions.register import register
    from sertakan.law.compare import compare as compared

    people = register(on=on)
    if not people.height:
        refuse(f"Nobody is enrolled on {on}.")
    found = compared(people, on=on, law=the_law(), draft=book_with(draft)).summary
    rows = found.to_dicts()
    show_rows([*rows, _all(rows)], list(found.columns), as_json=as_json)


def _all(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The last line: every number added up."""
    numbers = [name for name in rows[0] if name not in ("region", "category")]
    sums = {name: sum(row[name] for row in rows) for name in numbers}
    return {"region": "all", "category": ""} | sums


@app.command()
@with_records
def redecide(
    since: Annotated[
        date,
        typer.Option("--since", parser=day, metavar="YYYY-MM-DD", help="Decided on or after it."),
    ],
    draft: Draft = None,
    as_json: Json = False,
) -> None:
    """List decisions that today's book would make otherwise, with the difference."""
    from sertakan.claims import queries

    found = [
        {
            "claim": each.claim.reference,
            "decision": each.decision.number,
            "decided_on": each.decision.decided_on,
            "rupiah_difference": each.rupiah,
            "changed": {name: list(pair) for name, pair in each.changed.items()},
        }
        for each in queries.redecide(since=since, book=book_with(draft))
    ]
    show_rows(
        found,
        ["claim", "decision", "decided_on", "rupiah_difference", "changed"],
        as_json=as_json,
    )
