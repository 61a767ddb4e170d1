from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from listening.privacy.edits import Find, apply, compose, settle
from listening.records import Entity, Parsed, Span


def test_overlapping_finds_become_one_of_the_longest_kind() -> None:
    finds = [Find(0, 4, "phone"), Find(2, 12, "card"), Find(12, 14, "date")]
    assert settle(finds) == [Find(0, 12, "card"), Find(12, 14, "date")]


def test_of_equally_long_finds_the_first_given_wins() -> None:
    assert settle([Find(0, 5, "date", "May"), Find(0, 5, "phone")]) == [Find(0, 5, "date", "May")]


def test_a_replacement_is_one_token_and_drops_what_it_touches() -> None:
    parsed = Parsed(
        "ask Jo Pell today",
        tokens=(Span(0, 3), Span(4, 6), Span(7, 11), Span(12, 17)),
        sentences=(Span(0, 17),),
        entities=(Entity(4, 11, "PERSON"), Entity(12, 17, "DATE")),
        phrases=(Span(7, 11), Span(12, 17)),
    )
    done = apply(parsed, [Find(4, 11, "person", "[name 1]")])
    assert done.text == "ask [name 1] today"
    assert [done.text[s:e] for s, e in done.tokens] == ["ask", "[name 1]", "today"]
    assert done.entities == (Entity(13, 18, "DATE"),)
    assert done.phrases == (Span(13, 18),)
    assert done.sentences == (Span(0, 18),)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Parsed, list[Find]]:
    text = draw(st.text("ab é😀ש.", min_size=1, max_size=40))
    cuts = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=8))))
    inner = sorted({0, len(text), *draw(st.lists(st.integers(0, len(text)), max_size=6))})
    edits = [
        Find(start, end, "x", draw(st.sampled_from(["", "[y]", "longer words"])))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    spans = tuple(Span(a, b) for a, b in pairwise(inner))
    return Parsed(text, spans, spans, (), spans), edits


@given(edited())
def test_spans_that_no_edit_touches_keep_their_words(case: tuple[Parsed, list[Find]]) -> None:
    parsed, edits = case
    done = apply(parsed, edits)
    free = [s for s in parsed.phrases if all(e.end <= s.start or e.start >= s.end for e in edits)]
    assert [done.text[s:e] for s, e in done.phrases] == [parsed.text[s:e] for s, e in free]


@given(edited())
def test_sentences_go_on_covering_the_text_in_order(case: tuple[Parsed, list[Find]]) -> None:
    parsed, edits = case
    done = apply(parsed, edits)
    assert "".join(done.text[s:e] for s, e in done.sentences) == done.text


@given(edited(), st.data())
def test_two_rounds_of_edits_compose_to_one(
    case: tuple[Parsed, list[Find]], data: st.DataObject
) -> None:
    parsed, first = case
    middle = apply(parsed, first)
    cuts = sorted(set(data.draw(st.lists(st.integers(0, len(middle.text)), max_size=6))))
    second = [Find(a, b, "z", "<z>") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    both = compose(first, second, middle.text)
    text = parsed.text
    for edit in reversed(both):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    assert text == apply(middle, second).text
    assert all(a.end <= b.start for a, b in pairwise(both))
