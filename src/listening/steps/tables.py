"""Single stages on plain tables, without the store: topics, ranking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from listening import embeddings, language, priorities, report, sources
from listening.codebook import NO_REASON, OTHER, RECODE
from listening.errors import InvalidTable
from listening.priorities import RankSettings, Theme
from listening.records import SEGMENTS, Table, Vectors, table_of
from listening.segments import is_nil, text_key
from listening.steps.csvs import read_csv, write_csv
from listening.steps.people_table import people_of
from listening.steps.work import Models, Progress, helping
from listening.topics import SavedReading, TopicSettings, discover, extend


def topics_of(
    path: Path, out: Path, earlier: Path | None, seed: int, models: Models, progress: Progress
) -> int:
    """Write topics.csv and segments.csv of a table of final segments; return how many topics.

    Where an earlier reading is extended, topic_changes.csv too.
    """
    before = _earlier(earlier) if earlier else None
    given = read_csv(path, ["participant_id", "text"])
    progress("language", 0, 0)
    segments = segments_of(given, models)
    progress("embed", 0, 0)
    vectors = _vectors(segments["text"].tolist(), models)
    progress("topics", 0, 0)
    if before:
        done = extend(before, segments, vectors)
        index = done.reading
        write_csv(out / "topic_changes.csv", done.changes)
    else:
        index = discover(segments, vectors, TopicSettings(), seed)
    told = index.assignments.drop(columns="segment_id").reset_index(drop=True)
    kept = given.drop(columns=[c for c in told.columns if c in given.columns])
    if "segment_id" not in kept.columns:
        kept.insert(0, "segment_id", segments["segment_id"])
    write_csv(out / "topics.csv", index.topics)
    write_csv(out / "segments.csv", pd.concat([kept, told], axis=1))
    return len(index.topics)


def _earlier(folder: Path) -> SavedReading:
    """Return the reading whose topics.csv and segments.csv lie in a folder.

    Raises:
        InvalidTable: it has no topics, or a topic's number or stability is no number.
    """
    topics = read_csv(folder / "topics.csv", ["topic_id", "name", "stability"])
    placed = read_csv(folder / "segments.csv", ["segment_id", "topic_id"])
    try:
        numbers = topics["topic_id"].astype(int)
        stability = topics["stability"].astype(float)
        topic_of = placed["topic_id"].astype(int)
    except ValueError:
        raise InvalidTable(
            "The earlier reading", "has a topic that is no number.", "Make that reading again."
        ) from None
    known = topic_of.isin(numbers)
    if not known.any():
        raise InvalidTable(
            "The earlier reading",
            "has no topics to extend.",
            "Make a fresh reading, without --extend.",
        )
    size = int(numbers.max()) + 1
    by_number = pd.DataFrame({"name": topics["name"].to_numpy(), "stability": stability.to_numpy()})
    by_number = by_number.set_index(numbers.to_numpy()).reindex(range(size))
    return SavedReading(
        tuple(by_number["name"].fillna("")),
        tuple(by_number["stability"].fillna(0.0)),
        np.zeros((size, size), dtype=np.float32),  # the tables do not tell it
        dict(zip(placed.loc[known, "segment_id"], topic_of[known], strict=True)),
    )


def segments_of(given: Table, models: Models) -> Table:
    """Return rows of participant_id and text as SEGMENTS: nothing is split, ids stay."""
    parsed = language.parse(given["text"].tolist(), models.pipeline, helping())
    spoken = language.detect(given["text"].tolist())
    ids = given["segment_id"] if "segment_id" in given else [str(n) for n in range(len(given))]
    questions = given["question"] if "question" in given else [""] * len(given)
    rows = [
        {
            "segment_id": segment_id,
            "document_id": "",
            "participant_id": person or f"row {position}",
            "source_kind": "survey",
            "question": question,
            "start": 0,
            "end": len(one.text),
            "text": one.text,
            "language": spoken[position],
            "voice": "verbatim",
            "nil": is_nil(one.text),
            "text_key": text_key(one.text),
            "phrases": tuple(one.text[a:b] for a, b in one.phrases),
        }
        for position, (segment_id, person, question, one) in enumerate(
            zip(ids, given["participant_id"], questions, parsed, strict=True)
        )
    ]
    return table_of(rows, SEGMENTS)


def _vectors(texts: Sequence[str], models: Models) -> Vectors:
    done = embeddings.embed({text: text for text in texts}, models.encoder, {})
    return embeddings.stack([done.vectors[text] for text in texts])


def rank_tables(
    codings: Path,
    participants: Path,
    population: Path | None,
    out: Path,
    k: int,
    seed: int,
) -> list[str]:
    """Write priorities.json and priorities.csv from tables; return what a person should know."""
    coded = read_csv(codings, ["participant_id", "code"])
    people, notes = people_of(read_csv(participants, ["participant_id"]), participants.name)
    coded, waiting = _that_count(coded)
    notes += waiting
    by_people = coded[coded["origin"] == "human"] if "origin" in coded else coded
    status: Literal["reviewed", "provisional"] = "reviewed" if len(by_people) else "provisional"
    counted = by_people if len(by_people) else coded
    read = people["participant_id"].isin(counted["participant_id"])
    if not len(by_people):  # nobody has coded yet: everybody heard is in the provisional order
        read = pd.Series(True, index=people.index)
    strangers = set(counted["participant_id"]) - set(people["participant_id"])
    if strangers:
        notes.append(
            f"Not counted: {len(strangers)} in {codings.name} who are not in {participants.name} "
            "or did not consent. Add them to the participants and run again."
        )
        counted = counted[~counted["participant_id"].isin(strangers)]
    raised = counted.loc[counted["code"] != "", ["participant_id", "code"]].drop_duplicates()
    themes = [
        Theme(code, code, "", rankable=code not in (OTHER, NO_REASON))
        for code in sorted(set(raised["code"]))
    ]
    table = None
    if population:
        table, refused = sources.read_population(population.name, population.read_bytes())
        notes.extend(f"{r.file} row {r.row}: {r.why} {r.what_to_do}" for r in refused)
    ranking = priorities.rank(
        raised,
        people[read].reset_index(drop=True),
        themes,
        RankSettings(k=k, status=status),
        seed,
        table,
    )
    document = priorities.document(
        ranking,
        programme="",
        wave="",
        codebook_version=_version(coded),
        quotes={},
        not_yet_read=int(people.loc[~read, "people"].sum()),
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "priorities.json").write_bytes(report.as_json(document))
    (out / "priorities.csv").write_bytes(report.priorities_csv(document))
    return notes


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
