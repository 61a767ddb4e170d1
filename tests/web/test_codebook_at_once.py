"""Two researchers at the codebook at once: what is done is what its page showed."""

from __future__ import annotations

import uuid

from listening.steps.desk import books as desk
from tests.web.coding_town import Coded
from tests.web.test_codebook_pages import changed, codes, publish, rename


def merge(made: Coded) -> None:
    told = {"merge-code": "parks", "merge-into": "buses", "merge-why": "One thing."}
    changed(made, {"change": "merge", **told})
    publish(made)


def test_a_page_that_was_open_before_takes_back_no_version_that_it_did_not_name(
    coded: Coded,
) -> None:
    merge(coded)
    before = codes(coded)
    rename(coded, "buses", "Buses and trams")
    publish(coded)
    assert 'name="version" value="1.2"' in (
        coded.client().get(coded.address("codebook/")).content.decode()
    )
    coded.do("undo", version="1.2")
    assert "Codebook, version 1.1" in coded.page("codebook/")
    page = coded.do("undo", version="1.2", once=uuid.uuid4().hex)  # from another window
    assert "Version 1.2: is not the one that was changed to last any more" in page
    assert "Codebook, version 1.1" in coded.page("codebook/")
    assert codes(coded) == before


def test_what_was_looked_at_beside_another_version_is_not_published(coded: Coded) -> None:
    merge(coded)
    rename(coded, "buses", "Buses and trams")
    ready = desk.draft(coded.work)
    assert ready is not None
    told = {"mark": ready.mark, "before": "1.1", "once": uuid.uuid4().hex}
    coded.do("undo", version="1.1")  # the other researcher, meanwhile
    before = codes(coded)
    coded.client().post(coded.address("codebook/next/"), told)
    assert coded.do_all() == 1
    assert "was not when you looked at what would change" in coded.page()
    assert codes(coded) == before
    assert "Codebook, version 1.0" in coded.page("codebook/")
    assert "was merged into" in coded.page("codebook/next/")  # it says so now
    coded.client().post(
        coded.address("codebook/next/"), {**told, "before": "1.0", "once": uuid.uuid4().hex}
    )
    coded.do_all()
    assert "Codebook, version 1.2" in coded.page("codebook/")
