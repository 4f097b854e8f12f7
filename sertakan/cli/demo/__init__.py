"""`sertakan demo`: a whole city goes through the chain, and then its pages stand."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sertakan.cli.demo.days import TODAY
from sertakan.cli.refusals import refusals, refuse
from sertakan.cli.staging import CannotStage, set_up

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "kota_madiun_2026"

NoServe = Annotated[bool, typer.Option("--no-serve", help="Stop before the pages.")]
Rosters = Annotated[
    Path, typer.Option("--rosters", help="A folder that holds rosters/ and reference/.")
]
RegionCode = Annotated[str, typer.Option("--region", help="The city's Kemendagri code.")]
Folder = Annotated[Path, typer.Option("--dir", help="Where the demo keeps its files.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="The port of the pages.")]


def demo(
    no_serve: NoServe = False,
    rosters: Rosters = EXAMPLE,
    region: RegionCode = "35.77",
    folder: Folder = Path("var/demo"),
    port: Port = 8000,
) -> None:
    """Take an example city through the whole chain and serve the pages."""
    for needed in REFERENCE.values():
        if not (rosters / needed).exists():
            refuse(f"{rosters} holds no {needed}.")
    console = Console()
    try:
        with console.status("PostgreSQL and its tables …"):
            set_up(folder, day=TODAY)
    except CannotStage as refusal:
        refuse(refusal)
    with refusals():
        _run(rosters, region, folder, console, address=f"http://localhost:{port}")
    if not no_serve:
        from sertakan.cli.server import serve_anew

        serve_anew(port=port)


REFERENCE = {
    "rosters": "rosters",
    "covered": "reference/existing_coverage.csv",
    "deaths": "reference/civil_registry_deaths.csv",
}


def _run(rosters: Path, region: str, folder: Path, console: Console, *, address: str) -> None:
    from sertakan.cli.demo import sign_ins, story, summary
    from sertakan.cli.demo.stage import Stage
    from sertakan.cli.demo.telling import Teller
    from sertakan.regions.models import Region

    place = Region.objects.filter(code=region).first()
    if place is None:
        refuse(f"There is no region with the code {region}.")
    stage = Stage(
        region=place,
        teller=Teller(console),
        **{name: rosters / path for name, path in REFERENCE.items()},
    )
    story.run(stage)
    figures = summary.summary(story.outcomes(stage.checked), on=TODAY, seconds=stage.teller.seconds)
    path = summary.write(figures, folder)
    summary.tell(figures, console)
    console.print(f"\nThe same as JSON: {path}")
    sign_ins.tell(stage.sign_ins, console, on=TODAY, address=address)
