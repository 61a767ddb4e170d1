"""Titles that tell projects apart, addresses that are some, and labels that are put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.codebook import load
from listening.errors import ListeningError
from listening.labelstudio.configs import project_config
from listening.labelstudio.nouns import LAYOUTS, ROLES_OF_PROJECTS
from listening.steps import Work
from listening.steps.coding import push
from listening.steps.coding.showing import LONGEST, title_there
from listening.store.coding import KeptProject
from tests.fakes_labelstudio import FakeLabelStudio
from tests.steps.coded_town import ADA, BEN, CODERS, book, chosen, lay_out
from tests.steps.town import RUN

OpenAt = Callable[[Path], Work]
LONG = "a-very-long-beginning-of-an-address-that-goes-on-and-on"


@pytest.fixture
def server() -> FakeLabelStudio:
    return FakeLabelStudio(CODERS)


def test_coders_whose_addresses_begin_alike_have_projects_and_counts_of_their_own(
    work: Work, server: FakeLabelStudio
) -> None:
    both = [f"{LONG}.one@example.org", f"{LONG}.two@example.org"]
    told = push(work, RUN, book(), server, both)
    assert len(told.links) == len(set(told.links.values())) == len(server.projects())
    assert sum(told.sent.values()) == sum(len(server.tasks(one)) for one in server.projects())
    assert len(set(server.titles())) == len(server.projects())


def test_projects_of_two_programmes_are_told_apart(
    open_at: OpenAt, tmp_path: Path, work: Work, server: FakeLabelStudio
) -> None:
    other = open_at(tmp_path / "other")
    lay_out(other)
    chosen(other, tmp_path / "another.csv")
    other.settings = replace(other.settings, programme="Mill Town")
    push(work, RUN, book(), server, [ADA, BEN])
    push(other, RUN, book(), server, [ADA, BEN])
    assert len(set(server.titles())) == len(server.projects())
    assert "Blind · answers · ada@example.org · Mill Town" in server.titles()


@given(
    st.sampled_from(sorted(ROLES_OF_PROJECTS)),
    st.sampled_from(sorted(LAYOUTS)),
    st.text(st.characters(codec="utf-8"), max_size=70),
    st.text(min_size=1, max_size=70),
)
def test_a_title_is_never_longer_than_label_studio_takes(
    role: str, layout: str, coder: str, programme: str
) -> None:
    one = KeptProject(f"{coder}/1", None, role, layout, coder, "town", "1.0")
    title = title_there(one, programme)
    assert 3 <= len(title) <= LONGEST
    if len(f"{coder}{programme}") > LONGEST:
        assert title != title_there(replace(one, key=f"{coder}/2"), programme)


@pytest.mark.parametrize(
    "told", ["nobody", "a@x.org,b@x.org", "a@x.org b@x.org", "a@x@y", "@x.org", "ada@", "A <a@x>"]
)
def test_what_is_not_one_address_is_refused_before_anything_is_sent(
    work: Work, server: FakeLabelStudio, told: str
) -> None:
    with pytest.raises(ListeningError, match="is not the address of one coder"):
        push(work, RUN, book(), server, [ADA, told])
    assert server.projects() == {}
    assert work.store.loop.projects() == []
    with pytest.raises(ListeningError, match="is not the address of one coder"):
        push(work, RUN, book(), server, [ADA, BEN], left=[told])


def test_labels_that_were_changed_in_label_studio_are_put_back(
    work: Work, server: FakeLabelStudio
) -> None:
    push(work, RUN, book(), server, [ADA, BEN])
    number = _assisted(server)
    right = server.config_of(number)
    server.set_config(number, right.replace("Housing", "Houses"))
    (note,) = push(work, RUN, book(), server, [ADA, BEN]).notes
    assert "“Assisted · answers” were changed in Label Studio, and are put back" in note
    assert server.config_of(number) == right
    assert push(work, RUN, book(), server, [ADA, BEN]).notes == ()


def test_retired_codes_that_annotations_carry_stay_in_the_labels(
    work: Work, server: FakeLabelStudio
) -> None:
    old = '[[codes]]\nid = "old"\nname = "Old"\nstatus = "retired"\ndefinition = "Of old."\n'
    push(work, RUN, book(more=old), server, [ADA, BEN])
    number = _assisted(server)
    held = project_config(load(book(more=old)), "whole", "assisted", retired=True).content.decode()
    server.set_config(number, held)
    assert push(work, RUN, book(more=old), server, [ADA, BEN]).notes == ()
    assert server.config_of(number) == held
    server.set_config(number, "<View/>")
    push(work, RUN, book(more=old), server, [ADA, BEN])
    assert server.config_of(number) == held


class Stubborn(FakeLabelStudio):
    """One in which somebody coded under a label that the codebook does not have."""

    def set_config(self, project: int, config: str) -> None:
        raise ListeningError("Label Studio refused", f"{project}", config[:9])


def test_labels_that_cannot_be_put_back_are_told_and_the_rest_is_sent(work: Work) -> None:
    server = Stubborn(CODERS)
    push(work, RUN, book(), server, [ADA, BEN])
    FakeLabelStudio.set_config(server, _assisted(server), "<View/>")
    lost = server.hold("assisted/whole")
    lost.pop(next(iter(lost)))
    told = push(work, RUN, book(), server, [ADA, BEN])
    assert "does not let them be put back" in " ".join(told.notes)
    assert told.sent == {"Assisted · answers": 1}


def _assisted(server: FakeLabelStudio) -> int:
    return next(n for n, key in server.projects().items() if key.endswith("assisted/whole"))
