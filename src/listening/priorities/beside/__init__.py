"""What stands beside the order and never enters it.

How grave coders found what was said, how evenly a theme is spread over groups, places side by side,
figures that a programme brings, and the word of a resident panel. One criterion ranks; nothing here
is blended into it (METHOD.md, section 2).
"""

from listening.priorities.beside.figures import Intensity, breadth, intensity
from listening.priorities.beside.places import Place, PlaceTheme, places
from listening.priorities.beside.standing import Brought, stand_beside

__all__ = [
    "Brought",
    "Intensity",
    "Place",
    "PlaceTheme",
    "breadth",
    "intensity",
    "places",
    "stand_beside",
]
