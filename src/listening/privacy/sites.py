"""Tells the web sites that are everybody's, written or said aloud: they identify nobody."""

from __future__ import annotations

import re

_SITES_WORDS = """
gov.uk nhs.uk nhs.net police.uk parliament.uk gov.scot gov.wales nidirect.gov.uk bbc.co.uk bbc.com
itv.com theguardian.com amazon.co.uk amazon.com ebay.co.uk ebay.com google.com google.co.uk
bing.com wikipedia.org en.wikipedia.org fixmystreet.com whatdotheyknow.com rightmove.co.uk
zoopla.co.uk onthemarket.com gumtree.com spareroom.co.uk openrent.co.uk facebook.com instagram.com
twitter.com x.com tiktok.com youtube.com whatsapp.com reddit.com nextdoor.com nextdoor.co.uk
linkedin.com pinterest.com zoom.us netflix.com booking.com tripadvisor.co.uk trustpilot.com
tesco.com asda.com sainsburys.co.uk argos.co.uk ikea.com indeed.com indeed.co.uk totaljobs.com
reed.co.uk moneysavingexpert.com uswitch.com turn2us.org.uk entitledto.co.uk shelter.org.uk
citizensadvice.org.uk mind.org.uk ageuk.org.uk samaritans.org childline.org.uk nspcc.org.uk
stepchange.org acas.org.uk which.co.uk gofundme.com justgiving.com change.org vinted.co.uk etsy.com
nationalrail.co.uk trainline.com thetrainline.com tfl.gov.uk royalmail.com autotrader.co.uk
justpark.com just-eat.co.uk deliveroo.co.uk homeswapper.co.uk macmillan.org.uk bhf.org.uk
"""
_SITES = frozenset(_SITES_WORDS.split())
#: Of government, councils and the police any site is everybody's, and any page of it.
_PUBLIC = re.compile(
    r"(?:[\w-]{1,63}\.){0,3}(?:gov\.uk|police\.uk|parliament\.uk|gov\.scot|gov\.wales)"
)
#: Of the health service only the nation's: a surgery has one of its own.
_HEALTH = re.compile(r"(?:(?:111|jobs|england|digital|service)\.)?nhs\.uk")
_WWW = re.compile(r"^(?:https?://)?(?:www\.)?")
_SAID_WWW = re.compile(r"^(?:(?:w\s?w\s?w|www|double[- ]u(?: double[- ]u){2})\s+dot\s+)", re.I)


def is_everybodys_site(words: str) -> bool:
    """Tell whether a web address is one of everybody's.

    Args:
        words: the address, as written or as said, and nothing else.
    """
    plain = _SAID_WWW.sub("", words.lower())
    plain = re.sub(r"\s*\bdot\b\s*", ".", plain)
    plain = re.sub(r"\s*\b(?:(?:forward|back)\s+)?slash\b\s*", "/", plain)
    plain = plain.replace(".u k", ".uk").replace("co uk", "co.uk").replace("gov uk", "gov.uk")
    host, _, path = _WWW.sub("", plain).partition("/")
    host = host.strip().removeprefix("www ").rpartition(" ")[2]
    if _PUBLIC.fullmatch(host) or _HEALTH.fullmatch(host):
        return True
    return host in _SITES and not path.strip()
