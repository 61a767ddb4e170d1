"""A store with answers and a conversation to be coded, laid out straight into its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from listening.records import DOCUMENTS, PARTICIPANTS, PASSAGES, SEGMENTS, Table, table_of
from listening.segments import text_key
from listening.steps import Work
from listening.steps.coding import status
from listening.steps.selecting import select
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.town import RUN, THEMES

ADA, BEN, CLEO = "ada@example.org", "ben@example.org", "cleo@example.org"
CODERS = {1: ADA, 2: BEN, 3: CLEO}
#: what two residents and an interviewer say in a group
GROUP = (
    ("P90001", "The damp comes back every winter 🌧 and the mould with it."),
    ("", "And what about the rest of you?"),
    ("P90002", "Our landlord  never answers. The rent went up again."),
    ("P90001", "The bus is always late."),
)


def book(version: str = "1.0", more: str = "") -> str:
    """A codebook of three codes, with examples."""
    codes = "".join(
        f'[[codes]]\nid = "{code}"\nname = "{code.capitalize()}"\n'
        f'definition = "What people say of {code}."\nexamples = [{_examples(words)}]\n'
        for code, words in THEMES.items()
    )
    head = f'[codebook]\nid = "town"\nname = "The town"\nversion = "{version}"\n'
    return f'{head}language = "en"\nsource = "Written for tests."\n{codes}{more}'


def _examples(words: Sequence[str]) -> str:
    rng = np.random.default_rng(0)
    return ", ".join(f'"{" ".join(rng.choice(list(words), 3))} {n}"' for n in range(10))


def lay_out(work: Work, answers: int = 130, group: bool = True) -> dict[str, str]:
    """Keep people who each answer one question, and a conversation; the theme of each answer."""
    rng = np.random.default_rng(1)
    rows: dict[str, list[dict[str, Any]]] = {"d": [], "t": [], "s": [], "p": []}
    themes = {}
    for n in range(answers):
        theme = str(rng.choice(list(THEMES)))
        said = " ".join(rng.choice(THEMES[theme], 4)) + f" number {n}"
        who = f"P{n:05d}"
        themes[said] = theme
        _add(rows, f"a{n}", "survey", [(who, said)])
    if group:
        _add(rows, "g", "focus_group", GROUP)
    from listening.store import KeptSource

    for name, documents in {"answers": "a", "group": "g"}.items():
        work.store.add_source(KeptSource(name, (), (), {}), f"file {name}")
        for key, schema in (("d", DOCUMENTS), ("t", PASSAGES), ("s", SEGMENTS)):
            own = [row for row in rows[key] if row["document_id"].startswith(documents)]
            work.store.save(name, table_of(own, schema), schema)
        own = [row for row in rows["p"] if row["cluster"].startswith(documents)]
        work.store.save(name, table_of(own, PARTICIPANTS), PARTICIPANTS)
    nothing = dict.fromkeys(("programme", "population", "panel", "indicators", "wave"), "")
    work.store.begin_run(RUN, 0, {"codebook": book(), "k": 3, **nothing})
    work.store.note_run(RUN, sources=["answers", "group"])
    work.vault.write(f"runs/{RUN}", {"names": {}, "paths": [], "rejects": []})
    return themes


def _add(rows: dict[str, list[dict[str, Any]]], key: str, kind: str, said: Any) -> None:
    text = "\n".join(words for _, words in said)
    rows["d"].append(_row(DOCUMENTS, document_id=key, kind=kind, text=text, date="2026-03-05"))
    at = 0
    for n, (who, words) in enumerate(said):
        place = {"document_id": key, "participant_id": who, "start": at, "end": at + len(words)}
        role = "participant" if who else "interviewer"
        rows["t"].append(_row(PASSAGES, **place, role=role, voice="verbatim"))
        if who:
            told = {
                "segment_id": f"{key}.{n}",
                "source_kind": kind,
                "text": words,
                "language": "en",
                "voice": "verbatim",
                "nil": False,
                "text_key": text_key(words),
                "phrases": (),
            }
            rows["s"].append(_row(SEGMENTS, **place, **told))
        at += len(words) + 1
    for who in dict.fromkeys(who for who, _ in said if who):
        person = {
            "source_kind": kind,
            "consent": "quotation",
            "people": 1,
            "cluster": key,
            "attributes": {},
        }
        rows["p"].append(_row(PARTICIPANTS, participant_id=who, **person))


def _row(schema: Any, **told: Any) -> dict[str, Any]:
    given = {n: c.default for n, c in schema.columns.items() if c.default is not None}
    return {**dict.fromkeys(schema.columns, ""), **given, **told}


def chosen(work: Work, to: Path) -> None:
    """Choose what is to be coded next."""
    select(work, RUN, None, to, 0)


def ticked(*codes: str, memo: str = "", severity: int | None = None) -> list[dict[str, Any]]:
    """What a coder submits of a whole answer."""
    found = [_result("codes", "choices", {"choices": list(codes)})] if codes else []
    if memo:
        found.append(_result("memo", "textarea", {"text": [memo]}))
    if severity is not None:
        found += [_result(f"severity_{code}", "number", {"number": severity}) for code in codes]
    return found


def marked(task: Mapping[str, Any], code: str, turn: int, words: str) -> list[dict[str, Any]]:
    """What a coder submits of one stretch of a turn."""
    text = task["data"]["dialogue"][turn]["text"]
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2
    value = {
        "start": str(turn),
        "end": str(turn),
        "startOffset": start,
        "endOffset": start + len(words.encode("utf-16-le")) // 2,
        "text": words,
        "paragraphlabels": [code],
    }
    return [_result("codes", "paragraphlabels", value, f"r{turn}{start}")]


def _result(name: str, kind: str, value: dict[str, Any], key: str = "x") -> dict[str, Any]:
    return {"id": key, "from_name": name, "to_name": "text", "type": kind, "value": value}


def task(server: FakeLabelStudio, key: str, place: int = 0) -> int:
    """The number of a task of a project."""
    return list(server.hold(key))[place]


def counted(table: Table) -> list[tuple[str, str]]:
    """Who applied which code, in order."""
    return sorted(zip(table["coder"], table["code"], strict=True))


def opened_again(work: Work) -> dict[str, int]:
    """How many items each coder is to open again."""
    return {who: n for row in status(work).projects for who, n in row["unfinished"].items()}
