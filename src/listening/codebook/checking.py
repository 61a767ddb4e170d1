"""The rules that a codebook keeps, each told with the code that breaks it and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from listening.codebook.nouns import KINDS, NO_REASON, OTHER, RESERVED, STATUSES, Code, Codebook
from listening.codebook.versions import in_order, is_version
from listening.errors import InvalidCodebook

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
GUID = re.compile(r"\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
COLOUR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def check(book: Codebook, name: str, *, draft: bool = False) -> None:
    """Stop at the first rule that a codebook breaks.

    Args:
        book: the codebook.
        name: how errors call its file.
        draft: it may have fewer than two active codes.

    Raises:
        InvalidCodebook: saying which entry breaks which rule.
    """
    if not ID.fullmatch(book.id):
        raise InvalidCodebook(
            name,
            f"has the id {book.id!r} under [codebook].",
            "An id is lower-case words joined by hyphens, such as mill-town.",
        )
    if not is_version(book.version):
        raise InvalidCodebook(
            name,
            f"has the version {book.version!r}.",
            "Write two or three numbers joined by dots, such as 1.0; a draft is 0.1.",
        )
    ids = [code.id for code in book.codes]
    twice = [code_id for code_id, times in Counter(ids).items() if times > 1]
    if twice:
        raise InvalidCodebook(
            name, f"uses the id {twice[0]} more than once.", "Give every code its own id."
        )
    by_id = {code.id: code for code in book.codes}
    for code in book.codes:
        _check_one(code, {*ids, OTHER, NO_REASON}, name)
        _check_family(code, by_id, name)
        _check_replaced(code, by_id, name)
    _check_names(book, name)
    _check_changes(book, name)
    if not draft:
        _check_enough(book, name)


def _check_enough(book: Codebook, name: str) -> None:
    if len(book.in_use) < 2:
        drafts = sum(code.status == "draft" for code in book.codes)
        also = f"; {drafts} of its codes are drafts" if drafts else ""
        todo = "Give drafts a definition and the status active" if drafts else "Add codes"
        raise InvalidCodebook(
            name, f"has fewer than two active codes{also}.", f"{todo} and run again."
        )


def _check_one(code: Code, known: set[str], name: str) -> None:
    if not ID.fullmatch(code.id) or code.id in (OTHER, NO_REASON):
        raise InvalidCodebook(
            name,
            f"has the id {code.id!r}.",
            "Ids are lower-case words joined by hyphens; `other` and `no-reason-given` are "
            "always there and need no entry.",
        )
    if code.status not in STATUSES:
        raise InvalidCodebook(
            name, f"gives {code.id} the status {code.status!r}.", f"Use {', '.join(STATUSES)}."
        )
    targets = {item.belongs_to for item in code.counter_examples}
    strangers = ({*targets, *code.replaced_by, code.parent}) - known - {""}
    if strangers:
        raise InvalidCodebook(
            name,
            f"names {min(strangers)!r} under {code.id}, which is no code of it.",
            "Use the id of a code of this codebook, or `other`.",
        )
    if code.id in {*targets, *code.replaced_by, code.parent}:
        raise InvalidCodebook(
            name,
            f"names {code.id} under itself.",
            "A counter-example belongs to another code, and a parent is another code.",
        )
    for given, form, what, todo in (
        (code.guid, GUID, "guid", "Leave it out, or copy it from the program that it comes from."),
        (code.colour, COLOUR, "colour", "Write a colour such as #00703c, or leave it out."),
    ):
        if given and not form.fullmatch(given):
            raise InvalidCodebook(name, f"gives {code.id} a {what} that is none.", todo)


def _check_family(code: Code, by_id: Mapping[str, Code], name: str) -> None:
    if code.parent in (OTHER, NO_REASON):
        raise InvalidCodebook(
            name,
            f"puts {code.id} under `{code.parent}`.",
            "Nothing can stand under it: give the code another parent, or none.",
        )
    if code.parent and code.status != "retired" and by_id[code.parent].status == "retired":
        raise InvalidCodebook(
            name,
            f"puts {code.id} under {code.parent}, which is retired.",
            "Give it another parent, or none; or retire it as well.",
        )
    seen = [code.id]
    while parent := by_id[seen[-1]].parent:
        if parent in seen:
            raise InvalidCodebook(
                name,
                f"goes round in a circle: {' under '.join([*seen, parent])}.",
                "Take the parent of one of them out.",
            )
        seen.append(parent)
        if parent not in by_id:
            return  # told of the code that names it


def _check_replaced(code: Code, by_id: Mapping[str, Code], name: str) -> None:
    if not code.replaced_by:
        return
    if code.status != "retired":
        raise InvalidCodebook(
            name,
            f"gives {code.id} a `replaced_by`, and it is {code.status}.",
            'Write status = "retired", or take `replaced_by` out.',
        )
    if len(set(code.replaced_by)) < len(code.replaced_by):
        raise InvalidCodebook(
            name, f"names a code twice in `replaced_by` of {code.id}.", "Name it once."
        )
    waiting, seen = list(code.replaced_by), set[str]()
    while waiting:
        one = waiting.pop()
        if one == code.id:
            raise InvalidCodebook(
                name,
                f"replaces {code.id} by a code that {code.id} replaces in turn.",
                "Say of one of them alone by what it was replaced.",
            )
        if one in by_id and one not in seen:
            seen.add(one)
            waiting += by_id[one].replaced_by


def _check_names(book: Codebook, file: str) -> None:
    taken = {("", name): "what is always there" for name in RESERVED}
    for code in book.codes:
        if code.status == "retired":
            continue
        key = (code.parent, code.name.casefold())
        if key in taken:
            raise InvalidCodebook(
                file,
                f"calls both {taken[key]} and {code.id} “{code.name}”.",
                "Coders could not tell them apart: give one of them another name, or merge them.",
            )
        taken[key] = code.id


def _check_changes(book: Codebook, name: str) -> None:
    for change in book.changes:
        if change.what not in KINDS or not is_version(change.version) or not change.codes:
            raise InvalidCodebook(
                name,
                "has an entry under [[changes]] without its version, its codes or what was done.",
                f"Write version, codes, and what = one of {', '.join(KINDS)}.",
            )
        if in_order(change.version) > in_order(book.version):
            raise InvalidCodebook(
                name,
                f"is version {book.version} and tells of a change to {change.version}.",
                "Raise the version under [codebook].",
            )
