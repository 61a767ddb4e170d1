"""From the vault into the store: what members wrote, with names taken out of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from listening import language, privacy
from listening.errors import ListeningError
from listening.steps import taught
from listening.steps.panel import sheets
from listening.steps.panel.sheets import Sheet
from listening.steps.site import Site
from listening.steps.work import Work
from listening.store.accounts import people
from listening.store.panels import Answer

#: what is not on the list stands beside the words of `VERDICTS`
MISSING = "missing"


def keep_next(site: Site) -> bool:
    """Keep the sheets of one programme that were sent; False where none waits anywhere."""
    for programme in people.programmes():
        work = site.work(programme)
        try:
            waiting = sheets.sent(work.vault)
        except ListeningError:  # a vault whose key is not set stops no other programme
            continue
        if waiting:
            keep(work, waiting)
            return True
    return False


def keep(work: Work, waiting: Sequence[Sheet]) -> None:
    """Take names out of what sheets say, keep that, and erase them as they were written."""
    with work.alone():
        still = [one for one in waiting if sheets.read(work.vault, one.id)]
        clean = iter(_pseudonymised(work, [words for one in still for words in _written(one)]))
        for sheet in still:
            work.store.panels.keep(_answers(work, sheet, [next(clean) for _ in _written(sheet)]))
            sheets.erase(work.vault, sheet.id)


def sweep(site: Site) -> None:
    """Erase sheets that nobody sent for a day."""
    for programme in people.programmes():
        sheets.drop_unsent(site.work(programme).vault)


def _written(sheet: Sheet) -> list[str]:
    return [*(said.words for said in sheet.said.values()), sheet.missing]


def _answers(work: Work, sheet: Sheet, words: Sequence[str]) -> list[Answer]:
    said = [(theme, one.word) for theme, one in sheet.said.items()]
    said += [("", MISSING)] if sheet.missing else []
    day, (hour, minutes) = work.today.isoformat(), _when(sheet)
    pairs = zip(said, [*words[: len(sheet.said)], words[-1]][: len(said)], strict=True)
    return [
        Answer(sheet.panel, sheet.id, theme, word, own, sheet.present, day, hour, minutes)
        for (theme, word), own in pairs
    ]


def _when(sheet: Sheet) -> tuple[str, int]:
    """Return in which hour a sheet was sent, and in how many minutes it was filled in.

    Nothing finer is kept: in a small panel the minute would say who it was.
    """
    begun = datetime.fromisoformat(sheet.begun)
    ended = datetime.fromisoformat(sheet.ended) if sheet.ended else begun
    took = max(0.0, (ended - begun).total_seconds())
    return ended.isoformat()[:13], 1 + int(took // 60)


def _pseudonymised(work: Work, texts: Sequence[str]) -> list[str]:
    worded = [one for one in texts if one]
    if not worded:
        return list(texts)
    parsed = language.parse(worded, work.models.pipeline)
    known = [()] * len(worded)
    issued = work.vault.read("descriptors")
    done = privacy.pseudonymise(parsed, known, issued, taught.local(work))
    work.vault.write("descriptors", done.descriptors)
    clean = iter(one.text for one in done.parsed)
    return [next(clean) if one else "" for one in texts]
