"""Merging, splitting, renaming and retiring codes: each makes the next version and a line of trail.

No code is ever taken out: what is not used any more is retired and says what became of it, so that
every coding that was ever made can be followed to where it stands now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from listening.codebook.checking import check
from listening.codebook.nouns import OTHER, Change, Code, Codebook, CounterExample
from listening.codebook.reading import line
from listening.codebook.versions import after
from listening.errors import InvalidCodebook


@dataclass(frozen=True)
class Decision:
    """Who decided on a change, when (ISO), and why, in their words."""

    date: str = ""
    by: str = ""
    why: str = ""


def merge(book: Codebook, codes: Sequence[str], into: str, decision: Decision) -> Codebook:
    """Merge codes into one that is there: their examples, their codings and the codes under them.

    Raises:
        InvalidCodebook: one of them is not there or retired, or a code is merged into itself.
    """
    target = _in_use(book, into)
    sources = [_in_use(book, one) for one in dict.fromkeys(codes)]
    if into in codes:
        raise InvalidCodebook(into, "cannot be merged into itself.", "Name another code.")
    gone = {one.id for one in sources}
    for one in sources:
        target = _with_what_it_had(target, one, gone)
    if target.parent in gone:  # it stood under what is merged into it
        target = replace(target, parent=_next_up(book, target.parent, gone))
    merged = []
    for code in book.codes:
        if code.id in gone:
            merged.append(replace(code, status="retired", replaced_by=(into,)))
        elif code.id == into:
            merged.append(target)
        else:
            moved = _moved(code, gone, into)
            merged.append(_pointing(moved, gone, into))
    return _next(book, merged, "merge", tuple(one.id for one in sources), (into,), decision)


def split(
    book: Codebook, code: str, into: Sequence[tuple[str, str]], decision: Decision
) -> Codebook:
    """Split a code: it is retired, and its codings are to be read again under the parts.

    Args:
        book: the codebook.
        code: id of the code.
        into: (id, name) of each part. A part that is there needs no name; one that is not is added
            as a draft, for its definition and examples to be written.
        decision: who, when, why.

    Counter-examples that belonged to the whole stay with it: which part each belongs to, somebody
    must say.

    Raises:
        InvalidCodebook: it is not there or retired, or there are fewer than two parts.
    """
    whole = _in_use(book, code)
    parts = dict(into)
    if len(parts) < 2 or code in parts:
        raise InvalidCodebook(
            code,
            "needs at least two other codes to be split into.",
            "What is left of it has another meaning than before, so it is a new code as well.",
        )
    known = {one.id for one in book.codes}
    fresh = [_part(whole, part, name) for part, name in parts.items() if part not in known]
    for part in known.intersection(parts):
        _in_use(book, part)
    up = _next_up(book, code, {code})
    codes = []
    for one in book.codes:
        if one.id == code:
            codes.append(replace(one, status="retired", replaced_by=tuple(parts)))
        else:
            codes.append(_moved(one, {code}, up))
    return _next(book, [*codes, *fresh], "split", (code,), tuple(parts), decision)


def _part(whole: Code, code_id: str, name: str) -> Code:
    if not name:
        raise InvalidCodebook(
            code_id, "is no code of the codebook.", "Give its name as well: ID=NAME."
        )
    parent = whole.parent
    return Code(code_id, line(name), parent=parent, status="draft")


def rename(book: Codebook, code: str, name: str, decision: Decision) -> Codebook:
    """Give a code another name; its id, its meaning and its codings stay.

    Raises:
        InvalidCodebook: it is not there or retired, or the name is empty, its own or another's.
    """
    before = _in_use(book, code)
    if not line(name) or line(name) == before.name:
        raise InvalidCodebook(code, "needs another name than it has.", "Name it with --name.")
    codes = [replace(one, name=line(name)) if one.id == code else one for one in book.codes]
    changed = _next(book, codes, "rename", (code,), (), decision)
    last = replace(changed.changes[-1], was=before.name, now=line(name))
    return replace(changed, changes=(*changed.changes[:-1], last))


def retire(book: Codebook, code: str, replaced_by: str, decision: Decision) -> Codebook:
    """Retire a code: its codings are kept and do not count, unless another code replaces it.

    Raises:
        InvalidCodebook: it or its replacement is not there or retired.
    """
    before = _in_use(book, code)
    if replaced_by != OTHER and replaced_by:
        _in_use(book, replaced_by)
    into = (replaced_by,) if replaced_by else ()
    up = _next_up(book, code, {code})
    codes = []
    for one in book.codes:
        if one.id == code:
            codes.append(replace(before, status="retired", replaced_by=into))
        else:
            moved = _moved(one, {code}, up)
            codes.append(_pointing(moved, {code}, replaced_by or OTHER))
    return _next(book, codes, "retire", (code,), into, decision)


def _in_use(book: Codebook, code_id: str) -> Code:
    found = next((code for code in book.codes if code.id == code_id), None)
    if found is None:
        ids = ", ".join(code.id for code in book.codes if code.status != "retired")
        raise InvalidCodebook(code_id, f"is no code of {book.label}.", f"Its codes are: {ids}.")
    if found.status == "retired":
        raise InvalidCodebook(
            code_id, f"is retired in {book.label}.", "Name a code that is in use."
        )
    return found


def _next_up(book: Codebook, code_id: str, gone: set[str]) -> str:
    """Return the nearest code above that stays, or ""."""
    parents = {code.id: code.parent for code in book.codes}
    up = parents[code_id]
    while up in gone:
        up = parents[up]
    return up


def _moved(code: Code, gone: set[str], up: str) -> Code:
    """Return a code that stood under one that goes, under `up`; what is retired stays as it was."""
    if code.status == "retired" or code.parent not in gone:
        return code
    return replace(code, parent=up)


def _with_what_it_had(target: Code, source: Code, gone: set[str]) -> Code:
    """Return a code with another's examples; what one was confused with the other is settled."""
    both = {target.id, *gone}
    examples = [*target.examples, *source.examples]
    for item in (*target.counter_examples, *source.counter_examples):
        if item.belongs_to in both and item.text not in examples:
            examples.append(item.text)
    kept = [
        item
        for item in (*target.counter_examples, *source.counter_examples)
        if item.belongs_to not in both
    ]
    return replace(
        target,
        examples=tuple(dict.fromkeys(examples)),
        counter_examples=tuple(dict.fromkeys(kept)),
    )


def _pointing(code: Code, gone: set[str], to: str) -> Code:
    """Return a code whose counter-examples belong where they belong now."""
    if code.status == "retired":
        return code
    moved = []
    for item in code.counter_examples:
        belongs = to if item.belongs_to in gone else item.belongs_to
        if belongs != code.id:
            moved.append(CounterExample(item.text, belongs))
    return replace(code, counter_examples=tuple(dict.fromkeys(moved)))


def _next(
    book: Codebook,
    codes: Sequence[Code],
    what: str,
    changed: tuple[str, ...],
    into: tuple[str, ...],
    decision: Decision,
) -> Codebook:
    version = after(book.version)
    change = Change(version, what, changed, into, decision.date, decision.by, decision.why)
    made = replace(book, version=version, codes=tuple(codes), changes=(*book.changes, change))
    check(made, made.label, draft=True)
    return made
