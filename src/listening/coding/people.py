"""From suggestions about segments to what each person is provisionally taken to raise."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening.codebook import NO_REASON, OTHER
from listening.coding.match import Matching
from listening.records import Table

ENOUGH = 0.5
#: segments of an ordinary short answer, for which one suggestion is enough (METHOD.md, section 1)
SHORT_ANSWER = 3
_DENIAL = re.compile(
    r"\W*(?:(?:\w+\? )?(?:no|nah|nope|never)|not (?:really|here|me|us))\b", re.IGNORECASE
)


def suggestions(segments: Table, matching: Matching) -> Table:
    """One row per segment and code that is suggested for it.

    The more a person says, the more chances a machine has to be wrong about them: at a false
    positive rate of 1 % a segment, 3 segments give 3 % and 30 give 26 % (METHOD.md, section 1). So
    the bar is one half up to 3 segments and rises with the number m of a person's segments to
    0.5 ** (3/m), which holds a person's chance of a wrong code near that of a short answer. A text
    that a person repeats gives no further chance, so m counts their distinct texts.

    Who answers an interviewer with no ("No, no damp here") does not raise the subject: in
    interviews and focus groups a segment that begins with a denial suggests nothing.

    Args:
        segments: SEGMENTS rows of residents' own words, none of them nil.
        matching: probabilities, one row per segment.

    Returns:
        Table of segment_id, participant_id, code, probability, suggested (0 or 1); only codes
        with a probability of at least one half are listed.
    """
    said = segments.groupby("participant_id")["text_key"].transform("nunique").to_numpy()
    bar = ENOUGH ** (SHORT_ANSWER / np.maximum(said, SHORT_ANSWER))
    rows, columns = np.nonzero(matching.probabilities >= ENOUGH)
    found = matching.probabilities[rows, columns]
    enough = (found >= bar[rows]) & ~denials(segments)[rows]
    return pd.DataFrame(
        {
            "segment_id": segments["segment_id"].to_numpy()[rows],
            "participant_id": segments["participant_id"].to_numpy()[rows],
            "code": np.array(matching.codes, dtype=str)[columns],
            "probability": found,
            "suggested": enough.astype(int),
        }
    )


def likeliest(segments: Table, matching: Matching) -> Table:
    """Return the likeliest code of each segment, however unlikely.

    Args:
        segments: SEGMENTS rows.
        matching: probabilities, one row per segment.

    Returns:
        Table of segment_id, code, probability; one row per segment, none where nothing is matched.
    """
    if not matching.codes:
        segments = segments.iloc[:0]
        return pd.DataFrame({"segment_id": segments["segment_id"], "code": "", "probability": 0.0})
    best = matching.probabilities.argmax(axis=1)
    return pd.DataFrame(
        {
            "segment_id": segments["segment_id"].to_numpy(),
            "code": np.array(matching.codes)[best],
            "probability": matching.probabilities[np.arange(len(best)), best],
        }
    )


def denials(segments: Table) -> NDArray[np.bool_]:
    """Say which segments begin with a denial of what an interviewer or a group asked.

    Args:
        segments: SEGMENTS.

    Returns:
        One bool per row; a survey's answers deny nobody's question.
    """
    asked = segments["source_kind"].isin(["interview", "focus_group"])
    return np.asarray(asked & segments["text"].str.match(_DENIAL), dtype=np.bool_)


def raised_by_people(segments: Table, suggested: Table) -> Table:
    """Who raises what: distinct participant_id, code; everybody who spoke has at least one row.

    Args:
        segments: SEGMENTS rows of residents' own words, nil answers among them.
        suggested: `suggestions(...)` of those that are not nil.

    Returns:
        Table of participant_id, code. A person none of whose words match a code raises `other`;
        a person who gave only nil answers gave `no-reason-given`.
    """
    coded = suggested.loc[suggested["suggested"] == 1, ["participant_id", "code"]]
    everybody = set(segments["participant_id"])
    spoke = set(segments.loc[~segments["nil"], "participant_id"])
    without = sorted(spoke - set(coded["participant_id"]))
    silent = sorted(everybody - spoke)
    apart = pd.DataFrame(
        [(person, OTHER) for person in without] + [(person, NO_REASON) for person in silent],
        columns=["participant_id", "code"],
    )
    table = pd.concat([coded, apart], ignore_index=True).astype(str).drop_duplicates()
    return table.sort_values(["participant_id", "code"], ignore_index=True)


def dwelt_on(placed: Table) -> NDArray[np.bool_]:
    """Say for each placed segment whether its person is taken to raise its theme.

    Who says two hundred things touches every theme once. So somebody with more than three texts
    raises a theme when at least as large a share of their texts lies in it as of people's on
    average; a short answer raises what it touches. Repeating a text changes nothing.

    Args:
        placed: participant_id, text_key, code: one row per segment that lies in a theme.

    Returns:
        One bool per row.
    """
    texts = placed.drop_duplicates(["participant_id", "text_key"])
    counts = texts.groupby(["participant_id", "code"]).size().unstack(fill_value=0)
    said = counts.sum(axis=1)
    shares = counts.div(said, axis=0)
    raises = shares.ge(shares.mean(axis=0), axis=1) | (said <= SHORT_ANSWER).to_numpy()[:, None]
    table = raises.to_numpy()
    rows = counts.index.get_indexer(pd.Index(placed["participant_id"]))
    columns = counts.columns.get_indexer(pd.Index(placed["code"]))
    return np.asarray(table[rows, columns], dtype=np.bool_)
