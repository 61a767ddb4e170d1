"""What goes into a ranking and what comes out of it: frozen dataclasses, exact figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from listening.errors import ListeningError
from listening.records import Reject

if TYPE_CHECKING:
    from listening.priorities.equity.nouns import Equity

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Scheme = Literal["depth", "equal", "pooled"]
Status = Literal["provisional", "reviewed"]
SCHEMES: tuple[Scheme, ...] = ("depth", "equal", "pooled")
STATUSES: tuple[Status, ...] = ("provisional", "reviewed")


@dataclass(frozen=True)
class Theme:
    """One thing that can be ranked: a code of the codebook, or a candidate theme.

    `rankable` is False for "other" and "no reason given": counted and shown apart, never ranked.
    `under` is the id of a broader theme for which this one counts; it is then not ranked itself.
    """

    id: str
    name: str
    statement: str
    rankable: bool = True
    under: str = ""


@dataclass(frozen=True)
class RankSettings:
    """The choices a leader can make before any rank is seen.

    Attributes:
        k: how many themes are "the top".
        scheme: `depth` weighs sources by the root of their effective size (at most 400), `equal`
            gives each source the same say, `pooled` puts everyone in one pool.
        replicates: bootstrap resamples.
        alpha: 1 minus the confidence of every interval and rank set.
        status: `provisional` until people have coded; then nothing is said of certainty.
        min_source: sources with fewer participants are evidence, not voters.
        priority_groups: (attribute, value) pairs whose own top three are looked after.
        weights: whether surveys and street notes are weighted to the population, where they can be.
    """

    k: int = 6
    scheme: Scheme = "depth"
    replicates: int = 2000
    alpha: float = 0.05
    status: Status = "provisional"
    min_source: int = 10
    priority_groups: tuple[tuple[str, str], ...] = ()
    weights: bool = False

    def __post_init__(self) -> None:
        """Refuse choices that have no meaning.

        Raises:
            ListeningError: naming the setting.
        """
        rules = {
            "k, the number of top priorities, must be 1 or more.": self.k >= 1,
            f"the scheme must be one of {', '.join(SCHEMES)}.": self.scheme in SCHEMES,
            f"the status must be one of {', '.join(STATUSES)}.": self.status in STATUSES,
            "the number of resamples must be 2 or more.": self.replicates >= 2,
            "alpha must lie between 0 and 1.": 0 < self.alpha < 1,
        }
        for rule, kept in rules.items():
            if not kept:
                raise ListeningError(
                    "The settings of the ranking", rule, "Change it and run again."
                )


@dataclass(frozen=True)
class Share:
    """`people` of `of` raised it; `interval` is Wilson's on the effective number of people.

    `of` are those whom the instrument let raise it. `estimated` says that a correction estimated
    `people`: no list of them exists. `read` is then what was found with those who were read: how
    many people raised it, of how many who could.
    """

    people: int
    of: int
    prevalence: float
    interval: tuple[float, float]
    estimated: bool = False
    read: tuple[int, int] | None = None


@dataclass(frozen=True)
class GroupShare:
    """How many people of one group raised a theme."""

    attribute: str
    value: str
    people: int
    of: int


@dataclass(frozen=True)
class Within:
    """How many of the people who raised a theme did so by a code beneath it, or under that one.

    Where a source was corrected they are among those who were read.
    """

    theme: Theme
    people: int


@dataclass(frozen=True)
class Source:
    """One kind of source: who spoke there and how much say it has in the score.

    `mean_prevalence` is the mean share over rankable themes; a score divided by it depends on the
    codebook, so it is kept with the ranking. `alpha` is 0 for a source that does not vote.
    """

    kind: str
    participants: int
    people: int
    n_eff: float
    alpha: float
    mean_prevalence: float
    votes: bool


@dataclass(frozen=True)
class Priority:
    """One theme in its place, with everything that says how sure the place is.

    Attributes:
        reach: distinct people over all sources.
        rank_interval: bootstrap interval of the rank, "one at a time".
        p_top_k: share of resamples in which it is among the top k; None when provisional.
        joint: ranks it can hold when the whole order is claimed at once (its lower end: the tier).
        marginal: ranks it can hold when only this theme's place is claimed; lies within `joint`.
        tied_with: ids of the themes that cannot be told apart from it.
        too_few_checked: corrected sources in which fewer than five of those read raised it.
        prompted: how many people were asked about it by name.
        within: the codes beneath it, which are ranked nowhere.
    """

    rank: int
    theme: Theme
    reach: Share
    score: float
    rank_interval: tuple[int, int]
    p_top_k: float | None
    joint: tuple[int, int]
    marginal: tuple[int, int]
    tied_with: tuple[str, ...]
    sources: Mapping[str, Share]
    groups: tuple[GroupShare, ...]
    why_order: str
    too_few_checked: tuple[str, ...] = ()
    prompted: int = 0
    within: tuple[Within, ...] = ()


@dataclass(frozen=True)
class Apart:
    """An answer that is counted but never ranked ("other", "no reason given")."""

    theme: Theme
    people: int
    of: int


@dataclass(frozen=True)
class Protected:
    """A theme that matters most to a priority group and yet lies outside the overall top k.

    `shrunk` is the group's share drawn towards everybody's, by which its own top three are found.
    """

    attribute: str
    value: str
    theme: Theme
    people: int
    of: int
    shrunk: float
    rank: int
    rank_in_group: int
    p_top_3: float


@dataclass(frozen=True)
class NotHeard:
    """A group of whom fewer than 14 people were heard, each with an account of their own.

    `heard` are people; of `accounts`, a note on several passers-by is one, and a focus group too.
    `unknown` is the number of people who said nothing of this attribute; `hearing_capacity` is the
    share of the group that can hold a concern and still go unheard (None when nobody was heard).
    """

    attribute: str
    value: str
    heard: int
    accounts: int
    population: int | None
    unknown: int
    hearing_capacity: float | None
    sentence: str


@dataclass(frozen=True)
class Coverage:
    """People with at least one concern in the top k, beside the widest reach k themes can have.

    `greedy` holds (theme id, people covered so far), best addition first. Where a source was
    corrected `read` says the same of those who were read: covered, and all of them.
    """

    people: int
    of: int
    greedy: tuple[tuple[str, int], ...]
    read: tuple[int, int] | None = None


@dataclass(frozen=True)
class Correction:
    """How the machine's guesses in one source were corrected by people who were read.

    Attributes:
        kind: of source.
        participants: everybody counted there.
        audited: of them, who were drawn at random and read in full.
        certain: of them, who were read in full whatever the draw (chance 1).
        too_few: ids of the themes of which fewer than five of those read were found to raise them.
        width: how wide the interval of the middle theme is, as a part of what those read alone
            give: below 1 where the machine helps; None where every theme is in `too_few`.
        width_least: the same of the theme that gains most.
        width_most: the same of the theme that gains least, which may be above 1.
        people: everybody counted there, in people.
        read: people who were read.
        heaviest: the most people that one who was read stands for.
    """

    kind: str
    participants: int
    audited: int
    certain: int
    too_few: tuple[str, ...]
    width_least: float | None
    width: float | None
    width_most: float | None
    people: int
    read: int
    heaviest: float


@dataclass(frozen=True)
class Ranking:
    """Everything that `rank` found. `covariance` is of the scores, in the order of `priorities`."""

    settings: RankSettings
    seed: int
    participants: int
    people: int
    priorities: tuple[Priority, ...]
    sources: tuple[Source, ...]
    apart: tuple[Apart, ...]
    equity: Equity
    protected: tuple[Protected, ...]
    not_heard: tuple[NotHeard, ...]
    coverage: Coverage
    #: name of a way of ranking -> theme ids in its order.
    sensitivity: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    rejects: tuple[Reject, ...]
    corrections: tuple[Correction, ...]
    #: design effect of each kind of source that weights were used for.
    weighted: Mapping[str, float]
    covariance: Floats = field(compare=False, repr=False)
    #: what the order under other choices is made of (`exploring`).
    exploring: Mapping[str, Any] = field(compare=False, repr=False)
