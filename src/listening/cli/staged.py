"""`listening ingest`, `discover` and `report`: the same stages one by one on the store."""

from __future__ import annotations

from typing import Annotated

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.opened import see_programme

RunId = Annotated[str, typer.Option("--run", help="Id of a run; the newest without it.")]


def ingest(
    paths: opt.Paths,
    manifest: opt.Manifest = None,
    programme: opt.ProgrammeFile = None,
    codebook: opt.CodebookFile = None,
    text: opt.Text = None,
    participant: opt.Participant = "",
    question: opt.Question = "",
    attribute: opt.Attribute = None,
    drop: opt.Drop = None,
    consent: opt.Consent = "",
    seed: opt.Seed = 0,
) -> None:
    """Read files into the store: pseudonymised, under consent, in segments."""
    chosen = opt.read_options(text, participant, question, attribute, drop, consent)
    from listening import steps

    with show.progress() as progress:
        work = opt.work(progress)
        request = steps.Request(
            tuple(paths), chosen, manifest, codebook, programme=programme, seed=seed
        )
        run_id = steps.begin(work, request)
        steps.ingest(work, run_id)
        refused = steps.refusals(work, run_id)
    typer.echo(f"Run {run_id}")
    for sentence in refused:
        show.say(sentence)
    if refused:
        raise typer.Exit(1)


def discover(run: RunId = "", extend: opt.Extend = False) -> None:
    """Embed new texts of the store and make the reading index."""
    from listening import steps

    with show.progress() as progress:
        work = opt.work(progress)
        run_id = steps.newest(work, run)
        if extend:
            steps.extending(work, run_id)
        steps.discover(work, run_id)
    typer.echo(f"Run {run_id}")


def report(
    out: opt.Out,
    run: RunId = "",
    panel: opt.Panel = None,
    indicators: opt.Indicators = None,
    questions: opt.Questions = None,
) -> None:
    """Rank what is in the store and write the working results into --out."""
    from listening import steps

    # after `listening run --out DIR` the store lies there, unless a setting says else
    own = out / "var"
    with show.progress() as progress:
        work = opt.work(progress, own if own.is_dir() else None)
        see_programme(work)
        run_id = steps.newest(work, run)
        steps.bring(work, run_id, panel=panel, indicators=indicators, questions=questions)
        steps.write_results(work, run_id, steps.prioritise(work, run_id), out)
    typer.echo(f"Report: {out / 'report.html'}")
