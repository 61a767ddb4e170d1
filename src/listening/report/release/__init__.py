"""The release face of the results: made from a released document alone, never from working results.

Another colour and another first line than the working report, and every file says RELEASE.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.report.release.briefing import briefing
from listening.report.release.evidence import evidence
from listening.report.release.page import page
from listening.report.release.tables import as_csv
from listening.report.release.word_paper import check_template
from listening.report.residents import residents_files
from listening.report.tables import as_json

__all__ = ["check_template", "release_files"]

README = """\
RELEASE {release}: may be passed on.

{statement} Small numbers were withheld, figures rounded to fives, and every quote was signed off by
a person. Release number {number}, of {wave}, under the profile {profile}.

report.html       start here: opens in any browser, needs no network
residents.html    for residents: plain words, large print, for a phone or on paper
residents.docx    the same in Word
briefing.docx     a short briefing in Word
evidence.xlsx     every table, one to a sheet
priorities.csv    the order as a table
priorities.json   everything that is told, for machines; a withheld figure is null
release.json      what was withheld and why
"""


def release_files(
    document: Mapping[str, Any], about: Mapping[str, Any], template: bytes | None = None
) -> dict[str, bytes]:
    """Return every file of a release by name.

    Args:
        document: the released `priorities.json`.
        about: what `release.json` says.
        template: a Word file whose look the briefing takes.
    """
    wave = document["wave"] or "a wave without a name"
    return {
        "report.html": page(document).encode(),
        **residents_files(document),
        "briefing.docx": briefing(document, template),
        "evidence.xlsx": evidence(document),
        "priorities.json": as_json(document),
        "priorities.csv": as_csv(document),
        "release.json": as_json(about),
        "README.txt": README.format(**{**document, "wave": wave}).encode(),
    }
