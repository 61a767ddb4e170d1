"""What a person reads when something cannot be done: what happened, to what, what to do next."""

from __future__ import annotations


class ListeningError(Exception):
    """Base of every error that a user can act on.

    The message never holds residents' words: it may name a file, a row or a column.
    """

    def __init__(self, what: str, why: str, what_to_do: str) -> None:
        self.what = what
        self.why = why
        self.what_to_do = what_to_do
        super().__init__(f"{what}: {why} {what_to_do}")


class UnreadableFile(ListeningError):  # noqa: N818
    """A whole file is refused; the rest of the batch goes on."""


class UnknownColumn(ListeningError):  # noqa: N818
    """A column that was asked for by name is not in the table."""


class InvalidTable(ListeningError):  # noqa: N818
    """A table that a stage passes on breaks its own rules: our fault, or a hand-made CSV's."""


class InvalidCodebook(ListeningError):  # noqa: N818
    """A codebook file that cannot be used as it is."""


class InvalidProgramme(ListeningError):  # noqa: N818
    """A programme's file that cannot be used as it is."""


class InvalidGazetteer(ListeningError):  # noqa: N818
    """A programme's own list of names cannot be used as it is."""


class NothingToDo(ListeningError):  # noqa: N818
    """Nothing could be produced from what was given."""


class ServerAway(ListeningError):  # noqa: N818
    """A server that this software works with does not answer now; the same may work later."""


class Fault(ListeningError):  # noqa: N818
    """Something that is no user's mistake, told without its own words: they may be a resident's."""

    @classmethod
    def of(cls, error: BaseException) -> Fault:
        """Tell where an unexpected exception came from, and not what it says."""
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
        return cls(
            "Something went wrong that is not your fault",
            f"{type(error).__name__} at {where}.",
            "What was finished is kept. Please report this line.",
        )
