"""What comes back from the editor becomes codings with exact places, or a reject that says why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.codebook import NO_REASON, OTHER
from listening.labelstudio.annotations import read_task
from listening.labelstudio.nouns import BLIND, SKIPPED, SUBMITTED, UNFINISHED, Item, ItemReading
from listening.labelstudio.offsets import to_points, to_units
from listening.labelstudio.tasks import task_of
from listening.records import Span
from tests import labelstudio_editor as editor
from tests.labelstudio_editor import Marked
from tests.unit.codebook.codebook_cases import mill_town
from tests.unit.labelstudio.item_cases import CODERS, TEXTS, answer, talk, talks

BOOK = mill_town()
JSON = dict[str, Any]


def data(item: Item) -> JSON:
    found: JSON = task_of(item, (), BOOK, BLIND)["data"]
    return found


def read(item: Item, *results: list[JSON], **more: Any) -> Any:
    return read_task(item, editor.task(data(item), *results, **more), BOOK, CODERS)


def reading(item: Item, *results: list[JSON]) -> ItemReading:
    found = read(item, *results)
    assert found.rejects == ()
    (one,) = found.readings
    assert isinstance(one, ItemReading)
    return one


@given(TEXTS, st.data())
def test_places_go_to_the_browsers_units_and_back(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    units = to_units(text, at)
    assert units == len(text[:at].encode("utf-16-le")) // 2
    assert to_points(text, units) == at


def test_a_place_within_a_letter_or_past_the_end_is_none() -> None:
    assert [to_points("a😀b", at) for at in range(-1, 6)] == [None, 0, 1, None, 2, 3, None]


@given(talks(), st.data())
def test_whatever_is_marked_comes_back_in_its_place(item: Item, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(item.turns) - 1))
    last = data.draw(st.integers(first, len(item.turns) - 1))
    start = data.draw(st.integers(0, len(item.turns[first].text) - 1))
    low = start + 1 if first == last else 1
    end = data.draw(st.integers(low, len(item.turns[last].text)))
    found = read(item, editor.spans(item, [Marked(first, start, last, end, ("damp",))]))
    document = "\n".join(turn.text for turn in item.turns)
    begin, stop = item.turns[first].start + start, item.turns[last].start + end
    (one,) = found.readings
    if not document[begin:stop].strip():
        assert [reject.why for reject in found.rejects] == ["it marks no words."]
        return
    assert found.rejects == ()
    assert {coded.region for coded in one.codings} == {"region0"}
    for coded in one.codings:
        assert document[coded.span.start : coded.span.end] == coded.quote
        assert begin <= coded.span.start < coded.span.end <= stop
        (turn,) = [t for t in item.turns if t.start <= coded.span.start < t.start + len(t.text)]
        assert coded.participant_id == turn.participant_id
    told = "".join("".join(coded.quote for coded in one.codings).split())
    assert told == "".join(document[begin:stop].split())


def test_stretches_overlap_and_each_has_its_memo_and_its_severity() -> None:
    marked = [
        Marked(1, 6, 1, 12, ("damp",), memo="the wall", severity=2),
        Marked(1, 3, 1, 22, ("housing", "damp"), severity=3),
    ]
    one = reading(talk(), editor.spans(talk(), marked, memo="a hard winter"))
    assert [(c.code, c.quote, c.memo, c.severity) for c in one.codings] == [
        ("housing", "is damp 😀 in the wi", "", 3),
        ("damp", "is damp 😀 in the wi", "", 3),
        ("damp", "damp 😀", "the wall", 2),
    ]
    assert one.memo == "a hard winter"
    assert one.severity == {"housing": 3, "damp": 3}
    assert (one.coder, one.annotation, one.lead_time) == ("a@example.org", 100, 3.5)


def test_a_stretch_over_two_residents_is_cut_in_two() -> None:
    one = reading(talk(), editor.spans(talk(), [Marked(3, 17, 4, 3, ("buses",))]))
    assert [(c.participant_id, c.quote) for c in one.codings] == [("P1", "Never."), ("P2", "אני")]
    starts = [turn.start for turn in talk().turns]
    assert [c.span for c in one.codings] == [
        Span(starts[3] + 17, starts[3] + 23),
        Span(starts[4], starts[4] + 3),
    ]


def test_a_stretch_over_an_interviewers_words_is_refused_and_the_rest_is_kept() -> None:
    marked = [Marked(1, 0, 3, 4, ("damp",)), Marked(3, 0, 3, 4, ("buses",))]
    found = read(talk(), editor.spans(talk(), marked))
    assert [c.code for c in found.readings[0].codings] == ["buses"]
    (reject,) = found.rejects
    assert (reject.file, reject.row) == ("Label Studio task 7", "annotation 100, region 1")
    assert "interviewer" in reject.why


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"text": "It is dry"}, "quotes"),
        ({"text": None}, "quotes"),
        ({"endOffset": 4000}, "outside"),
        ({"startOffset": 12}, "outside"),
        ({"start": "9", "end": "9"}, "outside"),
        ({"start": None}, "no place"),
    ],
)
def test_a_place_that_does_not_fit_the_text_is_refused_without_anybodys_words(
    change: JSON, why: str
) -> None:
    results = editor.spans(talk(), [Marked(1, 6, 1, 14, ("damp",))])
    results[0]["value"] |= change
    found = read(talk(), results)
    (reject,) = found.rejects
    assert why in reject.why
    assert "damp" not in reject.sentence
    assert found.readings[0].codings == ()


def test_an_unknown_code_is_refused_and_its_neighbour_kept() -> None:
    results = editor.spans(talk(), [Marked(1, 6, 1, 10, ("trams", "damp"))])
    found = read(talk(), results)
    assert [c.code for c in found.readings[0].codings] == ["damp"]
    assert "push the codebook again" in found.rejects[0].what_to_do
    found = read(answer(), editor.whole(["trams", "damp"]))
    assert [c.code for c in found.readings[0].codings] == ["damp"]
    assert len(found.rejects) == 1


def test_a_stretch_without_a_code_is_refused() -> None:
    results = editor.spans(talk(), [Marked(1, 6, 1, 10, ("damp",), memo="why?")])
    found = read(talk(), results[1:])
    assert found.readings[0].codings == ()
    assert "no code" in found.rejects[0].why


@pytest.mark.parametrize("given", ["damp", "Damp", "Housing › Damp"])
def test_codes_are_taken_by_their_id_or_by_their_name(given: str) -> None:
    one = reading(answer(), editor.whole([given, "Other / new"]))
    assert [c.code for c in one.codings] == ["damp", OTHER]


def test_what_is_marked_twice_in_the_same_place_is_one_coding() -> None:
    first = Marked(1, 6, 1, 10, ("damp",), memo="the wall", severity=1)
    again = Marked(1, 6, 1, 10, ("damp", "housing"), memo="the roof", severity=2)
    one = reading(talk(), editor.spans(talk(), [first, again]))
    assert [(c.code, c.memo, c.severity, c.region) for c in one.codings] == [
        ("damp", "the wall\nthe roof", 2, "region0"),
        ("housing", "the roof", 2, "region1"),
    ]


@pytest.mark.parametrize("number", [4, -1, 1.5])
def test_a_severity_that_is_none_is_said_and_its_code_kept(number: Any) -> None:
    found = read(answer(), editor.whole(["damp"], severity={"damp": number}))
    assert [(c.code, c.severity) for c in found.readings[0].codings] == [("damp", None)]
    assert found.rejects[0].what == "severity"
    marked = [Marked(1, 6, 1, 10, ("damp",), severity=number)]
    found = read(talk(), editor.spans(talk(), marked))
    assert [(c.code, c.severity) for c in found.readings[0].codings] == [("damp", None)]
    assert found.rejects[0].what == "severity"


def test_a_path_of_a_taxonomy_means_its_last() -> None:
    results = editor.whole(["x"])
    results[0] |= {"type": "taxonomy", "value": {"taxonomy": [["housing", "damp"], ["buses"]]}}
    assert [c.code for c in reading(answer(), results).codings] == ["damp", "buses"]


def test_an_answer_has_several_codes_a_memo_and_the_severity_of_each() -> None:
    severity = {"damp": 2, "housing": 0, "buses": 3}
    one = reading(answer(), editor.whole(["damp", "housing"], "see [a school]", "", severity))
    assert [(c.code, c.severity, c.quote) for c in one.codings] == [
        ("damp", 2, answer().turns[0].text),
        ("housing", 0, answer().turns[0].text),
    ]
    assert one.severity == {"damp": 2, "housing": 0}
    assert one.memo == "see [a school]"


def test_a_proposed_code_stands_under_other_whether_that_was_ticked_or_not() -> None:
    for codes in ([OTHER], []):
        one = reading(answer(), editor.whole(codes, proposed="Noise"))
        assert [(c.code, c.proposed) for c in one.codings] == [(OTHER, "Noise")]
    marked = [Marked(1, 6, 1, 10, (OTHER, "damp"), proposed="Noise")]
    one = reading(talk(), editor.spans(talk(), marked))
    assert [(c.code, c.proposed) for c in one.codings] == [(OTHER, "Noise"), ("damp", "")]


def test_nothing_marked_is_a_reading_in_which_none_applies() -> None:
    for item in (talk(), answer()):
        one = reading(item, [])
        assert (one.state, one.codings) == ("submitted", ())
    assert [c.code for c in reading(answer(), editor.whole([NO_REASON])).codings] == [NO_REASON]


def test_of_several_by_one_coder_the_last_that_was_changed_counts() -> None:
    task = editor.task(data(answer()), editor.whole(["damp"]), editor.whole(["buses"]))
    assert [c.code for c in _only(task).codings] == ["buses"]
    task["annotations"][0]["updated_at"] = "2026-03-02T12:00:01+01:30"  # earlier in UTC: 10:30
    assert [c.code for c in _only(task).codings] == ["damp"]


def _only(task: JSON) -> ItemReading:
    (one,) = read_task(answer(), task, BOOK, CODERS).readings
    return one


def test_two_coders_have_a_reading_each_and_a_skipped_one_says_nothing() -> None:
    task = editor.task(data(answer()), editor.whole(["damp"]), editor.whole(["buses"]))
    task["annotations"][1] |= {"completed_by": 2, "was_cancelled": True}
    first, second = read_task(answer(), task, BOOK, CODERS).readings
    assert (first.coder, second.coder) == ("a@example.org", "b@example.org")
    assert (second.state, second.codings) == (SKIPPED, ())


def test_somebody_who_is_no_coder_is_said_and_not_read() -> None:
    found = read(answer(), editor.whole(["damp"]), by=9)
    assert found.readings == ()
    assert "Invite" in found.rejects[0].what_to_do


def test_predictions_and_what_they_fill_are_never_codings() -> None:
    unseen = {"id": "s", "from_name": "suggested", "to_name": "text", "type": "textarea"}
    unseen["value"] = {"text": ["damp 0.9000 0-5"]}
    for item in (talk(), answer()):
        task = editor.task(data(item), [unseen], predictions=[{"id": 1, "result": [unseen]}])
        found = read_task(item, task, BOOK, CODERS)
        assert found.rejects == ()
        assert found.readings[0].codings == ()


def test_drafts_are_counted_but_for_those_over_an_annotation() -> None:
    assert read(answer(), drafts=[{"id": 1}, {"id": 2, "annotation": 5}]).drafts == 1
    assert read(answer(), drafts=3).drafts == 3
    assert read(answer()).drafts == 0


@pytest.mark.parametrize(
    "bad",
    [
        5,
        {"a": 1},
        ["x"],
        [{"from_name": "codes", "value": ["housing"]}],
        [{"from_name": "codes", "value": {"choices": 5}}],
        [{"from_name": "codes", "value": {"choices": [[]]}}],
        [{"from_name": "codes", "value": {"taxonomy": [[]]}}],
        [{"from_name": "codes", "value": {"paragraphlabels": [{}]}}],
        [{"from_name": "memo", "value": {"text": 5}}],
        [{"from_name": "memo", "value": {"text": [{"a": 1}]}}],
        [{"from_name": "codes", "id": "r" * 300, "value": {}}],
    ],
)
def test_what_no_editor_writes_is_refused_and_its_neighbours_are_kept(bad: Any) -> None:
    for item, sound in (
        (answer(), editor.whole(["damp"])),
        (talk(), editor.spans(talk(), [Marked(1, 6, 1, 10, ("damp",))])),
    ):
        found = read(item, bad)
        assert [reject.why for reject in found.rejects] == [
            "it is not as Label Studio's editor writes it."
        ]
        assert [one.state for one in found.readings] == [UNFINISHED]
        if isinstance(bad, list):
            found = read(item, [*bad, *sound])
            assert [c.code for c in found.readings[0].codings] == ["damp"]


def test_a_place_beyond_every_number_is_refused() -> None:
    results = editor.spans(talk(), [Marked(1, 6, 1, 14, ("damp",))])
    results[0]["value"]["startOffset"] = float("inf")
    assert "no place" in read(talk(), results).rejects[0].why


def test_a_reading_of_which_anything_is_refused_is_unfinished() -> None:
    assert reading(answer(), editor.whole(["damp"])).state == SUBMITTED
    (one,) = read(answer(), editor.whole(["trams", "damp"])).readings
    assert (one.state, [c.code for c in one.codings]) == (UNFINISHED, ["damp"])
    marked = [Marked(1, 0, 3, 4, ("damp",)), Marked(3, 0, 3, 4, ("buses",))]
    (one,) = read(talk(), editor.spans(talk(), marked)).readings
    assert (one.state, [c.code for c in one.codings]) == (UNFINISHED, ["buses"])


@pytest.mark.parametrize("change", [{"item_key": "other"}, {"item_key": None}, {"text": "Fine."}])
def test_a_task_that_was_changed_by_hand_is_refused_and_what_was_read_before_stays(
    change: JSON,
) -> None:
    told = data(answer()) | change
    told = {name: value for name, value in told.items() if value is not None}
    found = read_task(answer(), editor.task(told, editor.whole(["damp"])), BOOK, CODERS)
    assert (found.readings, found.strange) == ((), True)
    assert "push again" in found.rejects[0].what_to_do


def test_a_dialogue_that_was_changed_by_hand_is_refused_even_where_nothing_is_marked() -> None:
    told = data(talk())
    turns = [dict(turn) for turn in told["dialogue"]]
    turns[1]["text"] = "All is well."
    found = read_task(talk(), editor.task(told | {"dialogue": turns}, []), BOOK, CODERS)
    assert (found.readings, found.strange) == ((), True)
