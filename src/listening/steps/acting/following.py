"""Where the priority that an action names stands now: merged, split or retired since.

Nothing is rewritten in the record: it says under which code it was kept, and what became of that
code is read off the codebook that holds now. Only a split asks a person, as nobody else can say
which part an action answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from listening.actions import Action
from listening.codebook import OTHER, Codebook, fate
from listening.steps.acting.themes import Theme, themes
from listening.steps.desk import books
from listening.steps.work import Work


@dataclass(frozen=True)
class Stands:
    """What an action answers now.

    Attributes:
        themes: one as a rule; several after a split, until somebody says which; none where the
            action names no priority.
        became: what became of the code that it names, in a sentence; empty where nothing did.
    """

    themes: tuple[Theme, ...]
    became: str = ""

    @property
    def only(self) -> Theme | None:
        """The theme that it answers; None where there is none, or more than one."""
        return self.themes[0] if len(self.themes) == 1 else None

    @property
    def names(self) -> str:
        """The names of what it answers; empty where it answers nothing."""
        return ", ".join(one.name for one in self.themes)


@dataclass(frozen=True)
class Following:
    """What is needed to follow a code: the themes there are, and the codebook that holds."""

    known: Mapping[str, Theme]
    book: Codebook | None

    def stands(self, action: Action) -> Stands:
        """Return what an action answers now."""
        if not action.theme:
            return Stands(())
        if action.theme in self.known:
            return Stands((self.known[action.theme],))
        was = Theme(action.theme, self._was(action), action.codebook_version)
        code = self.book.code(action.theme) if self.book else None
        if self.book is None or code is None or code.status != "retired":
            return Stands((was,))
        return _after(self.book, was, self.known)

    def _was(self, action: Action) -> str:
        called = self.book.called(action.theme) if self.book else action.theme
        return action.theme_name or called

    def placed(self, action: Action) -> Action:
        """Return an action as it is counted: under the one theme where it stands now, and named.

        One that was split since stays under the code that it names.
        """
        only = self.stands(action).only
        if only is None:
            return action
        return replace(action, theme=only.id, theme_name=only.name)


def follow(work: Work) -> Following:
    """Return what follows the codes of a programme's actions."""
    found = books.current(work)
    return Following({one.id: one for one in themes(work)}, found[1] if found else None)


def _after(book: Codebook, was: Theme, known: Mapping[str, Theme]) -> Stands:
    """Return where a retired code stands."""
    found = fate(book, was.id)
    ends = found.into or ((found.code,) if found.standing != "retired" else ())
    now = tuple(known.get(one) or Theme(one, book.called(one), book.label) for one in ends)
    if not now or ends == (OTHER,):
        became = f"“{was.name}” was retired from the codebook, and no code took its place"
        return Stands((was,), f"{became}: say which priority this answers now.")
    if len(now) == 1:
        return Stands(now, f"It was kept under “{was.name}”, which is now part of “{now[0].name}”.")
    names = " and ".join(f"“{one.name}”" for one in now)
    became = f"“{was.name}” was split into {names}: say which of them this answers."
    return Stands(now, became)
