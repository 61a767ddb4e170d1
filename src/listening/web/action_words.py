"""Words for actions: status, what residents said of them, and what an equity review came to."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

#: status → what people read, and the colour of its tag
STATUSES: dict[str, tuple[Any, str]] = {
    "planned": (_("Planned"), "grey"),
    "testing": (_("Being tested"), "turquoise"),
    "in place": (_("In place"), "green"),
    "stopped": (_("Stopped"), "red"),
}
DIRECTIONS: dict[str, Any] = {
    "": _("Not said yet"),
    "up": _("It should go up"),
    "down": _("It should go down"),
}
HELPED: dict[str, Any] = {
    "yes": _("Yes, it helped"),
    "partly": _("It helped in part"),
    "no": _("No, it did not help"),
    "not asked": _("Residents were not asked yet"),
}
DECISIONS: dict[str, Any] = {
    "": _("Not decided yet"),
    "continue": _("Go on: nobody is likely to be worse off"),
    "adjust": _("Go on, with changes that take harm away"),
    "justify": _("Go on, although some may be worse off: the reason stands in the record"),
    "stop": _("Stop, and think again"),
}
OUTCOMES: dict[str, Any] = {
    "": _("Not decided yet"),
    "adopt": _("Adopt: do it like this from now on"),
    "adapt": _("Adapt: change it and test again"),
    "abandon": _("Abandon: it did not work"),
}
#: fields of an action that are days
DAYS = ("aim_when", "date", "helped_on", "escalated_on", "answered_on", "reviewed_on")
#: what the history calls a field
FIELDS: dict[str, Any] = {
    "made": _("Begun"),
    "theme": _("Priority"),
    "theme_name": _("Name of the priority"),
    "codebook_version": _("Codebook"),
    "aim_what": _("Aim: what"),
    "aim_whom": _("Aim: for whom"),
    "aim_much": _("Aim: by how much"),
    "aim_when": _("Aim: by when"),
    "driver": _("Driver"),
    "idea": _("Change idea"),
    "owner": _("Owner"),
    "measure": _("Measure"),
    "unit": _("Unit"),
    "direction": _("Direction wanted"),
    "date": _("Date"),
    "status": _("Status"),
    "stopped_why": _("Why it was stopped"),
    "told": _("Told to residents"),
    "helped": _("Residents’ view"),
    "helped_asked": _("Residents asked"),
    "helped_on": _("Asked on"),
    "escalated_to": _("Escalated to"),
    "escalated_why": _("Why escalated"),
    "escalated_on": _("Escalated on"),
    "answer": _("Answer"),
    "answered_on": _("Answered on"),
    "benefits": _("Who benefits"),
    "harmed": _("Who may be harmed"),
    "missing": _("Whose voice is missing"),
    "mitigation": _("What is done against harm"),
    "decision": _("Decision of the review"),
    "reviewed_on": _("Reviewed on"),
    "evidence": _("Evidence"),
}
