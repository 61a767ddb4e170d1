"""Where things are kept: every programme of a site, or a folder of its own; and by which rules."""

from __future__ import annotations

from pathlib import Path

from listening.errors import InvalidProgramme
from listening.programme import Retention, load
from listening.steps.retaining.due import Place
from listening.steps.site import RULES, Site
from listening.steps.work import Work
from listening.store.accounts import Programme, people


def places_of(site: Site) -> list[Place]:
    """Return every programme of a site."""
    return [of_programme(site, one) for one in people.programmes()]


def of_programme(site: Site, programme: Programme) -> Place:
    """Return one programme of a site."""
    return Place(site.work(programme), _rules(site.rules(programme)), programme.slug, site)


def at_home(work: Work, rules: Path | None = None) -> Place:
    """Return a folder that no site serves, under the rules given or those that lie in it."""
    own = work.settings.home / RULES
    return Place(work, _rules(rules or (own if own.is_file() else None)))


def _rules(file: Path | None) -> Retention:
    if file is None:
        return Retention()
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InvalidProgramme(
            f"{file}", "cannot be read as text in UTF-8.", "Save it as UTF-8 and run again."
        ) from None
    return load(content, f"{file}").retention
