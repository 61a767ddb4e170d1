"""What officers set apart: somebody's words, or a stretch, that never go into the analysis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd

from listening.records import PEOPLE, TURNS, Reading, Reject, Table, check
from listening.sources.sketches import runs, words_of

#: words; a shorter turn ("Yes, he did.") is said by many, and does not tell where it came from
TELLING = 8
#: share of a turn's runs of three words, or of those of the turn that was set apart, that both
#: hold where they are the same words: in another format turns are cut elsewhere, or mended
_SAME = 2 / 3
#: share of somebody's words from which on they are the person who was set apart
_MOSTLY = 1 / 2


@dataclass(frozen=True)
class Apart:
    """What is set apart of a file.

    The words hold for any file: the same talk may be sent again, mended or in another format.

    Attributes:
        people: keys of people in this very file.
        rows: first and last row of each stretch of this very file.
        of_people: turns of people who were set apart, as `same_words` spells them.
        words: turns of stretches that were set apart, likewise.
    """

    people: frozenset[str] = frozenset()
    rows: tuple[tuple[int, int], ...] = ()
    of_people: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def same_words(text: str) -> str:
    """Spell a turn so that equal ones compare equal."""
    return " ".join(text.casefold().split())


def telling(text: str) -> bool:
    """Whether a turn is long enough to be known again by its words."""
    return len(text.split()) >= TELLING


def set_apart(reading: Reading, apart: Apart) -> Reading:
    """Leave out what is set apart, with a reject for each person and each stretch.

    Whoever has nothing left to say is left out as well. `names` stay: others may speak of them.
    """
    turns = reading.turns
    resident = turns["role"] == "participant"
    theirs = resident & _said_again(turns["text"], apart.of_people)
    people = set(apart.people) | _mostly(turns, theirs, resident)
    of_people = resident & turns["participant"].isin(people)
    # one sentence that two people say ("I am happy to take part today") is not all they say
    stretch = (theirs | _said_again(turns["text"], apart.words)) & ~of_people
    for first, last in apart.rows:
        stretch |= turns["row"].between(first, last) & ~of_people
    gone = of_people | stretch
    if not gone.any():
        return reading
    silent = set(turns.loc[gone & resident, "participant"]) - set(turns.loc[~gone, "participant"])
    stays = ~reading.people["participant"].isin(silent)
    rejects = [_person(turns, one) for one in dict.fromkeys(turns.loc[of_people, "participant"])]
    rejects += [_stretch(turns, stretch)] if stretch.any() else []
    return replace(
        reading,
        turns=check(turns[~gone].reset_index(drop=True), TURNS),
        people=check(reading.people[stays].reset_index(drop=True), PEOPLE),
        rejects=(*reading.rejects, *rejects),
    )


def _mostly(turns: Table, theirs: pd.Series[bool], resident: pd.Series[bool]) -> set[str]:
    """Return who says mostly what somebody who was set apart says: by their words."""
    words = turns["text"].map(lambda text: len(text.split()))
    said = words[resident].groupby(turns["participant"]).sum().to_dict()
    again = words[theirs].groupby(turns["participant"]).sum().to_dict()
    return {str(who) for who, many in again.items() if many >= _MOSTLY * said[who]}


def _said_again(texts: pd.Series[str], marked: Collection[str]) -> pd.Series[bool]:
    """Say which texts hold the words of a marked turn, or a good part of them."""
    of_turn = [runs(words_of(turn)) for turn in sorted(marked)]
    holding: dict[str, list[int]] = {}
    for n, own in enumerate(of_turn):
        for run in own:
            holding.setdefault(run, []).append(n)

    def known(text: str) -> bool:
        if not holding:
            return False
        if same_words(text) in marked:
            return True
        own = runs(words_of(text))
        shared = Counter(n for run in own for n in holding.get(run, ()))
        return any(
            len(own) >= TELLING - 2 and many >= _SAME * min(len(own), len(of_turn[n]))
            for n, many in shared.items()
        )

    return texts.map(known).astype(bool)


def without(
    reading: Reading, people: Collection[str], *, others: bool, why: tuple[str, str]
) -> Reading:
    """Leave speakers out, with a reject for each that quotes nothing.

    Args:
        reading: what was read of one file.
        people: the participants' keys.
        others: whether what interviewers say goes too.
        why: why, and what to do about it.
    """
    turns = reading.turns
    resident = turns["role"] == "participant"
    goes = [resident & (turns["participant"] == who) for who in sorted(people)]
    goes += [~resident] if others else []
    rejects = [
        Reject(
            str(turns["file"].iloc[0]),
            str(turns.loc[rows, "row"].min()),
            "One speaker, with everything they said",
            *why,
        )
        for rows in goes
    ]
    gone = (resident & turns["participant"].isin(people)) | (~resident & others)
    stays = ~reading.people["participant"].isin(people)
    return replace(
        reading,
        turns=check(turns[~gone].reset_index(drop=True), TURNS),
        people=check(reading.people[stays].reset_index(drop=True), PEOPLE),
        rejects=(*reading.rejects, *rejects),
    )


def _person(turns: Table, participant: str) -> Reject:
    mine = turns[turns["participant"] == participant]
    return _reject(mine, "One person, with everything they said")


def _stretch(turns: Table, marked: pd.Series[bool]) -> Reject:
    many = int(marked.sum())
    return _reject(turns[marked], f"{many} contribution{'' if many == 1 else 's'}")


def _reject(turns: Table, what: str) -> Reject:
    return Reject(
        str(turns["file"].iloc[0]),
        str(turns["row"].min()),
        what,
        "Their officer set this apart: it does not go into the analysis.",
        "Nothing: it stays out.",
    )
