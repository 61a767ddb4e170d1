"""What can go wrong with Label Studio, in words for whoever runs it; never a task's own words."""

from __future__ import annotations

from listening.errors import ListeningError, ServerAway

NAME = "Label Studio"
#: what the client was written for and is tested with
OLDEST = (1, 23)


class AnswerLost(Exception):  # noqa: N818
    """Something was sent that must not be sent twice, and nobody knows whether it was done."""


class NotThere(ListeningError):  # noqa: N818
    """What was asked for does not exist, or no longer."""

    @classmethod
    def when(cls, what: str) -> NotThere:
        """Return it for what was to be done."""
        return cls(
            f"{NAME} could not {what}",
            "it is not there any more.",
            "Somebody deleted it by hand: push again, and pull afterwards.",
        )


def away(url: str) -> ServerAway:
    """Return what is said of a server that does not answer."""
    return ServerAway(
        f"{NAME} at {url}",
        "does not answer.",
        "Start it (make serve), or set LISTENING_LABEL_STUDIO_URL to where it is, and run the same "
        "command again: what was done is kept, and nothing is done twice.",
    )


def wrong_password(email: str) -> ListeningError:
    """Return what is said when nobody can be signed in."""
    return ListeningError(
        f"{NAME} does not sign in {email}",
        "the address and the password do not match.",
        "Set LISTENING_LABEL_STUDIO_EMAIL and LISTENING_LABEL_STUDIO_PASSWORD to an account there.",
    )


def no_account() -> ListeningError:
    """Return what is said when there is no token that holds and no password."""
    return ListeningError(
        NAME,
        "cannot be signed in to: no password is set.",
        "Set LISTENING_LABEL_STUDIO_EMAIL and LISTENING_LABEL_STUDIO_PASSWORD to an account there.",
    )


def no_right(what: str) -> ListeningError:
    """Return what is said when the account may not do something."""
    return ListeningError(
        f"{NAME} refused to {what}",
        "the account may not do that.",
        "Use the account that was made when it was first started, or that owns the project.",
    )


def other_program(url: str) -> ListeningError:
    """Return what is said when something else answers there."""
    return ListeningError(
        f"What answers at {url}",
        f"is not {NAME}, or shows a page in its place, as while it is maintained.",
        "If it is being maintained, wait and do the same again: nothing is lost. Else set "
        "LISTENING_LABEL_STUDIO_URL to the address of its first page, without a path.",
    )


def no_address(url: str) -> ListeningError:
    """Return what is said of something that is no address of the web."""
    return ListeningError(
        f"{NAME} at {url}",
        "has no such address.",
        "Set LISTENING_LABEL_STUDIO_URL to one such as https://coding.example.org.",
    )


def no_https(url: str) -> ListeningError:
    """Return what is said of another machine that would be asked without https."""
    return ListeningError(
        f"{NAME} at {url}",
        "would be asked without https: the password and residents' words could be read on the way.",
        "Give it https; or set LISTENING_LABEL_STUDIO_HTTP=allowed where the network between is "
        "yours alone.",
    )


def too_old(release: str) -> ListeningError:
    """Return what is said of a version that is not known to work."""
    oldest = ".".join(map(str, OLDEST))
    return ListeningError(
        f"{NAME} {release}",
        f"is too old: {oldest} or newer is needed.",
        "Install the versions of constraints-label-studio.txt (make label-studio).",
    )


def refused(what: str, status: int, said: str = "") -> ListeningError:
    """Return what is said when the server found fault with what was sent."""
    why = f"it answered {status}{': ' + said if said else ''}."
    return ListeningError(
        f"{NAME} refused to {what}",
        why,
        "Nothing was changed by it. If it happens again, please report this line.",
    )
