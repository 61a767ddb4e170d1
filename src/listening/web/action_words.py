"""Words for actions: status, what residents said of them, and what an equity review came to."""

from __future__ import annotations

#: status → what people read, and the colour of its tag
STATUSES: dict[str, tuple[str, str]] = {
    "planned": ("Planned", "grey"),
    "testing": ("Being tested", "turquoise"),
    "in place": ("In place", "green"),
    "stopped": ("Stopped", "red"),
}
DIRECTIONS: dict[str, str] = {
    "": "Not said yet",
    "up": "It should go up",
    "down": "It should go down",
}
HELPED: dict[str, str] = {
    "yes": "Yes, it helped",
    "partly": "It helped in part",
    "no": "No, it did not help",
    "not asked": "Residents were not asked yet",
}
DECISIONS: dict[str, str] = {
    "": "Not decided yet",
    "continue": "Go on: nobody is likely to be worse off",
    "adjust": "Go on, with changes that take harm away",
    "justify": "Go on, although some may be worse off: the reason stands in the record",
    "stop": "Stop, and think again",
}
OUTCOMES: dict[str, str] = {
    "": "Not decided yet",
    "adopt": "Adopt: do it like this from now on",
    "adapt": "Adapt: change it and test again",
    "abandon": "Abandon: it did not work",
}
#: fields of an action that are days
DAYS = ("aim_when", "date", "helped_on", "escalated_on", "answered_on", "reviewed_on")
#: what the history calls a field
FIELDS: dict[str, str] = {
    "made": "Begun",
    "theme": "Priority",
    "theme_name": "Name of the priority",
    "codebook_version": "Codebook",
    "aim_what": "Aim: what",
    "aim_whom": "Aim: for whom",
    "aim_much": "Aim: by how much",
    "aim_when": "Aim: by when",
    "driver": "Driver",
    "idea": "Change idea",
    "owner": "Owner",
    "measure": "Measure",
    "unit": "Unit",
    "direction": "Direction wanted",
    "date": "Date",
    "status": "Status",
    "stopped_why": "Why it was stopped",
    "told": "Told to residents",
    "helped": "Residents’ view",
    "helped_asked": "Residents asked",
    "helped_on": "Asked on",
    "escalated_to": "Escalated to",
    "escalated_why": "Why escalated",
    "escalated_on": "Escalated on",
    "answer": "Answer",
    "answered_on": "Answered on",
    "benefits": "Who benefits",
    "harmed": "Who may be harmed",
    "missing": "Whose voice is missing",
    "mitigation": "What is done against harm",
    "decision": "Decision of the review",
    "reviewed_on": "Reviewed on",
    "evidence": "Evidence",
}
