"""Words for what was removed from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from listening.web.counted import many_of

#: kind of what was replaced → what it is, and how it is counted
_REMOVED: dict[str, tuple[Any, Any]] = {
    "person": (
        _("mention of somebody’s name"),
        ngettext_lazy(
            "{shown} mention of somebody’s name", "{shown} mentions of people’s names", "many"
        ),
    ),
    "name": (
        _("mention of somebody’s name"),
        ngettext_lazy(
            "{shown} mention of somebody’s name", "{shown} mentions of people’s names", "many"
        ),
    ),
    "address": (
        _("address"),
        ngettext_lazy("{shown} address", "{shown} addresses", "many"),
    ),
    "bank": (
        _("bank account number"),
        ngettext_lazy("{shown} bank account number", "{shown} bank account numbers", "many"),
    ),
    "card": (
        _("bank card number"),
        ngettext_lazy("{shown} bank card number", "{shown} bank card numbers", "many"),
    ),
    "care": (
        _("care home or hospice"),
        ngettext_lazy("{shown} care home or hospice", "{shown} care homes or hospices", "many"),
    ),
    "clinic": (
        _("clinic"),
        ngettext_lazy("{shown} clinic", "{shown} clinics", "many"),
    ),
    "date": (
        _("full date, made into its month"),
        ngettext_lazy(
            "{shown} full date, made into its month",
            "{shown} full dates, made into their month",
            "many",
        ),
    ),
    "dentist": (
        _("dentist"),
        ngettext_lazy("{shown} dentist", "{shown} dentists", "many"),
    ),
    "email": (
        _("e-mail address"),
        ngettext_lazy("{shown} e-mail address", "{shown} e-mail addresses", "many"),
    ),
    "employer": (
        _("employer"),
        ngettext_lazy("{shown} employer", "{shown} employers", "many"),
    ),
    "faith": (
        _("faith centre"),
        ngettext_lazy("{shown} faith centre", "{shown} faith centres", "many"),
    ),
    "ip": (
        _("IP address"),
        ngettext_lazy("{shown} IP address", "{shown} IP addresses", "many"),
    ),
    "licence": (
        _("driving licence number"),
        ngettext_lazy("{shown} driving licence number", "{shown} driving licence numbers", "many"),
    ),
    "nhs": (
        _("NHS number"),
        ngettext_lazy("{shown} NHS number", "{shown} NHS numbers", "many"),
    ),
    "nino": (
        _("National Insurance number"),
        ngettext_lazy(
            "{shown} National Insurance number", "{shown} National Insurance numbers", "many"
        ),
    ),
    "passport": (
        _("passport number"),
        ngettext_lazy("{shown} passport number", "{shown} passport numbers", "many"),
    ),
    "pharmacy": (
        _("pharmacy"),
        ngettext_lazy("{shown} pharmacy", "{shown} pharmacies", "many"),
    ),
    "phone": (
        _("phone number"),
        ngettext_lazy("{shown} phone number", "{shown} phone numbers", "many"),
    ),
    "postcode": (
        _("postcode"),
        ngettext_lazy("{shown} postcode", "{shown} postcodes", "many"),
    ),
    "reference": (
        _("reference number"),
        ngettext_lazy("{shown} reference number", "{shown} reference numbers", "many"),
    ),
    "school": (
        _("school"),
        ngettext_lazy("{shown} school", "{shown} schools", "many"),
    ),
    "surgery": (
        _("GP surgery"),
        ngettext_lazy("{shown} GP surgery", "{shown} GP surgeries", "many"),
    ),
    "username": (
        _("username"),
        ngettext_lazy("{shown} username", "{shown} usernames", "many"),
    ),
    "vehicle": (
        _("vehicle registration"),
        ngettext_lazy("{shown} vehicle registration", "{shown} vehicle registrations", "many"),
    ),
    "web": (
        _("web address"),
        ngettext_lazy("{shown} web address", "{shown} web addresses", "many"),
    ),
}


def kind_of(kind: str) -> str:
    """Say what words were taken for."""
    what = str(_REMOVED.get(kind, (kind,))[0])
    return what[:1].upper() + what[1:]


def removed(counts: Mapping[str, int]) -> list[str]:
    """Say what was replaced, most often first."""
    known = {kind: str(what) for kind, (what, _many) in _REMOVED.items()}
    said: dict[str, int] = {}
    counting = {what: _REMOVED[kind][1] for kind, what in known.items()}
    for kind, many in counts.items():
        what = known.get(kind, kind)
        said[what] = said.get(what, 0) + many
    ordered = sorted(said.items(), key=lambda item: (-item[1], item[0]))
    return [many_of(many, counting.get(what, f"{{shown}} {what}")) for what, many in ordered]
