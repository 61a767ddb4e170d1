"""How well coders agree, in a sentence that says of how many codes that could be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

#: how little may be left to chance, as METHOD §5 has it
_WELL = ((0.80, "well"), (0.667, "fairly"), (-2.0, "too little"))
_JUDGED = {
    "rankable": "may be ranked",
    "flag": "may be ranked with care",
    "not_ranked": "may not be ranked",
}


def agreed(overall: Mapping[str, Any], codes: Sequence[Mapping[str, Any]]) -> str:
    """Say how well coders agree over all codes, and how many codes could be judged by themselves.

    Args:
        overall: the row of all codes together, with `alpha`.
        codes: a row for each code that was given, with `verdict`.
    """
    alpha = overall["alpha"]
    if alpha is None or not codes:
        return ""
    how = next(word for least, word in _WELL if alpha >= least)
    told = f"Taken over all codes together, coders agree {how}."
    found = Counter(str(one["verdict"]) for one in codes)
    judged = len(codes) - found["too_few"]
    if not judged:
        return (
            f"{told} None of the {len(codes)} codes could be judged by itself: too little was read "
            "by two. Until it is, no theme is shown to be coded alike."
        )
    parts = [f"{found[verdict]} {said}" for verdict, said in _JUDGED.items() if found[verdict]]
    told += f" {judged} of {len(codes)} codes could be judged by themselves: {', '.join(parts)}."
    if not found["too_few"]:
        return told
    return f"{told} Of the other {found['too_few']} too little was read by two to say."
