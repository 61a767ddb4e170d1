"""What a password must not be: one that leaked, or made of words that stand around it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: words of this software and of the offices that use it; the person's own name and address and
#: the programmes' names go with them
AROUND = (
    "listening", "community", "resident", "residents", "council", "borough", "programme",
    "priorities", "priority", "officer", "researcher", "lead", "administrator", "safeguarding",
    "health", "password", "welcome", "interview", "survey", "label studio",
)  # fmt: skip
#: guesses, as a power of ten, that must not find it: years, at the pace of our own hashing
SAFE = 10
#: of so many signs it is judged by; the rest only makes it longer
_JUDGED = 72
_HINT = gettext_lazy("Not one that leaked somewhere, and not made of words around you.")


class NotGuessed:
    """Refuses what is found by lists of leaked passwords, words and patterns, all kept here."""

    def validate(self, password: str, user: Any = None) -> None:
        """See that a password would not be guessed soon.

        Raises:
            ValidationError: it would.
        """
        from zxcvbn import zxcvbn

        judged = zxcvbn(password[:_JUDGED], user_inputs=[*AROUND, *_own(user)])
        if judged["guesses_log10"] < SAFE:
            raise ValidationError(
                _("This password is easy to guess. Take three words that have nothing in common."),
                code="password_guessed",
            )

    def get_help_text(self) -> str:
        """Return what a form may say of it."""
        return str(_HINT)


def _own(user: Any) -> list[str]:
    from listening.steps import accounts

    own = [getattr(user, name, "") or "" for name in ("email", "name")]
    return [one for one in [*own, *accounts.names_of_programmes()] if one]
