"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from listening.records import ReadOptions
    from listening.settings import Settings
    from listening.steps import Work

Paths = Annotated[list[Path], typer.Argument(help="Files or folders.", exists=True)]
Out = Annotated[Path, typer.Option("--out", help="Folder for the results.", file_okay=False)]
Manifest = Annotated[
    Path | None, typer.Option(help="manifest.csv: who speaks in which file.", exists=True)
]
CodebookFile = Annotated[
    Path | None,
    typer.Option(
        "--codebook", help="Codebook: TOML, CSV, XLSX, .qdc or .qdpx.", exists=True, dir_okay=False
    ),
]
ProgrammeFile = Annotated[
    Path | None,
    typer.Option("--programme", help="The programme's settings.", exists=True, dir_okay=False),
]
Panel = Annotated[
    Path | None,
    typer.Option("--panel", help="panel.csv: what a resident panel said.", exists=True),
]
Indicators = Annotated[
    Path | None,
    typer.Option("--indicators", help="indicators.csv: figures of places.", exists=True),
]
Questions = Annotated[
    Path | None,
    typer.Option(
        "--questions", help="question,code,how: what each question let people raise.", exists=True
    ),
]
Text = Annotated[list[str] | None, typer.Option("--text", help="Column of free text.")]
Participant = Annotated[str, typer.Option(help="Column that tells people apart.")]
Question = Annotated[str, typer.Option(help="Column that holds each row's question.")]
Attribute = Annotated[list[str] | None, typer.Option(help="Column of an attribute.")]
Drop = Annotated[list[str] | None, typer.Option(help="COLUMN=VALUE: leave out such rows.")]
Consent = Annotated[
    str,
    typer.Option(help="`quotation`: consent declared for material that says nothing of consent."),
]
Seed = Annotated[int, typer.Option(help="Seed of everything drawn at random.")]
EncoderName = Annotated[str, typer.Option("--encoder", help="Embedding model, name or folder.")]
Extend = Annotated[
    bool,
    typer.Option("--extend", help="Keep the topics of the run before; place new material in them."),
]
Scheme = Annotated[
    str,
    typer.Option(help="How sources are combined: depth, equal or pooled."),
]
Weights = Annotated[
    bool, typer.Option("--weights", help="Weight surveys and street notes to the population.")
]
PriorityGroup = Annotated[
    list[str] | None,
    typer.Option(
        "--priority-group", help="ATTRIBUTE=VALUE: whose first concerns are looked after."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print for machines.")]


def read_options(
    text: list[str] | None,
    participant: str,
    question: str,
    attribute: list[str] | None,
    drop: list[str] | None,
    consent: str,
) -> ReadOptions:
    """Bring the options of tables together; wrong use is said in a sentence."""
    from listening.records import CONSENTS, ReadOptions

    pairs = []
    for item in drop or []:
        column, equals, value = item.partition("=")
        if not equals:
            raise typer.BadParameter(f"{item!r} is not COLUMN=VALUE.", param_hint="--drop")
        pairs.append((column.strip(), value.strip()))
    if consent and consent not in CONSENTS:
        raise typer.BadParameter(
            f"{consent!r} is none of {', '.join(CONSENTS)}.", param_hint="--consent"
        )
    return ReadOptions(
        text=tuple(text or ()),
        participant=participant,
        question=question,
        attributes=tuple(attribute or ()),
        drop=tuple(pairs),
        consent=consent,
    )


def work(progress: Callable[[str, int, int], None] | None = None, home: Path | None = None) -> Work:
    """Open the workplace of this process's settings; `home` where no setting says else."""
    from datetime import date

    from listening.steps import PackagedModels, open_work
    from listening.steps.work import silent

    found = settings(home=home)
    return open_work(found, date.today(), PackagedModels(found), progress or silent)


def settings(encoder: str = "", home: Path | None = None) -> Settings:
    """Read the settings of this process; an encoder named on the command line wins."""
    from listening.settings import read

    found = read(os.environ, Path.cwd(), home)
    return replace(found, encoder=encoder) if encoder else found
