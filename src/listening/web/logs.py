"""The log of the server: plain lines, or one line of JSON for every event.

No line holds a resident's word, a file's name, an address or what stands after its question mark: a
request is told by the name of its address in `urls.py`.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

JSON = "json"
#: loggers whose lines are shown; Django's would show an exception's words
SHOWN = ("listening", "waitress")
#: of the request that this thread answers; empty between requests
request_id: ContextVar[str] = ContextVar("request_id", default="")
#: what a proxy may give a request as its id: nothing in which a word could be hidden
_ID = re.compile(r"[0-9a-f]{8}[0-9a-f-]{0,28}")
_REQUESTS = logging.getLogger("listening.requests")


class Lines(logging.Formatter):
    """Writes an event as one line of JSON; of an exception its kind alone."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, UTC)
        told: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if of := request_id.get():
            told["request"] = of
        told |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            told["exception"] = record.exc_info[0].__name__
        return json.dumps(told, ensure_ascii=True)


def set_up(how: str) -> None:
    """Let the log be as the setting says; called once what is served is opened."""
    if how != JSON:
        return
    shown = logging.StreamHandler()
    shown.setFormatter(Lines())
    for name in SHOWN:
        logging.getLogger(name).handlers = [shown]
    _REQUESTS.setLevel(logging.INFO)


def id_of(given: str) -> str:
    """Return the id that a proxy gave a request, if it is one, or a new one."""
    given = given.strip().lower()
    return given if _ID.fullmatch(given) else secrets.token_hex(8)


def answered(fields: Mapping[str, Any]) -> None:
    """Note a request that was answered; plain logs leave it out, as they are read by people."""
    _REQUESTS.info("answered", extra={"fields": dict(fields)})
