"""What people need and what they ask for, in their own words: passages picked by how they are said.

A rule, and no model: it finds sentences that say that something lacks, or that something should be
otherwise. It misses what is said in other ways and in other languages than English, so what it
picks is there to be read, and no count is made of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from listening.priorities.quotes import EVIDENCE, QUOTABLE
from listening.records import PARTICIPANTS, SEGMENTS, Table, check

NEEDS, CHANGES = "needs", "changes"
#: shorter ones say nothing by themselves, longer ones are not read
_WORDS = range(3, 41)
_LANGUAGES = ("en", "unsure", "")

#: somebody says what should be otherwise, the plainest first
_ASKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:i|we|people|they|you)(?:['’]d| would) (?:really |just )?(?:like|love|want)\b"
        r"|\b(?:i|we) (?:just |only |really )?(?:want|wish)\b"
        r"|\bif only\b|\bplease\b|\b(?:would|could) help\b"
        r"|\bit would be (?:good|nice|great|better)\b",
        r"\b(?:should|ought to|need to|needs to|must|have to be|could do with)\b"
        r"|^(?:and |so |just )?(?:fix|build|give|bring|stop|make|open|lower|clean|put|keep|let|"
        r"provide|improve|help|listen|sort|mend|repair|reduce|cut|ban|train|hire|employ|create|take|set|fund|pay|teach|start|turn|"
        r"light|plant|pick|replace|remove)\b",
        r"^(?:a |an |some |somewhere |someone |somebody |having |being |just )?"
        r"(?:more|better|cheaper|safer|cleaner|fewer|less|lower|free|affordable|proper|regular|"
        r"quicker|faster|earlier|longer|warmer|decent|places?|somewhere|someone|somebody)\b",
    )
)
#: somebody says what lacks
_LACKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:can(?:['’]?t|not| not)|could(?:n['’]?t| not)) (?:afford|get|find|see|pay|reach|"
        r"sleep|use|go|even)\b|\b(?:there (?:is|are|was|were)|there['’]s) (?:no|nothing|nowhere|"
        r"not enough|nobody|no one|never)\b|\bnot enough\b|\black of\b",
        r"\b(?:i|we|they|people|kids|children|families)(?: \w+)? need(?:ed|s)?\b"
        r"|\bnowhere\b|\bno ?(?:one|body) (?:to|helps?|answers?|comes?|listens?|cares?|tells?)\b"
        r"|\bnever (?:answers?|comes?|came|fixed|called|told|got|get|gets)\b"
        r"|\bwaiting (?:list|for)\b"
        r"|\bstruggl\w+\b|\btoo (?:expensive|high|far|small|cold|damp|dear|long|late|few|little)\b",
    )
)


def asks(
    segments: Table, participants: Table, evidence: Table, per_theme: int = 3
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return what people need and ask for, theme by theme: the plainest first, one a person.

    Args:
        segments: SEGMENTS.
        participants: PARTICIPANTS, those who are counted.
        evidence: segment_id, code, score.
        per_theme: most passages of either kind per theme.

    Returns:
        Theme id to `needs` and `changes`: text, voice, source_kind, attributes, segment_id,
        translated, quotable (whether their person agreed to be quoted).

    Raises:
        InvalidTable: a table breaks its rules.
    """
    found: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(
        lambda: {NEEDS: [], CHANGES: []}
    )
    taken: dict[str, set[str]] = defaultdict(set)
    for row in sorted(_told(segments, participants, evidence), key=_first):
        theme, kind = row["code"], row["kind"]
        same = {row["participant_id"], row["text"].casefold()}
        if len(found[theme][kind]) < per_theme and not same & taken[theme]:
            taken[theme] |= same
            found[theme][kind].append({name: row[name] for name in _SHOWN})
    return dict(found)


_SHOWN = ("text", "voice", "source_kind", "attributes", "segment_id", "translated", "quotable")
_NEEDED = (*_SHOWN[:-1], "code", "score", "participant_id", "consent")


def kind_of(text: str) -> tuple[str, int] | None:
    """Return whether words say what is needed or ask for a change, and how plainly (0 is plainest).

    None where they say neither, or nothing by which it is seen.
    """
    if len(text.split()) not in _WORDS or text.rstrip().endswith("?"):
        return None
    for plain, pattern in enumerate(_ASKS):
        if pattern.search(text):
            return CHANGES, plain
    for plain, pattern in enumerate(_LACKS):
        if pattern.search(text):
            return NEEDS, plain
    return None


def _first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Put first what may be quoted, then what is said plainly, then what is surest evidence."""
    return not row["quotable"], row["plain"], -row["score"], row["segment_id"], row["code"]


def _told(segments: Table, participants: Table, evidence: Table) -> Iterator[dict[str, Any]]:
    segments, participants = check(segments, SEGMENTS), check(participants, PARTICIPANTS)
    fit = (
        segments["voice"].isin(QUOTABLE) & segments["language"].isin(_LANGUAGES) & ~segments["nil"]
    )
    joined = (
        check(evidence, EVIDENCE)
        .merge(segments[fit], on="segment_id")
        .merge(participants[["participant_id", "consent", "attributes"]], on="participant_id")
    )
    kinds = {text: kind_of(text) for text in dict.fromkeys(joined["text"].tolist())}
    for row in joined[list(_NEEDED)].to_dict("records"):
        said = kinds[row["text"]]
        if said:
            kind, plain = said
            quotable = row["consent"] == "quotation"
            yield {str(k): v for k, v in row.items()} | {
                "kind": kind, "plain": plain, "quotable": quotable
            }  # fmt: skip
