"""report.html: one self-contained page that works from a memory stick, safe and accessible."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from listening.report import (
    beside,
    chart,
    doubts,
    equity,
    journey,
    passages,
    reach,
    themes,
    words,
    workings,
)
from listening.report.results import Results

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_WIDE, _NARROW = 720, 340


def html(results: Results) -> str:
    """Render the working report for the team as one HTML file that loads nothing from elsewhere.

    Residents' words are escaped, and a content security policy lets no script run but the page's
    own. The same results give the same bytes.
    """
    from markupsafe import Markup

    style, bundle = part("style.css"), chart.script()
    behaviour = part("chart.js") + part("map.js")
    document = results.document
    return template("page.html").render(
        title=document["programme"] or "What residents told us",
        wave=f"{document['wave']}: working report" if document["wave"] else "Working report",
        policy=page_policy(style, [bundle, behaviour]),
        style=Markup(style),  # noqa: S704 - our own file
        behaviour=Markup(behaviour),  # noqa: S704 - our own file
        bundle=Markup(bundle),  # noqa: S704 - Vega's own, as packed by vl-convert
        status=themes.status(document),
        headline=themes.headline(results),
        sections=_sections(results),
        chart=_chart(results),
        themes=themes.all_themes(results),
        voices=doubts.voices(document),
        represented=equity.heard(document),
        differs=equity.differs(document),
        reach=reach.described(results.reach),
        beside=_beside(results),
        places=beside.places(document),
        journey=_journey(results),
        apart=doubts.apart(document),
        sensitivity=doubts.sensitivity(document),
        index=workings.index(results),
        campaigns=workings.campaigns(results),
        uncovered=workings.uncovered(results),
        aside=workings.aside(results),
        made=workings.made(results),
    )


#: what each part of the page stands on: figures of `priorities.json`, or tables of the results.
#: A part that is not here stands on the method alone, or says of each thing what it stands on.
EVIDENCE: dict[str, str] = {
    "chart": "figure:priorities",
    "voices": "figure:sources figure:coverage figure:not_heard figure:protected table:reach",
    "differs": "figure:differences figure:comparison",
    "beside": "figure:priorities figure:criteria",
    "places": "figure:places",
    "journey": "figure:journey",
    "apart": "figure:apart",
    "sensitivity": "figure:sensitivity figure:notes",
    "campaigns": "table:campaigns",
    "uncovered": "table:uncovered",
    "index": "table:topics",
    "aside": "table:rejects",
    "made": "table:run",
}


def _sections(results: Results) -> list[dict[str, str]]:
    """Name the parts of the page in their order; each id is also its template's name."""
    return [{**one, "evidence": EVIDENCE.get(one["id"], "")} for one in _named(results)]


def _named(results: Results) -> list[dict[str, str]]:
    same = [{"id": "campaigns", "name": "The same words from several people"}]
    loose = [{"id": "uncovered", "name": "What no code covers"}]
    return [
        {"id": "chart", "name": "How many people raised each theme"},
        {"id": "themes", "name": "Theme by theme"},
        {"id": "voices", "name": "Who we heard, and who we did not"},
        {"id": "differs", "name": "Who differs"},
        *([{"id": "beside", "name": "What stands beside the order"}] if _beside(results) else []),
        *(
            [{"id": "places", "name": "Places side by side"}]
            if results.document.get("places")
            else []
        ),
        *(
            [{"id": "journey", "name": "How it was, step by step"}]
            if results.document.get("journey")
            else []
        ),
        {"id": "apart", "name": "Other, and no reason given"},
        *(loose if results.uncovered is not None and len(results.uncovered) else []),
        {"id": "sensitivity", "name": "What would change the order"},
        *(same if len(results.campaigns) else []),
        {
            "id": "index",
            "name": "Passages to read" if results.reading_list else "Topics to read by",
        },
        {"id": "aside", "name": "What was set aside"},
        {"id": "made", "name": "How this was made"},
    ]


def _beside(results: Results) -> dict[str, Any] | None:
    """Return what stands beside the order; None where nothing does."""
    document = results.document
    found: dict[str, Any] = {
        "figures": beside.figures(document),
        "panel": beside.panel(document),
        "missing": beside.missing(document),
    }
    if not any(found.values()):
        return None
    return {**found, "criteria": beside.criteria(document)}


def _journey(results: Results) -> dict[str, Any] | None:
    found = results.document.get("journey")
    if not found:
        return None
    quoted = [quote["segment_id"] for one in found["steps"] for quote in one["quotes"]]
    return journey.described(found, passages.languages_of(results.segments, quoted))


def _chart(results: Results) -> dict[str, Any]:
    from markupsafe import Markup

    priorities = results.document["priorities"]
    drawn = chart.plot(priorities)
    left = len(priorities) - chart.MOST_ROWS
    wide = chart.picture(drawn, _WIDE) if drawn.rows else ""
    narrow = chart.picture(drawn, _NARROW) if drawn.rows else ""
    return {
        "rows": drawn.rows,
        "sources": [(kind, words.source(kind).lower()) for kind in drawn.sources],
        "reading": "One row for each theme, in order. Where the lines of two themes overlap a "
        "good deal, their order may be chance.",
        "label": f"Chart: {chart.axis_title(drawn).lower()}. {' '.join(chart.description(drawn))}",
        "wide": Markup(wide),  # noqa: S704 - vl-convert escapes text; a test proves it
        "narrow": Markup(narrow),  # noqa: S704 - as above
        "cut": f"The chart shows the first {chart.MOST_ROWS} themes." if left > 0 else "",
        "caption": "The figures behind the chart; ranges and ranks by sampling alone",
        "table": themes.figures(priorities),
        "data": _script_data(chart.specification(drawn, "container") if drawn.rows else {}),
    }


def _script_data(data: dict[str, Any]) -> Any:
    """Write JSON for a script element: nothing in it can end the element."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704 - escaped above


def page_policy(style: str, scripts: list[str]) -> str:
    """Return a content security policy that lets our own style and scripts be, and nothing else."""
    allowed = " ".join(_fingerprint(script) for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_fingerprint(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _fingerprint(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def template(name: str) -> Template:
    """Return a template of ours."""
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("listening.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def part(name: str) -> str:
    """Return a file of ours that goes into the page as it is (style, behaviour)."""
    return files("listening.report").joinpath("templates", name).read_text(encoding="utf-8")
