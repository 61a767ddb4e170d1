"""A codebook to begin with: an empty one with comments, or a draft made of a run's topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from listening.codebook.making import FIRST, slug
from listening.codebook.nouns import Code, Codebook

#: how many of residents' texts a draft shows for each topic
SHOWN = 25
_EMPTY = """# A codebook: what is looked for, as a list of codes. Lines with # are for people.
# How to write one: docs/how-to/codebook.md

[codebook]
id = "{id}"            # never changes
name = "{name}"
version = "0.1"        # 0.x is a draft; 1.0 is frozen after calibration
language = "en"
source = ""            # how it came about, such as "Open reading of 60 segments by two people."

# A code. Copy these lines for each, take the # away, and set the status to active when its
# definition and at least eight examples are there; 25 are a good start.
#
# [[codes]]
# id = "getting-about"       # lower-case words joined by hyphens; a change of meaning is a new id
# name = "Getting about"
# definition = "Whether people can get where they need to go."
# include = "Cuts to routes; fares; lifts at stations."
# exclude = "Traffic noise outside the door: street-life."
# parent = ""                # id of a broader code, if there is one
# status = "draft"
# examples = [
#   "They took the 47 off and now it's two buses to the hospital.",
# ]
# counter_examples = [       # what is easily taken for it, and the code that it belongs to
#   {{ text = "Lorries go past the bedroom window all night.", belongs_to = "street-life" }},
# ]
#
# `other` and `no-reason-given` are always there and need no entry.
"""


@dataclass(frozen=True)
class Topic:
    """A topic of the reading index, as a draft of a code.

    Attributes:
        name: its name.
        words: the words that mark it.
        texts: what was said in it, pseudonymised, the most typical first.
        people: how many said so.
        flag: ``unstable``, ``single_voice`` or nothing.
        group: number of the topics that it was put together with.
    """

    name: str
    words: str
    texts: tuple[str, ...]
    people: int
    flag: str
    group: int


def empty(name: str) -> str:
    """Return the text of an empty codebook, with comments that say how to fill it."""
    plain = " ".join(name.split()).replace("\\", "").replace('"', "'")
    return _EMPTY.format(id=slug(plain), name=plain)


def from_topics(name: str, topics: Sequence[Topic]) -> Codebook:
    """Return a draft codebook: a code a topic, topics of one matter under one heading.

    Nothing in it is in use: people write the definitions, take out what is no code, put their own
    words in place of residents', and set the status to active.
    """
    taken: set[str] = set()
    groups: dict[int, list[Topic]] = {}
    for topic in topics:
        groups.setdefault(topic.group, []).append(topic)
    codes: list[Code] = []
    for together in groups.values():
        heading = ""
        names = _distinct(together, {code.name.casefold() for code in codes if not code.parent})
        if len(together) > 1:
            called = " / ".join(topic.name for topic in together[:3])
            codes.append(Code(slug(called, taken), called, codable=False))
            heading = codes[-1].id
            taken.add(heading)
        for topic in together:
            code_id = slug(names[id(topic)], taken)
            taken.add(code_id)
            codes.append(
                Code(
                    code_id,
                    names[id(topic)],
                    _definition(topic),
                    examples=topic.texts[:SHOWN],
                    parent=heading,
                    status="draft",
                )
            )
    source = (
        "Draft made of a run's topics. Its examples are residents' pseudonymised words: put words "
        "of your own in their place before the codebook leaves the team."
    )
    called = " ".join(name.split())
    return Codebook(slug(called), called, FIRST, "en", source, tuple(codes))


def _distinct(topics: Sequence[Topic], taken: set[str]) -> Mapping[int, str]:
    """Return a name of its own for each topic."""
    names: dict[int, str] = {}
    for topic in topics:
        found, count = topic.name, 1
        while found.casefold() in taken:
            count += 1
            found = f"{topic.name} ({count})"
        taken.add(found.casefold())
        names[id(topic)] = found
    return names


def _definition(topic: Topic) -> str:
    doubts = {
        "unstable": " The topic is unstable: read it first.",
        "single_voice": " Fewer than three people said so.",
    }
    people = "1 person" if topic.people == 1 else f"{topic.people} people"
    return (
        f"To be written. A topic of {people}, marked by the words {topic.words.replace(';', ',')}."
        f"{doubts.get(topic.flag, '')}"
    )
