"""Words for people: states, kinds and what was removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from listening.records import Reject

if TYPE_CHECKING:
    from listening.steps.quoting import Beside, Piece, Shared

#: state of an upload → what its officer reads, and the colour of the tag
STATES: dict[str, tuple[str, str]] = {
    "waiting": ("Needs you", "yellow"),
    "ready": ("Ready to confirm", "blue"),
    "reading": ("Being read", "light-blue"),
    "kept": ("Done", "green"),
    "refused": ("Not kept", "red"),
    "stopped": ("Stopped", "orange"),
}
KINDS: dict[str, str] = {
    "interview": "Interview",
    "focus_group": "Focus group",
    "street": "Street notes",
    "survey": "Survey",
}
ROLES: dict[str, Any] = {
    "officer": _("Community development officer"),
    "researcher": _("Researcher"),
    "lead": _("Programme lead"),
    "administrator": _("Administrator"),
    "safeguarding": _("Safeguarding lead"),
}
#: what a file of the field kit is → what people call it
KIT_FILES: dict[str, str] = {
    "interview_guide": "Interview guide",
    "consent_forms": "Consent forms",
    "street_notes": "Street notes",
    "upload_checklist": "Checklist before you send files",
}
#: languages of people in Britain that Django has no name for
_LANGUAGES: dict[str, str] = {
    "am": "Amharic",
    "gu": "Gujarati",
    "ku": "Kurdish",
    "ps": "Pashto",
    "so": "Somali",
    "ti": "Tigrinya",
    "yo": "Yoruba",
    "zh": "Chinese",
}
#: shelf of the vault → what stands on it
_SHELVES = {
    "uploads/": "file",
    "disclosures/": "disclosure",
    "tallies/": "tally",
    "contacts/": "contact",
    "actions/": "action",
    "panels/": "panel",
    "quotes/": "quote",
}
#: kind of what was replaced → (one, many)
_REMOVED: dict[str, tuple[str, str]] = {
    "person": ("mention of somebody’s name", "mentions of people’s names"),
    "name": ("mention of somebody’s name", "mentions of people’s names"),
    "address": ("address", "addresses"),
    "bank": ("bank account number", "bank account numbers"),
    "card": ("bank card number", "bank card numbers"),
    "care": ("care home or hospice", "care homes or hospices"),
    "clinic": ("clinic", "clinics"),
    "date": ("full date, made into its month", "full dates, made into their month"),
    "dentist": ("dentist", "dentists"),
    "email": ("e-mail address", "e-mail addresses"),
    "employer": ("employer", "employers"),
    "faith": ("faith centre", "faith centres"),
    "ip": ("IP address", "IP addresses"),
    "licence": ("driving licence number", "driving licence numbers"),
    "nhs": ("NHS number", "NHS numbers"),
    "nino": ("National Insurance number", "National Insurance numbers"),
    "passport": ("passport number", "passport numbers"),
    "pharmacy": ("pharmacy", "pharmacies"),
    "phone": ("phone number", "phone numbers"),
    "postcode": ("postcode", "postcodes"),
    "reference": ("reference number", "reference numbers"),
    "school": ("school", "schools"),
    "surgery": ("GP surgery", "GP surgeries"),
    "username": ("username", "usernames"),
    "vehicle": ("vehicle registration", "vehicle registrations"),
    "web": ("web address", "web addresses"),
}
#: what words may be said to be (`steps.taught.SAID`) → what officers read
TAUGHT: dict[str, str] = {
    "person": "A person’s name",
    "school": "A school",
    "surgery": "A GP surgery",
    "faith": "A faith centre",
    "employer": "An employer",
    "place": "A public place, such as an estate or a park: it stays in the text",
    "keep": "No name: it stays in the text",
}
#: those of them after which words stay
STAYING = ("place", "keep")

#: what researchers ask for (`steps.desk.asked`) → what it is called once it is asked for
ASKED: dict[str, str] = {
    "pull": "Pull what was coded",
    "next": "Next batch",
    "settle": "Send to adjudication",
    "push": "Push",
    "publish": "Publish a version of the codebook",
    "undo": "Take back the last change of the codebook",
    "figures": "Work out the figures",
    "release": "Make a release",
}
#: the same → what stands on its button
TO_ASK: dict[str, str] = {
    "pull": "Pull now",
    "next": "Ask for the next batch",
    "settle": "Send them to adjudication",
    "push": "Push",
    "publish": "Go on with it",
}
#: what a project in Label Studio is for → what coders see in it
PROJECTS: dict[str, str] = {
    "assisted": "With suggestions",
    "blind": "Blind, without suggestions",
    "adjudication": "To be settled",
}
#: why a code counts where several people have read → what a researcher reads
DECIDED: dict[str, str] = {
    "adjudicated": "settled",
    "agreed": "agreed by several",
    "single": "by one coder",
}

#: what holds of a quote → what its signer reads, and the colour of the tag
QUOTES: dict[str, tuple[str, str]] = {
    "waits": ("Waits", "yellow"),
    "signed": ("Signed off", "green"),
    "refused": ("Refused", "red"),
}
#: what may say who spoke (`disclosure.telling.KINDS`) → what it is
TELLING: dict[str, str] = {
    "age": "an age",
    "family": "a family; together with other things it may be known",
    "date": "a date, a day or a time",
    "health": "health",
    "origin": "where somebody comes from, what they believe or whom they love",
    "event": "something that neighbours or a newspaper may know of",
    "work": "a trade, or where somebody works",
    "only": "somebody of whom there is only one",
    "number": "a number",
    "name": "a capital letter: a name that was missed?",
}
#: why something does not stand beside a quote (`disclosure.beside`)
BESIDE: dict[str, str] = {
    "": "It could",
    "sensitive": "No: your programme calls it sensitive",
    "where": "No: where somebody lives never does",
    "few": "No: fewer than 5 share it",
    "together": "No: with the rest, fewer than 5 share it",
    "full": "No: two stand there already",
    "unknown": "No: nobody is counted by it",
}

#: profile of disclosure control → how strict it is
PROFILES: dict[str, str] = {
    "standard": "Standard: numbers from 1 to 4 are withheld",
    "hes": "Hospital Episode Statistics (HES): numbers from 1 to 7 are withheld",
    "ons": "Office for National Statistics (ONS): numbers below 10 are withheld",
}
#: file of a release → what it is
RELEASED: dict[str, str] = {
    "report.html": "Report, opens in any browser",
    "residents.html": "For residents, opens in any browser and prints",
    "residents.docx": "For residents, in Word",
    "briefing.docx": "Briefing in Word",
    "evidence.xlsx": "Every table, in Excel",
    "priorities.csv": "The order, as a table",
    "priorities.json": "All that is told, for machines",
    "release.json": "What was withheld, and why",
    "README.txt": "What is what",
}


def beside(shared: Shared | None) -> list[tuple[str, int, str]]:
    """Return what is known of who spoke, how many share it, and whether it could stand there."""
    return [(_known(row), row.people, BESIDE[row.why]) for row in shared.rows] if shared else []


def _known(row: Beside) -> str:
    if not row.name:
        return KINDS.get(row.value, row.value)
    name = row.name.replace("_", " ")
    return f"{name[:1].upper()}{name[1:]}: {row.value}"


def taken_out(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Say what stands in brackets in a quote, and why: each once."""
    said = {}
    for piece in pieces:
        if piece.kind == "place":
            said[f"{piece.was} → {piece.text}"] = (
                "a public place, which your team may read and others may not"
            )
        elif piece.kind == "brackets":
            said[piece.text] = "it stands so in the file"
        elif piece.kind and piece.kind not in TELLING:
            what = kind_of(piece.kind)
            said[piece.text] = f"{what[:1].lower()}{what[1:]}, taken out when the file was read"
    return list(said.items())


