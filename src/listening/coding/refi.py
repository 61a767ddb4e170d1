"""What people coded as a REFI-QDA project (.qdpx), for NVivo, ATLAS.ti, MAXQDA and others.

The standard: https://www.qdasoftware.org (project 1.0). Places are code points of the plain text,
which is UTF-8 with LF; a selection ends before `endPosition`, as in other programs' files.

QualCoder's importer (its commit 06db5fa) takes who coded, when and the memo from the selection and
not from the coding in it, and codes by their names: so a selection is one coder's, with one memo,
which stands in its description too, and no two codes have one name.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import pandas as pd

from listening.codebook import ALWAYS_THERE, Code, Codebook
from listening.codebook.making import for_xml
from listening.codebook.refi import as_qdpx, guid_of, same_guid
from listening.coding.stretches import stretches
from listening.records import Table

_UNNAMED = "Listening"
_NAMESPACE = "urn:QDA-XML:project:1.0"
#: the same bytes on every export: a zip's dates begin here
_DATE = (1980, 1, 1, 0, 0, 0)
#: what is known of a person and has no place of its own in the standard
_KNOWN = ("source_kind", "place", "language", "date")
#: of the words of a selection, as other programs list it
_SHOWN = 60
#: what one coder says in one place
_PLACE = ["document_id", "start", "end", "coder"]


@dataclass(frozen=True)
class Material:
    """What was read, all of it pseudonymised.

    Attributes:
        documents: DOCUMENTS.
        participants: PARTICIPANTS, one row a person.
        heard: document_id, participant_id: who speaks where.
    """

    documents: Table
    participants: Table
    heard: Table


_Row = Mapping[Any, Any]


def project(name: str, material: Material, book: Codebook | None, codings: Table) -> bytes:
    """Return a project of sources, people, codes and codings.

    Coders are users, people cases with what is known of them as variables, memos notes and the
    descriptions of selections. Each reading's codings are there, as it was made; severity and the
    words for a new code, for which the standard has no place, stand in the note.

    Args:
        name: of the project, where there is no codebook: else it is the codebook's, by which our
            own reader knows it.
        material: what was read.
        book: the codebook; without one there are sources and people alone.
        codings: CODINGS of that codebook; those under a code that it has not are left out.
    """
    whole = _named_apart(_with_others(book, codings)) if book else None
    root = _begun(name, whole)
    known = {"", *(code.id for code in whole.codes)} if whole else {""}
    selections = _selections(codings[codings["code"].isin(known)], material.documents)
    _users(root, codings)
    told = [_known_of(person) for person in material.participants.itertuples(index=False)]
    _variables(root, told)
    notes = Element("Notes")
    long = {
        "Cases": _written(root, "Cases", _cases(root, material, told, selections)),
        "Sources": _written(
            root, "Sources", _sources(material.documents, selections, whole, notes)
        ),
    }
    if len(notes):
        root.append(notes)
    root[:] = sorted(root, key=lambda child: _ORDER.index(child.tag))
    indent(root)
    xml = '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")
    for tag, text in long.items():
        xml = xml.replace(_stand_in(tag), text)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(_entry("project.qde"), xml.encode("utf-8", "xmlcharrefreplace"))
        for document, text in _columns(material.documents, "document_id", "text"):
            package.writestr(_entry(f"sources/{_file_of(str(document))}"), str(text).encode())
    return made.getvalue()


#: in which order the standard has what a project is made of
_ORDER = ("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Description")


def _stand_in(tag: str) -> str:
    """Return what stands for a long part until it is put in; no text of XML can hold it."""
    return f"\0{tag}\0"


def _written(root: Element, tag: str, children: Iterator[Element]) -> str:
    """Add a part to a project, and return what stands in it, written one child after another.

    The elements of a hundred thousand people are not held at once.
    """
    written = []
    for child in children:
        indent(child, level=2)
        written.append(tostring(child, encoding="unicode"))
    if not written:
        return ""
    SubElement(root, tag).text = _stand_in(tag)
    return "\n    " + "\n    ".join(written) + "\n  "


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _with_others(book: Codebook, codings: Table) -> Codebook:
    """Return the codebook with `other` and `no reason given`, where anybody gave them."""
    given = set(codings["code"])
    own = {code.id for code in book.codes}
    more: list[Code] = [one for one in ALWAYS_THERE if one.id in given and one.id not in own]
    return replace(book, codes=(*book.codes, *more))


def _named_apart(book: Codebook) -> Codebook:
    """Return the codebook with the id added to a name that another code has, in use or not."""
    taken: set[str] = set()
    names = {}
    for code in sorted(book.codes, key=lambda one: one.status == "retired"):
        twice = code.name.casefold() in taken
        taken.add(code.name.casefold())
        names[code.id] = f"{code.name} ({code.id})" if twice else code.name
    return replace(book, codes=tuple(replace(one, name=names[one.id]) for one in book.codes))


def _begun(name: str, book: Codebook | None) -> Element:
    """Return a project with its codes and nothing else yet, without names of the standard."""
    if book is None:
        return Element(
            "Project", xmlns=_NAMESPACE, name=for_xml(name) or _UNNAMED, origin="Listening"
        )
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(as_qdpx(book).content)) as package:
        root: Element = fromstring(package.read("project.qde"))
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    root.attrib = {"xmlns": _NAMESPACE, **root.attrib}
    return root


def _user(coder: str) -> str:
    return same_guid(f"user/{coder}")


def _source(document: str) -> str:
    return same_guid(f"source/{document}")


def _file_of(document: str) -> str:
    return f"{_source(document)}.txt"


def _users(root: Element, codings: Table) -> None:
    coders = sorted(set(codings["coder"]))
    if not coders:
        return
    users = SubElement(root, "Users")
    for coder in coders:
        SubElement(users, "User", guid=_user(coder), name=for_xml(coder))


def _known_of(person: Any) -> dict[str, str]:
    """Return what is known of somebody: name of the variable to its value."""
    told = {name: str(getattr(person, name)) for name in _KNOWN}
    told["may_be_quoted"] = "yes" if person.consent == "quotation" else "no"
    told |= {str(name): str(value) for name, value in person.attributes.items()}
    return {name: value for name, value in told.items() if value}


def _variables(root: Element, known: Sequence[Mapping[str, str]]) -> None:
    names = dict.fromkeys(name for told in known for name in told)
    if not names:
        return
    variables = SubElement(root, "Variables")
    for name in names:
        about = {"guid": same_guid(f"variable/{name}"), "name": for_xml(name)}
        SubElement(variables, "Variable", about, typeOfVariable="Text")


def _cases(
    root: Element, material: Material, known: Sequence[Mapping[str, str]], selections: Table
) -> Iterator[Element]:
    where = _by_person(material.heard, "document_id")
    marked = _by_person(selections, "selection")
    named = {one.get("name"): one.get("guid", "") for one in root.iter("Variable")}
    variables = {name: named[for_xml(name)] for told in known for name in told}
    everybody = material.participants["participant_id"].tolist()
    for person, told in zip(everybody, known, strict=True):
        case = Element("Case", guid=same_guid(f"case/{person}"), name=str(person))
        for name, value in told.items():
            cell = SubElement(case, "VariableValue")
            SubElement(cell, "VariableRef", targetGUID=variables[name])
            SubElement(cell, "TextValue").text = for_xml(value)
        for document in where.get(person, ()):
            SubElement(case, "SourceRef", targetGUID=_source(document))
        for selection in marked.get(person, ()):
            SubElement(case, "SelectionRef", targetGUID=selection)
        yield case


def _by_person(table: Table, name: str) -> dict[str, dict[str, None]]:
    """Return what stands in a column beside each person, each once, in the table's order."""
    found: dict[str, dict[str, None]] = {}
    for person, value in _columns(table, "participant_id", name):
        found.setdefault(person, {})[value] = None
    return found


