"""The reading age of what residents read: `python -m benchmarks.reading_age [residents.html]`.

Without a file, a made-up release that uses every sentence is measured, with residents' quotes and
without. Formulas are those of the package `readability`: they say how long words and sentences are,
and nothing of whether a reader understands. A grade of an American school begins at the age of
five and a bit, so that 5 is added to make an age (grade 4 to 6: age 9 to 11).
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import sections
from listening.report.residents import plainly, translations
from listening.report.residents.telling import Plain

#: what is measured → the name that the package gives it; each is a grade
FORMULAS = {
    "Flesch-Kincaid": "Kincaid",
    "Automated readability index": "ARI",
    "Coleman-Liau": "Coleman-Liau",
    "SMOG": "SMOGIndex",
}
TO_AGE = 5
#: what is done about themes of the made-up release, so that every sentence on it is measured
DONE: dict[str, list[dict[str, str]]] = {
    "t0": [
        {"told": "We now fix damp in two weeks", "status": "in place", "helped": "yes"},
        {"told": "We pay for a new roof.", "status": "planned", "helped": ""},
    ],
    "t1": [{"told": "You can get help with bills.", "status": "testing", "helped": "partly"}],
    "t2": [{"told": "We ran a night bus.", "status": "stopped", "helped": "no"}],
    "t5": [{"told": "We ask shops to stay.", "status": "planned", "helped": ""}],
}
_SENTENCE = re.compile(r"(?<=[.!?:])\s+")
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
_HEADING = re.compile(r"<h[1-3].*?</h[1-3]>", re.DOTALL)
_BLOCK = re.compile(r"</(?:p|li|blockquote)>")


def ages(blocks: Sequence[str]) -> dict[str, float]:
    """Return the reading age by each formula.

    Args:
        blocks: paragraphs, entries of lists and headings.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # an escape in its list of Dutch words
        import readability

    lines = [
        " ".join(_TOKEN.findall(sentence))
        for block in blocks
        for sentence in _SENTENCE.split(block.strip())
        if any(sign.isalpha() for sign in sentence)
    ]
    found: Any = readability.getmeasures("\n".join(lines), lang="en")["readability grades"]
    return {name: float(found[own]) + TO_AGE for name, own in FORMULAS.items()}


def own_words(told: Plain) -> list[str]:
    """Return the sentences of ours: no heading, no name of a group, no resident's words."""
    found = [told.caution]
    for part in told.parts:
        found += [*part.lines, *part.last]
        found += part.items if not part.heading.startswith("Who") else ()
        for theme in part.themes:
            found += [*theme.lines, *(quote.before for quote in theme.quotes)]
            found += [theme.answer, *theme.done]
    return [one for one in found if one]


def every_word(told: Plain) -> list[str]:
    """Return all that stands on the page but headings, which are no sentences."""
    found = [told.face, told.caution]
    for part in told.parts:
        found += [*part.lines, *part.items, *part.last]
        for theme in part.themes:
            found += theme.lines
            for quote in theme.quotes:
                found += [quote.before, quote.words, quote.after]
            found += [theme.answer, *theme.done]
    return [one for one in found if one]


def of_a_file(content: str) -> list[str]:
    """Return the blocks of a `residents.html`, without headings."""
    body = _HEADING.sub("", content.split("<main>", 1)[1].split("</main>", 1)[0])
    blocks = (re.sub(r"<[^>]+>", " ", one) for one in _BLOCK.split(body))
    return [" ".join(one.split()) for one in blocks if one.strip()]


def example(status: str = "reviewed") -> dict[str, Any]:
    """Return a made-up release that needs every sentence."""
    return {
        "programme": "Mill Town listening", "status": status, "release": "0123456789abcdef",
        "k": 5, "people": 285, "not_yet_read": 110,
        "sources": {
            "interview": {"people": 25}, "focus_group": {"people": "fewer than 10"},
            "street": {"people": 110}, "survey": {"people": None},
        },
        "priorities": list(_themes()),
        "protected": [{"attribute": "age_band", "value": "16-24", "name": "Buses"}],
        "not_heard": [
            {"attribute": "tenure", "value": "temporary accommodation"},
            {"attribute": "gender", "value": "non-binary"},
        ],
    }  # fmt: skip


def _themes() -> Iterator[dict[str, Any]]:
    words = {"attributes": {}, "source_kind": "survey", "evidence_id": "E-1"}
    own = {**words, "voice": "verbatim", "translated": False,
           "text": "The damp comes back every winter and my chest is bad with it."}  # fmt: skip
    note = {**words, "voice": "paraphrase", "translated": True,
            "text": "She said that the rent went up and she does not eat at night."}  # fmt: skip
    rows: tuple[tuple[str, int | str | None, float | None, str, list[str]], ...] = (
        ("Housing", 95, 0.33, "almost certainly", []),
        ("Money", "some", None, "probably", ["t2", "t3"]),
        ("Buses", None, None, "perhaps", ["t1", "t3"]),
        ("Parks", 40, 0.14, "probably not", ["t1", "t2"]),
        ("Doctors", None, 0.08, "", []),
        ("Shops", "a few", None, "", []),
    )
    for place, (name, people, share, certainty, tied) in enumerate(rows):
        yield {
            "id": f"t{place}", "name": name, "rank": place + 1, "people": people, "of": 285,
            "prevalence": share, "certainty": certainty, "tied_with": tied,
            "estimated": people is None and share is not None,
            "quotes": [own, note] if place < 2 else [],
            "done": DONE.get(f"t{place}", []),
        }  # fmt: skip


def tables() -> list[str]:
    """Return the table of reading ages of the made-up release."""
    told = plainly(example(), translations("en"))
    rows = [
        ("our own sentences", ages(own_words(told))),
        ("the whole page", ages(every_word(told))),
    ]
    head = f"| | {' | '.join(FORMULAS)} |"
    lines = [head, f"|---{'|---:' * len(FORMULAS)}|"]
    for name, found in rows:
        lines.append(f"| {name} | {' | '.join(f'{age:.1f}' for age in found.values())} |")
    return lines


def main(arguments: Sequence[str]) -> None:
    """Measure a file, or write the section of the results."""
    if arguments:
        found = ages(of_a_file(Path(arguments[0]).read_text(encoding="utf-8")))
        for name, age in found.items():
            print(f"{name}: age {age:.1f}")
        return
    note = (
        "Reading age in years of `residents.html`, of a made-up release that uses every sentence. "
        "SMOG is meant for 30 sentences and more, and for older readers: it never goes below 8."
    )
    sections.write("Reading age", "python -m benchmarks.reading_age", [note, "", *tables()])
    print("\n".join(tables()))


if __name__ == "__main__":
    main(sys.argv[1:])
