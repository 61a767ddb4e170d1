"""The coding loop: what was selected goes to Label Studio, and what people coded comes back.

`push` and `pull` may each be stopped and started again at any point, and neither waits for anybody.
"""

from listening.steps.coding.books import book_for
from listening.steps.coding.leaving import Carried, carry_out
from listening.steps.coding.missing import missing
from listening.steps.coding.plainly import plain_pull, plain_push, plain_status
from listening.steps.coding.pulling import Pulled, pull
from listening.steps.coding.pushing import Pushed, push
from listening.steps.coding.standing import Status, status

__all__ = [
    "Carried",
    "Pulled",
    "Pushed",
    "Status",
    "book_for",
    "carry_out",
    "missing",
    "plain_pull",
    "plain_push",
    "plain_status",
    "pull",
    "push",
    "status",
]