def _selections(codings: Table, documents: Table) -> Table:
    """Return what was coded or noted in documents that are there, with the selection it is of.

    What a coder noted without a code in one place is one selection, however often they read it.
    """
    told = stretches(codings[codings["document_id"].isin(documents["document_id"])])
    noted = [_noted(row) for row in told.to_dict("records")]
    told = told.assign(note=pd.Series(noted, index=told.index, dtype=object))
    told = told[(told["code"] != "") | (told["note"] != "")].reset_index(drop=True)
    bare = told["code"] == ""
    notes: dict[tuple[Any, ...], dict[str, None]] = {}
    for *place, code, note in _columns(told, *_PLACE, "code", "note"):
        if not code:
            notes.setdefault(tuple(place), {})[note] = None
    told["note"] = [
        note if code else "\n".join(notes[tuple(place)])
        for *place, code, note in _columns(told, *_PLACE, "code", "note")
    ]
    told = told[~(bare & told.duplicated([*_PLACE, "code"]))].reset_index(drop=True)
    told["role"] = told["role"].where(told["code"] != "", "read")
    own = _columns(told, *_PLACE, "role", "note")
    guids = [same_guid("selection/" + "/".join(map(str, one))) for one in own]
    return told.assign(selection=pd.Series(guids, index=told.index, dtype=object))


