"""What the manifest withholds must be found in the file, or nothing of the file is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from listening.sources.manifest import label_key
from listening.sources.refuse import refuse


def refuse_if_unfound(name: str, rows: Sequence[Mapping[str, str]], labels: Iterable[str]) -> None:
    """Refuse a file in which somebody whom the manifest withholds cannot be found.

    Their words may stand there under another spelling, and would pass for somebody's who agreed.

    Args:
        name: the file's name.
        rows: the manifest's rows on it; faulty ones come with consent ``none``.
        labels: every speaker's label, or participant's key, that occurs in the file.

    Raises:
        UnreadableFile: a row withholds a speaker who does not occur.
    """
    heard = {label_key(label) for label in labels}
    lost = [r["speaker"] for r in _unfound(rows, heard) if r["consent"] == "none"]
    if lost:
        listed = ", ".join(f"“{label}”" for label in lost)
        who = f"speaker {listed}, who is" if len(lost) == 1 else f"speakers {listed}, who are"
        raise refuse(
            name,
            f"The manifest withholds {who} not found in this file.",
            "Correct the label in the manifest or the file, then run again.",
        )


def unfound_until(rows: Sequence[Mapping[str, str]], labels: Iterable[str]) -> str:
    """Return the earliest `consent_until` of speakers who are not found, or "".

    Reading knows no clock. So that the gate withholds the file once that day has passed, the day
    holds for everybody in it: any of them may be the one whose label is misspelt.
    """
    heard = {label_key(label) for label in labels}
    untils = [row["consent_until"] for row in _unfound(rows, heard) if row["consent_until"]]
    return min(untils, default="")


def _unfound(rows: Sequence[Mapping[str, str]], heard: set[str]) -> list[Mapping[str, str]]:
    return [row for row in rows if row["speaker"] and label_key(row["speaker"]) not in heard]
