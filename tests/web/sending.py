"""A phone that speaks tus 1.0, over Django's test client."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from listening.steps import arriving
from listening.steps.arriving import Desk
from tests.web.town import Town, client_of

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


@dataclass
class Phone:
    """Somebody's client at the address where files begin."""

    client: Any
    address: str

    def begin(self, size: int, name: str = "talk.txt", **headers: str) -> Any:
        told = f"filename {base64.b64encode(name.encode()).decode()}"
        said = {**TUS, "Upload-Length": str(size), "Upload-Metadata": told, **dashed(headers)}
        return self.client.post(self.address, headers=said)

    def begun(self, size: int, name: str = "talk.txt") -> str:
        """Begin a file; return its address."""
        answer = self.begin(size, name)
        assert answer.status_code == 201
        return str(answer["Location"])

    def patch(self, at: str, offset: int, piece: bytes, **headers: str) -> Any:
        said = {**TUS, "Upload-Offset": str(offset), **dashed(headers)}
        kind = said.pop("Content-Type", PIECE)
        return self.client.patch(at, piece, content_type=kind, headers=said)

    def head(self, at: str) -> Any:
        return self.client.head(at, headers=TUS)

    def delete(self, at: str) -> Any:
        return self.client.delete(at, headers=TUS)


def dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): said for name, said in headers.items()}


def phone_of(town: Town, who: str = "officer") -> Phone:
    return Phone(client_of(town.people[who]), f"/programmes/{town.here.slug}/arriving/")


def desk_of(town: Town, who: str = "officer") -> Desk:
    return Desk(town.site, town.people[who], town.here)


def half_at(town: Town, at: str) -> arriving.Half:
    """Return what is known of the file at an address."""
    found = arriving.one(desk_of(town), at.rstrip("/").rsplit("/", 1)[1])
    assert found is not None
    return found


def ran_out(town: Town, at: str) -> None:
    """Let the day of a half-sent file be over."""
    vault = town.site.work(town.here).vault
    book = f"arriving/{half_at(town, at).id}/about"
    vault.write(book, vault.read(book) | {"until": "2026-01-01T00:00:00+00:00"})
