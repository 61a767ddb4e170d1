"""What a word and its surroundings look like, for the learnt tagger of names (`tagger`).

A name itself says little: what is learnt must hold for names that nobody listed. So a word that
only names are is told by the lists that hold it, its letters and its place, never by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from listening.privacy import cues, trades
from listening.privacy.gazetteer import AMBIGUOUS, gazetteer
from listening.privacy.scan import Word
from listening.privacy.words import ORDINARY

#: Words that say what stands near: kind → them.
_THEMES = {
    "school": "school schools primary academy nursery infants juniors teacher teachers year pupils"
    " sixth reception gcses headteacher dinner form",
    "surgery": "surgery practice doctor doctors gp gps registered receptionist appointment list"
    " prescription medical health",
    "faith": "church chapel mosque temple gurdwara masjid mandir synagogue pray prays worship imam"
    " vicar pastor sunday priest congregation choir parish mass baptist methodist langar jummah",
    "work": "work works worked working job shift shifts nights employed employer factory warehouse"
    " sacked redundant boss agency contract driver cleaner apprentice staff",
}
_THEME_OF = {word: theme for theme, words in _THEMES.items() for word in words.split()}
THEMED = frozenset(_THEME_OF)
_CLASSES = (
    ("title", cues.TITLES),
    ("kin", cues.KIN),
    ("place", cues.PLACE_NOUNS),
    ("brand", cues.BRANDS),
    ("tongue", cues.TONGUES),
    ("deed", cues.DEEDS),
    ("role", cues.ROLES),
    ("trade", trades.TRADES),
)
_DIGIT = re.compile(r"\d")
#: How far a word's theme reaches, in words.
_REACH = 7
#: Of a longer word only the beginning is looked at.
_LONGEST = 40


def features(text: str, words: Sequence[Word]) -> list[list[str]]:
    """Return what is known of each word, as strings that a tagger can weigh.

    Args:
        text: one text.
        words: its words (`words_of`).
    """
    small = not any(word.upper and word.key[:1] != "i" for word in words)
    near = _near(text, words)
    inside = {w.key for i, w in enumerate(words) if w.upper and near[i] == "_"}
    keys = [w.key for w in words]
    themes = [_THEME_OF.get(key, "") for key in keys]
    themed = any(themes)
    shown = ["<2", "<1", *map(_shown, keys), ">1", ">2"]
    found = []
    for i, word in enumerate(words):
        shape = _shape(text, word, near[i], small)
        before, after = shown[i + 1], shown[i + 3]
        row = [
            "bias",
            f"s={shape}",
            f"g={near[i]}",
            f"h={near[i + 1]}",
            f"-1={before}",
            f"+1={after}",
            f"-2={shown[i]}",
            f"+2={shown[i + 4]}",
            f"-2-1={shown[i]} {before}",
            f"-1+1={before} {after}",
            f"+1+2={after} {shown[i + 4]}",
            f"-1s={before} {shape}",
            f"+1s={after} {shape}",
        ]
        row += _shaped(word.key, shape)
        if not word.upper and word.key in AMBIGUOUS:
            row.append(f"w={word.key}")  # "to be frank": what a word is in small letters
        sort = _sort(word.key)
        row += [f"-1k={before} {sort}", f"+1k={after} {sort}"]
        if i:
            row += _beside("-1:", keys[i - 1])
        if i + 1 < len(keys):
            row += _beside("+1:", keys[i + 1])
        if i + 2 < len(keys):
            row += _beside("+2:", keys[i + 2])
        if themed:
            around = set(themes[max(0, i - _REACH) : i + _REACH + 1])
            row += [f"n={theme}" for theme in sorted(around) if theme]
        if word.possessive:
            row.append("'s")
        if word.upper and near[i] != "_" and word.key in inside:
            row.append("again")
        found.append(row)
    return found


@lru_cache(maxsize=50_000)
def _shaped(key: str, shape: str) -> tuple[str, ...]:
    return tuple(told for trait in _traits(key) for told in (trait, f"{trait} {shape}"))


@lru_cache(maxsize=50_000)
def _beside(where: str, key: str) -> tuple[str, ...]:
    return tuple(where + trait for trait in _classes(key))


def _near(text: str, words: Sequence[Word]) -> list[str]:
    """What stands before each word, and after the last."""
    found, last = [], 0
    for word in words:
        found.append(_gap(text[last : word.start], last == 0))
        last = word.end + 2 * word.possessive
    return [*found, "$"]


def _gap(gap: str, first: bool) -> str:
    if _DIGIT.search(gap):
        return "9"
    if first:
        return "^"
    signs = gap.strip(" \t\"“”‘'(")
    if not signs:
        return "_"
    return signs[0] if signs[0] in ".,:;!?/@&-" else "#"


def _shape(text: str, word: Word, before: str, small: bool) -> str:
    if not word.upper:
        return "x~" if small else "x"
    if word.end - word.start > 1 and text[word.start : word.end].isupper():
        return "XX"
    return "X^" if before in "^.!?:" else "X"


@lru_cache(maxsize=50_000)
def _shown(key: str) -> str:
    """How a neighbour is told: an ordinary word by itself, another by its sort."""
    if key in ORDINARY or key in _THEME_OF or _classes(key):
        return key
    return f"<{_sort(key)}>"


@lru_cache(maxsize=50_000)
def _sort(key: str) -> str:
    lists = gazetteer()
    if key in lists.sure:
        return "first"
    if key in AMBIGUOUS:
        return "either"
    if key in ORDINARY:
        return "plain"
    if key in lists.words:
        return "town word" if key in lists.towns else "word"
    if key in lists.towns:
        return "town"
    return "family" if key in lists.family else "odd"


@lru_cache(maxsize=50_000)
def _classes(key: str) -> tuple[str, ...]:
    return tuple(name for name, words in _CLASSES if key in words)


@lru_cache(maxsize=50_000)
def _traits(key: str) -> tuple[str, ...]:
    lists = gazetteer()
    bare = key.partition("-")[0]
    found = [f"k={_sort(key)}", *(f"c={name}" for name in _classes(key))]
    found += ["first"] * (bare in lists.first) + ["family"] * (bare in lists.family)
    theme = _THEME_OF.get(key)
    if theme:
        found.append(f"t={theme}")
    if key in AMBIGUOUS and key not in ORDINARY:
        found.append("ambiguous")
    elif key in lists.words:
        found.append(f"w={key}")
    else:
        found += [f"^{key[:2]}", f"^{key[:3]}", f"{key[-2:]}$", f"{key[-3:]}$", f"{key[-4:]}$"]
        found.append(f"l={min(len(key), 9)}")
        found += sorted({f"~{key[j : j + 3]}" for j in range(min(len(key), _LONGEST) - 2)})
    return tuple(found)
