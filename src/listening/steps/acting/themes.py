"""What actions answer: the themes in their order, who was not heard, and the shared drivers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listening.actions import Vocabulary, packaged, parse
from listening.errors import NothingToDo
from listening.report.words import label
from listening.steps import kept_results as keeping
from listening.steps.desk import books
from listening.steps.site import site_home
from listening.steps.work import Work

#: name of a site's own drivers, beside its accounts
DRIVERS = "drivers.toml"


@dataclass(frozen=True)
class Theme:
    """A theme that an action may answer.

    Attributes:
        id: of its code: it lasts, whatever the code is called and wherever it ranks.
        version: of the codebook that it is of.
        rank: in the results that are kept; 0 where there are none.
    """

    id: str
    name: str
    version: str
    rank: int = 0


def document(work: Work) -> dict[str, Any]:
    """Return the document of the results that are kept; empty where there are none now."""
    kept = keeping.kept_results(work)
    if kept is None:
        return {}
    try:
        return keeping.document(kept)
    except NothingToDo:  # a withdrawal took them away this moment
        return {}


def themes(work: Work) -> list[Theme]:
    """Return what actions may answer: the priorities in their order, then further codes.

    Codes that a split has made and nobody has taken into use yet are among them.

    Topics that a machine found are none of them: they have no lasting id.
    """
    told = document(work)
    version = str(told.get("codebook_version", ""))
    ranked = [
        Theme(str(one["id"]), str(one["name"]), version, int(one["rank"]))
        for one in told.get("priorities", ())
        if version
    ]
    found = books.current(work)
    if found is None:
        return ranked
    known = {one.id for one in ranked}
    codes = [
        code
        for code in found[1].codes
        if code.status != "retired" and code.codable and code.id not in known
    ]
    return ranked + [Theme(code.id, code.name, found[1].label) for code in codes]


def missing_voices(work: Work) -> str:
    """Say whom the listening did not hear, to begin an equity review with; empty if unknown."""
    groups = [
        f"{label(one['attribute'])}: {one['value']}" for one in document(work).get("not_heard", ())
    ]
    return f"Too few of these were heard to know: {'; '.join(groups)}." if groups else ""


def drivers(work: Work) -> Vocabulary:
    """Return the drivers that all programmes of this site share."""
    known = packaged()
    own: Path = site_home(work.settings.home) / DRIVERS
    if not own.is_file():
        return known
    return parse(own.read_text(encoding="utf-8"), known, str(own))
