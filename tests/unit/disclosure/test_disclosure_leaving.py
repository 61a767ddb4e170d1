"""Who has left since a release narrows what it withheld, without a word of a later one."""

from __future__ import annotations

import pytest

from benchmarks import disclosure as benchmark
from benchmarks.attackers import Programme, working
from listening import disclosure
from listening.disclosure.nouns import Earlier
from listening.disclosure.profiles import PROFILES
from listening.errors import ListeningError

ONS = PROFILES["ons"]


def eleven() -> tuple[Programme, benchmark.Out]:
    """Return programme 143 of the benchmark: sources of 5, 3 and 3 people, released once."""
    made = Programme.make(143, 11)
    out = benchmark._release(made, "ons", [])
    assert out is not None
    return made, out


def since(out: benchmark.Out, left: dict[str, int]) -> Earlier:
    joined = {"all": 12, "source|focus_group": 6, "source|street": 6}
    return Earlier("r0", out.truth, out.told, joined, left, ONS.threshold)


def test_no_release_follows_one_of_eleven_people_whose_leavers_narrow_what_it_withheld() -> None:
    outcome = benchmark.play(143, 11)
    assert (outcome.releases, outcome.refused) == (1, 1)
    assert outcome.breaches == []


@pytest.mark.parametrize(("gone", "follows"), [(2, True), (3, False)])
def test_nine_of_the_others_must_be_left_where_fewer_than_ten_was_told(
    gone: int, follows: bool
) -> None:
    made, out = eleven()
    kinds = [one.source for one in made.people]
    assert sorted(kinds.count(kind) for kind in set(kinds)) == [3, 3, 5]
    # those who leave were of the focus group, so that of eleven only the rest can be of another
    earlier = since(out, {"all": gone, "source|focus_group": gone})
    stay = [one for one in made.people if one.source != "focus_group"]
    group = [one for one in made.people if one.source == "focus_group"]
    street = next(one for one in stay if one.source == "street")
    made.people = [*stay, *group[gone:], *[group[0]] * 6, *[street] * 6]
    document = working(made, {}, 1)
    truth = disclosure.truth(document)
    if follows:
        assert disclosure.protect(truth, ONS, [earlier], {}).cells
    else:
        with pytest.raises(ListeningError, match="who came and left"):
            disclosure.protect(truth, ONS, [earlier], {})
