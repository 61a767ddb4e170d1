"""A later version of the codebook while coding goes on: what was coded is carried along.

A renamed code is shown by its new name. A merged code's codings go to the code that it became, here
and in Label Studio. A split code's wait, and their words are asked for again. Every step may be
stopped and taken again: the journal says what was begun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from listening.codebook import RECODE, Codebook, Crosswalk, crosswalk
from listening.codebook import fate as fate_under
from listening.codebook import load as load_codebook
from listening.errors import ListeningError, NothingToDo
from listening.labelstudio.configs import project_config
from listening.labelstudio.protocol import Server
from listening.labelstudio.relabel import Mark, Results, as_stored, codes_of, degrees_of
from listening.steps.coding.books import same_text
from listening.steps.coding.pulling import pull
from listening.steps.coding.recoding import drop_recoding, recode
from listening.steps.work import Work, content_key
from listening.store.coding import KeptProject

#: book of the vault that says which versions projects were carried to
JOURNAL = "codebook-versions"
BEGUN, DONE, UNDONE = "begun", "done", "undone"
_SOMEBODY = "command line"
#: of a line of the journal: the versions from which and to which it leads
_ENDS = ("before", "now")


@dataclass(frozen=True)
class Migrated:
    """What became of what was coded.

    Attributes:
        before: the version from which it was carried; now: to which.
        codings: how many changed in the store.
        annotations: how many changed in Label Studio.
        asked: items to be read again, sent now.
        sentences: the same in words.
        notes: what a person should know.
    """

    before: str
    now: str
    codings: int
    annotations: int
    asked: int
    sentences: tuple[str, ...]
    notes: tuple[str, ...] = ()


def migrate(work: Work, run_id: str, codebook: str, server: Server, by: str = "") -> Migrated:
    """Carry what was coded to a later version of its codebook, here and in Label Studio.

    Args:
        work: the workplace.
        run_id: the run whose words are asked for again where a code was split.
        codebook: the later version, as TOML.
        server: the Label Studio.
        by: who decided it, for the trail.

    Raises:
        NothingToDo: nothing was ever sent under this codebook, or it shows this version already.
        InvalidCodebook: it is no later version of the codebook.
        ListeningError: a version of that number reads otherwise; or Label Studio fails, and the
            same again goes on where it stopped.
    """
    new = load_codebook(codebook)
    projects = _projects(work, new.id)
    old = _before(work, new, projects)
    same_text(work, new)
    walk = crosswalk(old, new)
    step = _step(new.id, old.version, new.version)
    # what was coded up to now is read by the version that it was coded under
    if old.version in {one.version for one in projects}:
        pull(work, server)
    with work.alone():
        _note(work, new.id, old.version, new.version, BEGUN, by)
        work.store.loop.keep_book(new.id, new.version, codebook)
        with work.store.atomic():
            changed = _relabel(work, new.id, walk, by or _SOMEBODY, step)
            work.store.loop.set_version(new.id, new.version, [one.key for one in projects])
    annotations = _put(work, server, new, new, projects)
    asked, waiting = recode(work, run_id, server, new)
    with work.alone():
        _note(work, new.id, old.version, new.version, DONE, by)
    sentences = (
        f"{new.name}: from version {old.version} to {new.version}.",
        *_said(changed),
        _put_there(annotations),
        *([f"{asked:,} items were sent to be read again."] if asked else []),
    )
    notes = [f"{waiting:,} items that must be read again could not be sent."] if waiting else []
    count = sum(changed.values())
    return Migrated(old.version, new.version, count, annotations, asked, sentences, tuple(notes))


def undo(
    work: Work,
    run_id: str,  # noqa: ARG001
    server: Server,
    by: str = "",
    version: str = "",
) -> Migrated:
    """Take the last change of version back: codings, annotations and what coders are shown.

    What was coded since under a code that the earlier version has too stays as it is. Label Studio
    goes first: what is pulled before all is put back is read as the later version has it, so that
    nothing is lost where this is cut, and the same again finishes it.

    Args:
        work: the workplace.
        run_id: the run.
        server: the Label Studio.
        by: who asked for it, for the trail.
        version: the version that is to go; empty for the last one, whichever it is.

    Raises:
        NothingToDo: no version was ever changed, or the last one is another than was named.
        ListeningError: something was coded under codes that the earlier version has not.
    """
    line = _last(work)
    if version and line["now"] != version:
        raise NothingToDo(
            f"Version {version}",
            "is not the one that was changed to last any more.",
            "Look at the codebook again.",
        )
    pull(work, server)
    old, new = (load_codebook(work.store.loop.book(line["codebook"], line[n])) for n in _ENDS)
    projects = _projects(work, old.id)
    _refuse_what_would_be_lost(work, old)
    step = _step(old.id, line["before"], line["now"])
    annotations = _put(work, server, old, new, projects, step)
    with work.alone():
        with work.store.atomic():
            lines = [one for one in work.store.loop.changes() if one.what == step]
            changes = [one.change for one in lines if not one.undone]
            count = sum(len(work.store.loop.undo(one)) for one in changes)
            work.store.loop.set_version(old.id, old.version, [one.key for one in projects])
            for project in projects:  # what was coded while it was put back is read once more
                work.store.loop.rewind(project.key)
            dropped = drop_recoding(work, old.id, line["now"])
        _note(work, old.id, line["before"], line["now"], UNDONE, by)
    sentences = (
        f"{old.name}: back from version {line['now']} to {old.version}.",
        f"{count:,} codings are as they were.",
        f"{annotations:,} annotations were changed back in Label Studio."
        if annotations
        else "Coders see the earlier version in Label Studio; no annotation had to be changed.",
        *([f"{dropped:,} items are not asked for again any more."] if dropped else []),
    )
    return Migrated(line["now"], old.version, count, annotations, 0, sentences)


def _step(codebook: str, before: str, now: str) -> str:
    """Return what the trail calls a change of version: another codebook may have the numbers."""
    return f"{content_key(codebook)[:8]} {before}>{now}"


def _projects(work: Work, codebook: str) -> list[KeptProject]:
    return [one for one in work.store.loop.projects() if one.codebook == codebook]


def _before(work: Work, new: Codebook, projects: list[KeptProject]) -> Codebook:
    """Return the version from which codings are carried: what is shown, or what was begun with.

    Raises:
        NothingToDo: nothing was sent under the codebook, or it is there already.
    """
    if not projects:
        raise NothingToDo(
            new.label, "was never sent to coders.", "Send it with listening coding push."
        )
    lines = [one for one in _journal(work) if one["codebook"] == new.id]
    if lines and (lines[-1]["state"], lines[-1]["now"]) == (BEGUN, new.version):
        return load_codebook(work.store.loop.book(new.id, lines[-1]["before"]))
    shown = {one.version for one in projects}
    if shown == {new.version}:
        raise NothingToDo(
            new.label, "is what coders see already.", "Name a later version with --codebook."
        )
    if len(shown) > 1:
        raise ListeningError(
            f"The projects of {new.name}",
            f"show several versions ({', '.join(sorted(shown))}).",
            "Name the version to which they were being carried, and run again.",
        )
    return load_codebook(work.store.loop.book(new.id, shown.pop()))


def _relabel(work: Work, codebook: str, walk: Crosswalk, by: str, step: str) -> Counter[str]:
    """Carry codings over in the store; how many, by what became of them."""
    done: Counter[str] = Counter()
    for code, fate in walk.fates.items():
        if fate.standing == "active" and fate.code == code:
            continue
        what = RECODE if fate.standing == RECODE else "moved" if fate.code != code else "retired"
        _, touched = work.store.loop.relabel(
            codebook, [code], by, step, into=fate.code, status=fate.standing
        )
        done[what] += len(touched)
    return done


def _put_there(annotations: int) -> str:
    if not annotations:
        return "Coders see it in Label Studio; no annotation had to be changed."
    return f"{annotations:,} annotations were changed in Label Studio."


def _said(changed: Mapping[str, int]) -> list[str]:
    words = {
        "moved": "codings moved to another code.",
        RECODE: "codings wait to be read again; until then they do not count.",
        "retired": "codings stay under a retired code and do not count.",
    }
    return [f"{changed[what]:,} {told}" for what, told in words.items() if changed.get(what)]


def _put(
    work: Work,
    server: Server,
    book: Codebook,
    later: Codebook,
    projects: list[KeptProject],
    without: str = "",
) -> int:
    """Put annotations and configurations in Label Studio as the store has them; how many changed.

    Configurations go first, with retired codes out of the way: until all annotations are put,
    some carry them, and Label Studio refuses a configuration without a code that one carries.
    What somebody changed since it was pulled stays as they left it: the next pull reads it.

    Args:
        work: the workplace.
        server: the Label Studio.
        book: the version to be shown; later: the later one of the two between which it goes.
        projects: in which.
        without: the step of the trail that is taken back; empty for none.
    """
    there = server.projects()
    count = 0
    for project in projects:
        if project.number is None or there.get(project.number) != project.key:
            continue
        config = project_config(book, project.layout, project.role, retired=True).content.decode()
        server.set_config(project.number, config)
        kept = work.store.loop.marks(project.key, without)
        for task in server.changed(project.number, "") if kept else ():
            for annotation in task["annotations"]:
                marks = [Mark(*one) for one in kept.get(int(annotation["id"]), ())]
                put = as_stored(annotation["result"], marks)
                if put is None or not marks or not _same(later, annotation["result"], put):
                    continue
                # what is not there any more went with somebody who withdrew meanwhile
                count += server.replace_result(int(task["id"]), int(annotation["id"]), put)
    return count


def _same(later: Codebook, before: Results, after: Results) -> bool:
    """Whether two results say the same but for what became of codes in the later version."""
    first, second = (
        {(place, fate_under(later, code).code) for place, code in codes_of(results)}
        for results in (before, after)
    )
    return first == second and _as_grave(later, before, after)


def _as_grave(later: Codebook, before: Results, after: Results) -> bool:
    """Whether no degree is lost: of codes that became one, either of two may stay."""
    first, second = (
        _degrees((fate_under(later, code).code, degree) for code, degree in degrees_of(results))
        for results in (before, after)
    )
    return first.keys() == second.keys() and all(
        len(degrees) > 1 or second[code] == degrees for code, degrees in first.items()
    )


def _degrees(told: Iterable[tuple[str, object]]) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for code, degree in told:
        found.setdefault(code, set()).add(degree)
    return found


def _refuse_what_would_be_lost(work: Work, old: Codebook) -> None:
    """Stop where something was coded under a code that the earlier version has not.

    Raises:
        ListeningError: something was.
    """
    codings = work.store.codings()
    own = codings[(codings["codebook"] == old.id) & (codings["code"] != "")]
    new = sorted({str(code) for code in own["code"]} - {c.id for c in old.codes} - _ALWAYS)
    if new:
        count = int(own["code"].isin(new).sum())
        raise ListeningError(
            f"{old.label}",
            f"has no code {', '.join(new)}, and {count:,} codings are under it.",
            "Nothing was undone. Merge the new codes into one that stays, in a further version.",
        )


_ALWAYS = {"other", "no-reason-given"}


def _journal(work: Work) -> list[dict[str, Any]]:
    return list(work.vault.read(JOURNAL).get("versions", []))


def _note(work: Work, codebook: str, before: str, now: str, state: str, by: str) -> None:
    """Write into the journal; what was begun is one line with how it ended."""
    lines = _journal(work)
    same = {"codebook": codebook, "before": before, "now": now}
    line = {**same, "state": state, "by": by or _SOMEBODY, "day": work.today.isoformat()}
    last = lines[-1] if lines else {}
    if state != BEGUN and all(last.get(name) == value for name, value in same.items()):
        lines[-1] = {**last, "state": state}
    elif not (state == BEGUN and last.get("state") == BEGUN and last.get("now") == now):
        lines.append(line)
    if state == DONE:
        lines = [*(_overtaken(one, lines[-1]) for one in lines[:-1]), lines[-1]]
    work.vault.write(JOURNAL, {"versions": lines})


def _overtaken(line: dict[str, Any], done: Mapping[str, Any]) -> dict[str, Any]:
    """Return a line that was begun and cut as a later change of its codebook has left it.

    Where the later one led on from it, it was carried to its end with it; else it never took place.
    """
    if line["state"] != BEGUN or line["codebook"] != done["codebook"]:
        return line
    return {**line, "state": DONE if line["now"] == done["before"] else UNDONE}


def _last(work: Work) -> dict[str, Any]:
    """Return the last change of version that stands.

    Raises:
        NothingToDo: there is none.
    """
    lines = [one for one in _journal(work) if one["state"] != UNDONE]
    if not lines:
        raise NothingToDo("No version", "was changed yet.", "There is nothing to take back.")
    return lines[-1]
