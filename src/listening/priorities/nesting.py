"""Codes that stand under a broader one: whoever raises a code raises what it stands under.

The order is of the codes that no other code stands above (METHOD.md, section 2). A person counts
once for a broad code, by whichever of its codes; programs for qualitative research call it
aggregating from children. The codes beneath are told within the broad one and ranked nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from listening.codebook import Codebook
from listening.errors import InvalidTable
from listening.priorities.correction import Audit
from listening.priorities.counting import Counted
from listening.priorities.eligibility import ASKED
from listening.priorities.nouns import Theme, Within
from listening.records import NOT_ASKED, PROMPTED, Table, check


def themes_of(book: Codebook) -> list[Theme]:
    """Return the codes of a codebook that count, each under the nearest broader one that counts.

    A heading, a draft or a retired code counts for nobody: what stands under it stands under the
    next code above that counts, and is ranked by itself where there is none.
    """
    parents = {code.id: code.parent for code in book.codes}
    counts = {code.id for code in book.in_use}
    return [
        Theme(one.id, one.name, one.definition, under=_above(one.parent, parents, counts))
        for one in book.in_use
    ]


def _above(code: str, parents: Mapping[str, str], counts: AbstractSet[str]) -> str:
    while code and code not in counts:
        code = parents.get(code, "")
    return code


@dataclass(frozen=True)
class Nesting:
    """Which themes are ranked, and which count for them.

    Where none stands under another, every table comes back as it was given.

    Attributes:
        ranked: the themes that none stands above, in the order given; what is shown apart as well.
        beneath: the others by their ids.
        above: of each of these, the ids above it, the nearest first: the last one is ranked.
    """

    ranked: tuple[Theme, ...]
    beneath: Mapping[str, Theme]
    above: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, themes: Sequence[Theme]) -> Nesting:
        """Return how themes stand under one another.

        Raises:
            InvalidTable: one stands under what is no theme that can be ranked, or under itself.
        """
        by_id = {theme.id: theme for theme in themes}
        beneath = {theme.id: theme for theme in themes if theme.under}
        return cls(
            tuple(theme for theme in themes if not theme.under),
            beneath,
            {one: _chain(theme, by_id) for one, theme in beneath.items()},
        )

    def top(self, code: str) -> str:
        """Return the code for which a code counts: itself where none stands above it."""
        above = self.above.get(code)
        return above[-1] if above else code

    def rolled(self, table: Table, best: str = "") -> Table:
        """Return a table with each code replaced by the one for which it counts, without repeats.

        Args:
            table: with a column `code`.
            best: column of a figure, of which the greatest stays where rows become the same.
        """
        if not self.above:
            return table
        made = table.reset_index(drop=True)
        made = made.assign(code=made["code"].map(self.top).astype(made["code"].dtype))
        if best:
            made = made.sort_values(best, ascending=False, kind="stable")
        same = [name for name in made.columns if name != best]
        return made.drop_duplicates(same).sort_index().reset_index(drop=True)

    def asked(self, asked: Table | None) -> Table | None:
        """Return ASKED of the ranked themes.

        Whoever could raise any code of a theme could raise the theme, and was prompted for it if a
        question named any.
        """
        if asked is None or not self.above:
            return asked
        told = check(asked, ASKED)
        told = told.assign(code=told["code"].map(self.top))
        pair = ["participant_id", "code"]
        named = told.loc[told["how"] == PROMPTED, pair].drop_duplicates()
        never = told.loc[told["how"] == NOT_ASKED, pair].value_counts().reset_index(name="many")
        sizes = pd.Series([*map(self.top, self.above), *(one.id for one in self.ranked)])
        whole = never["code"].map(sizes.value_counts()).fillna(1)
        never = never.loc[never["many"] >= whole, pair]
        both = pd.concat([named.assign(how=PROMPTED), never.assign(how=NOT_ASKED)])
        return check(both.sort_values(pair, ignore_index=True).astype(str), ASKED)

    def audit(self, audit: Audit | None) -> Audit | None:
        """Return an audit whose guesses are of the ranked themes: the likeliest of their codes."""
        if audit is None or not self.above:
            return audit
        return replace(audit, guesses=self.rolled(audit.guesses, best="probability"))

    def within(
        self, raised: Table, ids: Sequence[str], counted: Counted
    ) -> dict[str, tuple[Within, ...]]:
        """Count who raised each code beneath, among those who are counted for the ranked one.

        Args:
            raised: participant_id, code, as people coded or a machine suggested it.
            ids: participants of `counted`, in its order.
            counted: what was found with them of the ranked themes.

        Returns:
            By the id of each ranked theme with codes beneath it: these, each followed by what
            stands under it, the most people first.
        """
        if not self.above:
            return {}
        people = self._people(raised, ids, counted)
        under: dict[str, list[Within]] = {}
        for one, theme in self.beneath.items():
            under.setdefault(theme.under, []).append(Within(theme, people.get(one, 0)))
        return {
            theme.id: tuple(_in_order(theme.id, under))
            for theme in self.ranked
            if theme.id in under
        }

    def _people(self, raised: Table, ids: Sequence[str], counted: Counted) -> dict[str, int]:
        """Return the people of each code beneath, by whichever of the codes under it."""
        each = [(code, one) for code, above in self.above.items() for one in (code, *above[:-1])]
        codes = pd.DataFrame(each, columns=["code", "counts_for"])
        pairs = raised[["participant_id", "code"]].astype(str).merge(codes, on="code")
        pairs = pairs[["participant_id", "counts_for"]].drop_duplicates()
        person = pd.Index(ids).get_indexer(pd.Index(pairs["participant_id"]))
        tops = pairs["counts_for"].map(self.top)
        theme = pd.Index([one.id for one in counted.themes]).get_indexer(pd.Index(tops))
        there = (person >= 0) & (theme >= 0)
        found = np.zeros(len(pairs), dtype=np.int64)
        counts = counted.raised[person[there], theme[there]] > 0
        found[there] = counted.people[person[there]] * counts
        totals = pd.Series(found, index=pairs["counts_for"]).groupby(level=0).sum()
        return {str(code): int(number) for code, number in totals.items()}


def _chain(theme: Theme, by_id: Mapping[str, Theme]) -> tuple[str, ...]:
    chain: list[str] = []
    at = theme.under
    while at:
        broader = by_id.get(at)
        if broader is None or not broader.rankable or not theme.rankable or at in chain:
            raise InvalidTable(
                "The list of codes",
                f"puts {theme.id} under {at}, which cannot be ranked or stands under itself.",
                "Put it under a code of the list that can be ranked, or under none.",
            )
        chain.append(at)
        at = broader.under
    return tuple(chain)


def _in_order(code: str, under: Mapping[str, Sequence[Within]]) -> Iterator[Within]:
    for one in sorted(under.get(code, ()), key=lambda one: (-one.people, one.theme.id)):
        yield one
        yield from _in_order(one.theme.id, under)
