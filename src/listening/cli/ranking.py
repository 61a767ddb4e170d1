"""`listening rank`: on plain tables, or on what is in the store; and what is left to be read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from listening.cli import options as opt
from listening.cli import show
from listening.cli.staged import RunId


def rank(
    out: opt.Out,
    codings: Annotated[Path | None, typer.Option(help="codings.csv", exists=True)] = None,
    participants: Annotated[Path | None, typer.Option(help="participants.csv", exists=True)] = None,
    audit: Annotated[
        Path | None,
        typer.Option(
            help="audit.csv: participant_id,probability of whom people read.", exists=True
        ),
    ] = None,
    population: Annotated[Path | None, typer.Option(help="population.csv", exists=True)] = None,
    questions: opt.Questions = None,
    codebook: Annotated[
        Path | None,
        typer.Option(
            help="The codebook of the codings: its names, and which code stands under which.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    run: RunId = "",
    k: Annotated[int, typer.Option(help="How many priorities are looked for.", min=1)] = 6,
    scheme: opt.Scheme = "depth",
    weights: opt.Weights = False,
    priority_group: opt.PriorityGroup = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Say how many more people to read; rank nothing.")
    ] = False,
    seed: opt.Seed = 0,
) -> None:
    """Rank tables, or the store without them: the choices are logged before any rank is seen."""
    if (codings is None) != (participants is None):
        raise typer.BadParameter("Give --codings and --participants together, or neither.")
    if codings is None and codebook is not None:
        raise typer.BadParameter("--codebook goes with --codings: the store has its own.")
    from listening.steps.choices import groups_of, logged

    made = logged(
        k=k, scheme=scheme, weights=weights, priority_groups=groups_of(priority_group or [])
    )
    if codings is None or participants is None:
        _store(run, out, made, questions, plan=plan)
        return
    from listening.steps import rank_tables

    given = rank_tables.Given(codings, participants, audit, population, questions, codebook)
    if plan:
        _planned(rank_tables.plan_tables(given, out, k, seed), out)
        return
    for note in rank_tables.rank_tables(given, out, made, seed):
        show.say(note)
    typer.echo(f"Priorities: {out / 'priorities.csv'}")


def _store(
    run: str, out: Path, made: dict[str, Any], questions: Path | None, *, plan: bool
) -> None:
    """Rank what is in the store by these choices, or plan for it."""
    from listening import steps
    from listening.steps.choices import choose
    from listening.steps.planning import plan_run

    own = out / "var"
    with show.progress() as progress:
        work = opt.work(progress, own if own.is_dir() else None)
        run_id = steps.newest(work, run)
        steps.bring(work, run_id, questions=questions)
        if plan:
            sentences = plan_run(work, run_id, out, made["k"])
        else:
            choose(work, run_id, made)
            steps.write_results(work, run_id, steps.prioritise(work, run_id), out)
    if plan:
        _planned(sentences, out)
    else:
        typer.echo(f"Priorities: {out / 'priorities.csv'}")


def _planned(sentences: tuple[str, ...], out: Path) -> None:
    for sentence in sentences:
        typer.echo(sentence)
    typer.echo(f"Plan: {out / 'plan.csv'}")
