"""The nouns of action: the record, its points over time, its tests of change, its history."""

from __future__ import annotations

from dataclasses import dataclass

PLANNED, TESTING, IN_PLACE, STOPPED = "planned", "testing", "in place", "stopped"
STATUSES: tuple[str, ...] = (PLANNED, TESTING, IN_PLACE, STOPPED)
UP, DOWN = "up", "down"
#: the way in which the measure is wanted to go; empty is not said yet
DIRECTIONS: tuple[str, ...] = ("", UP, DOWN)
NOT_ASKED = "not asked"
#: residents' view of whether it helped
HELPED: tuple[str, ...] = ("yes", "partly", "no", NOT_ASKED)
#: what an equity review comes to: the four outcomes of an equality impact assessment in England
#: (go on; go on with changes; go on and say why, although some may be worse off; stop)
DECISIONS: tuple[str, ...] = ("", "continue", "adjust", "justify", "stop")
#: what a test of change led to
OUTCOMES: tuple[str, ...] = ("", "adopt", "adapt", "abandon")
#: what people write in words of their own, in which nobody may be named
TEXTS: tuple[str, ...] = (
    "aim_what", "aim_whom", "aim_much", "idea", "measure", "unit", "stopped_why", "told",
    "escalated_to", "escalated_why", "answer", "benefits", "harmed", "missing", "mitigation",
)  # fmt: skip


@dataclass(frozen=True)
class Action:
    """What is done about a priority. Days are ISO text; empty is not said.

    Attributes:
        id: a UUID; empty before it is kept.
        theme: lasting id of the theme that it answers, a code of the codebook; empty answers none.
        theme_name: what that was called when the action was kept.
        codebook_version: name and version of the codebook that the id is of.
        aim_what: what is to change; `aim_whom`: for whom; `aim_much`: by how much; `aim_when`: the
            day by which.
        driver: `primary/secondary`, ids of the shared vocabulary.
        idea: the change idea.
        owner: who sees to it: a role, a team or a member of staff.
        measure: name of what is measured; `unit`: in which unit; `direction`: one of DIRECTIONS.
        date: the day from which it is done.
        status: one of STATUSES; `stopped_why` where it was stopped.
        told: what residents are told of it, in plain words; empty tells them nothing yet.
        helped: one of HELPED; `helped_asked`: how many residents were asked; `helped_on`: when.
        escalated_to: to whom it was passed on; `answer`: what came back.
        benefits: who benefits; `harmed`: who may be; `missing`: whose voice is missing.
        decision: one of DECISIONS, made on `reviewed_on`.
        evidence: ids of segments, or evidence ids of a release.
    """

    id: str = ""
    theme: str = ""
    theme_name: str = ""
    codebook_version: str = ""
    aim_what: str = ""
    aim_whom: str = ""
    aim_much: str = ""
    aim_when: str = ""
    driver: str = ""
    idea: str = ""
    owner: str = ""
    measure: str = ""
    unit: str = ""
    direction: str = ""
    date: str = ""
    status: str = PLANNED
    stopped_why: str = ""
    told: str = ""
    helped: str = NOT_ASKED
    helped_asked: int | None = None
    helped_on: str = ""
    escalated_to: str = ""
    escalated_why: str = ""
    escalated_on: str = ""
    answer: str = ""
    answered_on: str = ""
    benefits: str = ""
    harmed: str = ""
    missing: str = ""
    mitigation: str = ""
    decision: str = ""
    reviewed_on: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Point:
    """One value of an action's measure; one a day."""

    day: str
    value: float
    id: int = 0


@dataclass(frozen=True)
class Cycle:
    """A test of change: plan, do, study, act.

    Attributes:
        number: of the action's tests, from 1.
        plan: what is tried, with whom, and what is expected of it.
        did: what was done, and what was seen.
        study: how it compares with what was expected; `learnt`: what was learnt.
        act: one of OUTCOMES.
        started: first and `ended`: last day.
    """

    number: int = 0
    plan: str = ""
    did: str = ""
    study: str = ""
    learnt: str = ""
    act: str = ""
    started: str = ""
    ended: str = ""


@dataclass(frozen=True)
class Change:
    """One line of an action's history: who changed which field when, from what to what.

    Attributes:
        number: later lines have higher ones.
    """

    at: str
    who: str
    what: str
    was: str
    now: str
    number: int = 0
