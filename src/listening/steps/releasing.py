"""A release: working results through disclosure control, into files that may be passed on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import listening
from listening import disclosure, report
from listening.disclosure import quotes as quoting
from listening.disclosure.nouns import EVERYONE, Earlier, Told, Truth, heard
from listening.disclosure.profiles import FEW, Profile, profile
from listening.errors import ListeningError, NothingToDo
from listening.steps import kept_releases, ledger, signing, taken_out
from listening.steps.acting.answering import answers, public, refuse_own_words
from listening.steps.look import template_of
from listening.steps.results_read import document_of, members_of, refuse_strangers, sensitive
from listening.steps.work import Work, content_key
from listening.store.releases import KeptRelease

#: How often quotes and figures are fitted to each other; quotes give way after that.
MOST_FITS = 5


@dataclass(frozen=True)
class Released:
    """What came of a release.

    Attributes:
        release: its id, the content's hash.
        files: what was written.
        withheld: how many figures are not told.
        kept: how many are repeated from an earlier release.
        quotes: how many quotes it holds.
        left_out: why signed quotes stayed here, and how many; for the team alone.
        dropped: entries of the working results that no rule of release knows.
        again: the same release as before, made anew.
    """

    release: str
    status: str
    files: tuple[str, ...]
    withheld: int
    kept: int
    quotes: int
    left_out: Mapping[str, int]
    dropped: tuple[str, ...]
    again: bool


@dataclass(frozen=True)
class _Material:
    """What a release is made from.

    Attributes:
        held: how many signed quotes stay here, as they hold what was taken out since.
        done: what residents are told of actions, by theme.
    """

    document: Mapping[str, Any]
    truth: Truth
    members: ledger.Members
    signed: list[quoting.Candidate]
    hidden: tuple[str, ...]
    made_from: str = field(default="")
    held: int = 0
    done: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    template: bytes | None = None


def release(
    work: Work,
    folder: Path,
    out: Path | None,
    profile_name: str = "standard",
    provisional: bool = False,
    template: Path | None = None,
) -> Released:
    """Make a release of working results, enter it into the ledger and keep its files.

    Args:
        work: the workplace.
        folder: working results of `listening run` or `listening report`.
        out: where its files go as well; another folder than that of the results.
        profile_name: `standard`, `hes` or `ons`.
        provisional: whether results that nobody has coded may go, marked as such.
        template: a Word file whose look the briefing takes; without one, `template.docx` in the
            programme's home, where there is one.

    Raises:
        ListeningError: it may not be released, or could not be made safe; nothing is written.
    """
    if out and out.resolve() == folder.resolve():
        raise ListeningError(
            "The release", "would overwrite the working results.", "Give another folder as --out."
        )
    rules = profile(profile_name)
    look = template_of(work, template)
    with work.alone():
        material = replace(_material(work, folder, rules, provisional), template=look)
        names = {str(one["id"]): str(one["name"]) for one in material.document["priorities"]}
        refuse_own_words(work, ((names[theme], of) for theme, of in material.done.items()))
        return _made(work, material, out, rules)


def in_the_way(work: Work, folder: Path, profiles: tuple[str, ...]) -> dict[str, str]:
    """Say what stands in the way of a release now, by profile; nothing is made or written.

    Whether somebody has coded is not looked at: results that nobody has coded may go, marked.
    """
    try:
        material = _material(work, folder, profile(profiles[0]), provisional=True)
    except ListeningError as error:
        return dict.fromkeys(profiles, str(error))
    found = {}
    earlier = ledger.earlier(work, material.members)
    for name in profiles:
        found[name] = ""
        try:
            _refuse_few_changes(earlier, profile(name))
        except ListeningError as error:
            found[name] = str(error)
    return found


def _made(work: Work, material: _Material, out: Path | None, rules: Profile) -> Released:
    before = {line.made_from: line.release for line in work.store.releases.all()}
    again = before.get(material.made_from, "")
    earlier = ledger.earlier(work, material.members, again)
    _refuse_few_changes(earlier, rules)
    told, chosen = _fitted(material, rules, earlier, ledger.beside(work))
    document = disclosure.released(material.document, material.truth, told, rules, chosen.by_theme)
    for one in document["priorities"]:
        one["done"] = material.done.get(one["id"], [])
    taken_out.refuse(work, taken_out.team_texts(document))
    if material.held:
        chosen.left_out["words in them were taken out since"] += material.held
    lines = [line.release for line in work.store.releases.all()]
    document["number"] = lines.index(again) + 1 if again else len(lines) + 1
    plain = json.dumps(document, ensure_ascii=False, sort_keys=True)
    quoting.evidence_ids(work.vault.secret("releases"), plain, chosen)
    for one in document["priorities"]:
        one["quotes"] = [dict(quote) for quote in chosen.by_theme.get(one["id"], ())]
    content = json.dumps(document, ensure_ascii=False, sort_keys=True)
    document["release"] = hashlib.sha256(content.encode()).hexdigest()[:16]
    if again and document["release"] != again:
        # the same results come out otherwise under other rules: that is a release of its own
        anew = content_key(material.made_from, document["release"])
        return _made(work, replace(material, made_from=anew), out, rules)
    dropped = tuple(disclosure.unknown(material.document))
    about = _about(document, rules, told, dropped)
    about["withheld"]["always"] += _beneath(material.document)
    files = report.release_files(document, about, material.template)
    if not again:
        # entered before anything is written: what may have left is always known
        _enter(work, document, material, told, chosen, earlier)
    kept_releases.keep(work, document["release"], files)
    if out:
        kept_releases.write(out, files)
    return Released(
        document["release"],
        document["status"],
        tuple(sorted(files)),
        about["withheld"]["figures"],
        about["kept_from_earlier"],
        about["quotes"],
        dict(chosen.left_out),
        dropped,
        bool(again),
    )


def _material(work: Work, folder: Path, rules: Profile, provisional: bool) -> _Material:
    document = document_of(folder)
    if document["status"] != "reviewed" and not provisional:
        raise ListeningError(
            "The results",
            "are provisional: no person has coded yet, and a machine chose the themes.",
            "Code first, or pass them on marked as provisional with --provisional.",
        )
    truth = disclosure.truth(document)
    members = members_of(folder, truth)
    refuse_strangers(work, members)
    truth = disclosure.nested(truth, members)
    if truth.sizes[EVERYONE] < FEW:
        raise NothingToDo(
            "The release",
            f"would be about fewer than {FEW} people: they could be told apart all the same.",
            "Talk it through with them instead, or listen to more people.",
        )
    signing.take_over(work, folder)
    signed = signing.signed_off(work, signing.candidates(work, folder))
    clear = taken_out.clear_of(work, signed)
    hidden = sensitive(work)
    done = public(answers(work, (str(one["id"]) for one in document["priorities"])))
    made_from = content_key(
        document, rules.name, {pid: list(told) for pid, told in members.items()},
        [vars(one) for one in clear], list(hidden), done,
    )  # fmt: skip
    held = len(signed) - len(clear)
    return _Material(document, truth, members, clear, hidden, made_from, held, done)


def _refuse_few_changes(earlier: list[Earlier], rules: Profile) -> None:
    """Hold a release back that would differ from an earlier one by a few people's words."""
    for one in reversed(earlier):
        moved = [
            one.joined.get(crowd, 0) + one.left.get(crowd, 0)
            for crowd in (EVERYONE, heard(EVERYONE))
        ]
        if any(0 < number < rules.threshold for number in moved):
            raise ListeningError(
                "The release",
                f"would show what a few people said: fewer than {rules.threshold} have been added "
                f"or have withdrawn since release {one.release}.",
                "Wait until more people have been heard: the next release then carries the change.",
            )