def kind_of(kind: str) -> str:
    """Say what words were taken for."""
    one, _ = _REMOVED.get(kind, (kind, kind))
    return one[:1].upper() + one[1:]


def removed(counts: Mapping[str, int]) -> list[str]:
    """Say what was replaced, most often first."""
    said: dict[tuple[str, str], int] = {}
    for kind, many in counts.items():
        words = _REMOVED.get(kind, (kind, kind))
        said[words] = said.get(words, 0) + many
    ordered = sorted(said.items(), key=lambda item: (-item[1], item[0]))
    return [many_of(many, *words) for words, many in ordered]


def many_of(many: int, one: str, several: str = "") -> str:
    """Return a number with its noun."""
    return f"{many:,} {one if many == 1 else several or f'{one}s'}"


def set_aside(rejects: Sequence[Reject]) -> list[str]:
    """Say what was set aside: one sentence for everything with the same reason."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for one in rejects:
        rows.setdefault((one.what, one.why, one.what_to_do), []).append(one.row)
    said = []
    for (what, why, what_to_do), of in rows.items():
        named = [row for row in of if row]
        where = f" (row{'s' if len(named) > 1 else ''} {', '.join(named)})" if named else ""
        said.append(f"{what}{where}: {why} {what_to_do}")
    return said


def language_of(code: str) -> str:
    """Return a language's name, where one is known, else its code."""
    if code == "unsure":
        return "Not sure which"
    from django.conf.locale import LANG_INFO

    return str(LANG_INFO.get(code, {}).get("name") or _LANGUAGES.get(code, code))


def introduction(voice: str, quotable: bool) -> str:
    """Say whose words a passage holds that does not stand in quotation marks; empty for others."""
    if voice == "paraphrase":
        return "Officer’s note of what a resident said:"
    if voice == "observation":
        return "Officer’s own observation:"
    return "" if quotable else "A resident’s words, who has not agreed to be quoted:"


def short(thing: str) -> str:
    """Return what a line of the trail is about: of what lies in the vault, the start of its id."""
    for shelf, noun in _SHELVES.items():
        if thing.startswith(shelf):
            return f"{noun} {thing.removeprefix(shelf)[:8]}"
    return thing


#: what a programme's pages are for → address and name of each, as its overview lists them
ROOMS: tuple[tuple[Any, tuple[tuple[str, Any], ...]], ...] = (
    (
        _("Going out and listening"),
        (
            ("kit", _("Field kit to print")),
            ("reach", _("Reach of the listening")),
            ("contacts", _("People who may be contacted again")),
        ),
    ),
    (
        _("Understanding what was said"),
        (
            ("search", _("Search what people said")),
            ("codebook", _("Codebook")),
            ("matrix", _("Matrix of people and codes")),
            ("journey", _("Experience map")),
            ("panels", _("Resident panels")),
        ),
    ),
    (
        _("Carrying it back"),
        (
            ("quotes", _("Quotes to sign off")),
            ("releases", _("Releases: what may leave the team")),
            ("actions", _("Actions: what is done about the priorities")),
        ),
    ),
)
