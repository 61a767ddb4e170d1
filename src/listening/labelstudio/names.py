"""What the controls of our labelling configurations are called, in templates and in results."""

from __future__ import annotations

#: the object that is coded, and the control whose results are codings
TEXT, CODES = "text", "codes"
#: memo of the whole item, and of one stretch of it
MEMO, REGION_MEMO = "memo", "region_memo"
#: what a new code would be called
NEW_CODE = "new_code"
#: 0 to 3: of one stretch, or with `_` and the code's id of a whole item's code
SEVERITY = "severity"
GRAVEST = 3
#: an unseen control that predictions fill: what fills a visible one is ticked beforehand wherever
#: a task is opened from Label Studio's table, whatever the project says of predictions
SUGGESTED = "suggested"
#: in a task's data: the dialogue, the item's key, and where in its document it begins and ends
DIALOGUE, KEY, EXTENT = "dialogue", "item_key", "extent"


def severity_of(code: str) -> str:
    """Return the name of the control that takes how grave a whole item is for a code."""
    return f"{SEVERITY}_{code}"
