"""The lists, read once: names of people, names of places, ordinary English words.

A name that is also a word or a place proves little by its capital letter; `unsure` says which those
are. Where the lists come from is told in `lists/SOURCES.md`.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from listening.privacy.words import ORDINARY, SLURRED

#: First names that a dictionary holds, and that speech means as names all the same.
_FAMILIAR = """
ally amir angus arnold barney barry belle beryl beverley biddy billy blessing bobby bonnie brad
bradley brogan carol clement colin colleen dahlia deb debs dick dickie dolly dot dotty douglas ed
eddy evelyn felicity harry hector herb jack jasmine jasper jimmy jock john josh ken kerry kit kitty
lea leigh maria martin matt meg mickey mike milton moll myrtle nick noel paddy patsy peg peter
phoebe posy rhea rick roger sherry shirley sofia sonny stanley tabby terry tom tony troy woody
"""
FAMILIAR = frozenset(_FAMILIAR.split())
#: Those of them that mean something else in small letters.
_ONLY_WITH_A_CAPITAL = """
ally belle biddy blessing bonnie brad clement dahlia deb debs dick dot dotty ed felicity herb
jasmine jasper ken kerry kit kitty lea matt meg mike milton moll myrtle nick noel paddy peg posy
rhea rick roger sherry tabby woody evelyn leigh stanley angus arnold beverley bradley douglas
"""
CAPITAL_ONLY = frozenset(_ONLY_WITH_A_CAPITAL.split())

#: Names that are words, months or places as well, which no list of words would tell.
_AMBIGUOUS = """
abbey akin ali alin alma amber angel april art arta ashton august aurora austin ava baran basil beau
bell belle ben bill bliss blossom bob bonny buck buster butch candy casey charity charlotte chase
chelsea cherish cherry christian chuck clay clement cliff clyde comfort constance coral courtney
crystal curt daisy dakota dale dan dawn dean derby destiny devon divine dolly don dot drew dusty
earl earnest ebony eden esi esperance eve faith fallon favour fay fern finn flora florence fox
francis frank garnet gem gene georgia gift gill ginger glen goodness grace grant gray green guy
haider hall harley harmony harper hart hazel heath heather herb hill holly honey honor hope hubert
hui hunt hunter hyacinth india inga innocent iris islam israel ivory ivy jade jan jay jean jesus
jewel jing jock jonas jordan joy jude june junior king kingsley kit knight lance lark laurel
lavender lech lee lewis lily linden ling logan luna magnolia marina mark marvellous mason max may
meadow melody mercedes mercy miles miller mina ming minh miracle misty mo morgan nana nelson noor
norm nova olive opal orlando oscar page paige pansy pat patience pearl penny perry pete piper poppy
posy praise precious preston price primrose prince princess promise prosper prudence quinn rasa
raven ray rayan reed reg rejoice rex rhea ria rich rina rob robin rocky rod roman rose rosemary
rowan ruby rusty saffron sage sally sandy savannah scarlet serenity shah sherry sienna sierra sky
skye sonny sterling stevie stew stone sue sultana summer sydney tad talent tansy ted tilly treasure
trinity tudor una val valentine velvet verity vic victor victoria viola violet virginia wade ward
warren wells west white will willow winsome wisdom wood woods wren young
"""
AMBIGUOUS = frozenset(_AMBIGUOUS.split())


#: What hardly any word looks like that is no name: how names are built in some languages. A word of
#: such a shape that no list holds is taken for a name in small letters too.
SHAPES = re.compile(
    r"(?:oluwa|olu[fskmbd]|ade[bkdlywo]|ogun|oye[bdklw]|chukwu|nwa[cnok]|chi(?:ama|bu|dim|din|ebu|edo"
    r"|goz|jio|mam|med|naz|ned|nen|non|nwe|nye|oma|som)|abdi[a-z]|abdul|mc[a-z]{2}|fitz"
    r"|ghebre|gebre|tesfa|habte|haile)[a-z]{2,}$"
    r"|[a-z]{3,}(?:inder|preet|deep|jeet|ullah|uddin|rahman|oluwa|chukwu|dinma|nyere|nathan|lingam"
    r"|swaran|kumar|rajah|owski|owska|ewski|ewska|iewicz|owicz|czyk|enko|chuk|escu|oglu|opoulos"
    r"|shvili|ovic|evic|auskas|aitis)$"
)
#: What is left of "don't" and "we've" between the letters.
_FRAGMENTS_WORDS = """
s t ve ll m d re a i didn doesn isn wasn couldn wouldn shouldn hasn haven hadn aren weren ain won
can mustn needn o e g p
"""
_FRAGMENTS = frozenset(_FRAGMENTS_WORDS.split())


@dataclass(frozen=True)
class Gazetteer:
    """What the lists say, in small letters without accents (`words.fold`).

    Attributes:
        first: first names.
        family: family names.
        names: both.
        sure: first names that hardly mean anything else where they begin with a capital.
        plain: English words that are nobody's name: a small-letter text of them alone names nobody.
        spoken: first names that hardly mean anything else even in small letters.
        words: English words, and proper nouns that name neither people nor British places.
        places: first word of a place's name → the whole names, longest first, as their words.
        towns: places of one word.
        landmarks: those of the places that are no district: hospitals, parks, markets, stations.
        public: the same as `places` for what is nobody's own: services, shops, programmes, feasts,
            peoples, and the landmarks.
    """

    first: frozenset[str]
    family: frozenset[str]
    names: frozenset[str]
    sure: frozenset[str]
    plain: frozenset[str]
    spoken: frozenset[str]
    words: frozenset[str]
    places: Mapping[str, tuple[tuple[str, ...], ...]]
    towns: frozenset[str]
    landmarks: frozenset[tuple[str, ...]]
    public: Mapping[str, tuple[tuple[str, ...], ...]]

    def unsure(self, key: str) -> bool:
        """Whether a name is also a word or a place, so that its surroundings must speak for it."""
        return key not in self.sure


@cache
def gazetteer() -> Gazetteer:
    """Read the lists (once a process, some hundredths of a second)."""
    first = frozenset(_read("first_names.txt").split())
    family = frozenset(_read("family_names.txt").split())
    packed = files("listening.privacy").joinpath("lists", "english_words.txt.gz").read_bytes()
    words = frozenset(gzip.decompress(packed).decode("utf-8").split()) | ORDINARY | SLURRED
    landmarks, public = _whole("landmarks.txt"), _whole("public_names.txt")
    names = _whole("places.txt") | landmarks
    towns = frozenset(name[0] for name in names if len(name) == 1)
    words |= {name[0] for name in public if len(name) == 1} - first - family - towns
    unlike = {name for name in first - words - towns - AMBIGUOUS if len(name) > 2}
    sure = frozenset(unlike | (FAMILIAR & first))
    return Gazetteer(
        first=first,
        family=family,
        names=first | family,
        sure=sure,
        plain=(words | _FRAGMENTS) - FAMILIAR - AMBIGUOUS,
        spoken=frozenset(name for name in sure - CAPITAL_ONLY if len(name) > 3),
        words=words - FAMILIAR,
        places=_by_first_word(names),
        towns=towns,
        landmarks=landmarks,
        public=_by_first_word(public | landmarks),
    )


def _whole(name: str) -> frozenset[tuple[str, ...]]:
    """Read a list of names of one word or several, as their words without a possessive."""
    parts = [entry.replace("-", " ").split() for entry in _read(name).split(";")]
    return frozenset(tuple(p.removesuffix("'s") for p in words) for words in parts if words)


def _by_first_word(names: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    starting: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names, key=lambda n: (-len(n), n)):
        starting.setdefault(name[0], []).append(name)
    return {word: tuple(whole) for word, whole in starting.items()}


def _read(name: str) -> str:
    return files("listening.privacy").joinpath("lists", name).read_text(encoding="utf-8")
