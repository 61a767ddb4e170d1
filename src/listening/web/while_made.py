"""Pages on kept results that are replaced, or go with somebody who withdraws, while one is made."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseBase

from listening.errors import Fault, NothingToDo, UnreadableFile
from listening.web.views import faults

if TYPE_CHECKING:
    from listening.web.middleware import Asked

_LOG = logging.getLogger("listening.web")

View = Callable[..., HttpResponseBase]


def while_made(view: View) -> View:
    """Say to look again in a moment where the results went while a page read them."""

    @wraps(view)
    def shown(request: Asked, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (FileNotFoundError, NothingToDo, UnreadableFile) as error:
            _LOG.warning("%s", Fault.of(error))
            return faults.made_anew(request)

    return shown
