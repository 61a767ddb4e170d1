"""The back of the page: topics to read by, what was set aside, and how it was all made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from listening.records import NIL_TOPIC, UNASSIGNED_TOPIC
from listening.report import passages, topic_map, words
from listening.report.results import Results

_EXAMPLES = 3
#: the others stand in `uncovered.csv`
_UNCOVERED = 6

#: Counts that depend on what an earlier run had already done are left to `run.json`.
_COUNTS = {
    "files": "Files read",
    "participants": "Participants (a note about several people is one)",
    "segments": "Passages",
    "distinct_texts": "Different texts among them",
    "rejects": "Things set aside",
}

#: How sources of different depth are put together, by scheme.
_SAY = {
    "depth": "A source with more people has more say in the order, but not in step with its size.",
    "equal": "Each source has the same say in the order.",
    "pooled": "All people stand in one pool, whichever source they come from.",
}


def index(results: Results) -> dict[str, Any]:
    """Describe the topics with typical passages, or list every passage where there are few."""
    kinds = results.segments["topic_name"].value_counts()
    nil, loose = int(kinds.get(NIL_TOPIC, 0)), int(kinds.get(UNASSIGNED_TOPIC, 0))
    reading_list = None
    if results.reading_list:
        said = results.segments[results.segments["topic_name"] != NIL_TOPIC]
        reading_list = passages.of_segments(said)
    outside = []
    if loose and not results.reading_list:
        outside.append(f"{words.counted(loose, 'passage')} fitted no topic.")
    if nil:
        outside.append(
            f"{words.counted(nil, 'answer')} said that there was nothing to add; they are kept in "
            "segments.csv."
        )
    joined = topic_map.pairs(results.topics)
    return {
        "reading_list": reading_list,
        "topics": _topics(results, joined),
        "pictures": topic_map.pictures(results),
        "as_one": _as_one(results, joined),
        "outside": " ".join(outside),
    }


def _as_one(results: Results, joined: list[topic_map.Pair]) -> list[str]:
    names = dict(zip(results.topics["topic_id"], results.topics["name"], strict=True))
    return [
        f"{names[one]} – {names[other]}: in {100 * share:.0f} of 100 repeats"
        for one, other, share in joined
    ]


def _topics(results: Results, joined: list[topic_map.Pair]) -> list[dict[str, Any]]:
    wanted = {one: ids[:_EXAMPLES] for one, ids in results.topic_quotes.items()}
    every = {segment for ids in wanted.values() for segment in ids}
    rows = results.segments[results.segments["segment_id"].isin(every)]
    found = dict(zip(rows["segment_id"], passages.of_segments(rows), strict=True))
    names = dict(zip(results.topics["topic_id"], results.topics["name"], strict=True))
    beside: dict[int, list[str]] = {}
    for one, other, _ in joined:
        beside.setdefault(one, []).append(names[other])
        beside.setdefault(other, []).append(names[one])
    languages = _languages(results)
    return [
        {
            "number": topic["topic_id"],
            "name": topic["name"],
            "description": topic["description"],
            "language": languages.get(topic["topic_id"], ""),
            "heard": words.people(topic["people"]),
            "as_one": words.listed(beside.get(topic["topic_id"], [])),
            "words": topic["words"],
            "people": words.number(topic["people"]),
            "segments": words.number(topic["segments"]),
            "steadiness": words.steadiness(topic["stability"]),
            "flag": words.FLAGS[topic["flag"]],
            "examples": [found[one] for one in wanted.get(topic["topic_id"], []) if one in found],
        }
        for topic in results.topics.to_dict("records")
    ]


def _languages(results: Results) -> dict[int, str]:
    """Return the language of the topics that are mostly said in another one than English."""
    known = results.segments[~results.segments["language"].isin(["", "unsure"])]
    most = known.groupby("topic_id")["language"].agg(lambda of: str(of.mode().iloc[0]))
    pairs = zip(most.index.tolist(), most.tolist(), strict=True)
    return {topic: language for topic, language in pairs if language != "en"}


def campaigns(results: Results) -> list[tuple[str, str, str]]:
    """Describe what several people sent in nearly the same words: the words, people, alike."""
    return [
        (
            row["example"],
            words.number(row["people"]),
            words.number(row["identical"]),
        )
        for row in results.campaigns.to_dict("records")
    ]


def uncovered(results: Results) -> list[tuple[passages.Passage, str]]:
    """Describe the first passages that stand for what no code covers, and for how many people."""
    if results.uncovered is None:
        return []
    first = results.uncovered.head(_UNCOVERED)
    people = [
        f"{words.people(count)} said something much like it"
        if count > 1
        else "Nobody else said anything much like it"
        for count in first["people"]
    ]
    return list(zip(passages.of_segments(first), people, strict=True))


def aside(results: Results) -> dict[str, Any]:
    """Count what was set aside by reason; file names stay in `rejects.csv`."""
    tally: dict[tuple[str, str], int] = {}
    for row in results.rejects.to_dict("records"):
        reason = (_without(row["why"], row["file"]), _without(row["what_to_do"], row["file"]))
        tally[reason] = tally.get(reason, 0) + 1
    ordered = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    return {
        "total": f"{words.counted(len(results.rejects), 'thing was', 'things were')} set aside.",
        "rejects": [(why, words.number(count), to_do) for (why, to_do), count in ordered],
        "notes": results.notes,
    }


def _without(sentence: str, file: str) -> str:
    said = sentence.replace(file, "the file") if file else sentence
    return said[:1].upper() + said[1:]


def made(results: Results) -> dict[str, Any]:
    """Say how the results came about, in plain words and with all that is needed to repeat them.

    Timings are left out: the same run must give the same page, byte for byte.
    """
    run, document = results.run, results.document
    codebook = results.codebook
    name = f"{codebook['name']}, version {codebook['version']}" if codebook else "None yet"
    return {
        "steps": steps(document, with_codebook=codebook is not None),
        "counts": [
            (label, words.number(run["counts"][key]))
            for key, label in _COUNTS.items()
            if key in run["counts"]
        ],
        "facts": [
            ("Programme", document["programme"] or "Not named"),
            ("Wave", document["wave"] or "Not named"),
            ("Codebook", name),
            ("Language model", run["encoder"]),
            ("Random seed", str(run["seed"])),
            ("Listening", f"version {run['version']}"),
        ],
        "codes": codebook["codes"] if codebook else (),
        # the minute of each choice would make another page of the same run; run.json tells it
        "parameters": list(_settings(run["parameters"])),
        "versions": [(key, str(value)) for key, value in run["versions"].items()],
    }


def _settings(told: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    """Yield settings by name: databases do not agree on the order in which they keep them."""
    for key, value in sorted(told.items()):
        if key == "choices":
            continue
        name = f"{within} {key}".strip().replace("_", " ")
        if isinstance(value, Mapping):
            yield from _settings(value, name)
        else:
            yield name, _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_plain(one) for one in value) or "none"
    return "not set" if value in ("", None) else str(value)


def steps(document: Mapping[str, Any], *, with_codebook: bool) -> list[str]:
    """Say in plain words how results came about, step by step."""
    scheme = document["scheme"]
    return [
        "The files were read on this machine. Interviewers’ words were kept out of the evidence, "
        "and people without consent were left out.",
        "Names, addresses, numbers and institutions were replaced by descriptions in square "
        "brackets before anything else read the text.",
        "What each person said was cut into passages, each a unit of meaning, with its question "
        "and its place in the text.",
        "A language model on this machine turned each passage into numbers, so that passages of "
        "like meaning lie near one another. No text left the machine.",
        _grouped(document, with_codebook=with_codebook),
        f"For each theme, different people were counted, once each. {_SAY[scheme]}",
        "The ranges show what would change if other people like these had been asked by chance. "
        "They show nothing about who could not be asked.",
    ]


def _grouped(document: Mapping[str, Any], *, with_codebook: bool) -> str:
    provisional = document["status"] == "provisional"
    if with_codebook and provisional:
        return (
            "Passages were matched by machine to the codes of the codebook by likeness of meaning "
            "to its examples. Nobody has checked these matches."
        )
    if provisional:
        return (
            "Passages of like meaning were grouped into topics, and near topics were put together "
            "as candidate themes. Nobody has checked these groups."
        )
    return "People read the passages and gave them the codes of the codebook."
