"""`listening rank` on plain tables: who counts, what is corrected, what is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from listening import priorities, report, sources
from listening.codebook import ALWAYS_THERE, NO_REASON, OTHER, RECODE, Codebook, as_toml
from listening.codebook.checking import check as check_book
from listening.coding.selection import FEWEST_AUDITED
from listening.errors import InvalidTable
from listening.priorities import Theme
from listening.priorities.correction import Audit
from listening.priorities.eligibility import asked_of
from listening.priorities.nouns import RankSettings, Status
from listening.priorities.words import NAMES
from listening.records import Table
from listening.steps.beside import with_silent
from listening.steps.choices import told
from listening.steps.codebooks import read_codebook
from listening.steps.csvs import read_csv, write_csv
from listening.steps.people_table import people_of
from listening.steps.planning import plan

SURVEY = "survey"


@dataclass(frozen=True)
class Given:
    """The files of a ranking.

    Attributes:
        codings: participant_id, code, and what else INTERFACE.md names.
        participants: who they are.
        audit: participant_id, probability: who was read in full, with what chance.
        population: attribute, value, count.
        questions: question, code, how: what each question let people raise.
        codebook: in any of its formats: what codes are called, and what stands under what.
    """

    codings: Path
    participants: Path
    audit: Path | None = None
    population: Path | None = None
    questions: Path | None = None
    codebook: Path | None = None


@dataclass(frozen=True)
class Understood:
    """What is ranked.

    Attributes:
        raised: participant_id, code: the very codes that were given.
        people: PARTICIPANTS who count.
        themes: every code.
        status: of the ranking.
        audit: how the survey is corrected; None where it is not.
        asked: who could raise what; None where everybody could raise everything.
        everybody: participants of each kind of source, read or not.
        unread: people who do not count because nobody has read them.
        version: of the codebook.
        notes: what a person should know.
        codebook: what the codes are of; None where none was given.
    """

    raised: Table
    people: Table
    themes: list[Theme]
    status: Status
    audit: Audit | None
    asked: Table | None
    everybody: dict[str, int]
    unread: int
    version: str
    notes: list[str]
    codebook: Codebook | None


def rank_tables(given: Given, out: Path, made: dict[str, Any], seed: int) -> list[str]:
    """Write choices.json, then the ranking and who was counted; return what one should know.

    Args:
        given: the files.
        out: folder of the results.
        made: the choices, as `choices.logged` returns them.
        seed: of everything drawn.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "choices.json").write_bytes(report.as_json({**made, "seed": seed}))
    found = understood(given)
    table, notes = _population(given.population)
    groups = tuple((name, value) for name, value in made["priority_groups"])
    ranking = priorities.rank(
        found.raised,
        found.people,
        found.themes,
        RankSettings(
            k=made["k"],
            scheme=made["scheme"],
            status=found.status,
            weights=made["weights"],
            priority_groups=groups,
        ),
        seed,
        table,
        asked=found.asked,
        audit=found.audit,
    )
    said = [*found.notes, *notes]
    said += [f"Set aside: {one.what} {one.why} {one.what_to_do}" for one in ranking.rejects]
    document = priorities.document(
        replace(ranking, notes=(*said, *ranking.notes)),
        programme="",
        wave="",
        codebook_version=found.version,
        quotes={},
        not_yet_read=found.unread,
        chosen=told([made]),
    )
    (out / "priorities.json").write_bytes(report.as_json(document))
    (out / "priorities.csv").write_bytes(report.priorities_csv(document))
    return [*said, *_who_was_counted(given, found, out)]


def _who_was_counted(given: Given, found: Understood, out: Path) -> list[str]:
    """Write raised.csv and participants.csv, which a later wave is compared with."""
    people = found.people
    if found.audit is not None:
        # of a survey that was corrected, those alone whom people read
        read = people["participant_id"].isin(found.audit.read["participant_id"])
        survey = people["source_kind"].isin(found.audit.kinds)
        people = people[read | ~survey].reset_index(drop=True)
    raised = found.raised[found.raised["participant_id"].isin(people["participant_id"])]
    write_csv(out / "raised.csv", with_silent(raised, people))
    if found.codebook is not None:
        (out / "codebook.toml").write_bytes(as_toml(found.codebook).encode())
    path = out / "participants.csv"
    if path.resolve() == given.participants.resolve():
        return [
            f"{path.name} is left as you gave it. Choose another folder for the results, if "
            "`listening change` is to compare them."
        ]
    kept = [name for name in people.columns if name != "attributes"]
    write_csv(path, people[kept])
    return []


