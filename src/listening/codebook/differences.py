"""What differs between two codebooks, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from listening.codebook.nouns import Code, Codebook
from listening.codebook.versions import in_order


@dataclass(frozen=True)
class Difference:
    """One thing that differs.

    Attributes:
        what: a word for machines, such as ``merged`` or ``definition``.
        code: id of the code; empty where it is the codebook itself.
        sentence: what a person reads.
        mend: whether somebody should look at it before the later version is used.
    """

    what: str
    code: str
    sentence: str
    mend: bool = False


def differences(old: Codebook, new: Codebook) -> list[Difference]:
    """Return what differs, the codebook first and then code by code, in the order of `new`."""
    found = list(_of_codes(old, new))
    return [*_of_heads(old, new, bool(found)), *found]


def _of_heads(old: Codebook, new: Codebook, changed: bool) -> Iterator[Difference]:
    if old.id != new.id:
        yield Difference(
            "codebook",
            "",
            f"These are two codebooks, {old.id} and {new.id}: their codings cannot be compared.",
            mend=True,
        )
    elif old.version == new.version and changed:
        yield Difference(
            "version",
            "",
            f"Both say that they are version {old.version}, and they differ: give the later one "
            "a version of its own.",
            mend=True,
        )
    elif in_order(new.version) < in_order(old.version):
        yield Difference(
            "version",
            "",
            f"The second is the earlier one ({new.version} after {old.version}): name the earlier "
            "one first.",
            mend=True,
        )
    elif old.version != new.version:
        yield Difference("version", "", f"Version {old.version} became {new.version}.")
    for key, called in (("name", "name"), ("language", "language"), ("source", "source")):
        if getattr(old, key) != getattr(new, key):
            yield Difference(key, "", f"The codebook's {called} changed.")


def _of_codes(old: Codebook, new: Codebook) -> Iterator[Difference]:
    before = {code.id: code for code in old.codes}
    for code in new.codes:
        if code.id in before:
            yield from _of_one(before[code.id], code, old, new)
        else:
            state = "" if code.status == "active" else f" ({code.status})"
            yield Difference("added", code.id, f"Code “{code.name}” is new{state}.")
    now = {code.id for code in new.codes}
    for code in old.codes:
        if code.id not in now:
            yield Difference(
                "removed",
                code.id,
                f"Code “{code.name}” is gone: retire it instead, or its codings are lost.",
                mend=True,
            )


def _of_one(old: Code, new: Code, before: Codebook, after: Codebook) -> Iterator[Difference]:
    name = new.name
    if old.name != new.name:
        yield Difference("renamed", new.id, f"Code “{old.name}” is now called “{new.name}”.")
    if (old.status, old.replaced_by) != (new.status, new.replaced_by):
        yield _of_status(old, new, after)
    if old.definition != new.definition:
        # a retired code is used no more, and a draft has no meaning yet that could change
        asks = old.status == "active" and new.status != "retired"
        question = ": is it still the same code? If not, give it a new id." if asks else "."
        yield Difference(
            "definition", new.id, f"The definition of “{name}” changed{question}", asks
        )
    for key, called in (("include", "belongs to"), ("exclude", "does not belong to")):
        if getattr(old, key) != getattr(new, key):
            yield Difference(key, new.id, f"What {called} “{name}” was worded anew.")
    if old.parent != new.parent:
        yield _of_parent(old, new, before, after)
    if old.codable != new.codable:
        state = "is coded now" if new.codable else "is a mere heading now"
        yield Difference("codable", new.id, f"“{name}” {state}.", mend=not new.codable)
    yield from _of_texts("example", name, new.id, old.examples, new.examples)
    counters = [
        [f"{item.belongs_to} {item.text}" for item in code.counter_examples] for code in (old, new)
    ]
    yield from _of_texts("counter-example", name, new.id, *counters)
    if (old.guid, old.colour) != (new.guid, new.colour):
        yield Difference("look", new.id, f"How other programs know or show “{name}” changed.")


def _of_status(old: Code, new: Code, after: Codebook) -> Difference:
    name, into = new.name, [f"“{after.called(one)}”" for one in new.replaced_by]
    if len(into) == 1:
        return Difference("merged", new.id, f"Code “{name}” was merged into {into[0]}.")
    if into:
        parts = f"{', '.join(into[:-1])} and {into[-1]}"
        return Difference(
            "split", new.id, f"Code “{name}” was split into {parts}: its codings are read again."
        )
    if new.status == "retired":
        told = f"Code “{name}” was retired: its codings are kept and do not count."
        return Difference("retired", new.id, told)
    told = f"Code “{name}” was {old.status} and is {new.status} now."
    return Difference("status", new.id, told)


def _of_parent(old: Code, new: Code, before: Codebook, after: Codebook) -> Difference:
    was = f"from under “{before.called(old.parent)}”" if old.parent else "from the top"
    now = f"under “{after.called(new.parent)}”" if new.parent else "to the top"
    return Difference("parent", new.id, f"“{new.name}” moved {was} {now}.")


def _of_texts(
    what: str, name: str, code_id: str, old: Sequence[str], new: Sequence[str]
) -> Iterator[Difference]:
    added = len([text for text in new if text not in old])
    gone = len([text for text in old if text not in new])
    for count, verb in ((added, "added to"), (gone, "taken from")):
        if count:
            told = f"1 {what} was" if count == 1 else f"{count} {what}s were"
            yield Difference(f"{what}s", code_id, f"{told} {verb} “{name}”.")
    if not added and not gone and list(old) != list(new):
        yield Difference(f"{what}s", code_id, f"The {what}s of “{name}” stand in another order.")
