"""The room of the report: turns one run's results into the files that the team opens and reads.

It counts and ranks nothing: figures come from `priorities`. What it makes is *working* material
(exact figures, pseudonymised words), never a release.
"""

from __future__ import annotations

from listening.report.actions import (
    FEWEST_ASKED,
    Told,
    driver_diagram,
    poster,
    residents_page,
    run_picture,
)
from listening.report.change import change_html
from listening.report.chart import warm
from listening.report.page import html
from listening.report.release import check_template, release_files
from listening.report.results import Results
from listening.report.stopping import (
    Curve,
    Rule,
    Stopping,
    curves_table,
    drawn,
    rules_table,
    stopping_html,
)
from listening.report.tables import CODING_COLUMNS, as_json, files, priorities_csv

__all__ = [
    "CODING_COLUMNS",
    "FEWEST_ASKED",
    "Curve",
    "Results",
    "Rule",
    "Stopping",
    "Told",
    "as_json",
    "change_html",
    "check_template",
    "curves_table",
    "drawn",
    "driver_diagram",
    "files",
    "html",
    "poster",
    "priorities_csv",
    "release_files",
    "residents_page",
    "rules_table",
    "run_picture",
    "stopping_html",
    "warm",
]
