"""The address that Label Studio calls when somebody has coded: a hint, and no more."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from listening.steps.coding import following
from listening.web.here import reader, site


@csrf_exempt
@require_POST
def called(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 - what it says is not read
    """Let what was coded be pulled soon; what the call says is not looked at."""
    if not following.is_hint(site(), secret):
        raise Http404
    reader().hint()
    return HttpResponse(status=204)
