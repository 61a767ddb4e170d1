"""The made-up programme with a few interviews alone."""

from __future__ import annotations

from dataclasses import replace

from listening.report import Results
from tests.unit.report.fictional_results import HEARD, THEMES, document, results


def small() -> Results:
    """Return the same from 14 interviews alone: too few people for any percentage."""
    whole = results()
    told = document()
    of = HEARD["interview"]
    for theme in told["priorities"]:
        theme["sources"] = {"interview": theme["sources"]["interview"]}
        theme.update(theme["sources"]["interview"])
        theme["groups"] = [{**one, "of": 6, "prevalence": None} for one in theme["groups"][:1]]
        theme["groups"][0]["people"] = 3
        theme["tied_with"] = [one[0] for one in THEMES if one[0] != theme["id"]]
        theme["rank_interval"] = [1, 6]
    told["sources"] = {"interview": told["sources"]["interview"]}
    told["people"] = told["participants"] = told["not_yet_read"] = of
    told["not_heard"], told["protected"] = [], []
    told["coverage"] = {**told["coverage"], "people": 13, "of": of, "greedy": []}
    told["apart"] = [{**one, "people": 2, "of": of} for one in told["apart"]]
    reach = whole.reach[:1].assign(records=0, approached=None, spoke=None, share_spoke=None)
    return replace(whole, document=told, topics=whole.topics[:0], reading_list=True, reach=reach)
