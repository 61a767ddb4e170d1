"""Makes up people, institutions and places to fill the frames of the tagger's training speech."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

from listening.privacy.gazetteer import AMBIGUOUS, FAMILIAR, gazetteer
from listening.privacy.trades import TRADES

_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnprstvwyz"
_NICKS_TEXT = """
Nobby Tel Baz Gaz Shaz Daz Kaz Jaz Chaz Chalky Spud Smudge Titch Lofty Ginge Tonka Moose Bear Fish
Budgie Sparky Dodger Tiny Red Mouse Queenie Duchess Trace Lol Vi Flo Win Con Bern Ger Tam Shug Rab
Ali Moh Abs Kash Taz Zee Jay JJ TJ Ste Macca Deano Jonno Robbo Stevo Wayno Kev Bev Trev Nev Shell
Mags Babs Dot Nell Peg Taff Paddy Mick Scouse Geordie Jock Bingo Ziggy Bones Doc Prof Skip
"""
_NICKS = _NICKS_TEXT.split()
_ADJECTIVES = ["Big", "Little", "Old", "Young", "Mad", "Wee", "Fat", "Long", "Uncle", "Auntie"]
_WORDS_TEXT = """
Oak Elm Ash Beech Hazel Willow Holly Rowan Maple Cedar River Brook Spring Park Meadow Field Hill
Valley Bridge Mill Church Castle Abbey Priory Manor Grange Green Wood Forest Lake Moor Heath Stone
Rock Sunny High Low North South East West New Old White Black Red Silver Gold King Queen Station
Market Harbour Quay Canal Wharf Tower Cross Chapel Orchard Garden Rose Ivy Fern Swan Heron Kestrel
Phoenix Pioneer Unity Central Parkside Riverside Lakeside Hillside Woodlands Oaks Limes Elms Beeches
Cedars Firs Lawns Vine Ridge View Vale Fen Marsh Cliff Lodge House Court Hall Cottage Acre Lane
"""
_WORDS = _WORDS_TEXT.split()
_ENDS = (
    "field ton ham wood brook ley ford bridge mere dale shaw worth hurst thorpe den well combe by"
)
_SAINTS_TEXT = """
Mary's John's Peter's Paul's Luke's Mark's Anne's Joseph's Patrick's Wilfrid's Chad's Oswald's
Cuthbert's Aidan's Hilda's Bede's Teresa's Agnes Bernadette's Edmund's Winifred's Columba's Mungo's
Clare's Francis Xavier's Stephen's Andrew's Thomas George's Michael's Alban's Dunstan's Jude's Mary
Jude Matthew Barnabas Helen's Bride's David's Teilo's Ninian's Kentigern's Werburgh's Botolph's
"""
_SAINTS = _SAINTS_TEXT.split()
_SCHOOL_HEADS = """
School|Primary|Primary School|Academy|High School|High|Infants|Infant School|Juniors|Junior School
|Nursery|Secondary|Secondary School|Grammar|Grammar School|College|Sixth Form|Girls School
|Boys School|Community School|Community College|C of E Primary|RC Primary
|Catholic Primary|Comprehensive|Comp
|Preschool|Playgroup|Special School|Nursery School|Free School
""".replace("\n", "").split("|")
_SURGERY_HEADS = """
Surgery|Medical Centre|Medical Practice|Health Centre|Practice|Group Practice|Family Practice
|Doctors|Medical|GP Surgery|Doctors Surgery|Clinic|Partnership|Family Health|Medical Group
|Healthcare
""".replace("\n", "").split("|")
_FAITH_HEADS = """
Church|Methodist|Methodist Church|Baptist|Baptist Church|Chapel|Mosque|Gurdwara|Temple|Hindu Temple
|Synagogue|Parish Church|Pentecostal|Pentecostal Church|Tabernacle|Fellowship|Christian Fellowship
|Christian Centre|Assembly|Islamic Centre|Evangelical Church|United Reformed|Gospel Hall|Mission
|Meeting House|Quaker Meeting House|House of Prayer|Ministries|Prayer Hall|Citadel|Kingdom
Hall|Worship Centre|Community Church
""".replace("\n", "").split("|")
_HOLY_TEXT = """
Bethel Zion Ebenezer Calvary Trinity Emmanuel Bethany Salem Hope Grace Cornerstone Lighthouse Elim
Living_Waters New_Life Kings Victory Redeemed Mount_Zion Holy_Trinity All_Saints Christ Hillside
Salvation_Army_Citadel Sacred_Heart Our_Lady_of_Lourdes Our_Lady_and_St_Joseph
Our_Lady_of_Sorrows Holy_Rosary Corpus_Christi Good_Shepherd
"""
_HOLY = [name.replace("_", " ") for name in _HOLY_TEXT.split()]
_MUSLIM = """
Noor|Taqwa|Umar|Usman|Bilal|Hamza|Ayesha|Quba|Iman|Rahma|Hidaya|Falah|Aqsa|Madina|Furqan|Islah
|Ghausia|Ghousia|Hanafia|Rizvia|Jamia|Abu Bakr|Al Noor|Al-Huda|Ar-Rahman
""".replace("\n", "").split("|")
_SIKH = "Guru Nanak Darbar|Singh Sabha|Guru Gobind Singh|Amrit Parchar|Guru Ravidass|Nishkam"
_HINDU = "Shree Ram|Lakshmi Narayan|Shri Krishna|Swaminarayan|Durga|Hanuman|Ganapathi|Sanatan"
_FIRM_TEXT = """
Care Homecare Support Supplies Services Cold_Store Fresh_Foods Logistics Packaging Castings Fabrics
Knitwear Shoes Biscuits Potteries Carpets Windows Kitchens Interiors Couriers Minicabs Taxis Salons
Hair Barbers Nursing_Home Care_Home Residential_Home Garage Autos Tyres Scrap Metals Recycling
Distribution Warehousing Meats Bacon Poultry Eggs Salads Produce Growers Nurseries Chemicals Paints
Plastics Mouldings Fasteners Tools Electronics Cables Press Printers Laundry Linen Cleaning Security
Events Catering Cafe Bakery Hotel Inn Brewery Bottlers Dairies Creamery Ferries Coaches Travel Lets
Lettings Housing_Support Housing_Association Community_Trust Properties Estates Law Accountants
"""
_FIRM_WORDS = [word.replace("_", " ") for word in _FIRM_TEXT.split()]

_SMALL_WORDS = [
    "Little",
    "Tiny",
    "Busy",
    "Happy",
    "Fir",
    "Bright",
    "Sunny",
    "Rainbow",
    "Jolly",
    "First",
    "Wee",
    "Bumble",
]
_SMALL_THINGS_TEXT = """
Acorns Treasures Trees Steps Tots Stars Bees Feet Fishes Explorers Ducklings Days Robins Footprints
Owls Rascals Monkeys Sparks Hands Angels Foxes Minds Seeds Sprouts
"""
_SMALL_THINGS = _SMALL_THINGS_TEXT.split()
_ROADS_TEXT = "Road Street Lane Avenue Close Park Estate Green Hill Way Drive Gardens Market"
_ROADS = _ROADS_TEXT.split()

Maker = Callable[[random.Random], str]


def given(rng: random.Random) -> str:
    """A first name, which may be unlisted, a word as well, or of several parts."""
    sort = rng.random()
    if sort < 0.36:
        return rng.choice(_first()).title()
    if sort < 0.57:
        return _unheard_of(rng)
    if sort < 0.81:
        return rng.choice(_either()).title()
    if sort < 0.88:
        return f"{given(rng)}-{rng.choice(_first()).title()}" if rng.random() < 0.4 else _two(rng)
    return rng.choice(_NICKS)


def family(rng: random.Random) -> str:
    """A family name, which may be unlisted, a word or double."""
    sort = rng.random()
    if sort < 0.55:
        return rng.choice(_family()).title()
    if sort < 0.75:
        return _unheard_of(rng)
    if sort < 0.85:
        return rng.choice(_WORDS)
    if sort < 0.93:
        return f"{rng.choice(_family()).title()}-{rng.choice(_family()).title()}"
    return rng.choice(["O'", "Mc", "Mac", "Ap-", "Fitz"]) + rng.choice(_family()).title()


def full(rng: random.Random) -> str:
    """A first name and a family name."""
    middle = rng.random()
    if middle < 0.06:
        return f"{given(rng)} {rng.choice('ABCDEFGHJKLMNPRSTW')}. {family(rng)}"
    if middle < 0.12:
        return f"{given(rng)} {rng.choice(['bin', 'van', 'de', 'al', 'ferch', 'ap'])} {family(rng)}"
    return f"{given(rng)} {family(rng)}"


def nick(rng: random.Random) -> str:
    """What somebody is called."""
    if rng.random() < 0.3:
        return f"{rng.choice(_ADJECTIVES)} {rng.choice([*_NICKS, given(rng)])}"
    return rng.choice(_NICKS)


def school(rng: random.Random) -> str:
    """A school, with what it is or without."""
    name = _saint(rng) if rng.random() < 0.3 else _named(rng)
    if rng.random() < 0.05:
        return f"Our Lady and {_saint(rng)}"
    if rng.random() < 0.08:
        return f"Ysgol {name}"
    return f"{name} {rng.choice(_SCHOOL_HEADS)}" if rng.random() < 0.85 else name


def surgery(rng: random.Random) -> str:
    """A GP surgery."""
    sort = rng.random()
    if sort < 0.12:
        return f"Dr {family(rng)} and Partners"
    if sort < 0.3:
        house = rng.choice(["House", "Lodge", "Court", "View"])
        return f"{rng.choice(['The ', ''])}{rng.choice(_WORDS)} {house}"
    name = _saint(rng) if sort < 0.4 else _named(rng)
    return f"{name} {rng.choice(_SURGERY_HEADS)}" if rng.random() < 0.88 else name


def doctors(rng: random.Random) -> str:
    """A surgery that is called after its doctors."""
    sort = rng.random()
    if sort < 0.4:
        return f"{rng.choice(['Drs ', 'Doctors ', ''])}{family(rng)} and {family(rng)}"
    if sort < 0.7:
        return f"{rng.choice(['Dr', 'Dr', 'Doctor'])} {family(rng)}'s"
    return f"Dr {family(rng)}'s {rng.choice(['surgery', 'practice', 'Surgery', 'Practice'])}"


def nursery(rng: random.Random) -> str:
    """A nursery or a school of ordinary words: "Little Acorns"."""
    head = rng.choice(["Nursery", "Playgroup", "Preschool", "Childcare", "Academy"])
    name = f"{rng.choice(_SMALL_WORDS)} {rng.choice(_SMALL_THINGS)}"
    return f"{name} {head}" if rng.random() < 0.4 else name


def prayer(rng: random.Random) -> str:
    """A place of prayer that might be anything else: "the Oasis Centre"."""
    name = rng.choice([*_HOLY, *_WORDS, "Oasis", "Hope", "Harvest", "Vineyard", "Beacon", "Light"])
    head = rng.choice(
        ["Centre", "House", "Fellowship", "Hall", "Community", "Life Centre", "Place"]
    )
    return f"{rng.choice(['The ', 'the ', ''])}{name} {head}"


def faith(rng: random.Random) -> str:
    """A church, mosque, temple or chapel."""
    sort = rng.random()
    if sort < 0.2:
        head = rng.choice(["Mosque", "Masjid", "Islamic Centre", "Jamia Masjid"])
        name = rng.choice(_MUSLIM)
        return f"{name} {head}" if rng.random() < 0.5 else f"Masjid {name}"
    if sort < 0.27:
        name = rng.choice(_SIKH.split("|"))
        return f"{name} Gurdwara" if rng.random() < 0.5 else f"Gurdwara {name}"
    if sort < 0.34:
        name = rng.choice(_HINDU.split("|"))
        return f"{name} {rng.choice(['Mandir', 'Temple'])}"
    if sort < 0.55:
        name = _saint(rng)
        return f"{name} {rng.choice(_FAITH_HEADS)}" if rng.random() < 0.6 else name
    name = rng.choice(_HOLY) if sort < 0.8 else _named(rng)
    return f"{name} {rng.choice(_FAITH_HEADS)}" if sort > 0.62 else name


def employer(rng: random.Random) -> str:
    """A firm, a home, a shop."""
    sort = rng.random()
    trade = rng.choice(sorted(TRADES)).title() if rng.random() < 0.4 else rng.choice(_FIRM_WORDS)
    if sort < 0.2:
        return f"{family(rng)}'s" if rng.random() < 0.5 else f"{family(rng)}s"
    if sort < 0.32:
        return (
            f"{family(rng)} {rng.choice(['&', 'and'])} {rng.choice(['Sons', family(rng), 'Son'])}"
        )
    if sort < 0.42:
        return _unheard_of(rng)
    if sort < 0.5:
        return f"{rng.choice(_WORDS)} {rng.choice(_WORDS)} {trade}"
    return f"{_named(rng)} {trade}"


def place(rng: random.Random) -> str:
    """A town or district."""
    sort = rng.random()
    if sort < 0.6:
        return " ".join(rng.choice(_places())).title()
    return _made_up_place(rng)


def road(rng: random.Random) -> str:
    """A road, an estate, a park."""
    return f"{_named(rng)} {rng.choice(_ROADS)}"


def landmark(rng: random.Random) -> str:
    """A hospital, a market, a park that everybody knows."""
    return " ".join(rng.choice(_landmarks())).title()


def brand(rng: random.Random) -> str:
    """What is everybody's: a service, a shop, a programme. It stays."""
    named = " ".join(rng.choice(_public()))
    return named if rng.random() < 0.2 else named.title()


