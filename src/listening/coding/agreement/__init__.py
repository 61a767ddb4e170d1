"""Agreement: whether people who read the same segments gave them the same codes (METHOD.md, 5).

Only segments that two or more coders have read are looked at. A coder who read a segment and found
nothing is told apart from one who did not read it by a row with an empty code.
"""

from listening.coding.agreement.acceptance import acceptance
from listening.coding.agreement.figures import COLUMNS, Agreement, agreement
from listening.coding.agreement.readings import NEEDED, DoubleCoded, double_coded
from listening.coding.agreement.rounds import rounds
from listening.coding.agreement.side_by_side import side_by_side
from listening.coding.agreement.stored import AGAIN_FOR, as_rows, blind, finished, latest

__all__ = [
    "AGAIN_FOR",
    "COLUMNS",
    "NEEDED",
    "Agreement",
    "DoubleCoded",
    "acceptance",
    "agreement",
    "as_rows",
    "blind",
    "double_coded",
    "finished",
    "latest",
    "rounds",
    "side_by_side",
]
