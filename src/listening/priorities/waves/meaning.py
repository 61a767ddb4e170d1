"""Which themes of several waves mean the same: by version of the codebook and crosswalk alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from listening.codebook import Codebook, Crosswalk, crosswalk
from listening.errors import InvalidCodebook
from listening.priorities.waves.nouns import Wave
from listening.records import Table

Left = tuple[str, str, str]


@dataclass(frozen=True)
class Meaning:
    """What is comparable: themes by id, what each wave's people raised of them, and the rest."""

    names: Mapping[str, str]
    raised: tuple[Table, ...]
    left: tuple[Left, ...]


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
    steps = [_to(wave, last) for wave in waves[:-1]]
    for wave, (fates, _, why) in zip(waves, steps, strict=False):
        for code in sorted(wave.names):
            if code in fates:
                names.setdefault(fates[code], _called(fates[code], wave, last))
            else:
                told = why.get(code) or f"it is no theme of {last.name}."
                left[code] = (code, wave.names[code], told)
    for wave, (_, comparable, why) in zip(waves, steps, strict=False):
        for code in sorted(set(names) - comparable):
            left[code] = (code, names.pop(code), why.get(code) or _new(wave, last))
    for wave, (fates, _, _) in zip(
        waves, [*steps, (dict[str, str](), set[str](), {})], strict=True
    ):
        for code in sorted({fates.get(one, one) for one in wave.partly} & set(names)):
            left[code] = (code, names.pop(code), _not_asked(wave))
    tables = [
        wave.raised.assign(code=wave.raised["code"].map(fates)).dropna(subset=["code"])
        for wave, (fates, _, _) in zip(waves, steps, strict=False)
    ]
    kept = tuple(
        table[table["code"].isin(list(names))].drop_duplicates(ignore_index=True)
        for table in (*tables, last.raised)
    )
    return Meaning(names, kept, tuple(left[code] for code in sorted(left)))


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


def _to(wave: Wave, last: Wave) -> tuple[dict[str, str], set[str], dict[str, str]]:
    """Return where each code stands in the last wave, which may be compared, and why not."""
    if wave.version == last.version:
        every = set(wave.names) | set(last.names)
        return {code: code for code in every}, every, {}
    if wave.codebook is None or last.codebook is None:
        reason = (
            f"{wave.name} was coded under {wave.version} and {last.name} under {last.version}, and "
            "a codebook is missing that says what became of its codes."
        )
        return {}, set(), dict.fromkeys([*wave.names, *last.names], reason)
    return _crossed(wave, last, wave.codebook, last.codebook)


def _crossed(
    wave: Wave, last: Wave, old: Codebook, new: Codebook
) -> tuple[dict[str, str], set[str], dict[str, str]]:
    try:
        walk = crosswalk(old, new)
    except InvalidCodebook as error:
        return {}, set(), dict.fromkeys([*wave.names, *last.names], f"{error.what} {error.why}")
    fates = {code: fate.code for code, fate in walk.fates.items() if fate.standing == "active"}
    return fates, set(walk.comparable), _why(walk, wave.name)


def _why(walk: Crosswalk, earlier: str) -> dict[str, str]:
    """Say of each code that a crosswalk leaves behind, or only reaches by a split, what it is."""
    why = {
        code: f"since {earlier}, {fate.why or fate.standing}."
        for code, fate in walk.fates.items()
        if fate.standing != "active"
    }
    for code, fate in walk.fates.items():
        for one in fate.into:
            why[one] = f"it came out of {code}, which was split after {earlier}."
    return why


def not_carried(name: str, old: Codebook, new: Codebook) -> tuple[Left, ...]:
    """Return which themes cannot be compared though codings were carried to a later version.

    Args:
        name: of the wave whose passages were read under `old`.
        old: the version under which people read them.
        new: the version under which their codings stand now.

    Returns:
        Codes of `new` that no reader of `old` could give or that came out of a split, and those of
        `old` that are in use no more and became no single other one.

    Raises:
        InvalidCodebook: `new` is no later version of `old`.
    """
    walk = crosswalk(old, new)
    why = _why(walk, name)
    told = {
        code.id: (code.id, code.name, why.get(code.id) or _is_new(name, old.label, new.label))
        for code in new.in_use
        if code.id not in walk.comparable
    }
    gone = {
        code.id: (code.id, code.name, why[code.id])
        for code in old.in_use
        if walk.fates[code.id].standing != "active"
    }
    return tuple((told | gone).values())


def _not_asked(wave: Wave) -> str:
    return (
        f"in {wave.name} not everybody could raise it, as the list of questions says: a difference "
        "may be one of who was asked."
    )


def _called(code: str, wave: Wave, last: Wave) -> str:
    found = last.codebook.code(code) if last.codebook else None
    return found.name if found else wave.names.get(code, code)


def _new(wave: Wave, last: Wave) -> str:
    return _is_new(wave.name, wave.version, last.version)


def _is_new(name: str, old: str, new: str) -> str:
    return f"it is new since {name} ({old}; now {new})."
