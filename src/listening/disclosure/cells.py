"""What may be told of one count by itself: a rounded figure, a band in words, or nothing."""

from __future__ import annotations

from listening.disclosure import estimates
from listening.disclosure.nouns import EVERYONE, Crowd, Shown, Told, Truth
from listening.disclosure.profiles import BASE, FEW, SMALL, Profile

#: A crowd of fewer than 14 people is listed as not heard, which tells that much of its size.
HEARD = 14


def rounded(count: int) -> int:
    """Round to the nearest multiple of 5."""
    return BASE * ((count + BASE // 2) // BASE)


def size(people: int, profile: Profile) -> Shown:
    """Say what is told of a crowd's size."""
    if people == 0 and profile.tells_nobody:
        return Shown(0, 0, 0)
    if people < FEW:
        return Shown(1 if profile.tells_nobody else 0, FEW - 1, f"fewer than {FEW}", "small")
    if people < HEARD:
        return Shown(FEW, HEARD - 1, FEW)  # "about 15" would say 13 of a group that is listed
    near = rounded(people)
    return Shown(max(near - BASE // 2, HEARD), near + BASE // 2, near)


def count(people: int, of: int, profile: Profile) -> Shown:
    """Say what is told of `people` among a crowd of `of`."""
    t = profile.threshold
    if of < FEW:
        return Shown(0, FEW - 1, None, "small")
    if of < SMALL:
        words = bands(of, t)
        if not words:
            return Shown(0, of, None, "small")
        for word, low, high in words:
            if low <= people <= high:
                return Shown(low, high, word)
    if people < t:
        return Shown(0, of, None, "low")
    if of - people < t:
        return Shown(0, of, None, "high")
    near = rounded(people)
    return Shown(max(t, near - BASE // 2), min(of - t, near + BASE // 2), near)


def bands(of: int, threshold: int) -> list[tuple[str, int, int]]:
    """Return the words for counts among fewer than 50 people, each with its lowest and highest.

    A few is under a quarter, some under half, many under three quarters, most above. Each leaves
    at least `threshold` people and as many others, and covers `threshold` counts or more: a word
    that would cover fewer goes to its neighbour. None is left where too few counts are.
    """
    first, last = threshold, of - threshold
    if last - first + 1 < threshold:
        return []
    cuts = [0, -(-of // 4), -(-of // 2), -(-3 * of // 4), of + 1]
    names = ("a few", "some", "many", "most")
    edges = zip(names, cuts[:-1], cuts[1:], strict=True)
    words = [(word, max(low, first), min(high - 1, last)) for word, low, high in edges]
    words = [one for one in words if one[1] <= one[2]]
    while len(words) > 1:
        wide = [high - low + 1 for _, low, high in words]
        narrow = min(range(len(words)), key=wide.__getitem__)
        if wide[narrow] >= threshold:
            break
        near = narrow + 1 if narrow == 0 else narrow - 1
        (word, low, high), (_, least, most) = words[near], words[narrow]
        words[near] = (word, min(low, least), max(high, most))
        del words[narrow]
    return words


def by_themselves(truth: Truth, profile: Profile) -> Told:
    """Say what each figure could tell if it stood alone; nothing of it has been verified."""
    everyone = truth.sizes[EVERYONE]
    sizes = {crowd: size(people, profile) for crowd, people in truth.sizes.items()}
    about = {crowd for row in truth.estimates.values() for crowd in row}
    steps = {crowd: estimates.points(truth, crowd, profile) for crowd in sorted(about)}
    cells = {}
    for theme, row in truth.counts.items():
        of = {**truth.sizes, **truth.asked.get(theme, {})}
        shown = {
            c: _estimate(truth, theme, c, steps[c], of[c], profile)
            if estimates.estimated(truth, theme, c)
            else count(people, of[c], profile)
            for c, people in row.items()
        }
        if shown[EVERYONE].value is None:
            # nobody needs the parts of a whole that is not told
            shown = {
                c: one if one.value is None else Shown(0, truth.sizes[c], None, "also")
                for c, one in shown.items()
            }
        cells[theme] = shown
    return Told(
        sizes=sizes,
        cells=cells,
        blocks=[[theme] for theme in truth.order],
        sure={t: 0 if cells[t][EVERYONE].value is not None else 2 for t in truth.sure},
        covered=count(truth.covered, everyone, profile),
        preferred=[
            (theme, crowd)
            for theme, crowd in truth.preferred
            if cells[theme][crowd].value is not None
        ],
        steps=steps,
    )


def _estimate(
    truth: Truth, theme: str, crowd: Crowd, step: int, of: int, profile: Profile
) -> Shown:
    share, people = truth.estimates[theme][crowd], truth.counts[theme][crowd]
    return estimates.shown(share, people, of, step, profile)
