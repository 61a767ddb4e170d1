"""`listening codebook …`: codebooks made, read, compared, changed, and codings carried along."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from listening.cli import options as opt
from listening.cli import show

if TYPE_CHECKING:
    from listening.codebook import Codebook, Decision

app = typer.Typer(
    help="Make, read, compare and change codebooks.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

File = Annotated[Path, typer.Argument(help="The codebook.", exists=True, dir_okay=False)]
NewFile = Annotated[Path, typer.Option("--out", help="The codebook to write (.toml).")]
Name = Annotated[str, typer.Option(help="What the codebook is called.")]
Why = Annotated[str, typer.Option(help="Why, in a sentence: it stands in the trail.")]
By = Annotated[str, typer.Option(help="Who decided it.")]
When = Annotated[str, typer.Option("--date", help="When (YYYY-MM-DD); today without it.")]
Codings = Annotated[
    Path | None, typer.Option(help="codings.csv to carry along.", exists=True, dir_okay=False)
]
Migrated = Annotated[
    Path | None, typer.Option(help="Folder for the codings carried along.", file_okay=False)
]


@app.command("new")
def new(
    out: NewFile,
    name: Name = "",
    from_topics: Annotated[
        Path | None,
        typer.Option(help="Folder with topics.csv and segments.csv.", exists=True, file_okay=False),
    ] = None,
    encoder: opt.EncoderName = "",
) -> None:
    """Write an empty codebook with comments, or a draft made of a run's topics."""
    from listening.steps import PackagedModels, codebooks

    called = name or out.stem.replace("_", " ")
    if from_topics is None:
        codebooks.write_empty(out, called)
    else:
        models = PackagedModels(opt.settings(encoder))
        book = codebooks.write_draft(out, called, from_topics, models)
        drafts = sum(code.codable for code in book.codes)
        show.say(
            f"{drafts} drafts of codes. Their examples are residents' pseudonymised words, for the "
            "team alone: put words of your own in their place."
        )
    typer.echo(f"Codebook: {out}")


@app.command("check")
def check(codebook: File) -> None:
    """Say whether a codebook can be used, and what is thin in it."""
    from listening.steps import codebooks

    book, notes = codebooks.checked(codebook)
    drafts = sum(code.status == "draft" for code in book.codes)
    retired = sum(code.status == "retired" for code in book.codes)
    typer.echo(f"{book.label}: {len(book.in_use)} codes in use, {drafts} drafts, {retired} retired")
    for note in notes:
        typer.echo(f"  {note}")
    if len(book.in_use) < 2:
        show.say("Fewer than two codes are in use: nothing can be counted by it yet.")
        raise typer.Exit(1)


@app.command("import")
def import_(
    codebook: Annotated[
        Path, typer.Argument(help="CSV, XLSX, .qdc or .qdpx.", exists=True, dir_okay=False)
    ],
    out: NewFile,
    book_id: Annotated[
        str, typer.Option("--id", help="Its id: that of the codebook it is a version of.")
    ] = "",
    name: Name = "",
    version: Annotated[str, typer.Option(help="Its version; 0.1 without it.")] = "",
    sheet: Annotated[str, typer.Option(help="Which sheet of a workbook.")] = "",
) -> None:
    """Read a codebook of another program or of a table, and write it as TOML."""
    from listening.steps import codebooks

    found = codebooks.import_codebook(codebook, out, book_id, name, version, sheet)
    for note in found.notes:
        show.say(note)
    typer.echo(f"{len(found.codebook.codes)} codes: {out}")


@app.command("export")
def export(
    codebook: File,
    out: Annotated[
        Path,
        typer.Option(help=".csv (Taguette), .qdc, .qdpx, .xml (Label Studio) or .toml."),
    ],
    spans: Annotated[
        bool, typer.Option("--spans", help="For Label Studio: codes on stretches of text.")
    ] = False,
) -> None:
    """Write a codebook for another program; say what its format cannot hold."""
    if spans and out.suffix.lower() != ".xml":
        raise typer.BadParameter("Only a .xml for Label Studio has spans.", param_hint="--spans")
    from listening.steps import codebooks

    for note in codebooks.export_codebook(codebook, out, spans):
        show.say(note)
    typer.echo(f"Codebook: {out}")


@app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(help="The earlier codebook.", exists=True)],
    new: Annotated[Path, typer.Argument(help="The later codebook.", exists=True)],
    json: opt.Json = False,
) -> None:
    """Say in plain words what differs between two codebooks."""
    from listening.steps import codebooks

    found = codebooks.compared(old, new)
    if json:
        show.as_json([vars(one) for one in found])
        return
    for one in found:
        typer.echo(one.sentence)
    if not found:
        typer.echo("Nothing differs.")


