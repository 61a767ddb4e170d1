"""Words for people: states, kinds and what one may ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listening.records import Reject
from listening.web.removed_words import kind_of

if TYPE_CHECKING:
    from listening.steps.quoting import Beside, Piece, Shared

#: state of an upload → what its officer reads, and the colour of the tag
STATES: dict[str, tuple[Any, str]] = {
    "waiting": (_("Needs you"), "yellow"),
    "ready": (_("Ready to confirm"), "blue"),
    "reading": (_("Being read"), "light-blue"),
    "kept": (_("Done"), "green"),
    "refused": (_("Not kept"), "red"),
    "stopped": (_("Stopped"), "orange"),
}
KINDS: dict[str, Any] = {
    "interview": _("Interview"),
    "focus_group": _("Focus group"),
    "street": _("Street notes"),
    "survey": _("Survey"),
}
ROLES: dict[str, Any] = {
    "officer": _("Community development officer"),
    "researcher": _("Researcher"),
    "lead": _("Programme lead"),
    "administrator": _("Administrator"),
    "safeguarding": _("Safeguarding lead"),
}
#: what a file of the field kit is → what people call it
KIT_FILES: dict[str, Any] = {
    "interview_guide": _("Interview guide"),
    "consent_forms": _("Consent forms"),
    "street_notes": _("Street notes"),
    "upload_checklist": _("Checklist before you send files"),
}
#: languages of people in Britain that Django has no name for
_LANGUAGES: dict[str, Any] = {
    "am": _("Amharic"),
    "gu": _("Gujarati"),
    "ku": _("Kurdish"),
    "ps": _("Pashto"),
    "so": _("Somali"),
    "ti": _("Tigrinya"),
    "yo": _("Yoruba"),
    "zh": _("Chinese"),
}
#: shelf of the vault → what stands on it
_SHELVES: dict[str, Any] = {
    "uploads/": _("file"),
    "disclosures/": _("disclosure"),
    "tallies/": _("tally"),
    "contacts/": _("contact"),
    "actions/": _("action"),
    "panels/": _("panel"),
    "quotes/": _("quote"),
}
#: what words may be said to be (`steps.taught.SAID`) → what officers read
TAUGHT: dict[str, Any] = {
    "person": _("A person’s name"),
    "school": _("A school"),
    "surgery": _("A GP surgery"),
    "faith": _("A faith centre"),
    "employer": _("An employer"),
    "place": _("A public place, such as an estate or a park: it stays in the text"),
    "keep": _("No name: it stays in the text"),
}
#: those of them after which words stay
STAYING = ("place", "keep")

#: what researchers ask for (`steps.desk.asked`) → what it is called once it is asked for
ASKED: dict[str, Any] = {
    "pull": _("Pull what was coded"),
    "next": _("Next batch"),
    "settle": _("Send to adjudication"),
    "push": _("Push"),
    "publish": _("Publish a version of the codebook"),
    "undo": _("Take back the last change of the codebook"),
    "figures": _("Work out the figures"),
    "release": _("Make a release"),
}
#: the same → what stands on its button
TO_ASK: dict[str, Any] = {
    "pull": _("Pull now"),
    "next": _("Ask for the next batch"),
    "settle": _("Send them to adjudication"),
    "push": _("Push"),
    "publish": _("Go on with it"),
}
#: what a project in Label Studio is for → what coders see in it
PROJECTS: dict[str, Any] = {
    "assisted": _("With suggestions"),
    "blind": _("Blind, without suggestions"),
    "adjudication": _("To be settled"),
}
#: why a code counts where several people have read → what a researcher reads
DECIDED: dict[str, Any] = {
    "adjudicated": _("settled"),
    "agreed": _("agreed by several"),
    "single": _("by one coder"),
}

#: what holds of a quote → what its signer reads, and the colour of the tag
QUOTES: dict[str, tuple[Any, str]] = {
    "waits": (_("Waits"), "yellow"),
    "signed": (_("Signed off"), "green"),
    "refused": (_("Refused"), "red"),
}
#: what may say who spoke (`disclosure.telling.KINDS`) → what it is
TELLING: dict[str, Any] = {
    "age": _("an age"),
    "family": _("a family; together with other things it may be known"),
    "date": _("a date, a day or a time"),
    "health": _("health"),
    "origin": _("where somebody comes from, what they believe or whom they love"),
    "event": _("something that neighbours or a newspaper may know of"),
    "work": _("a trade, or where somebody works"),
    "only": _("somebody of whom there is only one"),
    "number": _("a number"),
    "name": _("a capital letter: a name that was missed?"),
}
#: why something does not stand beside a quote (`disclosure.beside`)
BESIDE: dict[str, Any] = {
    "": _("It could"),
    "sensitive": _("No: your programme calls it sensitive"),
    "where": _("No: where somebody lives never does"),
    "few": _("No: fewer than 5 share it"),
    "together": _("No: with the rest, fewer than 5 share it"),
    "full": _("No: two stand there already"),
    "unknown": _("No: nobody is counted by it"),
}

#: profile of disclosure control → how strict it is
PROFILES: dict[str, Any] = {
    "standard": _("Standard: numbers from 1 to 4 are withheld"),
    "hes": _("Hospital Episode Statistics (HES): numbers from 1 to 7 are withheld"),
    "ons": _("Office for National Statistics (ONS): numbers below 10 are withheld"),
}
#: file of a release → what it is
RELEASED: dict[str, Any] = {
    "report.html": _("Report, opens in any browser"),
    "residents.html": _("For residents, opens in any browser and prints"),
    "residents.docx": _("For residents, in Word"),
    "briefing.docx": _("Briefing in Word"),
    "evidence.xlsx": _("Every table, in Excel"),
    "priorities.csv": _("The order, as a table"),
    "priorities.json": _("All that is told, for machines"),
    "release.json": _("What was withheld, and why"),
    "README.txt": _("What is what"),
}


def beside(shared: Shared | None) -> list[tuple[str, int, Any]]:
    """Return what is known of who spoke, how many share it, and whether it could stand there."""
    return [(_known(row), row.people, BESIDE[row.why]) for row in shared.rows] if shared else []


def _known(row: Beside) -> str:
    if not row.name:
        return str(KINDS.get(row.value, row.value))
    name = row.name.replace("_", " ")
    return f"{name[:1].upper()}{name[1:]}: {row.value}"


def taken_out(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Say what stands in brackets in a quote, and why: each once."""
    said = {}
    for piece in pieces:
        if piece.kind == "place":
            said[f"{piece.was} → {piece.text}"] = gettext(
                "a public place, which your team may read and others may not"
            )
        elif piece.kind == "brackets":
            said[piece.text] = gettext("it stands so in the file")
        elif piece.kind and piece.kind not in TELLING:
            what = kind_of(piece.kind)
            what = f"{what[:1].lower()}{what[1:]}"
            said[piece.text] = gettext("%(what)s, taken out when the file was read") % {
                "what": what
            }
    return list(said.items())


