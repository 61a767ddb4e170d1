"""Everything that the researcher's page shows, without asking anything of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from listening.errors import ListeningError, NothingToDo
from listening.steps.agreement import VERDICTS, number
from listening.steps.coding.connecting import connected
from listening.steps.desk import asked, books, figures, pulled
from listening.steps.desk.advice import Advice, Known, advice
from listening.steps.desk.agreeing import agreed
from listening.steps.desk.asked import Asked
from listening.steps.desk.progress import Progress, progress
from listening.steps.desk.pulled import LastPull
from listening.steps.ingest import newest
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import Programme


@dataclass(frozen=True)
class Desk:
    """What the page shows.

    Attributes:
        asked: what was asked for, newest first.
        pulled: when Label Studio was asked last.
        progress: how far coding has come.
        figures: as they were worked out last, with what a page prints of them.
        advice: what to do next.
        book: the codebook's name and version; empty where there is none.
        step: the last change of version that can be taken back.
        set_up: whether a Label Studio is named or was ever started here.
        draft: whether a next version of the codebook is prepared.
    """

    asked: tuple[Asked, ...]
    pulled: LastPull
    progress: Progress
    figures: Mapping[str, Any]
    advice: Advice
    book: str
    step: books.Step | None
    set_up: bool
    draft: bool

    @property
    def busy(self) -> bool:
        """Whether something is being done, or waits."""
        return any(one.open for one in self.asked)


def shown(site: Site, programme: Programme) -> Desk:
    """Return what the page of a programme shows."""
    work = site.work(programme)
    found = books.current(work)
    server, set_up = None, True
    try:
        server = connected(work)
        set_up = server is not None
    except ListeningError:  # a setting that whoever runs the server mends
        set_up = False
    told = progress(work, server)
    known = figures.known(work)
    step = books.last_step(work)
    said = advice(Known(_has_material(work), set_up, found is not None, step, told, known))
    return Desk(
        tuple(one for one in asked.everything(work.vault) if one.what in asked.KINDS),
        pulled.last(work),
        told,
        printed(work),
        said,
        f"{found[1].name}, version {found[1].version}" if found else "",
        step,
        set_up,
        books.draft(work) is not None,
    )


def picture(site: Site, programme: Programme, at: int, width: str) -> str:
    """Return the picture of a curve as SVG; empty where there is none."""
    told = figures.known(site.work(programme)).get("rules") or {}
    curves = told.get("curves", [])
    return str(curves[at].get(width, "")) if at < len(curves) else ""


def printed(work: Work) -> dict[str, Any]:
    """Return the figures on the coding with what a page prints; empty before there are any."""
    found = books.current(work)
    names = {code.id: code.name for code in found[1].codes} if found else {}
    return _printed(figures.known(work), names)


def _has_material(work: Work) -> bool:
    try:
        newest(work)
    except NothingToDo:
        return False
    return True


def _printed(known: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return figures with what a page prints: `.71 (.55 to .83)`, and names for ids of codes."""
    if not known:
        return {}
    told = dict(known)
    found = known.get("agreement")
    if found:
        codes = [row for row in found["codes"] if row["with_code"]]
        called = [[names.get(a, a), names.get(b, b), many] for a, b, many in found["confused"]]
        told["agreement"] = {
            **found,
            "overall": _row(found["overall"], names),
            "codes": [_row(row, names) for row in codes],
            "agreed": agreed(found["overall"], codes),
            "confused": called,
        }
    rows = [_hint(row, names) for row in (known.get("hints") or {}).get("rows", [])]
    told["hints"] = {**(known.get("hints") or {}), "rows": rows}
    rounds = (known.get("rounds") or {}).get("rows", [])
    told["rounds"] = {
        **(known.get("rounds") or {}),
        "rows": [{**row, "printed": _interval(row, "alpha")} for row in rounds],
    }
    return told


def _row(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    code = str(row["code"])
    alpha = row["alpha"] is not None
    positive = row["positive_agreement"]
    return {
        **row,
        "name": names.get(code, code),
        "printed": _interval(row, "alpha") if alpha else "",
        "positive": "" if alpha or positive is None else number(positive),
        "pabak_printed": "" if row["pabak"] is None else number(row["pabak"]),
        "verdict_said": VERDICTS.get(str(row["verdict"]), ""),
    }


def _hint(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    code = str(row["code"])
    known = row["gap"] is not None
    return {
        **row,
        "name": names.get(code, code) if code else "All codes",
        "printed": _interval(row, "gap") if known else "cannot be said yet",
        "shown": f"{row['accepted']:,} of {row['hinted']:,}",
        "kept_back": f"{row['applied']:,} of {row['blind']:,}",
    }


def _interval(row: Mapping[str, Any], name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if row[name] is None:
        return "cannot be said yet"
    between = "no interval" if low is None else f"{number(low)} to {number(high)}"
    return f"{number(row[name])} ({between})"
