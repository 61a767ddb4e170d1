"""Public figures, and firms and programmes with people's names: nobody's neighbours, so they stay.

A whole name is believed wherever it stands, and only a name that hardly anybody else bears is in
the
list. One word alone is never believed after a title that neighbours are called by, and nothing is
where the file names a person so. An employer is taken out by other rules, whatever it is called.
"""

from __future__ import annotations

import re

from listening.privacy.edits import Find
from listening.privacy.known import Known

_FIGURES_TEXT = """
keir starmer|boris johnson|nigel farage|rishi sunak|liz truss|theresa may|tony blair
|margaret thatcher|jeremy corbyn|kemi badenoch|rachel reeves|angela rayner|wes streeting
|ed miliband|priti patel|suella braverman|matt hancock|michael gove|jacob rees-mogg
|iain duncan smith|nick clegg|yvette cooper|andy burnham|sadiq khan|nicola sturgeon|john swinney
|humza yousaf|alex salmond|mark drakeford|donald trump|joe biden|barack obama|vladimir putin
|volodymyr zelensky|enoch powell|nye bevan|aneurin bevan|winston churchill|princess diana
|marcus rashford|david attenborough|jamie oliver|david beckham|greta thunberg|elon musk|jeff bezos
|mo farah|louis theroux|jeremy kyle|jeremy clarkson|gary lineker|chris whitty|dominic cummings
|arthur scargill|nelson mandela|martin luther king|george floyd|sarah everard|taylor swift
|ed sheeran|elvis presley|bob marley|gordon ramsay|alan sugar|simon cowell|martin lewis
|piers morgan|david cameron|gordon brown|john major|zarah sultana|george galloway|tommy robinson
|stephen lawrence|mary seacole|marie stopes|tina turner|michael jackson|david bowie
|freddie mercury|elton john|captain tom|lenny henry|mary berry|paul hollywood|joe wicks
|alan titchmarsh|father christmas|guy fawkes|sweet caroline
"""
_FIRMS_TEXT = """
john lewis|marks and spencer|marks & spencer|marie curie|sue ryder|barnardo|barnardos|severn trent
|openreach|corrie|emmerdale|eastenders|william hill|paddy power|betfred|thomas cook
|dorothy perkins|debenhams|holland and barrett|farmfoods|bargain booze|mr kipling|dulux|pontins
|butlins|rightmove|zoopla|klarna|tai chi|trustpilot|checkatrade|tripadvisor|duolingo|strava
"""
_ALONE_TEXT = """
starmer farage sunak corbyn badenoch thatcher streeting rayner miliband braverman trump biden obama
putin zelensky zelenskyy sturgeon churchill rashford elvis beveridge scargill mandela santa
"""


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split("|"))


_FIGURES = _names(_FIGURES_TEXT)
_FIRMS = _names(_FIRMS_TEXT)
#: Illnesses that bear their finders' names.
_ILLNESSES_TEXT = """
parkinson alzheimer crohn hodgkin asperger tourette raynaud huntington sjogren cushing meniere
hashimoto dupuytren korsakoff marfan
"""
_ILLNESSES = frozenset(_ILLNESSES_TEXT.split())
_ILL = re.compile(r"['’]s\b|[ ](?:disease|syndrome)\b", re.IGNORECASE)
_PALSY = re.compile(r"(?:['’]s)?[ ]palsy\b", re.IGNORECASE)
_ALONE = frozenset(_ALONE_TEXT.split())
_LEADING = re.compile(
    r"\b(?:mrs|mr|ms|miss|dr|doctor|nurse|our|my|neighbour|called|named|friend|mate)\.?[ ]$",
    re.IGNORECASE,
)
_AFTER_MACMILLAN = re.compile(
    r"[ ](?:nurses?|cancer|grants?|support|trust|fund|were)\b", re.IGNORECASE
)
_SEVERN = re.compile(r"\bsevern[ ]$", re.IGNORECASE)
_NEXT = re.compile(r"[ ]([\w-]+)")
_BACK = re.compile(r"(?<![\w-])([\w-]{1,30})[ ]$")
_OWNING = re.compile(r"['’]s?$")


def is_public_name(text: str, find: Find, known: Known) -> bool:
    """Tell whether what was taken for a person in `text` is a public figure, or a firm."""
    if find.kind != "person":
        return False
    name = _OWNING.sub("", text[find.start : find.end].lower())
    if not known.parts.isdisjoint(name.split()):
        return False
    before = text[max(0, find.start - 12) : find.start]
    led = _LEADING.search(before) is not None
    return _is_a_figure(text, find, name) or (not led and _is_everybodys(text, find, name, before))


def _is_a_figure(text: str, find: Find, name: str) -> bool:
    """Whether a name is a figure's, or one half of it with the other half beside it."""
    after, before = _NEXT.match(text, find.end), _BACK.search(text[: find.start])
    first = f"{name} {after[1].lower()}" if after else name
    last = f"{before[1].lower()} {name}" if before else name
    return not _FIGURES.isdisjoint([name, first, last])


def _is_everybodys(text: str, find: Find, name: str, before: str) -> bool:
    """Whether one word is a figure, a firm, or an illness that bears a name."""
    return (
        name in _ALONE
        or name in _FIRMS
        or (name == "macmillan" and _AFTER_MACMILLAN.match(text, find.end) is not None)
        or (name == "trent" and _SEVERN.search(before) is not None)
        or (name == "bell" and _PALSY.match(text, find.start + len(name)) is not None)
        or (name in _ILLNESSES and _ILL.match(text, find.start + len(name)) is not None)
    )
