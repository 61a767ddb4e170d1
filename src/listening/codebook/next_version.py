"""The next version of a codebook, out of a file that somebody wrote elsewhere.

Tables and other programs know nothing of versions, ids or what became of a code. So a code of such
a file is found again among those there are, and what the file does not name is never lost.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from listening.codebook.changing import Decision
from listening.codebook.checking import check
from listening.codebook.making import slug
from listening.codebook.nouns import Change, Code, Codebook
from listening.codebook.refi import guid_of
from listening.codebook.versions import after, in_order


@dataclass(frozen=True)
class Following:
    """The next version, and in sentences what a person should know of how it came to be."""

    codebook: Codebook
    notes: tuple[str, ...] = ()


def following(
    current: Codebook,
    given: Codebook,
    decision: Decision,
    taken: Collection[str] = (),
    *,
    retire: bool = False,
) -> Following:
    """Return the next version of a codebook, as a file without versions has it.

    A code of the file is one that there is where it has its guid, its name, its id, or word
    for word its definition; else it is new. What the file has no words for (counter-examples, say)
    stays as it was.

    Args:
        current: the version that there is.
        given: what was read from the file; its own id, name and version are not looked at.
        decision: who, when, why.
        taken: versions that stand for another text already, though they were taken back.
        retire: whether codes that the file does not name are retired; else they stay.

    Raises:
        InvalidCodebook: it would break a rule.
    """
    known = _matches(current, given)
    by_given = {code.id: known[code.id].id for code in given.codes if code.id in known}
    ids = {code.id for code in current.codes}
    for code in given.codes:
        if code.id not in by_given:
            by_given[code.id] = slug(code.id, ids)
            ids.add(by_given[code.id])
    nested = any(code.parent for code in given.codes)
    told = {
        by_given[code.id]: _joined(known.get(code.id), code, by_given, nested)
        for code in given.codes
    }
    missing = [c for c in current.codes if c.id not in told and c.status != "retired"]
    gone = {code.id for code in missing} if retire else set[str]()
    old = [_without(told.get(code.id, code), gone) for code in current.codes]
    fresh = [_without(told[one], gone) for one in told if one not in {c.id for c in current.codes}]
    book = replace(current, version=free(current.version, taken), codes=(*old, *fresh))
    book = with_trail(current, book, decision)
    check(book, book.label)
    return Following(book, tuple(_said(missing, retire)))


def raised(
    current: Codebook, given: Codebook, decision: Decision, taken: Collection[str] = ()
) -> Following:
    """Return a version that names its codes itself, with a number and a trail of its own.

    One that was changed by hand may have kept its number, and may say nothing of a new name.

    Args:
        current: the version that there is.
        given: what was read from the file.
        decision: who, when, why.
        taken: versions that stand for another text already, though they were taken back.

    Raises:
        InvalidCodebook: it would break a rule.
    """
    notes: tuple[str, ...] = ()
    if in_order(given.version) <= in_order(current.version) or given.version in taken:
        given = replace(given, version=free(current.version, taken))
        notes = (f"The file’s own number is taken, so this is version {given.version}.",)
    book = with_trail(current, given, decision)
    check(book, book.label)
    return Following(book, notes)


def free(version: str, taken: Collection[str]) -> str:
    """Return the next version after one that is not taken."""
    found = after(version)
    while found in taken:
        found = after(found)
    return found


def with_trail(current: Codebook, book: Codebook, decision: Decision) -> Codebook:
    """Return a later version with a line of trail for each name and status that it does not tell.

    Args:
        current: the version before.
        book: the later version.
        decision: who, when, why.
    """
    before = {code.id: code for code in current.codes}
    new = [one for one in book.changes if in_order(one.version) > in_order(current.version)]
    about = (decision.date, decision.by, decision.why)
    lines = []
    for code in book.codes:
        was = before.get(code.id)
        if was is None:
            continue
        done = {one.what for one in new if code.id in one.codes}
        if was.name != code.name and "rename" not in done:
            line = Change(book.version, "rename", (code.id,), (), *about)
            lines.append(replace(line, was=was.name, now=code.name))
        if was.status != "retired" == code.status and not done & {"merge", "split", "retire"}:
            what = ("retire", "merge", "split")[min(len(code.replaced_by), 2)]
            lines.append(Change(book.version, what, (code.id,), code.replaced_by, *about))
    return replace(book, changes=(*book.changes, *lines))


def _matches(current: Codebook, given: Codebook) -> dict[str, Code]:
    """Return the code that there is of each code given, by the id that the file gives it.

    The id of a table's code is often made of its name: a name that is there goes before it.
    """
    found: dict[str, Code] = {}
    open_there = {one.id: replace(one, guid=guid_of(current, one)) for one in current.codes}
    for key in (_by_guid, _by_name, _by_id, _by_definition):
        open_here = [code for code in given.codes if code.id not in found]
        for code in open_here:
            same = [one for one in open_there.values() if key(one) and key(one) == key(code)]
            alike = [one for one in open_here if key(one) == key(code)]
            if len(same) == 1 == len(alike):
                found[code.id] = open_there.pop(same[0].id)
    there = {code.id: code for code in current.codes}
    return {given_id: there[one.id] for given_id, one in found.items()}


def _by_id(code: Code) -> str:
    return code.id


def _by_guid(code: Code) -> str:
    return code.guid.strip("{}").casefold()


def _by_name(code: Code) -> str:
    return code.name.casefold() if code.status != "retired" else ""


def _by_definition(code: Code) -> str:
    return code.definition.strip() if code.status != "retired" else ""


def _joined(was: Code | None, code: Code, ids: dict[str, str], nested: bool) -> Code:
    """Return a code as the file has it, with what the file says nothing of as it was."""
    parent = ids.get(code.parent, "")
    counter = tuple(
        replace(one, belongs_to=ids.get(one.belongs_to, one.belongs_to))
        for one in code.counter_examples
    )
    if was is None:
        return replace(code, id=ids[code.id], parent=parent, counter_examples=counter)
    if was.status == "retired":
        return was
    # the file has no definition of it: it stays what it was
    status = was.status if code.status == "draft" else code.status
    return replace(
        was,
        name=code.name,
        definition=code.definition or was.definition,
        include=code.include or was.include,
        exclude=code.exclude or was.exclude,
        examples=code.examples or was.examples,
        counter_examples=counter or was.counter_examples,
        parent=parent if nested else was.parent,
        status=status,
        replaced_by=tuple(ids.get(one, one) for one in code.replaced_by),
        guid=was.guid,  # without one it has the same on every export
        colour=code.colour or was.colour,
    )


def _without(code: Code, gone: set[str]) -> Code:
    """Return a code where some are retired: itself among them, or above it."""
    if code.id in gone:
        return replace(code, status="retired")
    return replace(code, parent="") if code.parent in gone and code.status != "retired" else code


def _said(missing: Sequence[Code], retire: bool) -> list[str]:
    if not missing:
        return []
    names = ", ".join(f"“{code.name}”" for code in missing)
    if retire:
        return [f"Not in the file, and so retired: {names}."]
    return [f"Not in the file, and kept as before: {names}."]
