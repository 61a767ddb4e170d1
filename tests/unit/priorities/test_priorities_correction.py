"""The correction against PPI++ as others wrote it, and against what it must do by its design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from priorities_cases import crowd, person, tables, themes

from listening.errors import InvalidTable
from listening.priorities import RankSettings, Theme, rank
from listening.priorities.bootstrap import replicate
from listening.priorities.correction import Audit, Corrected, correct
from listening.priorities.counting import count, sums
from listening.priorities.words import corrected
from listening.records import PARTICIPANTS, Table, table_of

REVIEWED = RankSettings(k=1, replicates=200, status="reviewed")


class Case(NamedTuple):
    """A survey: what each person raises, what the machine guesses, who was read and how likely."""

    truth: np.ndarray[Any, Any]
    guess: np.ndarray[Any, Any]
    chance: np.ndarray[Any, Any]

    @property
    def people(self) -> Table:
        return table_of([person(f"p{i}") for i in range(len(self.truth))], PARTICIPANTS)

    @property
    def codes(self) -> list[Theme]:
        return themes(*(f"c{k}" for k in range(self.truth.shape[1])))

    @property
    def raised(self) -> Table:
        return _pairs(np.argwhere((self.truth > 0) & (self.chance > 0)[:, None]))

    @property
    def audit(self) -> Audit:
        rows = np.flatnonzero(self.chance > 0)
        read = pd.DataFrame(
            {"participant_id": [f"p{i}" for i in rows], "probability": self.chance[rows]}
        )
        pairs = np.argwhere(np.ones_like(self.guess))
        return Audit(("survey",), read, _pairs(pairs).assign(probability=self.guess.ravel()))

    def corrected(self) -> Corrected:
        counted, _, _ = count(self.raised, self.people, self.codes)
        return correct(counted, self.people, self.audit, 0.05)


def _pairs(pairs: np.ndarray[Any, Any]) -> Table:
    rows = [(f"p{i}", f"c{k}") for i, k in pairs]
    return pd.DataFrame(rows, columns=["participant_id", "code"])


def case(seed: int, n: int, audited: int, shares: Sequence[float], noise: float) -> Case:
    random = np.random.default_rng(seed)
    truth = (random.random((n, len(shares))) < np.array(shares)).astype(float)
    guess = np.clip(truth * (1 - noise) + noise * random.random(truth.shape), 0, 1)
    chance = np.zeros(n)
    chance[random.permutation(n)[:audited]] = audited / n
    return Case(truth, guess, chance)


#: seed, people, audited, noise, share; and what ppi-python 0.2.3 gives for them at λ = 1 − π:
#: `ppi_mean_pointestimate`, and the ends of `ppi_mean_ci` at 95 %. It is no test dependency: it
#: installs a package named `tests`, which hides this one.
ORACLE = [
    (1, 100, 30, 0.2, 0.5, 0.4895891364777722, 0.3869502710483055, 0.5922280019072389),
    (2, 250, 100, 0.6, 0.3, 0.33927081858077524, 0.26054321471523373, 0.41799842244631674),
    (3, 1000, 150, 0.9, 0.2, 0.1401545485424026, 0.07318188491770626, 0.20712721216709895),
    (4, 400, 100, 0.4, 0.05, 0.015965802578148003, -0.009064160134994195, 0.040995765291290204),
    (5, 600, 120, 1.0, 0.5, 0.5374052383186381, 0.43943739167033224, 0.6353730849669439),
]


@pytest.mark.parametrize("oracle", ORACLE)
def test_the_estimate_and_its_interval_are_those_of_ppi_python(oracle: tuple[Any, ...]) -> None:
    seed, n, audited, noise, share, estimate, low, high = oracle
    random = np.random.default_rng(seed)
    truth = (random.random(n) < share).astype(float)
    guess = np.clip(truth * (1 - noise) + noise * random.random(n), 0, 1)
    chance = np.where(np.arange(n) < audited, audited / n, 0.0)
    found = Case(truth[:, None], guess[:, None], chance).corrected()
    seen = sums(found.counted)
    assert seen.shares[0, 0] == pytest.approx(estimate)
    variance = ((high - low) / 2 / 1.959963984540054) ** 2
    theirs = _people_left(variance, truth[:audited], n)
    # they divide by n and we by n − 1
    assert seen.n_eff[0, 0] * found.counted.known[0, 0] == pytest.approx(theirs, rel=1 / audited)


def _people_left(variance: float, read: np.ndarray[Any, Any], n: int) -> float:
    """Return of how many people read this is the variance, one more being known nothing of."""
    audited, one = len(read), 1 / len(read) ** 2
    left = audited * (read.var(ddof=1) / audited + one) / (variance + one)
    # with fewer than five no more is claimed than from those read alone
    return float(min(n if read.sum() >= 5 else audited, left))


@given(st.integers(0, 999), st.integers(60, 200), st.integers(30, 50), st.floats(0.05, 1))
@settings(max_examples=25)
def test_the_estimate_and_its_variance_are_the_printed_formula_of_ppi(
    seed: int, n: int, audited: int, noise: float
) -> None:
    made = case(seed, n, audited, [0.5], noise)
    read = made.chance > 0
    y, f, rest = made.truth[read, 0], made.guess[read, 0], made.guess[~read, 0]
    lam = 1 - audited / n
    found = made.corrected()
    seen = sums(found.counted)
    estimate = lam * rest.mean() + (y - lam * f).mean()
    assert seen.shares[0, 0] == pytest.approx(estimate)
    variance = lam**2 * rest.var(ddof=1) / len(rest) + (y - lam * f).var(ddof=1) / audited
    assert seen.n_eff[0, 0] * found.counted.known[0, 0] == pytest.approx(
        _people_left(variance, y, n)
    )


def test_the_bootstrap_varies_as_the_design_says() -> None:
    made = case(3, 600, 150, [0.3, 0.1], 0.6)
    found = made.corrected()
    drawn = replicate(found.counted, 8000, 1, 2).shares[:, 0]
    assert drawn.mean(axis=0) == pytest.approx(sums(found.counted).shares[0], abs=0.002)
    read = made.chance > 0
    # read people vary by what the machine missed, the others by what it holds of them
    errors, rest = made.truth[read] - 0.75 * made.guess[read], 0.75 * made.guess[~read]
    variance = errors.var(axis=0, ddof=1) / 150 + rest.var(axis=0, ddof=1) / 450
    assert drawn.var(axis=0) == pytest.approx(variance, rel=0.06)


def test_an_estimate_near_nothing_is_about_as_sure_as_those_read_alone() -> None:
    """p(1 − p) over the variance is a handful of people there, and the range a quarter wide."""
    truth = np.zeros((400, 1))
    truth[:6] = 1
    chance = np.where(np.arange(400) < 100, 0.25, 0.0)
    guess = np.full((400, 1), 0.01)
    guess[:100, 0] = 0.09
    guess[:6] = 0.1
    made = Case(truth, guess, chance).corrected()
    seen = sums(made.counted)
    assert seen.shares[0, 0] < 0.001
    assert 80 < seen.n_eff[0, 0] * made.counted.known[0, 0] < 130


def test_chances_of_their_own_leave_no_less_to_doubt_than_one_chance_for_all() -> None:
    one = case(4, 600, 120, [0.3, 0.1], 0.7)
    own = one._replace(chance=one.chance * (1 + np.linspace(0, 1e-4, 600)))
    few = one._replace(chance=one.chance * np.where(np.arange(600) % 100 == 0, 1.0001, 1))
    expected = one.corrected().counted.known
    assert own.corrected().counted.known == pytest.approx(expected, rel=0.01)
    assert few.corrected().counted.known == pytest.approx(expected, rel=0.01)


def test_whoever_is_known_for_certain_is_not_called_read_in_full() -> None:
    made = case(6, 400, 100, [0.3], 0.5)
    drawn = np.flatnonzero(made.chance > 0)
    chance = made.chance.copy()
    chance[np.flatnonzero(chance == 0)[:30]] = 1.0  # nil answers alone need no reading
    (told,) = made._replace(chance=chance).corrected().told
    said = corrected(told)
    assert (told.audited, told.certain) == (len(drawn), 30)
    assert "100 of them, drawn at random, were read in full by people; 30 more are known" in said


def test_whatever_the_guesses_are_worth_the_estimate_is_right_on_average() -> None:
    random = np.random.default_rng(1)
    truth = (random.random((400, 1)) < 0.3).astype(float)
    biased = np.clip(0.5 + 0.3 * truth + 0.1 * random.random(truth.shape), 0, 1)
    shares = []
    for _ in range(300):
        chance = np.zeros(400)
        chance[random.permutation(400)[:100]] = 0.25
        shares.append(sums(Case(truth, biased, chance).corrected().counted).shares[0, 0])
    assert np.mean(shares) == pytest.approx(truth.mean(), abs=4 * np.std(shares) / np.sqrt(300))


def test_guesses_that_tell_nothing_leave_what_those_read_alone_give() -> None:
    made = case(2, 500, 120, [0.4], 0.0)
    flat = Case(made.truth, np.full_like(made.guess, 0.7), made.chance)
    found = flat.corrected()
    alone = made.truth[made.chance > 0].mean()
    assert sums(found.counted).shares[0, 0] == pytest.approx(alone)
    assert sums(found.counted).n_eff[0, 0] * found.counted.known[0, 0] == pytest.approx(
        120, rel=0.02
    )
    assert found.told[0].width == pytest.approx(1.0, abs=0.01)


def test_perfect_guesses_know_as_much_as_reading_everybody() -> None:
    made = case(2, 500, 120, [0.4], 0.0).corrected()
    # but for what one more person could show, of whom it knew nothing
    assert made.counted.known[0, 0] == pytest.approx(0.9, abs=0.01)
    assert made.told[0].width == pytest.approx(np.sqrt(120 / 500), rel=0.1)


def test_whoever_is_certain_to_be_read_counts_once_and_the_drawn_stand_for_the_rest() -> None:
    truth = np.array([[1.0]] * 10 + [[0.0]] * 90)
    chance = np.r_[np.ones(10), np.repeat([0.5, 0.0], 45)]
    found = Case(truth, np.zeros((100, 1)), chance).corrected()
    assert sums(found.counted).raised[0, 0] == pytest.approx(10)
    assert found.read.weight.sum() == pytest.approx(100)
    assert found.told[0].audited == 45
    assert found.told[0].certain == 10


def test_those_drawn_who_are_not_read_yet_are_stood_for_by_those_who_are() -> None:
    made = case(4, 400, 100, [0.5], 0.3)
    half = made.chance.copy()
    half[np.flatnonzero(half)[:50]] = 0
    found = Case(made.truth, made.guess, half).corrected()
    assert found.read.weight.sum() == pytest.approx(400)
    assert sums(found.counted).people[0, 0] == 400


def test_a_code_found_with_fewer_than_five_is_told_as_too_little_checked() -> None:
    truth = np.zeros((300, 2))
    truth[:4, 0] = truth[:40, 1] = 1
    chance = np.zeros(300)
    chance[:100] = 1 / 3
    made = Case(truth, truth * 0.5, chance)
    ranking = rank(made.raised, made.people, made.codes, REVIEWED, 1, audit=made.audit)
    by_id = {one.theme.id: one for one in ranking.priorities}
    assert by_id["c0"].too_few_checked == ("survey",)
    assert by_id["c1"].too_few_checked == ()
    few = by_id["c0"].sources["survey"]
    # no surer than a hundred people can be
    assert few.interval[1] - few.interval[0] > 0.05


def test_an_estimate_says_so_and_lies_between_nobody_and_everybody() -> None:
    truth = np.zeros((300, 2))
    truth[:60, 1] = 1
    chance = np.zeros(300)
    chance[:100] = 1 / 3
    made = Case(truth, np.where(chance[:, None] > 0, 0.9, 0.1) * np.ones((300, 2)), chance)
    ranking = rank(made.raised, made.people, made.codes, REVIEWED, 1, audit=made.audit)
    for one in ranking.priorities:
        assert one.reach.estimated
        assert 0 <= one.reach.people <= 300
        assert one.reach.interval[0] <= one.reach.prevalence <= one.reach.interval[1]
    assert ranking.corrections[0].participants == 300
    assert "audited_alone" in ranking.sensitivity
    assert any("corrected by how far they were off" in note for note in ranking.notes)


def test_groups_and_coverage_are_of_those_who_were_read() -> None:
    made = case(5, 400, 100, [0.5, 0.2], 0.5)
    people = made.people.assign(attributes=[{"age": "old"}] * 400)
    ranking = rank(made.raised, people, made.codes, REVIEWED, 1, audit=made.audit)
    assert {group.of for one in ranking.priorities for group in one.groups} == {100}
    first = int(made.raised["code"].value_counts().iloc[0])
    assert ranking.coverage.of == 400
    assert ranking.coverage.people == pytest.approx(first * 4, abs=1)


def test_other_sources_are_counted_as_they_were_read() -> None:
    raised, people = tables({**crowd("interview", 8, "c0"), **crowd("interview", 12)})
    made = case(6, 300, 100, [0.5, 0.2], 0.5)
    ranking = rank(
        pd.concat([raised, made.raised]),
        pd.concat([people, made.people], ignore_index=True),
        made.codes,
        REVIEWED,
        1,
        audit=made.audit,
    )
    spoken = next(one for one in ranking.priorities if one.theme.id == "c0").sources["interview"]
    assert (spoken.people, spoken.of, spoken.estimated) == (8, 20, False)


@given(st.integers(0, 99), st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_neither_order_nor_names_nor_repeats_mean_anything_to_a_correction(
    seed: int, random: Any
) -> None:
    made = case(seed, 150, 40, [0.4, 0.1], 0.5)
    shuffled = list(range(150))
    random.shuffle(shuffled)
    turned = Case(made.truth[shuffled], made.guess[shuffled], made.chance[shuffled])
    counted, _, _ = count(pd.concat([turned.raised] * 3), turned.people, turned.codes)
    one, other = made.corrected(), correct(counted, turned.people, turned.audit, 0.05)
    assert sums(other.counted).shares == pytest.approx(sums(one.counted).shares)
    assert other.counted.known == pytest.approx(one.counted.known)


@given(st.integers(0, 99), st.integers(0, 39))
@settings(max_examples=20)
def test_another_of_those_read_who_raises_it_never_lowers_an_estimate(seed: int, who: int) -> None:
    made = case(seed, 150, 40, [0.4], 0.5)
    more = made.truth.copy()
    more[np.flatnonzero(made.chance)[who]] = 1
    before, after = (sums(one.corrected().counted) for one in (made, made._replace(truth=more)))
    assert after.shares[0, 0] >= before.shares[0, 0] - 1e-12


def test_an_audit_of_nobody_is_refused() -> None:
    made = case(7, 200, 100, [0.5], 0.5)
    nobody = replace(made.audit, read=made.audit.read.iloc[:0])
    with pytest.raises(InvalidTable, match="nobody who was drawn at random"):
        rank(made.raised, made.people, made.codes, REVIEWED, 1, audit=nobody)
