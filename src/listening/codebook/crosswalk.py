"""Where a coding under one version stands under another: the only bridge between versions.

What becomes of a code is read off the newer codebook alone: its status and what replaced it. So it
does not matter over how many versions a coding travels, or in how many steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from listening.codebook.nouns import NO_REASON, OTHER, Change, Codebook
from listening.codebook.versions import in_order
from listening.errors import InvalidCodebook

#: a coding under a code that was split, to be read again
RECODE = "recode"
#: what the column `code_status` of migrated codings may say
STANDINGS = ("active", "draft", RECODE, "retired")


@dataclass(frozen=True)
class Fate:
    """What becomes of a coding.

    Attributes:
        code: the code under which it stands now.
        standing: one of STANDINGS; only `active` ones count.
        into: the codes among which it is to be recoded; empty unless it is.
        why: in plain words, with the researchers' reason; empty where nothing happened.
    """

    code: str
    standing: str
    into: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Crosswalk:
    """The fate of every code of one version under a later one.

    Attributes:
        codebook: the codebook's id.
        before: the earlier version.
        now: the later version.
        fates: by code of the earlier version, `other` and `no-reason-given` among them.
    """

    codebook: str
    before: str
    now: str
    fates: Mapping[str, Fate]

    @property
    def comparable(self) -> frozenset[str]:
        """Codes of the later version whose counts may be put beside the earlier version's.

        A code qualifies when every coding that it would get now had a code from which it came: a
        part of a split does not, before its segments are recoded.
        """
        waiting = {part for fate in self.fates.values() for part in fate.into}
        reached = {fate.code for fate in self.fates.values() if fate.standing == "active"}
        return frozenset(reached - waiting)

    def then(self, later: Crosswalk) -> Crosswalk:
        """Return this crosswalk followed by another.

        Raises:
            InvalidCodebook: the other one does not begin where this one ends.
        """
        if (self.codebook, self.now) != (later.codebook, later.before):
            raise InvalidCodebook(
                f"The crosswalk to {self.codebook} {self.now}",
                f"cannot go on with one from {later.codebook} {later.before}.",
                "Put crosswalks one after another by their versions.",
            )
        fates = {code: later.fates[fate.code] for code, fate in self.fates.items()}
        return Crosswalk(self.codebook, self.before, later.now, fates)


def crosswalk(old: Codebook, new: Codebook) -> Crosswalk:
    """Return where every code of `old` stands under `new`.

    Raises:
        InvalidCodebook: they are versions of different codebooks, `new` is the earlier one, or it
            lacks a code of `old`: a code that goes is retired, never taken out.
    """
    if old.id != new.id:
        raise InvalidCodebook(
            new.label,
            f"is no later version of {old.label}: it is another codebook.",
            "Codings of one codebook cannot be counted under another; code the material anew.",
        )
    if in_order(new.version) < in_order(old.version):
        raise InvalidCodebook(
            new.label, f"is earlier than {old.label}.", "Name the earlier version first."
        )
    lost = [code.id for code in old.codes if new.code(code.id) is None]
    if lost:
        raise InvalidCodebook(
            new.label,
            f"has no code {', '.join(lost)}, and {old.label} has.",
            'Put it back with status = "retired", and with `replaced_by` if its codings go '
            "elsewhere: nothing that was coded may be lost.",
        )
    codes = [*(code.id for code in old.codes), OTHER, NO_REASON]
    fates = {code: fate(new, code) for code in codes}
    return Crosswalk(old.id, old.version, new.version, fates)


def fate(book: Codebook, code_id: str) -> Fate:
    """Return what becomes under `book` of a coding that was made under one of its codes.

    Args:
        book: a codebook that has the code, in use or retired.
        code_id: its id.
    """
    code = book.code(code_id)
    if code is None or code.status != "retired":
        return Fate(code_id, code.status if code else "active")
    if not code.replaced_by:
        return Fate(code_id, "retired", why=_told(book, code_id, "retired"))
    if len(code.replaced_by) == 1:
        further = fate(book, code.replaced_by[0])
        told = _told(book, code_id, f"now under {code.replaced_by[0]}")
        return Fate(further.code, further.standing, further.into, _joined(told, further.why))
    parts = dict.fromkeys(end for part in code.replaced_by for end in _ends(book, part))
    told = _told(book, code_id, f"split into {', '.join(code.replaced_by)}")
    return Fate(code_id, RECODE, tuple(parts), told)


def _ends(book: Codebook, code_id: str) -> list[str]:
    """Return the codes in use that a code has become."""
    code = book.code(code_id)
    if code is None or code.status != "retired":
        return [code_id]
    return [end for part in code.replaced_by for end in _ends(book, part)]


def _told(book: Codebook, code_id: str, what: str) -> str:
    """Say what happened to a code, with the reason that the trail gives."""
    told = next((change for change in reversed(book.changes) if _is_of(change, code_id)), None)
    return f"{code_id} {what}: {told.why}" if told and told.why else f"{code_id} {what}"


def _is_of(change: Change, code_id: str) -> bool:
    return code_id in change.codes and change.what != "rename"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
