"""How the files of a run are read: by which options, rules and names; and who stays out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from listening import embeddings, privacy, sources
from listening.programme import Programme
from listening.programme import load as load_programme
from listening.records import Reading, ReadOptions, Reject, Table
from listening.settings import Settings
from listening.sources import FoundFile
from listening.steps.finding import Translation, text_of, understood
from listening.steps.withdraw import Withdrawn, withdrawn
from listening.steps.work import Work, content_key

#: raise when the same file would be understood differently, so that it is read again
READING_VERSION = 4


@dataclass(frozen=True)
class How:
    """What decides how a file of a run is understood, besides its content.

    Attributes:
        options: what was said of columns, rows and consent.
        rules: the programme's settings as text; empty where there are none.
        programme: what they say.
        local: names and places that the programme taught.
        withdrawn: who stays out.
        translations: whether a translation that somebody supplied is read in the original's place.
    """

    options: ReadOptions
    rules: str
    programme: Programme | None
    local: privacy.Local
    withdrawn: Withdrawn
    translations: bool

    def key(
        self, file_key: str, name: str, manifest: Table | None, translation: Translation | None
    ) -> str:
        """Return the hash of a file's content with how it is read."""
        rows = sources.rows_for(manifest, name)
        plain = [{k: v for k, v in row.items() if k != "file"} for row in rows]
        told = [asdict(self.options), plain, self.rules, asdict(self.local), self.translations]
        told += [content_key(translation.content)] if translation else []
        return content_key(READING_VERSION, file_key, *told)

    def understood(
        self,
        work: Work,
        file: FoundFile,
        file_key: str,
        content: bytes,
        manifest: Table | None,
        translation: Translation | None,
    ) -> Reading | Reject:
        """Return what a file says and who may be heard in it, or why nothing of it can be read."""
        stays_out = partial(self.withdrawn.of, file_key, file.place)
        return understood(
            file.name,
            content,
            self.options,
            manifest,
            work.today,
            stays_out,
            self.programme,
            translation,
        )


def how(work: Work, parameters: Mapping[str, Any]) -> How:
    """Return how a run reads its files: what the ledger keeps of it, and what the vault holds.

    Raises:
        InvalidGazetteer: the programme's own list of names cannot be used.
    """
    path = work.vault.folder / "gazetteer.toml"
    local = privacy.parse_local(text_of(path)) if path.is_file() else privacy.Local()
    rules = parameters["programme"]
    programme = load_programme(rules) if rules else None
    translations = reads_translations(work.settings)
    options = _options(parameters["options"])
    return How(options, rules, programme, local, withdrawn(work), translations)


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
