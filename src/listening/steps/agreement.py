"""Agreement of coders on a table of codings: figures, and what to talk about; no store."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listening.coding.agreement import NEEDED, Agreement, DoubleCoded, double_coded, side_by_side
from listening.coding.agreement import agreement as agreement_of
from listening.coding.agreement.figures import FLAGGED, RANKABLE, RARE, rows_of
from listening.errors import InvalidTable, ListeningError, NothingToDo
from listening.records import Table, rejects_table
from listening.steps.csvs import read_csv, without_formulas, write_csv

FIGURES, TO_SETTLE, REJECTS = "agreement.csv", "disagreements.csv", "rejects.csv"
#: what a verdict of `agreement.csv` is called
VERDICTS = {
    "rankable": "rankable",
    "flag": "rankable with a flag",
    "not_ranked": "not to be ranked",
    "too_few": "too little to say whether it may be ranked",
}
#: codes that are named as those that coders differ on, and pairs of them
_MOST = 3


@dataclass(frozen=True)
class Agreed:
    """What was found, for a person and for machines.

    Attributes:
        sentences: what the figures say, overall and code by code.
        notes: what a person should know beside it.
        figures: the same as plain values.
    """

    sentences: list[str]
    notes: list[str]
    figures: dict[str, Any]


def compare_coders(codings: Path, out: Path, seed: int) -> Agreed:
    """Write agreement.csv and disagreements.csv (and rejects.csv) into `out`; return what they say.

    Raises:
        NothingToDo: no segment was read by two people.
        InvalidTable: disagreements.csv lies in `out` with something settled in it.
    """
    return compared(double_coded(read_csv(codings, NEEDED), codings.name), codings.name, out, seed)


def compared(given: DoubleCoded, name: str, out: Path, seed: int) -> Agreed:
    """Write what coders agree on, and return what it says; `name` is where it comes from."""
    if not given.segments:
        raise _nothing(name, given)
    _keep_what_was_settled(out / TO_SETTLE)
    found = agreement_of(given, seed)
    differing = side_by_side(given.segments, seed)
    write_csv(out / FIGURES, _rounded(found.table))
    _write_to_settle(out / TO_SETTLE, differing)
    write_csv(out / REJECTS, rejects_table(given.rejects))
    notes = list(given.notes)
    if given.rejects:
        notes.append(f"Rows that could not be used in full: {len(given.rejects)} ({out / REJECTS})")
    return Agreed(_sentences(given, found), notes, _plain(given, found, len(differing)))


def _nothing(name: str, given: DoubleCoded) -> NothingToDo:
    if not given.read:
        return NothingToDo(
            name,
            "holds no coding of a person.",
            "Fill in segment_id and coder, and origin as human where there is such a column.",
        )
    if len(given.coders) == 1 and given.merged:
        return NothingToDo(
            name,
            "was coded by one person alone, written in several ways that differ in capitals or "
            "spaces.",
            "If they are two people, give them names that differ in more.",
        )
    if len(given.coders) == 1:
        return NothingToDo(
            name,
            "was coded by one person alone.",
            "Let somebody else read some of the segments, without seeing these codes.",
        )
    return NothingToDo(
        name,
        f"has {len(given.coders)} coders, and no segment that two of them have read.",
        "Check that participant_id and segment_id are the same for all of them. Whoever read a "
        "segment and found nothing has one row with an empty code.",
    )


def _write_to_settle(path: Path, differing: Table) -> None:
    """Write what is to be talked over: residents' words, which people open in a spreadsheet."""
    path.touch(mode=0o600)
    path.chmod(0o600)  # one of the time before may have been open to others
    write_csv(path, without_formulas(differing))


def _keep_what_was_settled(path: Path) -> None:
    """Refuse to write over a table in which people have written."""
    if not path.exists():
        return
    try:
        before = read_csv(path, ["agreed", "memo"])
        settled = bool((before[["agreed", "memo"]] != "").any(axis=None))
    except ListeningError:
        settled = True  # it was changed by somebody
    if settled:
        raise InvalidTable(
            str(path),
            "holds what was settled.",
            "Name another folder with --out: it would be lost.",
        )


def _rounded(table: Table) -> Table:
    return table.round(4)


def _plain(given: DoubleCoded, found: Agreement, differing: int) -> dict[str, Any]:
    return {
        "coders": len(given.coders),
        "read": found.read,
        "double_coded": found.double,
        "needed": found.needed,
        "enough": found.enough,
        "disagreements": differing,
        "rejects": len(given.rejects),
        "notes": list(given.notes),
        "agreement": rows_of(_rounded(found.table)),
    }


def _sentences(given: DoubleCoded, found: Agreement) -> list[str]:
    overall, *codes = rows_of(found.table)
    sentences = [_enough(given, found), *_overall(overall)]
    sentences += [_code(row) for row in codes if row["with_code"]]
    if absent := [row["code"] for row in codes if not row["with_code"]]:
        sentences.append(f"On no segment that two have read: {', '.join(absent)}.")
    differing = sorted((r for r in codes if r["apart"]), key=lambda r: (-r["apart"], r["code"]))
    if differing:
        most = [f"{row['code']} ({_segments(row['apart'])})" for row in differing[:_MOST]]
        sentences.append(f"The coders differ most on {', '.join(most)}.")
    if found.confused:
        pairs = [f"{a} and {b} ({_segments(n)})" for a, b, n in found.confused[:_MOST]]
        sentences.append(f"Most often put in each other's place: {', '.join(pairs)}.")
    return sentences


def _enough(given: DoubleCoded, found: Agreement) -> str:
    told = (
        f"{found.double} of {_segments(found.read)} were read by two or more of "
        f"{len(given.coders)} coders: "
    )
    if found.enough:
        return f"{told}enough (at least {found.needed})."
    return f"{told}too few. At least {found.needed} are needed before codes are ranked."


def _overall(row: dict[str, Any]) -> list[str]:
    if row["alpha"] is None:
        return ["All coders gave every segment the same codes: α says nothing."]
    sentences = [f"All codes together: α {_with_interval(row, 'alpha')} (MASI)."]
    if row["span_f1"] is not None:
        sentences.append(f"Stretches of text: F1 {_with_interval(row, 'span_f1')}.")
    return sentences


def _code(row: dict[str, Any]) -> str:
    where = f"{row['with_code']} of {_segments(row['segments'])}"
    spans = "" if row["span_f1"] is None else f" Stretches: F1 {_with_interval(row, 'span_f1')}."
    told = f"Code {row['code']}:"
    if row["with_code"] < RARE:
        agreed = number(row["positive_agreement"])
        return f"{told} positive agreement {agreed}, {where}: too few to tell by α.{spans}"
    if row["alpha"] is None:
        return f"{told} everybody put it on every segment: α says nothing.{spans}"
    alpha = _with_interval(row, "alpha")
    return f"{told} α {alpha}, {where}: {VERDICTS[row['verdict']]}.{spans}"


def _with_interval(row: dict[str, Any], name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    between = "no interval" if low is None else f"{number(low)} to {number(high)}"
    return f"{number(row[name])} ({between})"


def number(value: float) -> str:
    """Write a figure as .71; with three decimals where two would lift it over a bar."""
    shown = f"{round(value, 2) + 0.0:.2f}"  # nothing is -.00
    if any(value < bar <= float(shown) for bar in (FLAGGED, RANKABLE)):
        shown = f"{math.floor(value * 1000) / 1000:.3f}"
    return shown.replace("0.", ".", 1) if abs(float(shown)) < 1 else shown


def _segments(count: int) -> str:
    return "1 segment" if count == 1 else f"{count:,} segments"
