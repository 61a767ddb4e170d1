"""Use-cases: load, a pure stage, save. The only room that knows the order of the way.

`begin` opens a run; `ingest`, `discover`, `prioritise` and `write_results` take it the whole way;
each of them may be killed and started again: what is kept is not done twice.
"""

from listening.steps.beside import bring
from listening.steps.contacts import write_contacts
from listening.steps.copies import NO_KEY, known_by
from listening.steps.disclosures import KEPT_APART
from listening.steps.discover import discover, extending
from listening.steps.ingest import begin, ingest, newest, refusals
from listening.steps.left import let_back
from listening.steps.preflight import Preflight, preflight
from listening.steps.prioritise import Prioritised, prioritise
from listening.steps.receipts import (
    Receipt,
    counted,
    said_of_actions,
    said_of_alike,
    said_of_releases,
)
from listening.steps.results import write_results
from listening.steps.warm import warm
from listening.steps.withdraw import who, withdraw
from listening.steps.work import Models, PackagedModels, Request, Work, open_work

__all__ = [
    "KEPT_APART",
    "NO_KEY",
    "Models",
    "PackagedModels",
    "Preflight",
    "Prioritised",
    "Receipt",
    "Request",
    "Work",
    "begin",
    "bring",
    "counted",
    "discover",
    "extending",
    "ingest",
    "known_by",
    "let_back",
    "newest",
    "open_work",
    "preflight",
    "prioritise",
    "refusals",
    "said_of_actions",
    "said_of_alike",
    "said_of_releases",
    "warm",
    "who",
    "withdraw",
    "write_contacts",
    "write_results",
]
