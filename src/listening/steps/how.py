"""How the files of a run are read: by which options, rules and names; and who stays out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from listening import embeddings, privacy, sources
from listening.programme import Programme
from listening.programme import load as load_programme
from listening.records import Reading, ReadOptions, Reject, Table
from listening.settings import Settings
from listening.sources import FoundFile
from listening.steps import standing
from listening.steps.copies import Copies
from listening.steps.disclosures import Marked, marked, pass_on_marked
from listening.steps.finding import Translation, understood
from listening.steps.taught import local
from listening.steps.withdraw import Withdrawn, keep_out, withdrawn
from listening.steps.work import Work, content_key

#: raise when the same file would be understood differently, so that it is read again
READING_VERSION = 7


@dataclass(frozen=True)
class How:
    """What decides how a file of a run is understood, besides its content.

    Attributes:
        options: what was said of columns, rows and consent.
        rules: the programme's settings as text; empty where there are none.
        programme: what they say.
        local: names and places that the programme taught.
        withdrawn: who stays out.
        marked: what officers set apart.
        copies: what was said before, by whom it may not be read again.
        translations: whether a translation that somebody supplied is read in the original's place.
    """

    options: ReadOptions
    rules: str
    programme: Programme | None
    local: privacy.Local
    withdrawn: Withdrawn
    marked: Marked
    copies: Copies
    translations: bool

    def key(
        self, file_key: str, name: str, manifest: Table | None, translation: Translation | None
    ) -> str:
        """Return the hash of a file's content with how it is read."""
        rows = sources.rows_for(manifest, name)
        plain = [{k: v for k, v in row.items() if k != "file"} for row in rows]
        told = [asdict(self.options), plain, self.rules, asdict(self.local), self.translations]
        told += [content_key(translation.content)] if translation else []
        told += self.marked.told(file_key)
        return content_key(READING_VERSION, file_key, *told)

    def understood(
        self,
        work: Work,
        file: FoundFile,
        place: str,
        content: bytes,
        manifest: Table | None,
        translation: Translation | None,
    ) -> Reading | Reject:
        """Return what a file says and who may be heard in it, or why nothing of it can be read."""
        file_key = content_key(content)
        left: set[str] = set()

        def stays_out(participant: str, programme_id: str) -> bool:
            told = self.withdrawn.of(file_key, place, participant, programme_id)
            return told or participant in left

        def set_apart(reading: Reading) -> Reading:
            left.update(_who_stood(work, file_key, place, reading))
            return self._set_apart(work, file, file_key, place, reading)

        return understood(
            file.name,
            content,
            self.options,
            manifest,
            work.today,
            stays_out,
            self.programme,
            set_apart,
            translation,
        )

    def _set_apart(
        self, work: Work, file: FoundFile, file_key: str, place: str, reading: Reading
    ) -> Reading:
        """Leave out who withdrew and what officers set apart; pass on what is marked as harm."""
        pass_on_marked(work.vault, file.name, file_key, reading)
        # whoever was kept in what lay there before, and says what somebody else withdrew, stays
        before = work.vault.read("places").get(place, "")
        left = self.copies.heeding(file_key, before)(reading)
        return sources.set_apart(left, self.marked.of(file_key))


def _who_stood(work: Work, file_key: str, place: str, reading: Reading) -> set[str]:
    """Return who of a table stood in a row whose person withdrew; ids stay out for good."""
    left = standing.heed(work, file_key, place, reading)
    if by_id := [f"{file_key}|{who}" for who in left if not who.startswith(standing.BY_PLACE)]:
        keep_out(work, by_id, [place])
    return left | standing.elsewhere(work, reading)


def how(work: Work, parameters: Mapping[str, Any]) -> How:
    """Return how a run reads its files: what the ledger keeps of it, and what the vault holds.

    Raises:
        InvalidGazetteer: the programme's own list of names cannot be used.
    """
    rules = parameters["programme"]
    programme = load_programme(rules) if rules else None
    options = _options(parameters["options"])
    translations = reads_translations(work.settings)
    return How(
        options,
        rules,
        programme,
        local(work),
        withdrawn(work),
        marked(work.vault),
        Copies(work),
        translations,
    )


def reads_translations(settings: Settings) -> bool:
    """Whether translations are read: as the setting says, else where the encoder needs them.

    Raises:
        ListeningError: there is no such encoder on this machine.
    """
    if settings.translations:
        return settings.translations == "read"
    return not embeddings.reads_many_languages(settings.encoder)


def _options(plain: Mapping[str, Any]) -> ReadOptions:
    """Return the options that the ledger kept: JSON knows lists alone."""
    return ReadOptions(
        text=tuple(plain["text"]),
        participant=plain["participant"],
        question=plain["question"],
        attributes=tuple(plain["attributes"]),
        drop=tuple((column, value) for column, value in plain["drop"]),
        consent=plain["consent"],
    )
