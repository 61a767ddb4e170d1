"""What may be told of a share that the audit corrects: a percentage, and how coarse it must be.

Where the machine's guesses are known (and they are assumed to be), an estimate of everybody turns
back into a count of those who were read: a point of percentage is so many of them. Rounded to a
step that covers as many of those read as the threshold, it says no more than a rounded count would.
"""

from __future__ import annotations

from listening.disclosure.nouns import Crowd, Shown, Told, Truth, heard
from listening.disclosure.profiles import FEW, Profile

#: Percentages are rounded to the first of these (points) that covers enough of those read.
POINTS = (1, 2, 3, 4, 5, 10)


def estimated(truth: Truth, theme: str, crowd: Crowd) -> bool:
    """Whether a share of this crowd is an estimate, so that no count of it is told."""
    return crowd in truth.estimates.get(theme, {})


def points(truth: Truth, crowd: Crowd, profile: Profile) -> int:
    """Return the step, in points, to which estimates about a crowd are rounded; 0 where none will.

    A person who was read and stands for many moves an estimate by more: as few are held to have
    been read as if everybody who was stood for as many.
    """
    heaviest = max(truth.stands.get(one, 1.0) for one in sources_in(truth, crowd))
    few = truth.sizes[heard(crowd)] / heaviest
    return next((step for step in POINTS if step * few >= 100 * profile.threshold), 0)


def sources_in(truth: Truth, crowd: Crowd) -> tuple[Crowd, ...]:
    """Return the sources that make up a crowd that an estimate is about."""
    sources = truth.partitions[0].crowds
    return (crowd,) if crowd in sources else sources


def shown(share: float | None, people: int, of: int, step: int, profile: Profile) -> Shown:
    """Say what is told of an estimate.

    Args:
        share: of everybody; None where not everybody was asked.
        people: of those who were read, how many raised it: this is what must not be found out.
        of: how many were read.
        step: from `points`.
        profile: how strict.
    """
    t = profile.threshold
    if of < FEW or not step:
        return Shown(0, of, None, "small")
    if people < t:
        return Shown(0, of, None, "low")
    if of - people < t:
        return Shown(0, of, None, "high")
    if share is None:
        return Shown(0, of, None, "also")
    near = step * round(100 * share / step)
    # neither nobody nor everybody: of neither is it told
    return Shown(t, of - t, f"{min(max(near, step), 100 - step)}%")


def read_share(one: Shown) -> float | None:
    """Return the share that is told; None where it is withheld or a count."""
    told = isinstance(one.value, str) and one.value.endswith("%")
    return int(str(one.value)[:-1]) / 100 if told else None


def borders(share: float, step: int) -> tuple[float, float]:
    """Return the lowest and the highest share that would be told as `share`."""
    half, near = step / 200, round(100 * share)
    low = 0.0 if near <= step else share - half
    return low, 1.0 if near >= 100 - step else share + half


def facts(truth: Truth, told: Told) -> list[tuple[str, dict[Crowd, float], float, float]]:
    """Return what the estimates that are told say of those who were read.

    Whoever knows the guesses knows all of an estimate but Σ (people whom one stands for × those
    read who raised it): it can be lower and higher by as much as the rounding leaves open.

    Returns:
        theme, source to factor, and the lowest and highest value of the sum.
    """
    found = []
    for theme, row in truth.estimates.items():
        for crowd, exact in row.items():
            one = told.cells[theme][crowd]
            share = read_share(one)
            if share is None or exact is None or one.kept:
                continue
            low, high = borders(share, told.steps[crowd])
            own = [s for s in sources_in(truth, crowd) if s in truth.counts[theme]]
            factors = {source: truth.stands.get(source, 1.0) for source in own}
            here = sum(factor * truth.counts[theme][s] for s, factor in factors.items())
            everybody = truth.sizes[heard(crowd)]
            ends = here + (low - exact) * everybody, here + (high - exact) * everybody
            found.append((theme, factors, *ends))
    return found
