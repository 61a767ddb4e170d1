"""Whether coders take a suggestion over because it is shown (METHOD.md, section 5).

A random fifth of the tasks of an assisted project is shown without suggestions. Where the machine
suggests a code, coders who see it and coders who do not would give it equally often if the hint
did nothing. How far they differ is the acceptance gap.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from listening.coding.agreement.alpha import FEWEST, Floats, draws, interval
from listening.records import Table

COLUMNS = (
    "code", "hinted", "accepted", "share_hinted", "blind", "applied", "share_blind", "gap",
    "gap_low", "gap_high",
)  # fmt: skip
#: of the project in which chance decides who sees suggestions
_ROLE = "assisted"
_PLACE = ["item", "segment_id", "code"]


def acceptance(codings: Table, suggested: Table, seed: int) -> Table:
    """Return how often suggested codes were given where they were shown, and where they were not.

    Only tasks of assisted projects are compared: there chance alone decided what was kept back. An
    audit is of people drawn at random and training of doubtful passages, so that a gap between
    those two would say something else.

    Args:
        codings: CODINGS of one codebook.
        suggested: item, segment_id, code: what the machine suggested when the task was made, or
            would have where suggestions were kept back.
        seed: of the thousand repeats in which participants are drawn again.

    Returns:
        COLUMNS: a row over all codes (`code` empty), then one for each code that was suggested, by
        id. `hinted` and `blind` count suggestions that a coder met, `accepted` and `applied` those
        given; `gap` is one share less the other, missing where one of the two is. Its interval is
        missing with fewer than ten participants on either side.
    """
    met = _met(codings, suggested)
    if met.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    people, person = np.unique(met["participant_id"], return_inverse=True)
    codes, code = np.unique(met["code"], return_inverse=True)
    sums = np.zeros((4, len(people), len(codes)))
    hinted, given = met["hinted"].to_numpy(), met["given"].to_numpy()
    for at, those in enumerate((hinted, hinted & given, ~hinted, ~hinted & given)):
        np.add.at(sums[at], (person[those], code[those]), 1)
    drawn = draws(len(people), seed)
    rows = [_row("", sums.sum(axis=2), drawn)]
    rows += [_row(str(one), sums[:, :, at], drawn) for at, one in enumerate(codes)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _met(codings: Table, suggested: Table) -> Table:
    """Return one row per coder and suggestion that they met: whether shown, and whether given."""
    read = codings[codings["role"] == _ROLE]
    unit = ["participant_id", "item", "segment_id", "coder"]
    once = read[[*unit, "hinted"]].drop_duplicates(unit)
    met = once.merge(suggested[_PLACE].drop_duplicates(), on=_PLACE[:2])
    active = read.loc[read["code_status"] == "active", [*unit, "code"]].drop_duplicates()
    return met.merge(active.assign(given=True), on=[*unit, "code"], how="left").assign(
        given=lambda table: table["given"].notna()
    )


def _row(code: str, sums: Floats, drawn: Floats) -> dict[str, object]:
    """Return the figures of one code from its sums, (shown, accepted, kept back, applied) x people.

    Both sides of somebody are drawn together: they are one person.
    """
    shown, accepted, kept_back, applied = sums
    first, second = _share(accepted, shown), _share(applied, kept_back)
    row: dict[str, object] = {
        "code": code,
        "hinted": int(shown.sum()),
        "accepted": int(accepted.sum()),
        "share_hinted": first,
        "blind": int(kept_back.sum()),
        "applied": int(applied.sum()),
        "share_blind": second,
        "gap": first - second,
    }
    if min((shown > 0).sum(), (kept_back > 0).sum()) >= FEWEST:
        with np.errstate(invalid="ignore", divide="ignore"):
            repeats = (drawn @ accepted) / (drawn @ shown) - (drawn @ applied) / (drawn @ kept_back)
        if between := interval(repeats):
            row |= {"gap_low": between[0], "gap_high": between[1]}
    return row


def _share(part: Floats, whole: Floats) -> float:
    return float(part.sum() / whole.sum()) if whole.sum() else float("nan")
