"""Accounts in Label Studio: who has one, and the link at which somebody makes one."""

from __future__ import annotations

from listening.labelstudio.client.wire import Wire


def coders(wire: Wire) -> dict[int, str]:
    """Return the number of every account, to its address in small letters.

    Who was removed from the organisation is still listed, under the word `deleted`, and is not
    returned: what they coded stays theirs by number.
    """
    accounts = {int(one["id"]): str(one["email"]).casefold() for one in wire.get("/api/users")}
    return {number: address for number, address in accounts.items() if "@" in address}


def invite(wire: Wire, address: str) -> str:
    """Return where somebody makes an account, or signs in who has one.

    The free edition has one link for everybody, which holds until `withdraw_invitations`.
    """
    if address.casefold() in coders(wire).values():
        return f"{wire.url}/user/login/"
    return wire.url + str(wire.get("/api/invite")["invite_url"])


def withdraw_invitations(wire: Wire) -> None:
    """Let the link that was sent out hold no longer; accounts that were made stay."""
    wire.again(lambda: wire.send("POST", "/api/invite/reset-token", "withdraw invitations"))