def _fitted(
    material: _Material,
    rules: Profile,
    earlier: list[Earlier],
    before: Mapping[str, frozenset[str]],
) -> tuple[Told, quoting.Chosen]:
    """Fit figures and quotes to each other: what stands beside a quote is a lowest count."""
    crowds = {pid: told for pid, (_, told) in material.members.items()}
    quoted: dict[str, dict[str, int]] = {}
    silent: list[str] = []
    for _ in range(MOST_FITS):
        told = disclosure.protect(material.truth, rules, earlier, quoted)
        told.silent = silent = sorted({*silent, *told.silent})
        chosen = quoting.choose(material.signed, told, crowds, material.hidden, before)
        if chosen.quoted == quoted and told.quoted == quoted:
            return told, chosen
        quoted = chosen.quoted
    told = disclosure.protect(material.truth, rules, earlier, {})
    none = quoting.Chosen(left_out=Counter({"its labels would give away a count": 1}))
    return told, none


def _about(
    document: Mapping[str, Any], rules: Profile, told: Told, dropped: tuple[str, ...]
) -> dict[str, Any]:
    """Return what `release.json` says; nothing in it counts unsafe figures apart from others."""
    cells = [one for row in told.cells.values() for one in row.values()]
    hidden = [one for one in (*cells, told.covered) if one.value is None]
    kept = sum(bool(one.kept) for one in (*cells, *told.sizes.values()))
    return {
        "release": document["release"],
        "date": document["wave"],
        "programme": document["programme"],
        "status": document["status"],
        "codebook_version": document["codebook_version"],
        "profile": rules.name,
        "threshold": rules.threshold,
        "rounded_to": 5,
        "version": listening.__version__,
        "withheld": {
            "figures": len(hidden),
            "why": "Each is a small number, would leave a small number of others, belongs to a "
            "group too small to be told about, or would give one of these away.",
            "places_in_the_order": sum(len(b) for b in told.blocks if len(b) > 1),
            "always": [
                "scores", "effective sizes", "mean shares", "orders under other ways of counting",
                "the list of themes by reach", "numbers of people not known by an attribute",
                "needs, changes and negative cases, which nobody signs off yet",
            ],
            "unknown_entries": list(dropped),
        },
        "kept_from_earlier": kept,
        "quotes": sum(len(one["quotes"]) for one in document["priorities"]),
        "verified": "linear programming: no count that was never told can be narrowed below the "
        "threshold of the release that withheld it, from this and all earlier ones together",
    }  # fmt: skip


