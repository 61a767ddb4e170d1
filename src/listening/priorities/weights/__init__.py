"""Weights: a survey's or street notes' people brought to the make-up of the population.

Raking (iterative proportional fitting: Deming and Stephan 1940) to census margins, under the
conditions of METHOD.md, section 2. Interviews and focus groups are never weighted: they were chosen
for what they can tell, and no weight makes a sample of them.
"""

from listening.priorities.weights.margins import RAKED, Frame, Margin
from listening.priorities.weights.raking import TRIM, Raked, rake_cells
from listening.priorities.weights.weighing import Weighted, rake, rake_many

__all__ = [
    "RAKED",
    "TRIM",
    "Frame",
    "Margin",
    "Raked",
    "Weighted",
    "rake",
    "rake_cells",
    "rake_many",
]
