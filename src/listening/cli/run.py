"""`listening check` and `listening run`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from listening.cli import options as opt
from listening.cli import show

if TYPE_CHECKING:
    from listening.steps import Request, Work


#: what may be made of the order, by its status
_STANDS = {
    "provisional": "PROVISIONAL: too little was read by people yet.",
    "reviewed": "REVIEWED: the order is by what people coded.",
}


def check(
    paths: opt.Paths,
    manifest: opt.Manifest = None,
    programme: opt.ProgrammeFile = None,
    text: opt.Text = None,
    participant: opt.Participant = "",
    question: opt.Question = "",
    attribute: opt.Attribute = None,
    drop: opt.Drop = None,
    consent: opt.Consent = "",
    json: opt.Json = False,
) -> None:
    """Show what would be read and what would be refused and why; write nothing."""
    chosen = opt.read_options(text, participant, question, attribute, drop, consent)
    from datetime import date

    from listening.steps import preflight

    files, rejects = preflight(paths, chosen, manifest, date.today(), programme)
    if json:
        show.as_json(
            {
                "files": [
                    {**vars(file), "rejects": [vars(r) for r in file.rejects]} for file in files
                ],
                "rejects": [vars(reject) for reject in rejects],
            }
        )
    for file in files if not json else []:
        if not file.refused:
            typer.echo(
                f"{file.file}: {_many(file.participants, 'participant')}, "
                f"{_many(file.turns, 'contribution')}, {_many(file.words, 'word')}"
            )
        for note in file.notes:
            typer.echo(f"  {note}")
        for reject in file.rejects:
            of_row = f"  row {reject.row}: {reject.why} {reject.what_to_do}"
            typer.echo(of_row if reject.row else reject.sentence)
    for reject in rejects if not json else []:
        typer.echo(reject.sentence)
    refused = [file.file for file in files if file.refused] + [r.file for r in rejects if not r.row]
    if refused or not files:
        show.say(f"Refused: {', '.join(refused) or 'nothing to read was found'}.")
        raise typer.Exit(1)


def run(
    paths: opt.Paths,
    out: opt.Out,
    manifest: opt.Manifest = None,
    programme: opt.ProgrammeFile = None,
    codebook: opt.CodebookFile = None,
    population: Annotated[
        Path | None, typer.Option(help="population.csv: attribute,value,count.", exists=True)
    ] = None,
    panel: opt.Panel = None,
    indicators: opt.Indicators = None,
    questions: opt.Questions = None,
    text: opt.Text = None,
    participant: opt.Participant = "",
    question: opt.Question = "",
    attribute: opt.Attribute = None,
    drop: opt.Drop = None,
    consent: opt.Consent = "",
    k: Annotated[int, typer.Option(help="How many priorities are looked for.", min=1)] = 6,
    seed: opt.Seed = 0,
    encoder: opt.EncoderName = "",
    wave: Annotated[str, typer.Option(help="Name of this wave of listening.")] = "",
    extend: opt.Extend = False,
    scheme: opt.Scheme = "depth",
    weights: opt.Weights = False,
    priority_group: opt.PriorityGroup = None,
    json: opt.Json = False,
) -> None:
    """Take files the whole way to provisional priorities in --out; no server is needed."""
    chosen = opt.read_options(text, participant, question, attribute, drop, consent)
    settings = opt.settings(encoder, out / "var")

    from flows.orchestration import process_environment, server

    with show.progress(quiet=json) as progress, server(settings.home, process_environment()) as api:
        from datetime import date

        from listening.steps import PackagedModels, Request, open_work, refusals
        from listening.steps.choices import groups_of

        request = Request(
            tuple(paths),
            chosen,
            manifest,
            codebook,
            population,
            panel,
            indicators,
            questions,
            programme,
            k=k,
            seed=seed,
            wave=wave,
            extend=extend,
            scheme=scheme,
            weights=weights,
            priority_groups=groups_of(priority_group or []),
        )
        models = PackagedModels(settings)
        work = open_work(settings, date.today(), models, progress)
        told = _orchestrated(work, request, api, out)
        refused = refusals(work, told["run_id"])
    if json:
        show.as_json({"report": str(out / "report.html"), "refused": refused, **told})
    else:
        _summary(told, out)
    if refused:
        for sentence in refused:
            show.say(sentence)
        raise typer.Exit(1)


def _orchestrated(work: Work, request: Request, api: Any, out: Path) -> dict[str, Any]:
    """Run the flow; what waiting for the orchestrator cost stands in run.json."""
    from listening.steps import begin, warm

    # the orchestrator takes seconds to start: load the models meanwhile
    loading = warm(work)
    run_id = begin(work, request)
    start = time.perf_counter()
    work.progress("orchestration", 0, 0)
    from flows.listen import at, listen

    api.wait()
    work.measure.add("orchestration", time.perf_counter() - start)
    with work.stage(run_id, "load"):
        loading.join()
    work.out = out
    with at(work):
        told = listen(run_id)
    return {"run_id": run_id, **told}


def _summary(told: dict[str, Any], out: Path) -> None:
    counts = told["counts"]
    seconds = sum(stage["seconds"] for stage in told["stages"])
    typer.echo(
        f"{_STANDS[told['status']]} {_many(counts['participants'], 'participant')} in "
        f"{_many(counts['files'], 'file')}, {_many(counts['segments'], 'segment')}, "
        f"{_many(counts['rejects'], 'thing')} set aside (rejects.csv), {seconds:.0f} seconds."
    )
    typer.echo(f"Report: {out / 'report.html'}")


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
