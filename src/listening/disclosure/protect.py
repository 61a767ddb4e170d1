"""Withholds more and more until nothing that is withheld can be worked out from what is told.

Each step takes something back and never adds, so it ends: at the latest when nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from listening.disclosure import estimates
from listening.disclosure.cells import by_themselves
from listening.disclosure.certainty import NOT_AT_ALL
from listening.disclosure.nouns import (
    EVERYONE,
    KNOWN_SIZES,
    PEOPLE,
    Crowd,
    Earlier,
    Shown,
    Told,
    Truth,
    as_plain,
)
from listening.disclosure.profiles import Profile
from listening.disclosure.system import System, system
from listening.disclosure.verify import Target, failing, met_without, targets, withheld
from listening.errors import ListeningError

Quoted = Mapping[str, Mapping[Crowd, int]]
#: Every round takes something back; a programme has far fewer things to take back.
MOST_ROUNDS = 500


def protect(truth: Truth, profile: Profile, earlier: Sequence[Earlier], quoted: Quoted) -> Told:
    """Say what may be told, so that every withheld count stays uncertain.

    Args:
        truth: the exact figures.
        profile: how strict.
        earlier: every earlier release of the programme, the oldest first.
        quoted: theme id to crowd to how many different people are quoted.

    Raises:
        ListeningError: it could not be verified; nothing may be published.
    """
    told = by_themselves(truth, profile)
    told.quoted = {theme: dict(row) for theme, row in quoted.items()}
    _keep(truth, told, profile, earlier)
    met: set[tuple[str, ...]] = set()
    for _ in range(MOST_ROUNDS):
        made = system(truth, told, earlier)
        wanted = targets(truth, told, profile, earlier)
        found = failing(made, [one for one in wanted if one.key not in met])
        if not found:
            if met and failing(made, wanted):  # everything once more, as it will stand
                met = set()
                continue
            return told
        met |= {one.key for one in wanted} - {one.key for one in found}
        work, before = _Relief(truth, told, profile, earlier), as_plain(told)
        for one in found:
            work.relieve(one, made)
        if as_plain(told) == before:
            work.everything()
            if as_plain(told) == before:
                break
    raise ListeningError(
        "The release",
        "could not be made safe: with what earlier releases told, and with who came and left "
        "since, it would give counts away whatever is withheld.",
        "Nothing was written. Wait until more people have been heard. Where so many people of a "
        "small programme's earlier release have left that few of them remain, none can follow it.",
    )


def _keep(truth: Truth, told: Told, profile: Profile, earlier: Sequence[Earlier]) -> None:
    """Repeat what was told of crowds that nobody, or a few people, have joined or left since."""
    for crowd in truth.sizes:
        one = _few_changes(crowd, profile, earlier)
        if one is None:
            continue
        same = (one.truth.k, one.truth.covered) == (truth.k, truth.covered)
        if crowd == EVERYONE and same and told.covered.value is None:
            told.covered = replace(told.covered, kept=_known(one))
        if crowd in one.told.sizes and crowd not in KNOWN_SIZES:
            told.sizes[crowd] = _repeated(one.told.sizes[crowd], one.release)
        for theme, row in told.cells.items():
            before = one.told.cells.get(theme, {}).get(crowd)
            if crowd in row and before is not None and _by_people(one, truth, theme, crowd):
                repeated = _as_strict(row[crowd], _repeated(before, one.release))
                counted = estimates.read_share(before) is None
                if before.value is not None and counted == estimates.estimated(truth, theme, crowd):
                    # a count then and an estimate now, or the other way: not about the same people
                    repeated = replace(repeated, value=None, zone=repeated.zone or "also")
                row[crowd] = repeated
        _hide_what_moved(one, truth, told, crowd)


def _hide_what_moved(one: Earlier, truth: Truth, told: Told, crowd: Crowd) -> None:
    """Withhold what would say, less what was told before, how many raised a code that was not.

    Codes that were merged, or put under another, are a theme's now: whoever knows the codebook
    takes the theme's earlier figure from its new one, and nobody else has come meanwhile.
    """
    then = {theme: row[crowd] for theme, row in one.told.cells.items() if crowd in row}
    moved = [
        theme
        for theme in dict.fromkeys([*then, *told.cells])
        if not (theme in then and theme in told.cells and _by_people(one, truth, theme, crowd))
    ]
    if all(then[theme].value is not None for theme in moved if theme in then):
        return
    everyone = max(truth.sizes.values())
    for theme in moved:
        fresh, before = told.cells.get(theme, {}).get(crowd), then.get(theme)
        if fresh is None or (before and (before.low, before.high) == (fresh.low, fresh.high)):
            continue
        told.cells[theme][crowd] = withheld(everyone)
        if crowd == EVERYONE:  # its place among others would say the same
            told.blocks = [[each for block in told.blocks for each in block]]
            told.preferred.clear()
            told.sure = dict.fromkeys(told.sure, NOT_AT_ALL)
            told.covered = withheld(everyone)


def _few_changes(crowd: Crowd, profile: Profile, earlier: Sequence[Earlier]) -> Earlier | None:
    for one in reversed(earlier):
        size = one.told.sizes.get(crowd)
        if size is not None and size.kept:
            continue  # it told nothing new of this crowd
        moved = one.joined.get(crowd, 0) + one.left.get(crowd, 0)
        if crowd in one.truth.sizes and moved < profile.threshold:
            return one
    return None


def _by_people(one: Earlier, truth: Truth, theme: str, crowd: Crowd) -> bool:
    """Whether a count can have changed by who came and went alone; else it was coded anew."""
    change = truth.counts[theme][crowd] - one.truth.counts[theme][crowd]
    return -one.left.get(crowd, 0) <= change <= one.joined.get(crowd, 0)


def _repeated(one: Shown, release: str) -> Shown:
    return one if one.kept else Shown(one.low, one.high, one.value, one.zone, release)


def _known(one: Earlier) -> str:
    """Return the release that told the coverage already; empty where it withheld it too."""
    return one.told.covered.kept or (one.release if one.told.covered.value is not None else "")


def _as_strict(own: Shown, repeated: Shown) -> Shown:
    """Withhold what an earlier, looser profile told and this one does not."""
    if own.value is None and own.zone in ("low", "high", "small"):
        return replace(repeated, value=None, zone=own.zone)
    return repeated


class _Relief:
    """Takes back what narrows one count; one round's work."""

    def __init__(
        self, truth: Truth, told: Told, profile: Profile, earlier: Sequence[Earlier]
    ) -> None:
        self.truth, self.told, self.profile, self.earlier = truth, told, profile, earlier
        self.everyone = max(truth.sizes.values())

    def relieve(self, one: Target, made: System) -> None:
        """Take back one thing that makes this target's range too narrow."""
        if self.told.quoted.get(one.theme, {}).get(one.crowd):
            # a quote says that there is at least one such person
            self.told.quoted.pop(one.theme)
            self.told.silent.append(one.theme)
        elif self.told.preferred:
            self.told.preferred.clear()
        elif one.theme == PEOPLE and one.what == "cell":
            self._hide_a_size(one)
        elif met_without(made, one, "sure"):
            self._less_sure(one.theme)
        elif met_without(made, one, "order"):
            self._less_order(one.theme)
        elif met_without(made, one, "sure", "order"):
            self._less_sure(one.theme)
            self._less_order(one.theme)
        else:
            self._hide_a_cell(one)

    def _less_sure(self, theme: str) -> None:
        known = [t for t, level in self.told.sure.items() if level < NOT_AT_ALL]
        for other in [theme] if theme in known else known:
            self.told.sure[other] += 1

    def _less_order(self, theme: str) -> None:
        """Tell a theme as equal with its neighbours; where it has no place, everything."""
        blocks = self.told.blocks
        at = next((n for n, block in enumerate(blocks) if theme in block), None)
        if at is None or len(blocks) == 1:
            self.told.blocks = [[t for block in blocks for t in block]]
            return
        first, last = max(0, at - 1), min(len(blocks), at + 2)
        blocks[first:last] = [[t for block in blocks[first:last] for t in block]]

    def _hide_a_size(self, one: Target) -> None:
        for partition in self.truth.partitions:
            if one.crowd in partition.crowds:
                around = {*partition.crowds, partition.whole} - set(KNOWN_SIZES)
                known = [c for c in around if self._told_size(c)]
                if known:
                    self._hide_crowd(min(known, key=lambda c: (self.truth.sizes[c], c)))
                    return
                small = [c for c in partition.crowds if isinstance(self.told.sizes[c].value, str)]
                for crowd in small:  # that all of them are small says how small each can be
                    self._hide_crowd(crowd)
                if small:
                    return
        self.everything()

    def _told_size(self, crowd: Crowd) -> bool:
        one = self.told.sizes[crowd]
        return not one.zone and not one.kept and one.value != 0

    def _hide_crowd(self, crowd: Crowd) -> None:
        self.told.sizes[crowd] = withheld(self.everyone)
        for row in self.told.cells.values():
            if crowd in row and row[crowd].value is not None and not row[crowd].kept:
                row[crowd] = withheld(self.everyone)

    def _hide_a_cell(self, one: Target) -> None:
        if one.what == "covered":
            top = [t for t in self.truth.order[: self.truth.k] if self._is_told(t, EVERYONE)]
            self._hide_theme(top[0]) if top else self.everything()
            return
        if one.theme not in self.told.cells:
            self.everything()
            return
        crowd = next(self._to_hide(one), None)
        if crowd == EVERYONE:
            self._hide_theme(one.theme)
        elif crowd is not None:
            self.told.cells[one.theme][crowd] = withheld(self.everyone)
        elif len(self.told.blocks) > 1:
            self._less_order(one.theme)
        else:
            self.everything()

    def _to_hide(self, one: Target) -> Iterator[Crowd]:
        """Yield told cells of the theme, first those beside the one that is too narrow."""
        if one.release != "now" or one.what != "cell":
            yield from [one.crowd] if self._is_told(one.theme, one.crowd) else []
        row = self.told.cells[one.theme]
        beside = [
            crowd
            for partition in self.truth.partitions
            if one.crowd in (*partition.crowds, partition.whole) or one.crowd == EVERYONE
            for crowd in (*partition.crowds, partition.whole)
            if crowd in row and crowd != EVERYONE
        ]
        for chosen in (beside, [crowd for crowd in row if crowd != EVERYONE], [EVERYONE]):
            shown = [c for c in chosen if self._is_told(one.theme, c)]
            yield from sorted(shown, key=lambda c: (self.truth.sizes[c], c))

    def _is_told(self, theme: str, crowd: Crowd) -> bool:
        one = self.told.cells[theme].get(crowd)
        return one is not None and one.value is not None and not one.kept

    def _hide_theme(self, theme: str) -> None:
        row = self.told.cells[theme]
        for crowd, one in row.items():
            if one.value is not None and not one.kept:  # what is repeated tells nothing new
                row[crowd] = withheld(self.everyone)
        if theme in self.told.sure:
            self.told.sure[theme] = NOT_AT_ALL

    def everything(self) -> None:
        """Tell nothing but names and sizes of groups: the last resort."""
        for theme in self.told.cells:
            self._hide_theme(theme)
        self.told.blocks = [[t for block in self.told.blocks for t in block]]
        self.told.sure = dict.fromkeys(self.told.sure, NOT_AT_ALL)
        self.told.covered = withheld(self.everyone)
        self.told.silent += self.told.quoted
        self.told.quoted = {}
