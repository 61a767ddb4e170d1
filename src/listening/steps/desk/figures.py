"""Figures on the coding that take a while: worked out beside the pages, and kept with their moment.

They hold counts and names of codes, and nobody's words.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from listening.coding.adjudicate import disputed
from listening.coding.agreement import acceptance, agreement, as_rows, blind, double_coded, rounds
from listening.coding.agreement.figures import rows_of
from listening.coding.agreement.stored import finished
from listening.coding.waiting import waiting
from listening.errors import ListeningError, NothingToDo
from listening.labelstudio.nouns import ADJUDICATION
from listening.records import Table
from listening.report import drawn
from listening.steps.agreement_stored import said_of_hints, said_of_rounds, suggested_on
from listening.steps.coded_books import of_one_book
from listening.steps.coding.coded import codings_of, read_rows
from listening.steps.ingest import newest
from listening.steps.selecting import own_segments
from listening.steps.site import now
from listening.steps.stopping import stopping
from listening.steps.work import Work
from listening.store.coding import SENT

#: book of the vault
BOOK = "desk/figures"
#: how long they stand while people code, if nobody asks for them anew
STAND = timedelta(minutes=5)
#: pairs of codes that are named as put in each other's place
_MOST = 3
_SEED = 0


def known(work: Work) -> dict[str, Any]:
    """Return what was worked out last, with `at` and `fresh`; empty before anything was."""
    told = work.vault.read(BOOK)
    return told | {"fresh": told["mark"] == _mark(work)} if told else {}


def due(work: Work) -> bool:
    """Whether something changed since, and they have stood for a while."""
    told = work.vault.read(BOOK)
    if not told:
        return bool(work.store.loop.projects())
    stood = now() - datetime.fromisoformat(str(told["at"]))
    return stood >= STAND and told["mark"] != _mark(work)


def work_out(work: Work) -> dict[str, Any]:
    """Work everything out anew and keep it; what cannot be said yet says why.

    Raises:
        NothingToDo: nothing was read in yet.
    """
    run_id, mark = newest(work), _mark(work)
    codings, notes = of_one_book(codings_of(work, run_id))
    told: dict[str, Any] = {"at": now().isoformat(timespec="seconds"), "mark": mark}
    told |= {"notes": list(notes), "agreement": None, "rounds": {}, "hints": {}, "settle": {}}
    told |= {"waits": dict(Counter(waiting(codings).values())) if len(codings) else {}}
    if len(codings):
        told["agreement"] = _agreement(codings)
        told["settle"] = _to_settle(work, codings)
        by_round = rounds(codings, _SEED)
        overall = rows_of(by_round[by_round["code"] == ""].round(4))
        told["rounds"] = {"rows": overall, "said": said_of_rounds(by_round)}
        met = acceptance(finished(codings), suggested_on(work, run_id, codings), _SEED)
        told["hints"] = {"rows": rows_of(met.round(4)), "said": said_of_hints(met)}
    told["rules"] = _rules(work, run_id, codings)
    work.vault.write(BOOK, told)
    return told


def _mark(work: Work) -> str:
    """Return a mark of all that the figures rest on: the day is one, as consent ends."""
    try:
        run = newest(work)
    except NothingToDo:
        run = ""
    return f"{work.store.loop.mark()} {run} {work.today.isoformat()}"


def _agreement(codings: Table) -> dict[str, Any] | None:
    given = double_coded(as_rows(blind(codings)), "The store")
    if not given.segments:
        return None
    found = agreement(given, _SEED)
    overall, *codes = rows_of(found.table.round(4))
    return {
        "double": found.double,
        "read": found.read,
        "needed": found.needed,
        "enough": found.enough,
        "coders": len(given.coders),
        "overall": overall,
        "codes": codes,
        "confused": [list(one) for one in found.confused[:_MOST]],
    }


def _to_settle(work: Work, codings: Table) -> dict[str, int]:
    """Return on how many items blind coders differ, and how many of these somebody was given."""
    differ = {one.item for one in disputed(codings)}
    given = {
        item.key
        for project in work.store.loop.projects()
        if project.role == ADJUDICATION
        for item in work.store.loop.items(project.key, SENT)
    }
    return {"differ": len(differ), "sent": len(differ & given)}


def _rules(work: Work, run_id: str, codings: Table) -> dict[str, Any]:
    """Return what the rules for stopping say, with a curve of new codes for each source."""
    k = int(work.store.run(run_id).parameters.get("k", 6))
    try:
        pulled = read_rows(codings, own_segments(work, run_id)) if len(codings) else None
        told = stopping(work, run_id, None, [], k, _SEED, None, pulled)
    except ListeningError as error:
        return {"met": None, "said": str(error), "rules": [], "curves": [], "notes": []}
    rules = [{"name": one.name, "met": one.met, "said": told.said(one)} for one in told.rules]
    return {
        "met": told.met,
        "said": told.headline,
        "rules": rules,
        "curves": [{**drawn(one, told), "unit": one.unit} for one in told.curves],
        # what speaks of options is for the command line
        "notes": [one for one in told.notes if "--" not in one],
        "read": told.read,
        "people": told.people,
    }
