"""Pictures and pages of actions: the driver diagram, the run chart, what residents are shown."""

from __future__ import annotations

from listening.report.actions.diagram import driver_diagram
from listening.report.actions.residents import Told, poster, residents_page
from listening.report.actions.run_picture import run_picture

__all__ = ["Told", "driver_diagram", "poster", "residents_page", "run_picture"]
