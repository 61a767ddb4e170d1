"""The plain sentences that stand beside figures: why an order is so, who was not heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from listening.priorities.nouns import Correction, Priority, RankSettings, Source

#: How a source is named in a sentence: "among the people interviewed".
AMONG = {
    "interview": "people interviewed",
    "focus_group": "people in focus groups",
    "street": "people met in the street",
    "survey": "people who answered the survey",
}
NAMES = {
    "interview": "Interviews",
    "focus_group": "Focus groups",
    "street": "Street notes",
    "survey": "The survey",
}

STATEMENTS = {
    "provisional": (
        "Provisional: nobody has coded yet. These are candidate themes in reading order; the "
        "intervals show sampling alone."
    ),
    "reviewed": "Reviewed: the themes were coded by people.",
}


def number(count: int) -> str:
    """Write a number of people as a person would: 12,400."""
    return f"{count:,}"


def people(count: int) -> str:
    """Write "1 person" or "12,400 people"."""
    return "1 person" if count == 1 else f"{number(count)} people"


def why_order(
    ranked: Sequence[Priority],
    slopes: Mapping[str, Mapping[str, float]],
    scored: Mapping[str, Mapping[str, float]],
) -> tuple[str, ...]:
    """Say, for each theme, why its place differs from the order by distinct people.

    Args:
        ranked: the priorities in their order.
        slopes: for each theme's id, what one unit of share in each source adds to its score.
        scored: for each theme's id, its share in each source as the score uses it, weighted where
            the order is.

    Returns:
        One text per priority, empty where the two orders agree about it.
    """
    added = {
        theme: {kind: slope * scored[theme][kind] for kind, slope in of.items()}
        for theme, of in slopes.items()
    }
    texts = []
    for place, one in enumerate(ranked):
        larger = [other for other in ranked[place + 1 :] if other.reach.people > one.reach.people]
        smaller = [other for other in ranked[:place] if other.reach.people < one.reach.people]
        sentences = []
        if larger:
            other = max(larger, key=lambda theme: (theme.reach.people, -theme.rank))
            sentences.append(_against(one, other, added, scored, higher=True))
        if smaller:
            other = min(smaller, key=lambda theme: (theme.reach.people, theme.rank))
            sentences.append(_against(one, other, added, scored, higher=False))
        texts.append(" ".join(sentences))
    return tuple(texts)


def _against(
    one: Priority,
    other: Priority,
    added: Mapping[str, Mapping[str, float]],
    scored: Mapping[str, Mapping[str, float]],
    *,
    higher: bool,
) -> str:
    sign = 1 if higher else -1
    mine, theirs = added[one.theme.id], added[other.theme.id]
    kind = max(sorted(mine), key=lambda name: sign * (mine[name] - theirs[name]))
    shares = scored[one.theme.id][kind], scored[other.theme.id][kind]
    return (
        f"{'Fewer' if higher else 'More'} people in all raised it than {other.theme.name} "
        f"({number(one.reach.people)} against {number(other.reach.people)}), yet it stands "
        f"{'above' if higher else 'below'}, {_because(one, other, kind, shares, sign)}"
    )


def _because(
    one: Priority, other: Priority, kind: str, shares: tuple[float, float], sign: int
) -> str:
    """Give the reason that holds: who was asked, what weights did, or how sources are weighed."""
    mine, theirs = one.sources[kind], other.sources[kind]
    name = other.theme.name
    if any(one.sources[of].of != other.sources[of].of for of in one.sources):
        return (
            f"because not everybody could raise both: {number(mine.people)} of the "
            f"{number(mine.of)} {AMONG[kind]} who could raise it did, and {number(theirs.people)} "
            f"of the {number(theirs.of)} who could raise {name}."
        )
    if sign * (mine.prevalence - theirs.prevalence) < 0:
        return (
            f"because {AMONG[kind]} are weighted to the population: weighted, {shares[0]:.0%} of "
            f"them raised it and {shares[1]:.0%} raised {name}."
        )
    return (
        f"because each source has a say of its own: of the {number(mine.of)} {AMONG[kind]}, "
        f"{number(mine.people)} raised it and {number(theirs.people)} raised {name}."
    )


def not_heard_sentence(
    label: tuple[str, str],
    heard: tuple[int, int],
    population: int | None,
    capacity: float | None,
    unknown: int,
) -> str:
    """Say what having heard so few of a group means for the ranking.

    Args:
        label: the group.
        heard: how many people of it, in how many accounts.
        population: how many live there, where known.
        capacity: what part of the group can hold a concern and still go unheard.
        unknown: people of whom it is not known.
    """
    group = f"{label[0]}: {label[1]}"
    living = "" if population is None else f" of {number(population)} in the population"
    silent = (
        f" For {people(unknown)} this is not known: they may be of this group or not."
        if unknown
        else ""
    )
    if capacity is None:
        return (
            f"Nobody known to be of this group ({group}){living} was heard: what is missing from "
            f"the ranking is not heard, never proof that it is no concern.{silent}"
        )
    number_of, accounts = heard
    notes = f" in {accounts} {'account' if accounts == 1 else 'accounts'}"
    return (
        f"{people(number_of)} of this group ({group}){living} "
        f"{'was' if number_of == 1 else 'were'} heard"
        f"{notes if accounts < number_of else ''}: a concern that {capacity:.0%} of the group hold "
        f"could still have been missed, one time in twenty.{silent}"
    )


def notes(
    settings: RankSettings,
    sources: Sequence[Source],
    ranked: Sequence[Priority],
    too_many: Sequence[str],
    single: Sequence[str],
    *,
    all_small: bool,
) -> tuple[str, ...]:
    """Say what a reader must know before using the order.

    Args:
        settings: the choices made.
        sources: the sources.
        ranked: the priorities in order.
        too_many: attributes with too many values to be groups.
        single: kinds of source that are one single group.
        all_small: whether all sources vote only because all are too small.
    """
    said = []
    if all_small:
        said.append(
            f"Every source has fewer than {settings.min_source} participants, so all of them vote: "
            "take the order as a hint."
        )
    said.extend(
        f"{NAMES[source.kind]} ({source.participants} "
        f"{'participant' if source.participants == 1 else 'participants'}) are shown as evidence "
        f"but have no vote in the order: fewer than {settings.min_source} took part."
        for source in sources
        if not source.votes
    )
    said.extend(
        f"All {AMONG[kind]} belong to one group, so how far groups differ cannot be seen: the "
        "ranges are too narrow."
        for kind in single
    )
    ties = len(ranked[0].tied_with)
    if ties:
        said.append(
            f"{ties} of the other {len(ranked) - 1} themes cannot be told apart from the first "
            f"({ranked[0].theme.name}): they are statistically tied."
        )
    said.extend(
        f"The attribute {name} has too many different values to compare groups: put them into a "
        "few bands."
        for name in too_many
    )
    return tuple(said)


def weighed(said: Sequence[str], population: bool) -> tuple[str, ...]:
    """Say what weighting did, where it was asked for; also where there was nothing to weight by."""
    if population:
        return tuple(said)
    return (
        "Nobody is weighted to the population: there is no population table. Bring population.csv, "
        "or choose no weights.",
    )


def corrected(one: Correction) -> str:
    """Say how a source was corrected, and what that was worth."""
    chosen = (
        f"; {number(one.certain)} more are known whatever the draw (read on purpose, or nil "
        "answers alone)"
        if one.certain and one.audited
        else ""
    )
    said = (
        f"{NAMES[one.kind]}: all {number(one.participants)} participants count. "
        f"{number(one.audited or one.certain)} of them, "
        f"{'drawn at random' if one.audited else 'chosen'}, were read in full by people{chosen}; "
        "for the others the machine's suggestions were corrected by how far they were off there. "
        "Numbers of people are estimates."
    )
    return f"{said} {_worth(one)}".strip()


def _worth(one: Correction) -> str:
    if one.width is None or one.width_least is None or one.width_most is None:
        return "Too few were checked to say whether the machine made the figures any surer."
    share = f"{abs(1 - one.width):.0%}"
    helped = (
        f"narrowed the range of the middle theme by {share}"
        if one.width < 0.995
        else "made the ranges no narrower"
        if one.width <= 1.005
        else f"widened the range of the middle theme by {share}"
    )
    return (
        f"Against counting those alone who were read, this {helped} (theme by theme, to between "
        f"{one.width_least:.0%} and {one.width_most:.0%} of its width)."
    )


def never_asked(ranked: Sequence[Priority]) -> tuple[str, ...]:
    """Name the themes that nobody could raise."""
    names = [one.theme.name for one in ranked if one.reach.of == 0]
    if not names:
        return ()
    return (
        f"Nobody was asked anything that would have let them raise {', '.join(names)}: the last "
        "place says nothing of it.",
    )