def _beneath(document: Mapping[str, Any]) -> list[str]:
    """Say that codes beneath a priority are left out: they passed no disclosure control."""
    nested = any(one.get("within") for one in document["priorities"])
    return ["how many raised each of the narrower codes beneath a priority"] if nested else []


def _enter(
    work: Work,
    document: dict[str, Any],
    material: _Material,
    told: Told,
    chosen: quoting.Chosen,
    earlier: list[Earlier],
) -> None:
    holds = _holders(chosen)
    beside = {segment: (pid, chosen.beside[segment]) for _, segment, pid in chosen.holds}
    ledger.enter(
        work, document["release"], material.truth, told, material.members, holds, beside, earlier
    )
    bare = [{**one, "quotes": []} for one in document["priorities"]]
    work.store.releases.add(
        KeptRelease(
            release=document["release"],
            made_from=material.made_from,
            profile=document["profile"],
            wave=document["wave"],
            day=work.today.isoformat(),
            tables={**document, "priorities": bare},
        )
    )


def _holders(chosen: quoting.Chosen) -> list[tuple[str, str]]:
    """Return evidence id and participant of each quote."""
    held: dict[str, list[str]] = {}
    for theme, _, person in chosen.holds:
        held.setdefault(theme, []).append(person)
    return [
        (quote["evidence_id"], person)
        for theme, quotes in chosen.by_theme.items()
        for quote, person in zip(quotes, held[theme], strict=True)
    ]
