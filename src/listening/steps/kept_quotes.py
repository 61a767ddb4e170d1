"""What signers see beside each candidate quote: laid out when results are made, read by the page.

How many people use its words and share what is known of its person takes every passage and every
participant to say, and no page waits until they are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from listening.disclosure import telling
from listening.disclosure.beside import Beside, Shared, inside, shared
from listening.disclosure.quotes import Candidate
from listening.errors import ListeningError
from listening.steps import signing
from listening.steps.csvs import read_csv
from listening.steps.kept_releases import write
from listening.steps.results_read import crowds_of, sensitive
from listening.steps.work import Work

FILE = "quotes.json"


@dataclass(frozen=True)
class Known:
    """What is laid out of the candidate quotes of some results.

    Attributes:
        people: how many people used each word of the candidates; of: how many people there are.
        beside: what could stand beside each, by passage and theme; empty where that is not known.
        why: why it is not known.
    """

    people: Mapping[str, int]
    of: int
    beside: Mapping[tuple[str, str], Shared]
    why: str = ""


def lay_out(work: Work, folder: Path) -> None:
    """Write what `known` reads beside the files of working results."""
    found = signing.candidates(work, folder)
    said: Any = read_csv(folder / "segments.csv", ("participant_id", "text"))
    pairs = zip(said["participant_id"], said["text"], strict=True)
    told = Known(
        telling.used(pairs, [one.text for one in found]), int(said["participant_id"].nunique()), {}
    )
    try:
        told = replace(told, beside=_beside(found, folder, sensitive(work)))
    except ListeningError as error:
        told = replace(told, why=f"{error.what} {error.why}")
    write(folder, {FILE: _as_json(told)}, private=True)


def known(work: Work, folder: Path) -> Known:
    """Return what is laid out; whoever asks first of results that hold none lays it out."""
    if not (folder / FILE).is_file():
        lay_out(work, folder)
    return _read(folder, (folder / FILE).stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(folder: Path, _mark: int) -> Known:
    told = json.loads((folder / FILE).read_bytes())
    beside = {
        (one["segment_id"], one["theme"]): Shared(
            tuple(Beside(**row) for row in one["rows"]), one["together"]
        )
        for one in told.pop("beside")
    }
    return Known(**told, beside=beside)


def _beside(
    found: Iterable[Candidate], folder: Path, hidden: Iterable[str]
) -> dict[tuple[str, str], Shared]:
    crowds, never = inside(crowds_of(folder)), tuple(hidden)
    return {(one.segment_id, one.theme): shared(one, crowds, never) for one in found}


def _as_json(told: Known) -> bytes:
    beside = [
        {"segment_id": segment, "theme": theme, "together": one.together,
         "rows": [vars(row) for row in one.rows]}
        for (segment, theme), one in told.beside.items()
    ]  # fmt: skip
    return json.dumps({**vars(told), "beside": beside}, ensure_ascii=False).encode()
