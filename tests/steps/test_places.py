"""Public places are kept with the words that name them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from material import request

from listening import language, privacy
from listening.records import DOCUMENTS, PLACES
from listening.steps import Work
from listening.steps.ingest import begin, ingest

OpenAt = Callable[[Path], Work]
TALK = """Interviewer: Where do you go, Ayesha?
Resident: My name is Ayesha Khan. I go to Victoria Park 🌳 and the café in Marsh Lane.
Interviewer: And the market?
Resident: Harehills market, since my friend Jean Smith told me.
"""


def named(work: Work, run_id: str) -> list[tuple[str, str]]:
    keys = work.store.run(run_id).sources
    documents = work.store.load(keys, DOCUMENTS)
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    places = work.store.load(keys, PLACES)
    return [(texts[row.document_id][row.start : row.end], row.kind) for row in places.itertuples()]


def read(work: Work, *paths: Path) -> str:
    run_id = begin(work, request(*paths))
    ingest(work, run_id)
    return run_id


def test_a_place_in_the_store_is_what_privacy_marked(open_at: OpenAt, tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK, encoding="utf-8")
    work = open_at(tmp_path / "home")
    run_id = read(work, talk)
    turns = [line.partition(": ")[2] for line in TALK.splitlines()]
    done = privacy.pseudonymise(language.parse(turns, work.models.pipeline), [()] * len(turns), {})
    marked = [
        (done.parsed[row.text_index].text[row.start : row.end], row.kind)
        for row in done.places.itertuples()
    ]
    assert "Victoria Park" in dict(marked)
    assert named(work, run_id) == marked


def test_a_corrected_file_leaves_no_place_of_the_old_one(open_at: OpenAt, tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    work = open_at(tmp_path / "home")
    talk.write_text(TALK, encoding="utf-8")
    old = read(work, talk)
    assert named(work, old)
    talk.write_text(TALK.replace("Victoria Park", "Hyde Park"), encoding="utf-8")
    new = read(work, talk)
    assert named(work, old) == []
    assert "Hyde Park" in dict(named(work, new))