def bare_school(rng: random.Random) -> str:
    """A school without the word."""
    sort = rng.random()
    if sort < 0.15:
        return _saint(rng)
    if sort < 0.25:
        return f"{rng.choice(['Bishop', 'Archbishop', 'Cardinal', 'Sir', 'Lady'])} {full(rng)}"
    if sort < 0.5:
        lane = rng.choice(["Lane", "Road", "Park", "Hill", "Green", "Wood", "Bank", "Street"])
        return f"{_stem(rng)} {lane}"
    if sort < 0.6:
        return f"{rng.choice(['Ark', 'Co-op', 'Outwood', 'Harris', 'Oasis'])} {_stem(rng)}"
    return _stem(rng) if sort < 0.9 else f"The {rng.choice(_WORDS)}"


def bare_surgery(rng: random.Random) -> str:
    """A surgery without the word."""
    sort = rng.random()
    if sort < 0.5:
        end = rng.choice(["House", "Lodge", "Lane", "Road", "Street", "Row", "Court", "Park"])
        return f"{_stem(rng)} {end}"
    return _stem(rng) if sort < 0.85 else f"the {family(rng)}"


def _stem(rng: random.Random) -> str:
    if rng.random() < 0.5:
        return f"{rng.choice(_WORDS)}{rng.choice(_ENDS.split())}"
    return _made_up_place(rng) if rng.random() < 0.6 else family(rng)


