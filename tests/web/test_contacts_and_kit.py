"""The contact list, for officers alone; and the field kit, to be printed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from docx import Document

from listening.steps import accounts, leaving, mending, uploads, who
from listening.steps.reader import read_next
from tests.web.material import TRANSCRIPT, TRUE, again, kept, rules
from tests.web.town import Town, client_of


def listed(town: Town) -> None:
    """Put two people on the contact list, one with what a spreadsheet would run."""
    how = {"language": "English", "officer": "Wren Ashdown"}
    told = {"P00001": {"contact": "=cmd()", **how}, "P00002": {"contact": "01632 960111", **how}}
    town.site.work(town.here).vault.write("contacts", told)


def test_officers_see_the_list_and_download_it_with_formulas_quoted(town: Town) -> None:
    listed(town)
    client = client_of(town.people["officer"])
    where = f"/programmes/{town.here.slug}/contacts/"
    assert "01632 960111" in client.get(where).content.decode()
    answer = client.post(f"{where}download/")
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == 'attachment; filename="contacts.csv"'
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "participant_id,contact,language,officer,entered_by,entered_on",
        "P00001,'=cmd(),English,Wren Ashdown,,",
        "P00002,01632 960111,English,Wren Ashdown,,",
    ]
    line = accounts.changes(town.here)[0]
    assert (line.action, line.detail) == ("contact list downloaded", {"people": "2"})


def test_whoever_withdrew_is_no_longer_on_the_list(reading: Town) -> None:
    kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    officer = reading.people["officer"]
    meant = leaving.meant(reading.site, officer, reading.here, "Oriel", everywhere=False)
    vault = reading.site.work(reading.here).vault
    how = {"contact": "01632 960111", "language": "", "officer": ""}
    vault.write("contacts", {meant: how})
    leaving.leave(reading.site, officer, reading.here, meant)
    page = client_of(officer).get(f"/programmes/{reading.here.slug}/contacts/").content.decode()
    assert "01632 960111" not in page
    assert "Nobody is on it yet" in page


def kit(town: Town, name: str = "", by: str = "lead") -> bytes:
    answer = client_of(town.people[by]).get(f"/programmes/{town.here.slug}/kit/{name}")
    assert answer.status_code == 200
    return bytes(answer.content)


def test_leads_and_officers_print_the_kit_in_the_languages_that_are_there(town: Town) -> None:
    rules(town)
    page = kit(town).decode()
    assert "English" in page
    assert "There is nothing in Somali yet" in page
    guide = Document(io.BytesIO(kit(town, "interview_guide_en.docx", by="officer")))
    assert "What would it take for you to thrive?" in "\n".join(p.text for p in guide.paragraphs)
    with zipfile.ZipFile(io.BytesIO(kit(town, "field_kit.zip"))) as archive:
        assert sorted(archive.namelist()) == [
            "consent_forms_en.docx",
            "interview_guide_en.docx",
            "street_notes_en.docx",
            "upload_checklist_en.docx",
        ]


def test_a_programme_without_settings_says_whom_to_ask(town: Town) -> None:
    assert "programme.toml" in kit(town).decode()
    client = client_of(town.people["lead"])
    name = f"/programmes/{town.here.slug}/kit/interview_guide_en.docx"
    assert client.get(name).status_code == 404


def test_whose_consent_is_taken_back_is_no_longer_on_the_list(reading: Town) -> None:
    upload = kept(reading, TRANSCRIPT, "talk.txt", TRUE)
    work = reading.site.work(reading.here)
    how = {"contact": "01632 960111", "language": "", "officer": ""}
    named = {name: who(work, name) for name in ("Oriel", "Brindle")}
    work.vault.write("contacts", dict.fromkeys(named.values(), how))
    without_oriel = replace(TRUE, people={"1": {"consent": "none"}})
    mending.change(reading.site, upload, without_oriel)
    assert read_next(reading.site)
    assert named["Oriel"] not in work.vault.read("contacts")
    work.vault.write("contacts", {named["Brindle"]: how})
    uploads.without_consent(reading.site, again(reading, upload))
    assert work.vault.read("contacts") == {}
