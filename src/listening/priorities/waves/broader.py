"""Waves whose codes stand under broader ones: all are counted as the last codebook puts them.

What people raised is kept by the very codes that were given. So a code that has moved under
another is counted there in every wave, and a broad code is the same in all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from listening.priorities.waves.nouns import Wave


@dataclass(frozen=True)
class Step:
    """How codes of an earlier wave are counted in the last.

    Attributes:
        fates: where each code is counted.
        comparable: what may be compared.
        why: of the others, why not.
        splits: of codes that were split, their parts.
    """

    fates: Mapping[str, str]
    comparable: frozenset[str]
    why: Mapping[str, str]
    splits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def broader(step: Step, wave: Wave, last: Wave, new: str) -> Step:
    """Return a step by the codes that are ranked in the last wave.

    A code that was split into parts of one broad code counts for that one all the same. A broad
    code is compared only if every code that counts for it, in either wave, is known in both.

    Args:
        step: by codes alone.
        wave: the earlier wave.
        last: the last wave.
        new: why a code cannot be compared that the earlier wave did not have.
    """
    if not wave.beneath and not last.beneath:
        return step
    healed = {code: top for code, into in step.splits.items() if (top := _one(into, last))}
    fates = {code: _top(to, last) for code, to in step.fates.items()} | healed
    open_parts = {p for code, into in step.splits.items() if code not in healed for p in into}
    closed = {p for code in healed for p in step.splits[code]} - open_parts
    known = (step.comparable | closed) - open_parts
    why = {**step.why}
    unknown: dict[str, tuple[str, str]] = {}
    lacking = {*last.beneath, *last.names, *fates.values()} - known
    for code in sorted(lacking, key=lambda code: (code in last.beneath, code)):
        unknown.setdefault(_top(code, last), (code, step.why.get(code) or new))
    for code, above in sorted(wave.beneath.items()):
        if code not in fates and code not in step.splits and above in fates:
            unknown.setdefault(fates[above], (code, step.why.get(code) or new))
    for theme, (code, reason) in unknown.items():
        called = _called(code, last, wave)
        why[theme] = reason if code == theme else f"of what counts for it, “{called}”: {reason}"
    themes = {_top(code, last) for code in known}
    return Step(fates, frozenset(themes - set(unknown)), why)


def beneath_now(code: str, wave: Wave, last: Wave) -> str:
    """Say where a code that was ranked in an earlier wave is counted now."""
    called = last.names.get(last.beneath[code], last.beneath[code])
    return f"since {wave.name} it stands under “{called}”, and is counted there in every wave."


def moved(wave: Wave, last: Wave, before: Step, now: Step) -> list[str]:
    """Say which codes are counted elsewhere than the earlier wave's own report counts them."""
    told = []
    for code in sorted(set(wave.raised["code"]) & set(now.fates)):
        own, here = before.fates.get(wave.beneath.get(code, code)), now.fates[code]
        if own != here and here in now.comparable:
            called, broad = _called(code, last, wave), _called(here, last, wave)
            place = "for itself" if here == code else f"for “{broad}”"
            told.append(
                f"“{called}” counts {place} here, as in {last.name}. The report of {wave.name} "
                "counted it otherwise, and tells other figures."
            )
    return told


def _one(parts: tuple[str, ...], last: Wave) -> str:
    """Return the broad code for which all parts of a split count, if there is one."""
    tops = {_top(part, last) for part in parts}
    return tops.pop() if len(tops) == 1 and set(parts) & set(last.beneath) else ""


def _top(code: str, last: Wave) -> str:
    return last.beneath.get(code, code)


def _called(code: str, last: Wave, wave: Wave) -> str:
    for one in (last, wave):
        if one.codebook and one.codebook.code(code):
            return one.codebook.called(code)
    return last.names.get(code) or wave.names.get(code, code)