def umm(rng: random.Random) -> str:
    """A mother or father by the child's name: "Umm Layla"."""
    return f"{rng.choice(['Umm', 'Um', 'Abu'])} {rng.choice(_first()).title()}"


MAKERS: dict[str, tuple[str, Maker]] = {
    "given": ("name", given),
    "full": ("name", full),
    "family": ("name", family),
    "nick": ("name", nick),
    "school": ("school", school),
    "surgery": ("surgery", surgery),
    "doctors": ("surgery", doctors),
    "nursery": ("school", nursery),
    "faith": ("faith", faith),
    "prayer": ("faith", prayer),
    "employer": ("employer", employer),
    "place": ("place", place),
    "road": ("place", road),
    "landmark": ("place", landmark),
    "brand": ("keep", brand),
    "bareschool": ("school", bare_school),
    "baresurgery": ("surgery", bare_surgery),
    "umm": ("name", umm),
}


@cache
def _public() -> list[tuple[str, ...]]:
    return sorted(name for names in gazetteer().public.values() for name in names)


@cache
def _landmarks() -> list[tuple[str, ...]]:
    return sorted(gazetteer().landmarks)


def _first() -> list[str]:
    return sorted(gazetteer().first)


def _family() -> list[str]:
    return sorted(gazetteer().family)


