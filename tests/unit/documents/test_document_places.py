"""Places keep their words when turns are joined to documents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from test_documents import IDS, people_of, turns_of

from listening.documents import Place, assemble
from listening.records import Parsed

#: what counts as one or two, and what joins with its neighbour
_WORDS = st.text(alphabet="aé😀🏽ش\n ", min_size=1, max_size=12)


@st.composite
def _turn(draw: st.DrawFn) -> tuple[str, str, list[tuple[int, int]]]:
    text = draw(_WORDS)
    at = st.integers(0, len(text) - 1)
    spans = draw(st.lists(st.tuples(at, st.integers(1, 5)), max_size=3))
    cut = [(start, min(start + size, len(text))) for start, size in spans]
    return draw(st.sampled_from(["", "A", "B"])), text, cut


@given(st.lists(_turn(), max_size=8), st.sampled_from(["interview", "survey", "street"]))
def test_a_place_is_in_the_document_what_it_was_in_the_turn(
    said: list[tuple[str, str, list[tuple[int, int]]]], kind: str
) -> None:
    turns = turns_of(*((who, "", text) for who, text, _ in said))
    places = [Place(n, *span, "road") for n, (_, _, spans) in enumerate(said) for span in spans]
    people = people_of(kind, "A", "B")
    parsed = [Parsed(text) for _, text, _ in said]
    done = assemble(turns, people, parsed, "k" * 64, IDS, places=places)
    texts = dict(zip(done.documents["document_id"], done.documents["text"], strict=True))
    found = [texts[p.document_id][p.start : p.end] for p in done.places.itertuples()]
    marked = [said[place.turn][1][place.start : place.end] for place in places]
    assert sorted(found) == sorted(marked)