def plan_tables(given: Given, out: Path, k: int, seed: int) -> tuple[str, ...]:
    """Write plan.csv: how many more people to read; return it in sentences."""
    found = understood(given)
    made = plan(
        found.raised,
        found.people,
        found.themes,
        found.audit,
        found.everybody,
        k,
        seed,
        asked=found.asked,
        read=found.status == "reviewed",
    )
    write_csv(out / "plan.csv", made.table)
    return made.sentences


def understood(given: Given) -> Understood:
    """Read the tables and decide who counts.

    Raises:
        InvalidTable: a table cannot be used.
    """
    coded = read_csv(given.codings, ["participant_id", "code"])
    people, notes = people_of(
        read_csv(given.participants, ["participant_id"]), given.participants.name
    )
    coded, waiting = _that_count(coded)
    notes += waiting
    by_people = coded[coded["origin"] == "human"] if "origin" in coded else coded
    status: Status = "reviewed" if len(by_people) else "provisional"
    counted = by_people if len(by_people) else coded
    read = people["participant_id"].isin(counted["participant_id"])
    if not len(by_people):  # nobody has coded yet: everybody heard is in the provisional order
        read = pd.Series(True, index=people.index)
    audit = None
    if given.audit and not len(by_people):
        notes.append(f"{given.audit.name} is not used: no person has coded anything yet.")
    elif given.audit:
        audit, read, said = _audit(given.audit, coded, people, read)
        notes += said + _audit_against(given.audit, by_people, people)
    strangers = set(counted["participant_id"]) - set(people["participant_id"])
    if strangers:
        notes.append(
            f"Not counted: {len(strangers)} in {given.codings.name} who are not in "
            f"{given.participants.name} or did not consent. Add them to the participants and run "
            "again."
        )
    counted = counted[counted["participant_id"].isin(people.loc[read, "participant_id"])]
    raised = counted.loc[counted["code"] != "", ["participant_id", "code"]].drop_duplicates()
    book = _book(given.codebook)
    themes = _themes(book, sorted(set(raised["code"])))
    return Understood(
        raised,
        people[read].reset_index(drop=True),
        themes,
        status,
        audit,
        _asked(given.questions, coded, [theme.id for theme in themes]),
        {str(kind): int(n) for kind, n in people["source_kind"].value_counts().items()},
        int(people.loc[~read, "people"].sum()),
        _version(coded) or (book.label if book else ""),
        notes,
        book,
    )


def _book(path: Path | None) -> Codebook | None:
    """Return the codebook with its drafts in use: somebody has coded by them.

    Raises:
        InvalidCodebook: it is none, or fewer than two of its codes can be given.
    """
    if path is None:
        return None
    book = read_codebook(path).codebook
    codes = tuple(
        replace(code, status="active") if code.status == "draft" else code for code in book.codes
    )
    book = replace(book, codes=codes)
    check_book(book, path.name)
    return book


def _themes(book: Codebook | None, codes: Sequence[str]) -> list[Theme]:
    """Return what is ranked; without a codebook nobody knows that a code stands under another."""
    if book is None:
        return [Theme(code, code, "", rankable=code not in (OTHER, NO_REASON)) for code in codes]
    apart = [one for one in ALWAYS_THERE if one.id in codes]
    told = [Theme(one.id, one.name, one.definition, rankable=False) for one in apart]
    return [*priorities.themes_of(book), *told]


def _audit(
    path: Path, coded: Table, people: Table, read: pd.Series[bool]
) -> tuple[Audit | None, pd.Series[bool], list[str]]:
    """Return the correction of the survey, and who counts."""
    table = _chances(path)
    survey = people["source_kind"] == SURVEY
    listed = people["participant_id"].isin(table["participant_id"])
    checked = int((survey & listed).sum())
    if survey.any() and not checked:
        raise InvalidTable(
            path.name,
            "names nobody who answered the survey.",
            "Use the ids of the participants, or leave --audit out.",
        )
    alone = (read & ~survey) | (listed & survey)
    if not checked or checked == int(survey.sum()):
        return None, alone, []
    lacking = min(FEWEST_AUDITED, int(survey.sum())) - checked
    if lacking > 0:
        return (
            None,
            alone,
            [
                f"{NAMES[SURVEY]}: too few were checked to correct the machine by ({checked}): "
                f"read {lacking} more, drawn at random. Those read count alone."
            ],
        )
    columns = ["participant_id", "probability"]
    own = table.loc[table["participant_id"].isin(people.loc[survey, "participant_id"]), columns]
    audit = Audit((SURVEY,), own.reset_index(drop=True), _suggested(coded))
    return audit, read | survey, []


