"""A labelling configuration for Label Studio: the codes in use, with their definitions as hints.

Results carry the codes' ids (`alias`), so a code can be renamed while its codings stay. Tasks need
the fields `text` and `question`. `other / new` and `no reason given` are always offered, and
nothing is ticked beforehand.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from listening.codebook.making import Exported, for_xml
from listening.codebook.nouns import NO_REASON, OTHER, Code, Codebook

#: name of the control whose results are codings, and of the one that takes a proposed new code
CODES, NEW_CODE = "codes", "new_code"
_OTHER = "Other / new"


def label_config(book: Codebook, *, spans: bool = False) -> Exported:
    """Return the configuration as XML.

    Args:
        book: the codebook; its codes in use are offered, under their headings.
        spans: codes are put on stretches of the text and not on the whole of it.
    """
    view = Element("View")
    SubElement(view, "Header", value="$question")
    if spans:
        holder = SubElement(view, "Labels", name=CODES, toName="text")
        for code in book.in_use:
            _option(holder, "Label", code.id, _path(book, code), code.definition)
        SubElement(view, "Text", name="text", value="$text", granularity="word")
    else:
        SubElement(view, "Text", name="text", value="$text")
        holder = SubElement(
            view, "Choices", name=CODES, toName="text", choice="multiple", showInline="false"
        )
        _offered(holder, book, _shown(book), "")
    kind = "Label" if spans else "Choice"
    _option(holder, kind, OTHER, _OTHER, "Says something that no code covers: propose one.")
    nothing = "Answered, but with nothing that could be coded."
    _option(holder, kind, NO_REASON, "No reason given", nothing)
    new_code = {
        "name": NEW_CODE,
        "toName": "text",
        "placeholder": "What would a new code be called, and what would it mean?",
        "rows": "2",
    }
    if not spans:  # values and aliases: versions of Label Studio differ in which they look at
        new_code |= {
            "visibleWhen": "choice-selected",
            "whenTagName": CODES,
            "whenChoiceValue": f"{_OTHER},{OTHER}",
        }
    SubElement(view, "TextArea", new_code)
    indent(view)
    notes = ["A labelling configuration holds codes in use, with name and definition alone."]
    return Exported(tostring(view, encoding="unicode").encode() + b"\n", tuple(notes))


def _offered(holder: Element, book: Codebook, shown: frozenset[str], parent: str) -> None:
    """Offer the codes under `parent`, each with those under it indented."""
    for code in book.codes:
        if code.parent != parent or code.id not in shown:
            continue
        if code.codable and code.status == "active":
            _option(holder, "Choice", code.id, code.name, code.definition)
        else:
            SubElement(holder, "Header", value=_plain(code.name), size="5")
        if any(below.parent == code.id and below.id in shown for below in book.codes):
            below = SubElement(holder, "View", style="margin-left: 1.5em")
            _offered(below, book, shown, code.id)


def _shown(book: Codebook) -> frozenset[str]:
    """Return the codes in use, and those that they stand under."""
    parents = {code.id: code.parent for code in book.codes}
    shown: set[str] = set()
    for code in book.in_use:
        one = code.id
        while one and one not in shown:
            shown.add(one)
            one = parents[one]
    return frozenset(shown)


def _path(book: Codebook, code: Code) -> str:
    """Return a code's name with those above it: a list of labels has no levels."""
    names = [code.name]
    while code.parent:
        code = next(one for one in book.codes if one.id == code.parent)
        names.insert(0, code.name)
    return " › ".join(names)


def _option(holder: Element, kind: str, code_id: str, name: str, definition: str) -> None:
    SubElement(
        holder, kind, value=_plain(name), alias=code_id, hint=" ".join(_plain(definition).split())
    )


def _plain(name: str) -> str:
    """Return a text that Label Studio does not take for a field of the task (``$name``)."""
    return for_xml(name).lstrip("$")
