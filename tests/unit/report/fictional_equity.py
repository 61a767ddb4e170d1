"""What the made-up programme found about who was heard and who differs."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

UNDER = (
    "27 people of this group (age: 65 and over) were heard; by their part of the population it "
    "would be about 41 of 167. That is less than four fifths of their part, and more than chance "
    "would do."
)
DIFFERS = "15 of 27 people of this group (age: 65 and over) raised Community, 20 of 140 others."
LIKELY = (
    "20 people of this group (age: under 18) were heard; by their part of the population it would "
    "be about 31 of 167. Fewer than expected were heard, but too few in all to be sure that it is "
    "below four fifths."
)
DIFFERENCE: dict[str, Any] = {
    "people": 15,
    "of": 27,
    "voices": 25.0,
    "rest_people": 20,
    "rest_of": 140,
    "rest_voices": 131.0,
    "shrunk": 0.41,
    "ratio": 3.888889,
    "interval": [2.2, 6.4],
    "p": 0.000012,
    "q": 0.0003,
    "differs": True,
    "sentence": DIFFERS,
}


def fields() -> dict[str, Any]:
    """Return the fields of `priorities.json` before anybody has coded."""
    return {
        "representation": [
            {
                "attribute": "age",
                "value": "65 and over",
                "people": 27,
                "of": 167,
                "unknown": 12,
                "population": 2460,
                "population_of": 10000,
                "ratio": 0.657222,
                "interval": [0.44, 0.79],
                "under_heard": True,
                "shortfall": "under",
                "whatever_unknown": False,
                "sentence": UNDER,
            },
            {
                "attribute": "age",
                "value": "35 to 64",
                "people": 88,
                "of": 167,
                "unknown": 12,
                "population": 4400,
                "population_of": 10000,
                "ratio": 1.197605,
                "interval": [1.01, 1.38],
                "under_heard": False,
                "shortfall": "none",
                "whatever_unknown": False,
                "sentence": "88 people of this group (age: 35 to 64) were heard.",
            },
            {
                "attribute": "age",
                "value": "under 18",
                "people": 20,
                "of": 167,
                "unknown": 12,
                "population": 1840,
                "population_of": 10000,
                "ratio": 0.65087,
                "interval": [0.41, 0.98],
                "under_heard": False,
                "shortfall": "likely",
                "whatever_unknown": False,
                "sentence": LIKELY,
            },
        ],
        "not_matched": [
            {
                "attribute": "housing",
                "values": ["sleeping rough"],
                "people": 0,
                "sentence": "The population table counts housing, and of nobody heard is it known.",
            }
        ],
        "differences": [],
        "comparison": {
            "tests": 0,
            "sentence": "Groups are compared once people have coded.",
            "too_few": "",
        },
        "priority_groups": [
            {
                "attribute": "housing",
                "value": "sleeping rough",
                "participants": 0,
                "sentence": "Nobody known to be of this group (housing: sleeping rough) was heard, "
                "so nothing can be listed for it.",
            }
        ],
    }


def coded(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document as it is once people have coded, with one difference found."""
    told = deepcopy(document)
    told["status"] = "reviewed"
    for theme in told["priorities"]:
        for group in theme["groups"]:
            group["difference"] = {**DIFFERENCE, "differs": None, "sentence": ""}
    told["priorities"][4]["groups"][2]["difference"] = DIFFERENCE
    told["differences"] = [
        {
            "id": "community",
            "name": "Community",
            "attribute": "age",
            "value": "65 and over",
            **DIFFERENCE,
        }
    ]
    told["comparison"] = {
        "tests": 18,
        "sentence": "18 comparisons were made: 3 groups with all others, on 6 themes.",
        "too_few": "Not compared, since they or the others are fewer than ten separate voices: "
        "age: under 18.",
    }
    return told
