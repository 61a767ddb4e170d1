"""How long things are kept: what is due to go, and letting it go.

What somebody said goes the way of a withdrawal; files, names, results and the trail each by their
own rule. Everything may be stopped at any moment and begun again.
"""

from listening.steps.retaining.daily import by_itself, waiting
from listening.steps.retaining.doing import Done, retain, retain_site
from listening.steps.retaining.due import Due, Place, due, soon
from listening.steps.retaining.last import AHEAD, BACK, CHANGED, FIRST, held
from listening.steps.retaining.places import at_home, of_programme, places_of
from listening.steps.retaining.telling import DAYS_LATE, overdue, said, told, unruled, waits

__all__ = [
    "AHEAD",
    "BACK",
    "CHANGED",
    "DAYS_LATE",
    "FIRST",
    "Done",
    "Due",
    "Place",
    "at_home",
    "by_itself",
    "due",
    "held",
    "of_programme",
    "overdue",
    "places_of",
    "retain",
    "retain_site",
    "said",
    "soon",
    "told",
    "unruled",
    "waiting",
    "waits",
]