def _chances(path: Path) -> Table:
    """Return who was read and with what chance each was drawn.

    Raises:
        InvalidTable: naming the row.
    """
    table = read_csv(path, ["participant_id", "probability"])
    number = pd.to_numeric(table["probability"], errors="coerce")
    twice = table["participant_id"].duplicated()
    for row, (chance, again) in enumerate(zip(number, twice, strict=True), start=2):
        where = f"{path.name}, row {row}"
        if not 0 < chance <= 1:
            raise InvalidTable(
                where,
                "has no probability above 0 and up to 1.",
                "Give the chance with which that person was drawn, as .2 for one in five.",
            )
        if again:
            raise InvalidTable(
                where, "names somebody a second time.", "Keep one row for each person."
            )
    return table.assign(probability=number)


def _audit_against(path: Path, by_people: Table, people: Table) -> list[str]:
    """Say what in the audit does not go with the other tables."""
    listed = read_csv(path, ["participant_id"])["participant_id"]
    known = listed.isin(people["participant_id"])
    notes = []
    if strangers := int((~known).sum()):
        notes.append(
            f"{path.name} names {strangers} who are not among the participants or did not consent; "
            "they are passed over."
        )
    if silent := int((known & ~listed.isin(by_people["participant_id"])).sum()):
        notes.append(
            f"{path.name} names {silent} of whom no person's coding is given: they count as read "
            "in full and as raising nothing. Leave out whoever is not read yet, or their silence "
            "makes every share too small."
        )
    return notes


def _suggested(coded: Table) -> Table:
    """Return what the machine guesses: suggestions, each as likely as its row says, or certain."""
    columns = ["participant_id", "code", "probability"]
    if "origin" not in coded:
        return pd.DataFrame([], columns=columns).astype({"probability": float})
    rows = coded[(coded["origin"] == "suggestion") & (coded["code"] != "")]
    told = rows["probability"] if "probability" in rows else pd.Series("1", index=rows.index)
    number = pd.to_numeric(told, errors="coerce").fillna(1.0).clip(0, 1)
    best = rows.assign(probability=number).sort_values("probability", kind="stable")
    best = best.drop_duplicates(["participant_id", "code"], keep="last")
    return best[columns].reset_index(drop=True)


def _asked(path: Path | None, coded: Table, codes: Sequence[str]) -> Table | None:
    if path is None:
        return None
    if "question" not in coded:
        raise InvalidTable(
            "The codings",
            "have no column question, so nobody's questions are known.",
            "Add it, or leave --questions out.",
        )
    questions = read_csv(path, ["question", "code", "how"])[["question", "code", "how"]]
    return asked_of(questions, coded, codes)


def _population(path: Path | None) -> tuple[Table | None, list[str]]:
    if path is None:
        return None, []
    table, refused = sources.read_population(path.name, path.read_bytes())
    return table, [f"{r.file} row {r.row}: {r.why} {r.what_to_do}" for r in refused]


def _that_count(coded: Table) -> tuple[Table, list[str]]:
    """Take the code from codings that do not count any more; who was read stays read."""
    if "code_status" not in coded:
        return coded, []
    status = coded["code_status"]
    notes = []
    if again := int((status == RECODE).sum()):
        notes.append(
            f"{again} codings are of codes that were split and do not count. Read their segments "
            "again (recode.csv), and rank again."
        )
    if gone := int((status == "retired").sum()):
        notes.append(f"{gone} codings are of retired codes and do not count.")
    return coded.assign(code=coded["code"].where(status.isin(["", "active"]), "")), notes


def _version(coded: Table) -> str:
    versions = sorted(set(coded["codebook_version"])) if "codebook_version" in coded else []
    return "; ".join(version for version in versions if version)
