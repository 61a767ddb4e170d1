"""report.html of a release: one self-contained page without script, in the colour of releases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from listening.report import chart, ties, words
from listening.report.page import page_policy, part, template
from listening.report.passages import Passage, inner_marks
from listening.report.release import wording

_WIDE, _NARROW = 720, 340


def page(document: Mapping[str, Any]) -> str:
    """Render the report of a release; the same document gives the same bytes."""
    from markupsafe import Markup

    # on paper too: what the working report prints at the foot of each page must not stand here
    style = part("style.css").replace("WORKING COPY: do not pass on", "RELEASE: may be passed on")
    style += part("release.css")
    return template("release.html").render(
        title=document["programme"] or "What residents told us",
        wave=document["wave"],
        policy=page_policy(style, []),
        style=Markup(style),  # noqa: S704 - our own file
        status=wording.status(document),
        may_go=wording.may_go(document),
        headline=wording.headline(document),
        heard=wording.heard(document),
        top=[_top(one, document) for one in document["priorities"][: document["k"]]],
        more=max(0, len(document["priorities"]) - document["k"]),
        ties=ties.sentences(document["priorities"], document["k"]),
        notes=[*document["notes"], *filter(None, [wording.not_yet_read(document)])],
        chart=_chart(document),
        figures=[
            (f"{wording.place(one, document)} {one['name']}", wording.cell(one),
             wording.spread(one) or "not told")
            for one in document["priorities"]
        ],
        themes=[_theme(one, document) for one in document["priorities"]],
        sources=[_source(kind, one) for kind, one in document["sources"].items()],
        covered=wording.covered(document),
        not_heard=[
            (f"{words.label(one['attribute'])}: {one['value']}", one["sentence"])
            for one in document["not_heard"]
        ],
        protected=[wording.protected(one) for one in document["protected"]],
        apart=[(one["name"], wording.cell(one)) for one in document["apart"]],
        method=wording.METHOD,
        profile=document["profile"],
        codebook=document["codebook_version"],
        by_group=wording.by_group(document),
    )  # fmt: skip


def _top(one: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    place = wording.place(one, document)
    said = wording.line(one, document)
    return {"place": place, "id": one["id"], "name": one["name"], "line": said}


def _theme(one: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    names = {other["id"]: other["name"] for other in document["priorities"]}
    told = wording.known(one)
    hidden = "How many people raised it is withheld: it could say how a few of them spoke."
    facts = [f"Raised by {wording.reach(one)}." if told else hidden]
    if ends := wording.spread(one):
        facts.append(f"Sampling alone would allow {ends}.")
    if sure := wording.sure(one, document):
        facts.append(f"{sure}.")
    if one["tied_with"]:
        tied = words.listed(names[other] for other in one["tied_with"])
        facts.append(f"Cannot be told apart from {tied}.")
    return {
        "place": wording.place(one, document),
        "id": one["id"],
        "name": one["name"],
        "statement": one["statement"],
        "facts": facts,
        "quotes": [_passage(quote) for quote in one["quotes"]],
        "sources": [
            (words.source(kind), wording.cell(share), wording.spread(share) or "not told")
            for kind, share in one["sources"].items()
        ],
        "groups": [
            (f"{words.label(group['attribute'])}: {group['value']}", wording.cell(group))
            for group in one["groups"]
            if group["people"] is not None
        ],
    }


def _passage(quote: Mapping[str, Any]) -> Passage:
    own = quote["voice"] == "verbatim"
    introduction = "" if own else words.INTRODUCTIONS["paraphrase"]
    text = inner_marks(quote["text"]) if own else quote["text"]
    shown = f"evidence:{quote['evidence_id']}"
    return Passage(text, introduction, wording.provenance(quote), "", shown)


def _source(kind: str, one: Mapping[str, Any]) -> tuple[str, str, str]:
    say = "None: too few took part, shown as evidence"
    if one["votes"]:
        say = "Not told" if one["alpha"] is None else f"{round(100 * one['alpha'])} parts in 100"
    return words.source(kind), wording.about(one["people"]).capitalize(), say


def drawn(document: Mapping[str, Any]) -> chart.Chart:
    """Return the chart of the released figures, without themes whose figures are withheld."""
    known = [one for one in document["priorities"] if one["interval"]][: chart.MOST_ROWS]
    return chart.Chart(
        tuple(_row(n, one, document) for n, one in enumerate(known, start=1)), False, ()
    )


def _chart(document: Mapping[str, Any]) -> dict[str, Any]:
    from markupsafe import Markup

    shown = drawn(document)
    if not shown.rows:
        return {"rows": ()}
    said = " ".join(chart.description(shown))
    return {
        "rows": shown.rows,
        "label": f"Chart: {chart.axis_title(shown).lower()}. {said}",
        "wide": Markup(chart.picture(shown, _WIDE)),  # noqa: S704 - vl-convert escapes text
        "narrow": Markup(chart.picture(shown, _NARROW)),  # noqa: S704 - as above
        "cut": "Themes whose figures are withheld are not drawn."
        if len(shown.rows) < len(document["priorities"])
        else "",
    }


def _row(number: int, one: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    low, high = one["interval"]
    return {
        "shown_for": chart.EVERYONE,
        "rank": number,
        "label": f"{wording.place(one, document)} {one['name']}",
        "reach": wording.reach(one),
        "short": wording.cell(one),
        "range": wording.spread(one),
        "value": round(100 * one["prevalence"], 3),
        "low": round(100 * low, 3),
        "high": round(100 * high, 3),
    }