def _columns(table: Table, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(table[name].tolist() for name in names), strict=True))


def _sources(
    documents: Table, selections: Table, book: Codebook | None, notes: Element
) -> Iterator[Element]:
    codes = {code.id: guid_of(book, code) for code in book.codes} if book else {}
    marked: dict[str, list[_Row]] = {}
    for one in selections.to_dict("records"):
        marked.setdefault(one["document_id"], []).append(one)
    for document, text in _columns(documents, "document_id", "text"):
        source = Element(
            "TextSource",
            guid=_source(document),
            name=document,
            plainTextPath=f"internal://{_file_of(document)}",
        )
        if document in marked:
            _marked(source, text, marked[document], codes, notes)
        yield source


def _marked(
    source: Element, text: str, rows: Sequence[_Row], codes: Mapping[str, str], notes: Element
) -> None:
    by_place: dict[str, list[_Row]] = {}
    for row in rows:
        by_place.setdefault(row["selection"], []).append(row)
    for guid, own in by_place.items():
        start, end = int(own[0]["start"]), int(own[0]["end"])
        about = {
            "guid": guid,
            "name": for_xml(" ".join(text[start:end].split())[:_SHOWN]),
            "startPosition": str(start),
            "endPosition": str(end),
        }
        holder = SubElement(source, "PlainTextSelection", about | _who(own[0]))
        if own[0]["note"]:
            SubElement(holder, "Description").text = for_xml(own[0]["note"])
        for number, row in enumerate(own):
            key = f"{guid}/{row['code']}/{number}"
            if row["code"]:
                made = {"guid": same_guid(f"coding/{key}"), **_who(row)}
                coding = SubElement(holder, "Coding", made)
                SubElement(coding, "CodeRef", targetGUID=codes[row["code"]])
                _note(coding, notes, key, row)
            else:
                # the standard has what is noted of a stretch as a whole after its codings
                _note(holder, notes, key, row)


def _who(row: _Row) -> dict[str, str]:
    told = {"creatingUser": _user(row["coder"])}
    return told | ({"creationDateTime": row["coded_at"]} if row["coded_at"] else {})


def _note(holder: Element, notes: Element, key: str, row: _Row) -> None:
    """Add a coding's memo, with what else the standard has no place for."""
    if not row["note"]:
        return
    guid = same_guid(f"note/{key}")
    SubElement(holder, "NoteRef", targetGUID=guid)
    note = SubElement(notes, "Note", {"guid": guid, "name": "Memo", **_who(row)})
    SubElement(note, "PlainTextContent").text = for_xml(row["note"])


def _noted(row: _Row) -> str:
    severity: Any = row["severity"]
    parts = (
        row["memo"],
        f"Proposed code: {row['proposed']}" if row["proposed"] else "",
        f"Severity: {severity}" if severity is not None and severity is not pd.NA else "",
    )
    return "\n".join(part for part in parts if part)
