"""What the report is made from: one run's results, already counted and ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from listening.records import Table


@dataclass(frozen=True)
class Results:
    """Everything that one run found out. The report renders it and counts nothing by itself.

    Attributes:
        document: what `priorities.document` returned; shares lie between 0 and 1, and are null
            where fewer than 20 people were asked.
        segments: the columns of `segments.csv`; where `topic_id` is -1 the name is `nil` or
            `unassigned`.
        topics: `records.TOPICS`; empty where there were too few segments to group.
        topic_quotes: topic id to the ids of its most typical segments, best first.
        participants: `records.PARTICIPANTS`, and `counted` (1 or 0) where not all are.
        codings: the columns of `codings.csv`.
        quotes: candidate quotes, one a row; who signs one off writes into `signed_off_by`.
        rejects: `records.REJECTS`.
        run: what `run.json` holds.
        codebook: `name`, `version`, `codes` (each `id`, `name`, `definition`); none where the
            themes were found by the machine.
        reading_list: there were too few segments to group, so they are listed to be read.
        notes: plain sentences on what was guessed, for a person to check.
        campaigns: `topics.CAMPAIGNS`: what several people said in nearly the same words.
        topic_changes: `topics.CHANGES`, where an earlier reading was extended.
        reach: `priorities.REACH_TABLE`.
        uncovered: `records.UNCOVERED` and `quotable`: passages that stand for what no code covers;
            none without a codebook.
        project: `project.qdpx`: what was read, with people's codings, for other programs.
        raised: participant_id, code: everybody who was counted, with an empty code where they
            raised nothing.
        codebook_file: `codebook.toml`, the codebook whose codes are ranked.
        topic_positions: of each topic, its place on the map, (x, y) within 1 of the middle.
    """

    document: Mapping[str, Any]
    segments: Table
    topics: Table
    topic_quotes: Mapping[int, list[str]]
    participants: Table
    codings: Table
    quotes: Table
    rejects: Table
    run: Mapping[str, Any]
    codebook: Mapping[str, Any] | None
    reading_list: bool
    notes: tuple[str, ...]
    campaigns: Table
    reach: Table
    project: bytes = b""
    topic_changes: Table | None = None
    uncovered: Table | None = None
    topic_positions: Sequence[Sequence[float]] = ()
    raised: Table | None = None
    codebook_file: bytes = b""
