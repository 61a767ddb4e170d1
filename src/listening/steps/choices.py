"""What a leader chose of the ranking, logged with its time before any rank was seen.

A run keeps every choice that was ever made for it, in the order of their making: who ranks again
with other choices leaves the earlier ones standing beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from listening.errors import ListeningError
from listening.priorities import RankSettings
from listening.priorities.nouns import Status
from listening.steps.work import Work

#: parameters of a run that whoever leads chose, and those that are tables and texts
_CHOSEN, _BROUGHT = ("k", "choices", "wave"), ("codebook", "population", "panel", "indicators")


def logged(
    *,
    k: int,
    scheme: str = "depth",
    weights: bool = False,
    priority_groups: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """Return choices as they are logged, with the time of now.

    Raises:
        ListeningError: a choice has no meaning.
    """
    groups = [list(group) for group in priority_groups]
    made = {"k": k, "scheme": scheme, "weights": weights, "priority_groups": groups}
    _settings(made, "provisional")
    return {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), **made}


def choose(work: Work, run_id: str, made: dict[str, Any]) -> None:
    """Add choices (`logged`) to those of a run; from now on it is ranked by them."""
    parameters = work.store.run(run_id).parameters
    log = [*parameters.get("choices", []), made]
    work.store.note_run(run_id, parameters={**parameters, "k": made["k"], "choices": log})


def carry(work: Work, run_id: str, before: Mapping[str, Any]) -> None:
    """Let a run that joins another file to what there is go on with what was chosen and brought.

    Args:
        work: the workplace.
        run_id: the run.
        before: parameters of the run before; empty where it is the first.
    """
    own = work.store.run(run_id).parameters
    told = {part: before[part] for part in _CHOSEN if before.get(part)}
    told |= {part: before[part] for part in _BROUGHT if before.get(part) and not own.get(part)}
    work.store.note_run(run_id, parameters={**own, **told})


def groups_of(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return priority groups from ATTRIBUTE=VALUE.

    Raises:
        ListeningError: one of them is spelt otherwise.
    """
    pairs = []
    for one in given:
        attribute, equals, value = one.removeprefix("attr:").partition("=")
        if not (attribute.strip() and equals and value.strip()):
            raise ListeningError(
                f"The priority group {one}",
                "is not ATTRIBUTE=VALUE.",
                "Name it as in participants.csv, such as attr:age=65 and over.",
            )
        pairs.append((attribute.strip(), value.strip()))
    return tuple(pairs)


def settings_of(run: Any, status: Status) -> RankSettings:
    """Return the settings of a run's ranking by the choices made last."""
    log = run.parameters.get("choices") or [{"k": run.parameters["k"]}]
    return _settings(log[-1], status)


def told_of(run: Any) -> dict[str, Any]:
    """Return what `priorities.json` says of a run's log; times to the second are in `run.json`."""
    return told(run.parameters.get("choices") or [])


def told(log: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the day of the last choices, and the choices that were made before them."""
    days = [{**one, "made_at": one["made_at"][:10]} for one in log]
    return {"made_on": days[-1]["made_at"] if days else "", "earlier": days[:-1]}


def _settings(made: dict[str, Any], status: Status) -> RankSettings:
    return RankSettings(
        k=made["k"],
        scheme=made.get("scheme", "depth"),
        status=status,
        priority_groups=tuple((name, value) for name, value in made.get("priority_groups", ())),
        weights=made.get("weights", False),
    )
