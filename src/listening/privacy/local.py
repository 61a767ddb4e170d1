"""A programme's own additions to what privacy knows: names to replace, places, words to leave.

An officer who reads a text and says "this is a name" or "this is no name" teaches the program here.
The file is `gazetteer.toml`; every key is optional and holds a list of texts:

    person = ["Xola Pereyra-Quill"]
    place = ["the Tanks"]
    school = ["The Base"]
    surgery = []
    faith = ["The Upper Room"]
    employer = ["Fennel & Daughters"]
    keep = ["Grace Street Kitchen"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from listening.errors import InvalidGazetteer
from listening.privacy.edits import Find
from listening.records import Span

#: What a name can be said to be; `keep` says that it is none of these.
KINDS = ("person", "place", "school", "surgery", "faith", "employer")
KEEP = "keep"
#: Shorter ones would be found in every other sentence.
SHORTEST = 2


@dataclass(frozen=True)
class Local:
    """What a programme's own list says.

    Attributes:
        names: kind (`KINDS`) → the names as they are written there.
        keep: words that are never replaced as a name, a place or an institution.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep: tuple[str, ...] = ()

    @property
    def persons(self) -> tuple[str, ...]:
        """Names of people."""
        return tuple(self.names.get("person", ()))

    def finds(self, text: str) -> list[Find]:
        """Return where `text` names a school, surgery, faith centre or employer of the list."""
        if not self.names:
            return []
        return [
            Find(span.start, span.end, kind)
            for kind in ("school", "surgery", "faith", "employer")
            for span in spans(text, tuple(self.names.get(kind, ())))
        ]

    def names_as_written(self, text: str) -> list[Find]:
        """Return where `text` holds a person's name of the list just as it is written there.

        So written it goes even where it could be an ordinary word ("Hope said so").
        """
        return [
            Find(*span, "person")
            for span in spans(text, self.persons)
            if text[span.start : span.end] in self.persons
        ]

    def places(self, text: str) -> list[Span]:
        """Return where `text` names a public place of the list."""
        return list(spans(text, tuple(self.names.get("place", ()))))

    def kept(self, text: str) -> list[Span]:
        """Return where `text` holds words that are to stay."""
        return list(spans(text, self.keep))


def parse_local(content: str, file: str = "gazetteer.toml") -> Local:
    """Read a programme's own list.

    Args:
        content: the file's text.
        file: its name, for messages.

    Raises:
        InvalidGazetteer: if it is no TOML, or holds an unknown key or what is no list of texts.
    """
    try:
        given = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" (line {line[1]})" if line else ""
        raise InvalidGazetteer(
            f"{file}{where}",
            "is not written as the program can read it.",
            'Write one line per kind, such as person = ["Ada Quill", "Xola"].',
        ) from None
    for key in given:
        if key not in (*KINDS, KEEP):
            raise InvalidGazetteer(
                f"{file}",
                f"has a kind of name that the program does not know: “{key}”.",
                f"Use {', '.join(KINDS)} or {KEEP}.",
            )
    read = {key: _texts(file, key, value) for key, value in given.items()}
    return Local({kind: read[kind] for kind in KINDS if kind in read}, read.get(KEEP, ()))


def _texts(file: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise InvalidGazetteer(
            f"“{key}” in {file}",
            "is not a list of names.",
            f'Write it as {key} = ["one name", "another name"].',
        )
    texts = tuple(" ".join(text.split()) for text in value)
    if any(len(text) < SHORTEST for text in texts):
        raise InvalidGazetteer(
            f"“{key}” in {file}",
            "holds a name of one letter or none.",
            "Take it out: it would be found in every other sentence.",
        )
    return tuple(dict.fromkeys(texts))


def spans(text: str, wanted: Sequence[str]) -> Iterator[Span]:
    """Yield where `text` holds one of the wanted texts, whole and in any case."""
    low = text.casefold()
    for pattern, first in _patterns(tuple(wanted)):
        if first in low:
            for match in pattern.finditer(text):
                yield Span(*match.span())


@cache
def _patterns(wanted: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (
            re.compile(
                r"(?<!\w)" + r"\s+".join(map(re.escape, text.split())) + r"(?!\w)", re.IGNORECASE
            ),
            text.split()[0].casefold(),
        )
        for text in sorted(wanted, key=len, reverse=True)
    )
