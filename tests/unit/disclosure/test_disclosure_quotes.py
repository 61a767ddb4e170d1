"""Which quotes may go, and with what beside them."""

from __future__ import annotations

from dataclasses import replace

from listening.disclosure import quotes
from listening.disclosure.nouns import EVERYONE, Crowd, Shown, Told
from listening.disclosure.quotes import Candidate, choose, evidence_ids, general

PLAIN = Shown(18, 22, 20)
HIDDEN = Shown(0, 60, None, "low")
MEMBERS = {
    f"P{n}": ["all", "source|survey", "group|gender|woman", f"group|age|{n % 12}"]
    for n in range(60)
}


def told(**cells: Shown) -> Told:
    row: dict[Crowd, Shown] = {
        EVERYONE: PLAIN, "source|survey": PLAIN, "group|gender|woman": PLAIN,
        **{f"group|age|{n}": Shown(0, 9, None, "small") for n in range(12)},
    }  # fmt: skip
    row |= {name.replace("__", "|"): one for name, one in cells.items()}
    sizes = {crowd: Shown(58, 62, 60) for crowd in row}
    themes = {"damp": row, "rent": row, "buses": row, "parks": row}
    return Told(sizes, themes, [list(themes)], {}, PLAIN)


def said(person: str = "P1", theme: str = "damp", **more: object) -> Candidate:
    number = int(person[1:]) % 12
    made = Candidate(
        theme, f"{person}.{theme}", person, "The damp is back.", "verbatim", "survey",
        {"gender": "woman", "age": str(number)}, False,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_quote_goes_with_its_source_and_what_five_people_share() -> None:
    chosen = choose([said()], told(), MEMBERS)
    (quote,) = chosen.by_theme["damp"]
    assert quote["source_kind"] == "survey"
    assert quote["attributes"] == {"gender": "woman", "age": "1"}
    assert set(quote) == set(quotes.SHOWN)


def test_what_fewer_than_five_people_share_is_left_out() -> None:
    few = {pid: crowds for pid, crowds in MEMBERS.items() if int(pid[1:]) < 48}
    assert choose([said()], told(), few).by_theme["damp"][0]["attributes"] == {"gender": "woman"}


def test_nobody_is_quoted_twice_for_a_theme_or_more_than_three_times() -> None:
    again = [said(), said(segment_id="P1.2")]
    more = [said(theme=theme) for theme in ("rent", "buses", "parks")]
    chosen = choose([*again, *more], told(), MEMBERS)
    assert [theme for theme, _, _ in chosen.holds] == ["damp", "rent", "buses"]
    assert sum(chosen.left_out.values()) == 2


def test_without_consent_and_for_an_observation_nothing_goes() -> None:
    chosen = choose([said(may=False), said("P2", voice="observation")], told(), MEMBERS)
    assert chosen.by_theme == {}


def test_a_theme_whose_number_is_withheld_has_no_quotes() -> None:
    assert choose([said()], told(all=HIDDEN), MEMBERS).by_theme == {}


def test_a_label_that_points_to_a_withheld_count_is_left_out() -> None:
    chosen = choose([said()], told(source__survey=HIDDEN), MEMBERS)
    assert chosen.by_theme["damp"][0]["source_kind"] == ""


def test_where_somebody_lives_and_what_is_sensitive_stands_beside_no_quote() -> None:
    members = {pid: [*crowds, "group|place|Quayside"] for pid, crowds in MEMBERS.items()}
    one = said(attributes={"place": "Quayside", "gender": "woman"})
    chosen = choose([one], told(), members, hidden=["gender"])
    assert chosen.by_theme["damp"][0]["attributes"] == {}


def test_places_are_told_in_general_words_and_stand_ins_lose_their_numbers() -> None:
    text = "On Marsh Lane [name 7] met [woman's name 12] at the Arc."
    assert general(text, [(3, 13, "road"), (48, 55, "other")]) == (
        "On [a road] [a name] met [a woman's name] at [a place]."
    )


def test_evidence_ids_repeat_within_a_release_and_mean_nothing_in_another() -> None:
    def ids(secret: bytes, content: str) -> list[str]:
        chosen = choose([said(), said("P2"), said(theme="rent")], told(), MEMBERS)
        evidence_ids(secret, content, chosen)
        return [q["evidence_id"] for found in chosen.by_theme.values() for q in found]

    first = ids(b"secret", "one")
    assert len(set(first)) == 3
    assert first == ids(b"secret", "one")
    assert not set(first) & set(ids(b"secret", "two"))
    assert not set(first) & set(ids(b"other", "one"))


def test_the_same_words_for_two_themes_or_in_two_releases_gather_no_further_labels() -> None:
    cells = told()
    cells.cells["damp"] = {**cells.cells["damp"], "group|gender|woman": HIDDEN}
    first = said(segment_id="s")
    both = choose([first, said(theme="rent", segment_id="s")], cells, MEMBERS)
    assert both.by_theme["damp"][0]["attributes"] == {"age": "1"}
    assert both.by_theme["rent"][0]["attributes"] == {"age": "1"}
    later = choose([said(theme="rent", segment_id="s")], cells, MEMBERS, (), both.beside)
    assert later.by_theme["rent"][0]["attributes"] == {"age": "1"}
