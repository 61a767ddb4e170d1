"""Finds the chain that somebody works for: "zero hours at sports direct", "Greggs sacked me".

A chain is everybody's where one shops, and somebody's employer where one works, so that only what
is said of work takes it away. What a customer says as well ("the hours at Asda") does not.
"""

from __future__ import annotations

import re

from listening.privacy.edits import Find
from listening.privacy.words import Bag

#: Chains that employ people all over the country; data, one a comma apart.
_CHAINS_TEXT = """
aldi, lidl, asda, tesco, tescos, tesco express, sainsbury's, sainsburys, morrisons, waitrose,
iceland, farmfoods, heron foods, co-op, co op, coop, the co-op, spar, londis, nisa, costcutter,
budgens, one stop, mccolls, marks and spencer, marks and spencers, m and s, m&s, b and m, b&m, b
and q, b&q, home bargains, poundland, poundstretcher, wilko, wilkos, woolworths, woolies, bhs,
debenhams, house of fraser, john lewis, argos, currys, pc world, comet, ikea, dunelm, homebase,
wickes, screwfix, toolstation, halfords, kwik fit, primark, next, new look, topshop, matalan, tk
maxx, h and m, h&m, zara, river island, boohoo, asos, shein, peacocks, sports direct, jd sports,
foot locker, clarks, shoe zone, superdrug, boots, lloyds pharmacy, well pharmacy, rowlands,
specsavers, vision express, the range, the works, wh smith, whsmith, smiths, waterstones,
timpson, timpsons, cash converters, card factory, clintons, greggs, costa, costa coffee,
starbucks, caffe nero, pret, subway, kfc, mcdonald's, mcdonalds, maccies, maccy d's, burger
king, five guys, nando's, nandos, pizza hut, domino's, dominos, papa john's, toby carvery,
harvester, beefeater, brewers fayre, wetherspoon, wetherspoons, spoons, weatherspoons, premier
inn, travelodge, holiday inn, butlins, haven, center parcs, hilton, britannia, amazon, evri,
hermes, dpd, yodel, ups, dhl, fedex, tnt, parcelforce, royal mail, ocado, wincanton, eddie
stobart, xpo, gxo, clipper, culina, bidfood, brakes, booker, makro, costco, warburtons, hovis,
greencore, bakkavor, cranswick, samworth, mccain, walkers, cadbury, cadburys, mcvities, two
sisters, bernard matthews, rolls royce, jaguar, jaguar land rover, nissan, vauxhall, toyota,
ford, bae, bae systems, british steel, tata, tata steel, british leyland, rover, g4s, securitas,
serco, mitie, sodexo, compass, iss, ocs, capita, atos, carillion, amey, veolia, biffa, suez,
kier, balfour beatty, mears, engie, equans, interserve, bupa, hc-one, four seasons, barchester,
care uk, allied healthcare, stagecoach, arriva, first bus, firstbus, national express, go ahead,
northern rail, lner, network rail, openreach, adecco, manpower, reed, randstad, pertemps, blue
arrow, staffline, halifax, barclays, natwest, lloyds, hsbc, santander, nationwide, aviva,
vodafone, british gas, e.on, eon, edf, npower, thames water, sky, bt, british telecom, betfred,
ladbrokes, william hill, coral, gala bingo, mecca
"""
#: Of them those that people are with as customers too.
_BOUGHT_FROM_TEXT = """
halifax, barclays, natwest, lloyds, hsbc, santander, nationwide, aviva, vodafone, british gas,
e.on, eon, edf, npower, thames water, sky, bt, british telecom
"""
_BOUGHT_FROM = frozenset(re.split(r",\s+", _BOUGHT_FROM_TEXT.strip()))
CHAINS = tuple(sorted(set(re.split(r",\s+", _CHAINS_TEXT.strip())), key=len, reverse=True))
_CHAIN = (
    r"(?P<it>(?:"
    + "|".join(re.escape(chain).replace("'", "['’]?") for chain in CHAINS)
    + r"))(?:['’]s)?(?![\w'’-]|[ ](?:door|to|year|week|month|time|day|morning|house|mobile)\b)"
)
#: Words of a chain's name by which a text without any is passed over.
_FIRST = frozenset(
    word for chain in CHAINS for word in re.findall(r"[a-z0-9]+(?:['’][a-z]+)?", chain)
) - {"and", "the", "s", "m", "b", "h", "d", "of", "uk", "one", "two", "first", "four"}
_WORKED = (
    r"(?:work(?:s|ed|ing)?|employed|jobs?|shifts?|nights|days|weekends|zero[- ]hours"
    r"|temp(?:ed|ing|s)?"
    r"|(?:my|his|her|our|their|full|part)[ ](?:hours|time)|apprentice(?:ship|d)?|redundant"
    r"|sacked|hired"
    r"|laid[ ]off|started|retired|career|contract|cleaner|cleans?|cleaning|security|porter"
    r"|manager|boss"
    r"|supervisor|team[ ]leader|drives?|driver|driving|stack(?:s|ed|ing)?|shelves|picker"
    r"|picking|packing"
    r"|packer|tills|checkouts?|kitchens?|waitress(?:ing)?|barista|delivers?|delivering"
    r"|warehouse|interview"
    r"|placement|agency)"
)
#: Between the work and who it is for; "working out cheaper at Aldi" is no work.
_SOME = (
    r"(?:,?[ ](?!(?:and|but|at|for|with|from|in|out|to|so|because|cos)\b)[\w'’-]{1,12}){0,4}?,?[ ]"
)
_DOING = (
    r"(?:on[ ](?:the[ ])?(?:tills?|checkouts?|line|deli|nights|bread|shop[ ]floor|vans|days)"
    r"|stacking"
    r"|shelf|nights|part[ -]time|full[ -]time|housekeeping|delivering|driving|picking|packing"
    r"|cleaning"
    r"|since|for[ ](?:\w+[ ]){1,2}years?|(?:\w+[ ]){1,3}years?\b|before[ ](?:it|they)"
    r"|in[ ]the[ ]warehouse"
    r"|his[ ]whole|her[ ]whole|all[ ]my)"
)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_WORKED}{_SOME}(?:at|for|by|in|down|with)[ ](?:the[ ]|a[ ])?{_CHAIN}",
        rf"\b(?:i['’]?m|i[ ]am|am|was|were|been|he['’]?s|she['’]?s|we['’]?re|they['’]?re"
        rf"|used[ ]to[ ]be|is)"
        rf"(?:[ ]\w{{1,10}}){{0,2}}?[ ](?:at|with|in"
        rf"|for)[ ]{_CHAIN}(?=,?[ ](?:\w+[ ]){{0,2}}?{_DOING})",
        rf"\b(?:used[ ]to[ ]be|been|started|start)[ ](?:at|with)[ ]{_CHAIN}(?=,?[ ](?:before"
        rf"|since|when|until|till)\b)",
        rf"\b{_CHAIN}(?=[ ](?:sacked|laid|let[ ](?:him|her|me|us|them)|took[ ](?:him|her|me"
        rf"|us|them)[ ]on|employs?"
        r"|employed|pays?[ ](?:me|him|her|us|them|minimum)|paid[ ](?:me|him|her|us|them)"
        r"|made[ ](?:me|him|her|us|them)"
        r"[ ]redundant|gave[ ](?:me|him|her|us)[ ](?:a[ ])?(?:job|contract|shifts?|start)"
        r"|cut[ ](?:my|his|her|our)"
        r"[ ]hours|finished[ ](?:me|him|her|us|them)|wo?n['’]?t[ ]give[ ](?:me|him"
        r"|her)[ ](?:a[ ]contract|more|any)))",
        rf"(?:^|[.!?,][ ]){_CHAIN}(?=,?[ ](?:housekeeping|delivering|stacking"
        rf"|on[ ]the[ ]tills|nights[ ]mostly|part[ -]time)\b)",
    )
)
#: A customer's contract is no job.
_BOUGHT = re.compile(
    r"contract[ ](?:is[ ])?with[ ]$|deliver(?:y|s|ed)?[ ](?:slot[ ])?(?:from|with)[ ]$",
    re.IGNORECASE,
)


def find_chains(text: str, bag: Bag) -> list[Find]:
    """Return the chains of `text` that somebody is said to work for.

    Args:
        text: one text.
        bag: its words (`bag_of`).
    """
    if bag.isdisjoint(_FIRST):
        return []
    return [
        Find(*match.span("it"), "employer")
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        if not _is_bought(text, match.start("it"), match["it"])
    ]


def _is_bought(text: str, start: int, chain: str) -> bool:
    """Whether somebody is with a chain as a customer: "my contract is with Sky"."""
    before = text[max(0, start - 25) : start]
    with_them = before.lower().endswith((" with ", " for ")) and chain.lower() in _BOUGHT_FROM
    return with_them or _BOUGHT.search(before) is not None
