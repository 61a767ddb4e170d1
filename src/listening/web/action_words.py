"""Words for actions: status, what residents said of them, and what an equity review came to."""

from __future__ import annotations

#: status → what people read, and the colour of its tag
STATUSES: dict[str, tuple[str, str]] = {
    "planned": ("Planned", "grey"),
    "testing": ("Being tested", "turquoise"),
    "in place": ("In place", "green"),
    "stopped": ("Stopped", "red"),
}
DIRECTIONS: dict[str, str] = {"": "Not said yet", "up": "It should go up", "down": "It should go down"}
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


def chart_said(chart: object) -> list[str]:
    """Say in sentences what a run chart shows."""
    from listening.steps.acting.views import RunChart

    if not isinstance(chart, RunChart):
        return []
    if not chart.ruled:
        return ["Fewer than 10 points: look, and judge nothing by rules yet."]
    said = []
    for first, last, above in chart.shifts:
        side = "above" if above else "below"
        many = last - first + 1
        said.append(f"Shift: points {first + 1} to {last + 1} lie {side} the median"
                    f"{'' if many < 6 else ', six or more in a row'}.")  # fmt: skip
    for first, last, up in chart.trends:
        said.append(f"Trend: points {first + 1} to {last + 1} go {'up' if up else 'down'} all the way.")
    if chart.expected is None:
        said.append("The number of runs cannot be judged: too few or too many points lie off the median.")
    elif chart.too_few or chart.too_many:
        least, most = chart.expected
        word = "few" if chart.too_few else "many"
        said.append(f"Too {word} runs: {chart.runs}, where chance makes {least} to {most}.")
    if not chart.signal:
        said.append("No rule says that this is more than chance.")
    return said
