"""Letting go of what was kept for its time, as a flow that a schedule starts every day.

It opens the site of the settings itself, so a worker anywhere beside the site's folder can run it;
Prefect is told counts alone.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.listen import Stopped
from listening import settings
from listening.steps import PackagedModels, retaining
from listening.steps.site import open_site


@task(name="retain", cache_policy=NO_CACHE, persist_result=False)
def let_go(dry: bool) -> list[dict[str, Any]]:
    """Let go of what is due in every programme."""
    try:
        own = settings.read(os.environ, Path.cwd())
        site = open_site(own, PackagedModels(own))
        try:
            return [vars(one) for one in retaining.retain_site(site, dry=dry)]
        finally:
            site.close()
    except Exception:
        # what a fault says may name a file; whoever runs `listening retain` is told
        raise Stopped("Retention could not be finished: run `listening retain`.") from None


@flow(name="retain", persist_result=False, validate_parameters=False)
def retain(dry: bool = False) -> list[dict[str, Any]]:
    """Let go of what was kept for its time in every programme; return how much that was."""
    return let_go(dry)