def set_aside(rejects: Sequence[Reject]) -> list[str]:
    """Say what was set aside: one sentence, in English, for all that has the same reason."""
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
        return gettext("Not sure which")
    from django.conf.locale import LANG_INFO

    known = LANG_INFO.get(code, {}).get("name")
    return gettext(known) if known else str(_LANGUAGES.get(code, code))


def introduction(voice: str, quotable: bool) -> str:
    """Say whose words a passage holds that does not stand in quotation marks; empty for others."""
    if voice == "paraphrase":
        return gettext("Officer’s note of what a resident said:")
    if voice == "observation":
        return gettext("Officer’s own observation:")
    return "" if quotable else gettext("A resident’s words, who has not agreed to be quoted:")


def short(thing: str) -> str:
    """Return what a line of the trail is about: of what lies in the vault, the start of its id."""
    for shelf, noun in _SHELVES.items():
        if thing.startswith(shelf):
            return f"{noun} {thing.removeprefix(shelf)[:8]}"
    return thing


#: what the page says while a file is on its way (`sending.js`)
SENDING: dict[str, Any] = {
    "waiting": _("Waiting"),
    "looking": _("Getting ready"),
    "sending": _("Sending"),
    "again": _("The connection broke. Trying again."),
    "paused": _("Paused"),
    "stalled": _("No connection. It goes on by itself when there is one."),
    "arrived": _("It has arrived."),
    "large": _("Not sent: it is too large. Split it, and send the parts."),
    "gone": _("It could not be read from this device any more. Choose it again."),
    "stopped": _(
        "It stopped. Load this page again, sign in if you are asked to, and choose the same file: "
        "it goes on where it stopped."
    ),
    "bar": _("Sending {name}"),
    "which": _("sending {name}"),
    "pause": _("Pause"),
    "goOn": _("Continue"),
}

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
            ("search", _("Find what people said")),
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
