"""The tus 1.0 protocol, by which a file goes on arriving where it stopped: https://tus.io.

The library `resumable_upload` knows the protocol; what arrives lies in the vault
(`steps.arriving`).
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from listening.steps import arriving
from listening.steps.arriving import Desk
from listening.steps.understanding import LARGEST_FILE

#: status, headers and words of an answer
Answer = tuple[int, dict[str, str], bytes]
VERSION = "1.0.0"
#: of the protocol's extensions: what we offer
EXTENSIONS = ("creation", "termination", "checksum", "expiration")
#: requests that change a file, or may find that all of it is there
ALONE = ("HEAD", "PATCH", "DELETE")
_COUNTS = ("upload-length", "upload-offset")


def effective(method: str, override: str) -> str:
    """Return what a request means to do: some networks let GET and POST pass alone."""
    return (override.strip().upper() if method == "POST" else "") or method


def answer(desk: Desk, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
    """Answer a request of the protocol.

    Args:
        desk: where the file arrives.
        method: what the request means to do.
        path: `/`, or `/ID` of a file that was begun.
        headers: in small letters.
        body: a piece of the file, with PATCH.

    Raises:
        ListeningError: there is too much half sent, or it is in too many pieces.
    """
    # its pieces' lengths are counted against what a person may have half sent: they are not put off
    given = {name: said for name, said in headers.items() if name != "upload-defer-length"}
    given.pop("x-http-method-override", None)
    wrong = [name for name in _COUNTS if not _counts(given.get(name, "0"))]
    if wrong and method != "OPTIONS":
        return 400, {"Tus-Resumable": VERSION}, f"{wrong[0]} is not a number.".encode()
    status, said, words = _server(desk).handle_request(method, path, given, body)
    if status == 412:
        said["Tus-Version"] = VERSION
    return status, said, words


def _counts(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 20


def _server(desk: Desk) -> Any:
    from resumable_upload.server import TusServer

    # it writes names of files into its log
    logging.getLogger("resumable_upload").setLevel(logging.CRITICAL + 1)
    server = TusServer(
        storage=_Vaulted(desk),
        base_path="/",
        max_size=LARGEST_FILE,
        max_chunk_size=arriving.LARGEST_PIECE,
        upload_expiry=int(arriving.KEPT_FOR.total_seconds()),
        disable_concatenation=True,
    )
    server.SUPPORTED_EXTENSIONS = list(EXTENSIONS)
    return server


class _Vaulted:
    """What the library asks of whatever holds the files: its `Storage`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def create_upload(
        self, upload_id: str, upload_length: int, metadata: dict[str, str], _until: datetime
    ) -> None:
        """Begin a file."""
        arriving.begin(self._desk, upload_id, upload_length, metadata)

    def get_upload(self, upload_id: str) -> dict[str, Any] | None:
        """Tell of a file; another's does not exist."""
        half = arriving.one(self._desk, upload_id)
        if half is None:
            return None
        return {
            "offset": half.arrived,
            "upload_length": half.size,
            "metadata": dict(half.told),
            "expires_at": half.ends,
            # what comes too late for a file that is whole is a conflict like any other
            "completed": False,
        }

    def write_chunk(self, upload_id: str, offset: int, data: bytes) -> None:
        """Keep a piece."""
        arriving.put(self._desk, upload_id, offset, data)

    def update_offset_atomic(self, upload_id: str, expected_offset: int, new_offset: int) -> bool:
        """Count a piece that was kept."""
        return arriving.advance(self._desk, upload_id, expected_offset, new_offset)

    def complete_upload(self, _upload_id: str) -> bool:
        """Say that all is there; the page then takes the file in."""
        return True

    def delete_upload(self, upload_id: str) -> None:
        """Erase a file."""
        arriving.let_go(self._desk, upload_id)

    def cleanup_expired_uploads(self) -> int:
        """Erase nothing: what runs out is swept beside the pages."""
        return 0
