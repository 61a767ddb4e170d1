"""Applying `prefect.yaml`: the pool of the worker, and every deployment in it by name."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

#: the worker's pool
POOL = "listening"


def deployments() -> list[dict[str, Any]]:
    """Return what `prefect.yaml` describes: beside this folder, or in it once it is installed."""
    folder = Path(__file__).parent
    file = next(p for p in (folder.parent / "prefect.yaml", folder / "prefect.yaml") if p.is_file())
    return list(yaml.safe_load(file.read_text(encoding="utf-8"))["deployments"])


def apply(working_dir: Path) -> list[str]:
    """Make the pool and the deployments, or bring them up to date; return their full names.

    Args:
        working_dir: the folder in which runs read their settings, as every other command does.
    """
    from prefect import Flow
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.deployments.runner import RunnerDeployment
    from prefect.exceptions import ObjectAlreadyExists
    from prefect.types.entrypoint import EntrypointType
    from prefect.workers.process import ProcessWorker

    with get_client(sync_client=True) as client:
        try:
            template = ProcessWorker.get_default_base_job_template()
            client.create_work_pool(
                WorkPoolCreate(name=POOL, type="process", base_job_template=template)
            )
        except ObjectAlreadyExists:
            pass
    command = f"{sys.executable} -m flows.engine"
    names = []
    for told in deployments():
        module, _, name = told["entrypoint"].rpartition(".")
        found: Flow[..., Any] = getattr(import_module(module), name)
        one = RunnerDeployment.from_flow(
            found,
            told["name"],
            description=told["description"],
            work_pool_name=POOL,
            job_variables={"command": command, "working_dir": str(working_dir)},
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        one.apply()
        names.append(one.full_name)
    return names


def take_up() -> None:
    """Let what the worker before this one was doing be done again: there is one, and it is gone."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterState,
        FlowRunFilterStateType,
        WorkPoolFilter,
        WorkPoolFilterName,
    )
    from prefect.client.schemas.objects import StateType
    from prefect.states import Scheduled

    begun = FlowRunFilterStateType(any_=[StateType.PENDING, StateType.RUNNING])
    with get_client(sync_client=True) as client:
        left = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=begun)),
            work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL])),
        )
        for run in left:
            client.set_flow_run_state(run.id, Scheduled(message="Taken up again."), force=True)
