"""Pictures and pages of actions: the driver diagram, the run chart, what residents are shown."""

from __future__ import annotations

from listening.report.actions.diagram import driver_diagram
from listening.report.actions.residents import FEWEST_ASKED, Told, poster, residents_page
from listening.report.actions.run_picture import run_picture

__all__ = ["FEWEST_ASKED", "Told", "driver_diagram", "poster", "residents_page", "run_picture"]