def _either() -> list[str]:
    return sorted((AMBIGUOUS | FAMILIAR) & gazetteer().first)


def _places() -> list[tuple[str, ...]]:
    return sorted(name for names in gazetteer().places.values() for name in names)


def _named(rng: random.Random) -> str:
    sort = rng.random()
    if sort < 0.35:
        return f"{rng.choice(_WORDS)}{rng.choice(_ENDS.split())}"
    if sort < 0.6:
        return f"{rng.choice(_WORDS)} {rng.choice(_WORDS)}"
    if sort < 0.7:
        return f"The {rng.choice(_WORDS)}"
    return place(rng) if sort < 0.85 else family(rng)


def _saint(rng: random.Random) -> str:
    return f"{rng.choice(['St', 'St', 'St.', 'Saint'])} {rng.choice(_SAINTS)}"


def _two(rng: random.Random) -> str:
    return f"{rng.choice(_first()).title()} {rng.choice(_first()).title()}"


def _made_up_place(rng: random.Random) -> str:
    stem = rng.choice(_WORDS) if rng.random() < 0.4 else rng.choice(_family()).title()[:6]
    return stem.rstrip(_VOWELS) + rng.choice(_ENDS.split())


def _unheard_of(rng: random.Random) -> str:
    """A name that no list holds: two halves of listed ones, or one with a letter changed."""
    names = _first() if rng.random() < 0.5 else _family()
    a, b = rng.choice(names), rng.choice(names)
    if rng.random() < 0.5:
        made = a[: max(2, len(a) // 2)] + b[len(b) // 2 :]
    else:
        at = rng.randrange(len(a))
        letters = _VOWELS if a[at] in _VOWELS else _CONSONANTS
        made = a[:at] + rng.choice(letters) + a[at + 1 :]
    return made.title()