@app.command("merge")
def merge(
    codebook: File,
    code: Annotated[list[str], typer.Option(help="Id of a code to merge; may be repeated.")],
    into: Annotated[str, typer.Option(help="Id of the code that it is merged into.")],
    why: Why,
    by: By,
    out: NewFile,
    date: When = "",
    codings: Codings = None,
    migrated: Migrated = None,
) -> None:
    """Merge codes into another one: its codings are those of all of them."""
    from listening.codebook import merge

    decision = _decision(date, by, why)
    _change(codebook, out, lambda book: merge(book, code, into, decision), codings, migrated)


@app.command("split")
def split(
    codebook: File,
    code: Annotated[str, typer.Option(help="Id of the code to split.")],
    into: Annotated[list[str], typer.Option(help="A part: ID of a code, or ID=NAME of a new one.")],
    why: Why,
    by: By,
    out: NewFile,
    date: When = "",
    codings: Codings = None,
    migrated: Migrated = None,
) -> None:
    """Split a code into others: what was coded with it is listed to be read again."""
    from listening.codebook import split

    parts = [(part.partition("=")[0].strip(), part.partition("=")[2].strip()) for part in into]
    decision = _decision(date, by, why)
    book = _change(
        codebook, out, lambda book: split(book, code, parts, decision), codings, migrated
    )
    drafts = [part for part, _ in parts if (found := book.code(part)) and found.status == "draft"]
    if drafts:
        show.say(
            f"Write the definition and examples of {', '.join(drafts)} in {out}, and set the "
            "status to active."
        )
    unsure = sum(item.belongs_to == code for one in book.codes for item in one.counter_examples)
    if unsure:
        show.say(f"{unsure} counter-examples belonged to {code}: say to which part they belong.")


@app.command("rename")
def rename(
    codebook: File,
    code: Annotated[str, typer.Option(help="Id of the code.")],
    name: Annotated[str, typer.Option(help="Its new name.")],
    why: Why,
    by: By,
    out: NewFile,
    date: When = "",
    codings: Codings = None,
    migrated: Migrated = None,
) -> None:
    """Give a code another name; its id, its meaning and its codings stay."""
    from listening.codebook import rename

    decision = _decision(date, by, why)
    _change(codebook, out, lambda book: rename(book, code, name, decision), codings, migrated)


@app.command("retire")
def retire(
    codebook: File,
    code: Annotated[str, typer.Option(help="Id of the code.")],
    why: Why,
    by: By,
    out: NewFile,
    replaced_by: Annotated[
        str, typer.Option(help="Id of the code to which its codings go; without it they rest.")
    ] = "",
    date: When = "",
    codings: Codings = None,
    migrated: Migrated = None,
) -> None:
    """Retire a code: its codings are kept and do not count, unless another code replaces it."""
    from listening.codebook import retire

    decision = _decision(date, by, why)
    _change(
        codebook, out, lambda book: retire(book, code, replaced_by, decision), codings, migrated
    )


@app.command("migrate")
def migrate(
    codebook: File,
    codings: Annotated[Path, typer.Option(help="codings.csv", exists=True, dir_okay=False)],
    migrated: Annotated[Path, typer.Option(help="Folder for what comes out.", file_okay=False)],
) -> None:
    """Carry codings of any earlier version to this version of the codebook."""
    from listening.steps import codebooks

    book = codebooks.read_codebook(codebook).codebook
    _migrate(codings, book, migrated, "")


def _decision(when: str, by: str, why: str) -> Decision:
    import datetime

    from listening.codebook import Decision

    try:
        day = datetime.date.fromisoformat(when) if when else datetime.date.today()
    except ValueError:
        raise typer.BadParameter(f"{when!r} is not YYYY-MM-DD.", param_hint="--date") from None
    return Decision(day.isoformat(), by.strip(), why.strip())


def _change(
    path: Path,
    out: Path,
    change: Callable[[Codebook], Codebook],
    codings: Path | None,
    migrated: Path | None,
) -> Codebook:
    if bool(codings) != bool(migrated):
        raise typer.BadParameter("--codings and --migrated go together.", param_hint="--migrated")
    from listening.steps import codebooks

    before = codebooks.read_codebook(path).codebook
    book = codebooks.change_codebook(path, out, change)
    typer.echo(f"{book.label}: {out}")
    if codings and migrated:
        _migrate(codings, book, migrated, before.label)
    return book


def _migrate(codings: Path, book: Codebook, migrated: Path, assumed: str) -> None:
    from listening.steps import codebooks

    for sentence in codebooks.migrate_codings(codings, book, migrated, assumed):
        typer.echo(sentence)
    typer.echo(f"Codings: {migrated / 'codings.csv'}")
