"""Which themes of several waves mean the same: by version of the codebook and crosswalk alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from listening.codebook import Codebook, crosswalk
from listening.errors import InvalidCodebook
from listening.priorities.waves.broader import Step, beneath_now, broader, moved
from listening.priorities.waves.nouns import Wave
from listening.records import Table

Left = tuple[str, str, str]


@dataclass(frozen=True)
class Meaning:
    """What is comparable: themes by id, what each wave's people raised of them, and the rest."""

    names: Mapping[str, str]
    raised: tuple[Table, ...]
    left: tuple[Left, ...]
    notes: tuple[str, ...] = ()


def meaning(waves: Sequence[Wave]) -> Meaning:
    """Bring what every wave's people raised under the last wave's codebook.

    A code that was merged brings its people along. A code that is new, split, retired or still a
    draft in some wave cannot be compared, and neither can themes that a machine found, or waves of
    which one was coded by people and another by machine.
    """
    last = waves[-1]
    apart = _apart(waves)
    if apart:
        every = {code: name for wave in waves for code, name in wave.names.items()}
        return Meaning({}, (), tuple((code, every[code], apart) for code in sorted(every)))
    names = dict(last.names)
    left: dict[str, Left] = {}
    plain = [_to(wave, last) for wave in waves[:-1]]
    steps = [
        broader(step, wave, last, _new(wave, last))
        for wave, step in zip(waves, plain, strict=False)
    ]
    for wave, step in zip(waves, steps, strict=False):
        for code in sorted(wave.names):
            if code in step.fates:
                to = step.fates[code]
                names.setdefault(to, _called(to, wave, last))
                if code in last.beneath:
                    left[code] = (code, wave.names[code], beneath_now(code, wave, last))
            else:
                told = step.why.get(code) or f"it is no theme of {last.name}."
                left[code] = (code, wave.names[code], told)
    for wave, step in zip(waves, steps, strict=False):
        for code in sorted(set(names) - step.comparable):
            left[code] = (code, names.pop(code), step.why.get(code) or _new(wave, last))
    own = Step({**{code: code for code in last.raised["code"]}, **last.beneath}, frozenset(), {})
    for wave, step in zip(waves, [*steps, own], strict=True):
        for code in sorted({step.fates.get(one, one) for one in wave.partly} & set(names)):
            left[code] = (code, names.pop(code), _not_asked(wave))
    tables = [
        wave.raised.assign(code=wave.raised["code"].map(step.fates)).dropna(subset=["code"])
        for wave, step in zip(waves, [*steps, own], strict=True)
    ]
    kept = tuple(
        table[table["code"].isin(list(names))].drop_duplicates(ignore_index=True)
        for table in tables
    )
    notes = [
        note
        for wave, before, now in zip(waves, plain, steps, strict=False)
        for note in moved(wave, last, before, now)
        if before is not now
    ]
    return Meaning(names, kept, tuple(left[code] for code in sorted(left)), tuple(notes))


def not_carried(first: Wave, wave: Wave) -> tuple[Left, ...]:
    """Return what of a wave cannot be compared though its codings stand under a later version.

    Args:
        first: the wave with the version under which it was first read.
        wave: the same with the version to which its codings were carried.

    Returns:
        What no reader of the first version could give or what came out of a split, and what is
        ranked no more and became no single other one.
    """
    nothing = wave.raised.iloc[:0]
    return meaning([replace(first, raised=nothing), replace(wave, partly=frozenset())]).left


def _apart(waves: Sequence[Wave]) -> str:
    """Say why nothing of these waves can be compared; nothing where something may be."""
    if len({wave.status for wave in waves}) > 1:
        return (
            "people coded one of the waves and a machine matched another: a difference between "
            "them may be a difference between readers. Have both coded by people."
        )
    without = next((wave for wave in waves if not wave.version), None)
    if without and without.status == "reviewed":
        return (
            f"the codings of {without.name} name no version of a codebook, so nobody knows whether "
            "its codes mean the same. Write it beside them, in a column codebook_version."
        )
    if without:
        return (
            f"the themes of {without.name} were found by a machine in that wave alone, and mean "
            "nothing outside it. Give every wave the same codebook."
        )
    return ""


def _to(wave: Wave, last: Wave) -> Step:
    """Return where each code stands in the last wave, which may be compared, and why not."""
    if wave.version == last.version:
        every = {*wave.names, *last.names, *wave.beneath, *last.beneath}
        return Step({code: code for code in every}, frozenset(every), {})
    if wave.codebook is None or last.codebook is None:
        reason = (
            f"{wave.name} was coded under {wave.version} and {last.name} under {last.version}, and "
            "a codebook is missing that says what became of its codes."
        )
        return Step({}, frozenset(), dict.fromkeys([*wave.names, *last.names], reason))
    return _crossed(wave, last, wave.codebook, last.codebook)


def _crossed(wave: Wave, last: Wave, old: Codebook, new: Codebook) -> Step:
    try:
        walk = crosswalk(old, new)
    except InvalidCodebook as error:
        reason = f"{error.what} {error.why}"
        return Step({}, frozenset(), dict.fromkeys([*wave.names, *last.names], reason))
    fates = {code: fate.code for code, fate in walk.fates.items() if fate.standing == "active"}
    why = {
        code: f"since {wave.name}, {fate.why or fate.standing}."
        for code, fate in walk.fates.items()
        if fate.standing != "active"
    }
    for code, fate in walk.fates.items():
        for one in fate.into:
            why[one] = f"it came out of {code}, which was split after {wave.name}."
    splits = {code: fate.into for code, fate in walk.fates.items() if fate.into}
    return Step(fates, walk.comparable, why, splits)


def _not_asked(wave: Wave) -> str:
    return (
        f"in {wave.name} not everybody could raise it, as the list of questions says: a difference "
        "may be one of who was asked."
    )


def _called(code: str, wave: Wave, last: Wave) -> str:
    found = last.codebook.code(code) if last.codebook else None
    return found.name if found else wave.names.get(code, code)


def _new(wave: Wave, last: Wave) -> str:
    return f"it is new since {wave.name} ({wave.version}; now {last.version})."
