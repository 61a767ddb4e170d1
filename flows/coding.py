"""One turn of the coding loop as a flow: pull, stop or go on: choose, push, renew suggestions.

It waits for nobody and may run on any schedule: what people have not coded yet is there next time.
"""

from __future__ import annotations

from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.listen import without_words
from listening.steps import coding
from listening.steps.coding import renewing, turning
from listening.steps.coding.connecting import needed


@task(name="pull", cache_policy=NO_CACHE, persist_result=False)
def pull() -> dict[str, Any]:
    """Bring back what people coded."""
    with without_words() as work:
        return coding.plain_pull(coding.pull(work, needed(work)))


@task(name="stopping rules", cache_policy=NO_CACHE, persist_result=False)
def rules(run_id: str, seed: int) -> turning.Rules:
    """Say whether coding may stop."""
    with without_words() as work:
        return turning.rules(work, run_id, seed)


@task(name="choose", cache_policy=NO_CACHE, persist_result=False)
def choose(run_id: str, seed: int) -> int:
    """Choose what people should code next, where little is left."""
    with without_words() as work:
        return turning.choose_more(work, run_id, seed)


@task(name="push", cache_policy=NO_CACHE, persist_result=False)
def push(run_id: str, seed: int) -> dict[str, Any]:
    """Send what was chosen."""
    with without_words() as work:
        return coding.plain_push(turning.push_more(work, run_id, needed(work), seed))


@task(name="renew suggestions", cache_policy=NO_CACHE, persist_result=False)
def renew(run_id: str) -> renewing.Renewed:
    """Let the suggestions learn from all that was coded."""
    with without_words() as work:
        return renewing.renew(work, run_id, needed(work))


@flow(name="coding", persist_result=False, validate_parameters=False)
def coding_turn(run_id: str, seed: int = 0) -> dict[str, Any]:
    """Make one turn of the loop; return what it did."""
    told: dict[str, Any] = {"pulled": pull()}
    stand = rules(run_id, seed)
    told |= {"stop": stand.met, "said": stand.said, "chosen": 0, "pushed": None}
    told |= {"renewed": 0, "renewed_later": 0}
    if stand.met:
        return told
    told["chosen"] = choose(run_id, seed)
    told["pushed"] = push(run_id, seed)
    fresh = renew(run_id)
    told |= {"renewed": fresh.tasks, "renewed_later": fresh.later}
    return told
