"""`compare`: themes of equal meaning over two or more waves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

import numpy as np

from listening.errors import NothingToDo
from listening.priorities.nouns import Floats
from listening.priorities.waves.charting import chart
from listening.priorities.waves.meaning import meaning
from listening.priorities.waves.nouns import Change, Changes, Level, ThemeOverWaves, Verdict, Wave
from listening.priorities.waves.sampling import (
    FEWEST_ACCOUNTS,
    accounts,
    common_kinds,
    drawn,
    levels,
    sample,
)
from listening.priorities.words import NAMES

#: With fewer people in a wave no percentage is given, and no change (METHOD.md, section 1).
FEWEST = 20
ALPHA = 0.05


def compare(
    waves: Sequence[Wave], seed: int, *, paired: bool = False, replicates: int = 2000
) -> Changes:
    """Say what changed between waves of listening, theme by theme, and how sure that is.

    The share of a theme is over the kinds of source that every wave has, each kind with the same
    part in every wave, so that more interviews and fewer forms make no change. Its change has the
    middle 95 % of a bootstrap of participants, each wave's drawn by itself.

    Args:
        waves: two or more, in their order.
        seed: of the bootstrap.
        paired: the same participant id in two waves is the same person.
        replicates: bootstrap resamples.

    Raises:
        NothingToDo: fewer than two waves, or no kind of source that all have.
    """
    if len(waves) < 2:
        raise NothingToDo("A comparison", "needs two waves or more.", "Name another one.")
    parts = common_kinds([wave.participants for wave in waves])
    if not parts:
        raise NothingToDo(
            "The waves",
            "have no kind of source in common, so a difference would be one between kinds.",
            "Compare waves that both have interviews, focus groups, street notes or a survey.",
        )
    same = meaning(waves)
    themes = sorted(same.names)
    found: tuple[ThemeOverWaves, ...] = ()
    if themes:
        samples = [
            sample(wave.participants, raised, themes, list(parts))
            for wave, raised in zip(waves, same.raised, strict=True)
        ]
        share = list(parts.values())
        level = [levels(one, share, ALPHA) for one in samples]
        draws = drawn(samples, share, replicates, seed, paired=paired)
        found = tuple(
            _theme(
                waves,
                (code, same.names[code]),
                [own[k] for own in level],
                [d[:, k] for d in draws],
                [len(one.name) for one in samples],
            )
            for k, code in enumerate(themes)
        )
    return Changes(
        tuple(wave.name for wave in waves),
        "provisional" if any(wave.status == "provisional" for wave in waves) else "reviewed",
        parts,
        _largest_first(found),
        same.left,
        paired,
        (*_notes(waves, list(parts), found), *same.notes),
    )


def _largest_first(themes: tuple[ThemeOverWaves, ...]) -> tuple[ThemeOverWaves, ...]:
    return tuple(sorted(themes, key=lambda one: (-one.levels[-1].share, one.id)))


def _theme(
    waves: Sequence[Wave],
    called: tuple[str, str],
    own: Sequence[Level],
    draws: Sequence[Floats],
    heard: Sequence[int],
) -> ThemeOverWaves:
    pairs = list(pairwise(range(len(waves))))
    if len(waves) > 2:
        pairs.append((0, len(waves) - 1))
    changes = tuple(
        _change(
            (waves[a].name, waves[b].name),
            (own[a], own[b]),
            draws[b] - draws[a],
            min(heard[a], heard[b]),
        )
        for a, b in pairs
    )
    shown = chart([level.share for level in own], [level.n_eff for level in own])
    return ThemeOverWaves(*called, tuple(own), changes, shown)


def _change(
    named: tuple[str, str], level: tuple[Level, Level], draws: Floats, heard: int
) -> Change:
    (earlier, later), (before, now) = named, level
    if min(before.of, now.of) < FEWEST or heard < FEWEST_ACCOUNTS:
        return Change(earlier, later, None, None, "too_few")
    difference = now.share - before.share
    low, high = (float(end) for end in np.quantile(draws, [ALPHA / 2, 1 - ALPHA / 2]))
    if _certain(before) or _certain(now):
        # of a theme that nobody raised, or everybody, resamples show no variance
        newcombe = hybrid(before, now)
        low, high = min(low, newcombe[0]), max(high, newcombe[1])
    low, high = min(low, difference), max(high, difference)
    verdict: Verdict = "more" if low > 0 else "fewer" if high < 0 else "none_shown"
    return Change(earlier, later, difference, (low, high), verdict)


def _certain(level: Level) -> bool:
    return level.people in (0, level.of)


def hybrid(before: Level, now: Level) -> tuple[float, float]:
    """Return Newcombe's interval of a difference of shares, from the Wilson interval of each.

    Source: Newcombe 1998, Statistics in Medicine 17, method 10; as in statsmodels
    `confint_proportions_2indep(method="newcomb")`.
    """
    a, b = now, before
    difference = a.share - b.share
    low = sqrt((a.share - a.interval[0]) ** 2 + (b.interval[1] - b.share) ** 2)
    high = sqrt((a.interval[1] - a.share) ** 2 + (b.share - b.interval[0]) ** 2)
    return difference - low, difference + high


def _notes(
    waves: Sequence[Wave], kinds: Sequence[str], themes: Sequence[ThemeOverWaves]
) -> tuple[str, ...]:
    said: list[str] = []
    every = {kind for wave in waves for kind in wave.participants["source_kind"]}
    for kind in NAMES:
        if kind in every - set(kinds):
            few = all(kind in accounts(wave.participants) for wave in waves)
            why = (
                f"a wave has fewer than {FEWEST_ACCOUNTS} separate accounts of them (a focus group "
                "is one)"
                if few
                else "not every wave has them"
            )
            said.append(f"{NAMES[kind]}: not compared, for {why}.")
    said.extend(
        f"{wave.name}: of its survey those alone are compared whom people read. The report of that "
        "wave estimates the others from them."
        for wave in waves
        if wave.estimated
    )
    shown = sum(change.verdict in ("more", "fewer") for one in themes for change in one.changes)
    looked = sum(change.verdict != "too_few" for one in themes for change in one.changes)
    if looked:
        said.append(
            f"Each range is for one change alone. Of {looked} looked at, chance by itself would "
            f"let about {looked * ALPHA:.1f} seem to be one; {shown} "
            f"{'does' if shown == 1 else 'do'}."
        )
    if any(change.verdict == "too_few" for one in themes for change in one.changes):
        said.append(
            f"Fewer than {FEWEST} people, or {FEWEST_ACCOUNTS} separate accounts, were heard in "
            "one of the waves compared: there the counts stand alone."
        )
    return tuple(said)
