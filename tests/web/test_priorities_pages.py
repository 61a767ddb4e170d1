"""The programme lead's pages: what they say, where it comes from, and what they never do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from listening.steps.desk import asked
from listening.steps.kept_results import document, kept_results, make_results
from listening.store.accounts import trail
from tests.web.coding_town import Built, Coded, copied, shown


@pytest.fixture(scope="module")
def ranked(built: dict[str, Built], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coded]:
    """A programme that two have coded, with its results kept; tests only look at it."""
    with (
        pytest.MonkeyPatch.context() as patch,
        copied(built["coded"], tmp_path_factory.mktemp("ranked"), patch) as made,
    ):
        make_results(made.work)
        yield made


def _told(ranked: Coded) -> dict[str, Any]:
    kept = kept_results(ranked.work)
    assert kept is not None
    return document(kept)


def _page(ranked: Coded, then: str = "priorities/", by: str = "lead", **given: str) -> str:
    answer = ranked.client(by).get(ranked.address(then), given)
    assert answer.status_code == 200
    return shown(answer)


def test_before_there_are_results_the_page_says_what_comes_and_asks_once(coded: Coded) -> None:
    assert "no priorities yet" in _page(coded)
    client = coded.client("lead")
    for _ in range(2):
        answer = client.post(coded.address("priorities/ask/"), {"once": "x1"}, follow=True)
    assert "are being worked out" in shown(answer)
    assert [one.what for one in asked.everything(coded.work.vault)] == [asked.RESULTS]
    lines = [one.action for one in trail.newest(coded.town.here.slug)]
    assert lines.count("working out priorities asked for") == 1
    assert coded.do_all() == 1
    assert "What comes first" in _page(coded)
    assert "working out priorities done" in [o.action for o in trail.newest(coded.town.here.slug)]


def test_what_could_not_be_made_says_why(coded: Coded, monkeypatch: pytest.MonkeyPatch) -> None:
    from listening.errors import ListeningError
    from listening.steps import kept_results as kept

    def broken(*_: Any) -> None:
        raise ListeningError("The ranking", "has nobody to count.", "Add material.")

    monkeypatch.setattr(kept, "prioritise", broken)
    coded.client("lead").post(coded.address("priorities/ask/"), {"once": "x"})
    coded.do_all()
    page = _page(coded)
    assert "could not be worked out" in page
    assert "has nobody to count. Add material." in page


def test_the_first_line_says_that_nothing_of_it_leaves_the_team(ranked: Coded) -> None:
    for then in (
        "priorities/",
        "priorities/of/housing/",
        "priorities/of/housing/passages/",
        "priorities/choices/",
        "priorities/voices/",
        "priorities/places/",
        "priorities/made/",
    ):
        page = ranked.client("lead").get(ranked.address(then)).content.decode()
        main = page[page.index('id="main-content"') :]
        first = shown(type("A", (), {"content": main.encode()})()).split(">", 1)[-1].strip()
        assert first.startswith("Working: not to be passed on."), then


def test_the_status_comes_before_the_order_and_the_order_is_that_of_the_document(
    ranked: Coded,
) -> None:
    told, page = _told(ranked), _page(ranked)
    word = told["status"].upper()
    places = [page.index(f"{one['rank']}. {one['name']}") for one in told["priorities"]]
    assert page.index(word) < places[0]
    assert places == sorted(places)
    for one in told["priorities"]:
        assert f"{one['people']} of {one['of']} people" in page.replace(",", "")


def test_the_five_questions_have_their_headings_on_the_first_page(ranked: Coded) -> None:
    page = _page(ranked)
    for question in (
        "What comes first",
        "How sure are we?",
        "Who did we not hear?",
        "What do they want changed?",
        "May I quote this?",
    ):
        assert question in page
    assert "no quote is signed off" in page


def test_every_dot_has_its_figures_in_words_and_in_a_table(ranked: Coded) -> None:
    page = ranked.client("lead").get(ranked.address("priorities/")).content.decode()
    many = len(_told(ranked)["priorities"])
    labels = re.findall(r'<svg class="listening-dot"[^>]*aria-label="([^"]+)"', page)
    assert len(labels) == many
    assert all("sampling alone would allow" in label for label in labels)
    table = page[page.index('id="figures"') :]
    assert table.count('scope="row"') == many
    assert "style=" not in page
    assert "<script>" not in page


def test_one_priority_holds_all_that_is_known_of_it(ranked: Coded) -> None:
    told = _told(ranked)["priorities"][0]
    page = _page(ranked, f"priorities/of/{told['id']}/")
    for part in ("What people need", "Quotes", "Who raised it", "Who was not heard on it",
                 "What speaks against it", "What would change its place"):  # fmt: skip
        assert part in page
    for quote in told["quotes"]:
        assert quote["text"] in page
        assert quote["segment_id"] in page
    assert page.count("Not signed off: do not publish") == len(told["quotes"])
    assert ranked.client("lead").get(ranked.address("priorities/of/none/")).status_code == 404


def test_provenance_goes_down_to_the_segment(ranked: Coded) -> None:
    kept = kept_results(ranked.work)
    assert kept is not None
    page = _page(ranked, "priorities/of/parks/passages/")
    lines = (kept.folder / "codings.csv").read_text(encoding="utf-8").splitlines()[1:]
    coded = {line.split(",")[1] for line in lines if ",parks," in line and ",human," in line}
    assert coded
    for segment in sorted(coded)[:20]:
        assert f"passage {segment} " in page
    assert f"{len(coded)} passages" in page
    assert "ada@example.org" in page


def test_a_page_number_that_is_none_shows_the_first(ranked: Coded) -> None:
    first = _page(ranked, "priorities/of/parks/passages/")
    for number in ("0", "x", "9" * 9, "²"):
        assert _page(ranked, "priorities/of/parks/passages/", page=number).count("passage") > 0
    assert _page(ranked, "priorities/of/parks/passages/", page="1") == first


def test_choices_are_tried_out_without_a_script_and_change_nothing(ranked: Coded) -> None:
    told = _told(ranked)
    before = json.dumps(told, sort_keys=True)
    page = _page(ranked, "priorities/choices/", scheme="pooled", measure="plain", k="1")
    order = told["sensitivity"]["orders"]["pooled"]
    names = {one["id"]: one["name"] for one in told["priorities"]}
    listed = page[page.index("The order under these choices") :]
    places = [listed.index(f" {rank} {names[one]}") for rank, one in enumerate(order, 1)]
    assert places == sorted(places)
    assert "Exploration: not a result." in page
    assert json.dumps(_told(ranked), sort_keys=True) == before
    odd = _page(ranked, "priorities/choices/", scheme="'", k="-1", fewest="9" * 30)
    assert "The order is the same." in odd


def test_how_it_was_made_has_the_figures_of_agreement(ranked: Coded) -> None:
    from listening.steps.desk import figures

    figures.work_out(ranked.work)
    page = _page(ranked, "priorities/made/")
    assert "Would another reader agree?" in page
    assert "2 people read" in page
    assert re.search(r"All codes together \.\d\d", page)


def test_researchers_read_the_same_and_officers_nothing_of_it(ranked: Coded) -> None:
    assert "What comes first" in _page(ranked, by="researcher")
    assert ranked.client("officer").get(ranked.address("priorities/")).status_code == 403


def test_a_withdrawal_leaves_no_page_with_the_persons_words(
    built: dict[str, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from listening.steps import withdraw

    with copied(built["coded"], tmp_path, monkeypatch) as made:
        make_results(made.work)
        who = re.search(r"P\d{5}", _page(made, "priorities/of/parks/passages/"))
        assert who is not None
        withdraw(made.work, who.group())
        answer = made.client("lead").get(made.address("priorities/of/parks/passages/"), follow=True)
        assert "no priorities yet" in shown(answer)
