"""Who counts beside those whom people read: a survey's others, guessed and corrected."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from listening.codebook import Codebook
from listening.coding import Lesson, examples, texts_of
from listening.coding.guesses import by_person, guesses
from listening.coding.selection import AUDIT
from listening.priorities import Nesting, themes_of
from listening.priorities.correction import Audit
from listening.records import Table, Vectors
from listening.steps.discover import embed_texts
from listening.steps.reviewing import Coded
from listening.steps.selecting import texts_of_rows
from listening.steps.work import Work, content_key

#: the only kind whose answers are short enough for a machine (METHOD.md, section 1)
SURVEY = "survey"


@dataclass(frozen=True)
class CountedBeside:
    """People of a survey who count without having been read, and how.

    Attributes:
        people: everybody of the survey who counts.
        audit: who was read, with what chance, and what the machine guesses of everybody.
    """

    people: frozenset[str]
    audit: Audit


def corrected(
    work: Work, run_id: str, own: Table, vectors: Vectors, coded: Coded
) -> CountedBeside | None:
    """Return who of a survey counts without having been read; None where nobody does.

    Whoever came after the last draw had no chance in it and waits. Whoever gave nil answers alone
    needs no reading. People who were picked to teach the machine teach it, and count as everybody
    who was not drawn does: they were in the draw as well, so to count what was read of them would
    count their like twice.

    Args:
        work: the workplace.
        run_id: the run.
        own: SEGMENTS of residents' own words.
        vectors: a unit vector of each.
        coded: what people coded, enough to rank.
    """
    answers = own[own["source_kind"] == SURVEY]
    everybody = set(answers["participant_id"])
    spoke = set(answers.loc[~answers["nil"], "participant_id"])
    if spoke <= coded.found.people:
        return None
    chances = _chances(work, coded.found.people & spoke, spoke)
    if not chances:
        return None
    silent = everybody - spoke
    people = (spoke & set(work.store.framed())) | set(chances) | silent
    read = pd.DataFrame(
        sorted([*chances.items(), *((who, 1.0) for who in silent)]),
        columns=["participant_id", "probability"],
    )
    counts = own["participant_id"].isin(people)
    spoken = ((own["source_kind"] == SURVEY) & ~own["nil"] & counts).to_numpy()
    those = own[spoken].reset_index(drop=True)
    said = by_person(texts_of_rows(those, vectors[spoken].reshape(len(those), -1)))
    seed = work.store.run(run_id).seed
    # what is learnt is what is ranked: somebody's code counts for the one above it
    nesting = Nesting.of(themes_of(coded.codebook))
    lesson = _lesson(work, run_id, coded.codebook, nesting)
    table = guesses(said, _taught(coded, spoke, nesting), seed, lesson, work.spread)
    return CountedBeside(frozenset(people), Audit((SURVEY,), read, table))


def _chances(work: Work, read: set[str] | frozenset[str], spoke: set[str]) -> dict[str, float]:
    """Return the logged chance of each who was drawn and read.

    Where everybody was drawn and not everybody is read yet, those read are as good as drawn: they
    come in the order of a lot.
    """
    log = work.store.selections()
    drawn = log[log["stream"] == AUDIT].drop_duplicates("participant_id")
    chance = dict(zip(drawn["participant_id"], drawn["probability"].astype(float), strict=True))
    of_all = len([who for who in spoke if who in chance])
    found = {who: chance[who] for who in sorted(read) if who in chance}
    return {who: p if p < 1 else len(found) / of_all for who, p in found.items()}


def _taught(coded: Coded, spoke: set[str], nesting: Nesting) -> dict[str, frozenset[str]]:
    in_use = {code.id for code in coded.codebook.in_use}
    taught = coded.found.taught
    rows = taught[taught["participant_id"].isin(spoke)].groupby("participant_id")["code"]
    return {
        str(who): frozenset(nesting.top(code) for code in in_use.intersection(codes))
        for who, codes in rows
    }


def _lesson(work: Work, run_id: str, book: Codebook, nesting: Nesting) -> Lesson:
    texts = {content_key("codebook", text): text for text in texts_of(book)}
    found = embed_texts(work, run_id, texts)
    lesson = examples(book, {text: found[key] for key, text in texts.items()})
    return replace(lesson, codes=[frozenset(map(nesting.top, codes)) for codes in lesson.codes])
