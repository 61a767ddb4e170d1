"""A later version of the codebook while coding goes on: what was coded is carried along.

A renamed code is shown by its new name. A merged code's codings go to the code that it became, here
and in Label Studio. A split code's wait, and their words are asked for again. Every step may be
stopped and taken again: the journal says what was begun.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from listening.codebook import RECODE, Codebook, Crosswalk, crosswalk
from listening.codebook import load as load_codebook
from listening.errors import ListeningError, NothingToDo
from listening.labelstudio.configs import project_config
from listening.labelstudio.protocol import Server
from listening.labelstudio.relabel import Mark, as_stored
from listening.steps.coding.books import same_text
from listening.steps.coding.pulling import pull
from listening.steps.coding.recoding import drop_recoding, recode
from listening.steps.work import Work
from listening.store.coding import KeptProject

#: book of the vault that says which versions projects were carried to
JOURNAL = "codebook-versions"
BEGUN, DONE, UNDONE = "begun", "done", "undone"
_SOMEBODY = "command line"


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
    step = f"{old.version}>{new.version}"
    # what was coded up to now is read by the version that it was coded under
    if old.version in {one.version for one in projects}:
        pull(work, server)
    with work.alone():
        _note(work, new.id, old.version, new.version, BEGUN, by)
        work.store.loop.keep_book(new.id, new.version, codebook)
        with work.store.atomic():
            changed = _relabel(work, new.id, walk, by or _SOMEBODY, step)
            work.store.loop.set_version(new.id, new.version, [one.key for one in projects])
    annotations = _put(work, server, new, projects)
    asked, waiting = recode(work, run_id, server, new, _split(walk))
    with work.alone():
        _note(work, new.id, old.version, new.version, DONE, by)
    sentences = (
        f"{new.name}: from version {old.version} to {new.version}.",
        *_said(changed),
        f"{annotations:,} annotations were changed in Label Studio.",
        *([f"{asked:,} items were sent to be read again."] if asked else []),
    )
    notes = [f"{waiting:,} items that must be read again could not be sent."] if waiting else []
    count = sum(changed.values())
    return Migrated(old.version, new.version, count, annotations, asked, sentences, tuple(notes))


def undo(work: Work, run_id: str, server: Server, by: str = "") -> Migrated:  # noqa: ARG001
    """Take the last change of version back: codings, annotations and what coders are shown.

    What was coded since under a code that the earlier version has too stays as it is.

    Raises:
        NothingToDo: no version was ever changed.
        ListeningError: something was coded under codes that the earlier version has not.
    """
    line = _last(work)
    pull(work, server)
    old = load_codebook(work.store.loop.book(line["codebook"], line["before"]))
    projects = _projects(work, old.id)
    _refuse_what_would_be_lost(work, old)
    step = f"{line['before']}>{line['now']}"
    count = 0
    with work.alone():
        for change in work.store.loop.changes():
            if change.what == step and not change.undone:
                count += len(work.store.loop.undo(change.change))
        work.store.loop.set_version(old.id, old.version, [one.key for one in projects])
        _note(work, old.id, line["before"], line["now"], UNDONE, by)
    annotations = _put(work, server, old, projects)
    dropped = drop_recoding(work, old.id, line["now"])
    sentences = (
        f"{old.name}: back from version {line['now']} to {old.version}.",
        f"{count:,} codings are as they were.",
        f"{annotations:,} annotations were changed back in Label Studio.",
        *([f"{dropped:,} items are not asked for again any more."] if dropped else []),
    )
    return Migrated(line["now"], old.version, count, annotations, 0, sentences)


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


def _split(walk: Crosswalk) -> dict[str, tuple[str, ...]]:
    return {code: fate.into for code, fate in walk.fates.items() if fate.standing == RECODE}


def _said(changed: Mapping[str, int]) -> list[str]:
    words = {
        "moved": "codings moved to another code.",
        RECODE: "codings wait to be read again; until then they do not count.",
        "retired": "codings stay under a retired code and do not count.",
    }
    return [f"{changed[what]:,} {told}" for what, told in words.items() if changed.get(what)]


def _put(work: Work, server: Server, book: Codebook, projects: list[KeptProject]) -> int:
    """Put annotations and configurations in Label Studio as the store has them; how many changed.

    Configurations go first, with retired codes out of the way: until all annotations are put,
    some carry them, and Label Studio refuses a configuration without a code that one carries.
    """
    there = server.projects()
    count = 0
    for project in projects:
        if project.number is None or there.get(project.number) != project.key:
            continue
        config = project_config(book, project.layout, project.role, retired=True).content.decode()
        server.set_config(project.number, config)
        kept = work.store.loop.marks(project.key)
        for task in server.changed(project.number, "") if kept else ():
            for annotation in task["annotations"]:
                marks = kept.get(int(annotation["id"]))
                put = as_stored(annotation["result"], [Mark(*one) for one in marks or ()])
                if marks and put is not None:
                    server.replace_result(int(task["id"]), int(annotation["id"]), put)
                    count += 1
    return count


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
    work.vault.write(JOURNAL, {"versions": lines})


def _last(work: Work) -> dict[str, Any]:
    """Return the last change of version that stands.

    Raises:
        NothingToDo: there is none.
    """
    lines = [one for one in _journal(work) if one["state"] != UNDONE]
    if not lines:
        raise NothingToDo("No version", "was changed yet.", "There is nothing to take back.")
    return lines[-1]
