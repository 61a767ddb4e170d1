"""Do German and English statements on one subject fall together, and is it the subject that joins?

Austria's statements on climate (German) and those of Bowling Green and New Zealand (English), as
many of each language, are read together three ways: by the encoder for English alone, by the one
for many languages, and by that with each language's own mean taken out, as a run does. Subjects are
told by words that stand for the same in both languages, and by nothing that an encoder says.

- `apart`: adjusted mutual information of topic and language: 0 where topics do not tell languages
  apart.
- `together`: how often a German and an English statement on one subject fall into one topic, beside
  how often those on different subjects do.

`python -m benchmarks.cross_lingual ../shared/data [--seeds 10] [--examples]`

`--examples` prints mixed topics with statements of both languages: they are residents' words, and
are written into no file.
"""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks import sections
from benchmarks.topics import mean_with_interval
from listening import embeddings
from listening.records import Table, Vectors
from listening.topics import ReadingIndex, TopicSettings, discover

MODEL = "models/multilingual-e5-small"
GERMAN = ("austria-climate.7z7ejpbmv5.2022-08-08",)
ENGLISH = ("american-assembly.bowling-green", "scoop-hivemind.affordable-housing")
EACH = 300
SUBJECTS = {
    "public transport": r"\b(?:bus(?:es)?|trains?|transit|public transport\w*)\b"
    r"|öffis?\b|öffentlich\w* verkehr|\b(?:bahn|bus|zug|züge)\b|bahn(?:netz|verkehr|karte)",
    "cycling and walking": r"\b(?:bik\w+|bicycl\w+|cycl(?:e|ing)\w*|sidewalks?|pedestrian\w*)\b"
    r"|fahrr[aä]d|radweg|radfahr|fußgänger|gehsteig",
    "cars and traffic": r"\b(?:cars?|traffic|parking|speed limit)\b"
    r"|\bautos?\b|autobahn|parkpl[aä]tz|tempolimit|verkehrsberuhig",
    "housing": r"\b(?:hous(?:e|es|ing)|rent(?:s|al|ed|ing)?|tenants?|apartments?)\b"
    r"|wohnung|wohnbau|\bmiet|eigenheim|einfamilienh",
    "waste": r"\b(?:recycl\w+|litter\w*|trash|waste|plastics?)\b|müll|plastik|verpackung|pfand",
    "food and farming": r"\b(?:food|farm\w*|grocer\w+)\b|lebensmittel|landwirt|fleisch|bauern",
    "taxes": r"\b(?:tax(?:es|ed|ation)?)\b|steuer(?!ung)",
    "schools": r"\b(?:schools?|teachers?|education)\b|\bschule|\bschul|lehrer|bildung",
    "green places": r"\b(?:trees?|parks|green spaces?|gardens?)\b"
    r"|bäume|\bbaum|grünfl|begrün|\bwald",
}
WAYS = ("encoder for English", "encoder for many languages", "the same, languages centred (ours)")


def statements(folder: Path, seed: int) -> Table:
    """Return as many statements of each language: participant_id, text, language."""
    parts = []
    for language, places in (("de", GERMAN), ("en", ENGLISH)):
        given = pd.concat(
            pd.read_csv(
                folder / "polis" / place / "comments.csv", dtype=str, keep_default_na=False
            ).assign(place=place)
            for place in places
        )
        said = given[(given["moderated"] != "-1") & (given["comment-body"].str.strip() != "")]
        people = said["place"] + said["author-id"]
        told = pd.DataFrame({"participant_id": people, "text": said["comment-body"]})
        parts.append(told.assign(language=language).sample(EACH, random_state=seed))
    return pd.concat(parts, ignore_index=True)


def read(given: Table, vectors: Vectors, seed: int) -> ReadingIndex:
    from listening.settings import Settings
    from listening.steps.tables import segments_of
    from listening.steps.work import PackagedModels

    segments = segments_of(given[["participant_id", "text"]], PackagedModels(Settings()))
    return discover(segments, vectors, TopicSettings(), seed)


def vectors_of(given: Table, shared: Path) -> dict[str, Vectors]:
    """Return the vectors of each way."""
    texts = given["text"].tolist()
    made = {}
    for way, name in zip(WAYS, ("", str(shared / MODEL)), strict=False):
        done = embeddings.embed({text: text for text in texts}, embeddings.load_encoder(name), {})
        made[way] = embeddings.stack([done.vectors[text] for text in texts])
    made[WAYS[2]] = embeddings.across_languages(made[WAYS[1]], given["language"].tolist())
    return made


def measures(given: Table, topics: NDArray[np.int64]) -> dict[str, float]:
    """Return `apart`, `together` and the number of topics with five of either language."""
    from sklearn.metrics import adjusted_mutual_info_score

    german = (given["language"] == "de").to_numpy()
    holds = np.array(
        [given["text"].str.contains(words, case=False, regex=True) for words in SUBJECTS.values()]
    ).T
    clear = holds.sum(axis=1) == 1  # of one subject
    subject = holds.argmax(axis=1)
    one = np.flatnonzero(clear & german & (topics >= 0))
    other = np.flatnonzero(clear & ~german & (topics >= 0))
    same = topics[one][:, None] == topics[other][None, :]
    alike = subject[one][:, None] == subject[other][None, :]
    mixed = [
        topic
        for topic in set(topics.tolist()) - {-1}
        if min((german & (topics == topic)).sum(), (~german & (topics == topic)).sum()) >= 5
    ]
    return {
        "apart": float(adjusted_mutual_info_score(german, topics)),
        "same": float(same[alike].mean()),
        "different": float(same[~alike].mean()),
        "topics": float(len(set(topics.tolist()) - {-1})),
        "mixed": float(len(mixed)),
    }


def examples(given: Table, index: ReadingIndex, vectors: Vectors) -> list[str]:
    """Return the topics of both languages with the most typical statements of each."""
    topics = index.assignments["topic_id"].to_numpy()
    lines: list[str] = []
    for topic, name in zip(index.topics["topic_id"], index.topics["name"], strict=True):
        rows = np.flatnonzero(topics == topic)
        spoken = given["language"].to_numpy()[rows]
        if min((spoken == "de").sum(), (spoken == "en").sum()) < 5:
            continue
        lines += ["", f"{name}: {(spoken == 'de').sum()} German, {(spoken == 'en').sum()} English"]
        near = vectors[rows] @ vectors[rows].mean(axis=0)
        for language in ("de", "en"):
            own = [i for i in np.argsort(-near) if spoken[i] == language][:3]
            texts = [re.sub(r"\s+", " ", given["text"].iloc[rows[i]]) for i in own]
            lines += [f"  {language}: {text}" for text in texts]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--examples", action="store_true")
    asked = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    found: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for seed in range(asked.seeds):
        given = statements(asked.data, seed)
        for way, vectors in vectors_of(given, asked.data.parent).items():
            index = read(given, vectors, seed)
            found[way].append(measures(given, index.assignments["topic_id"].to_numpy()))
            if asked.examples and seed == 0 and way == WAYS[2]:
                print("\n".join(examples(given, index, vectors)))
    command = "python -m benchmarks.cross_lingual ../shared/data"
    sections.write("Two languages in one reading", command, _table(found))


def _table(found: dict[str, list[dict[str, float]]]) -> list[str]:
    draws = len(found[WAYS[0]])
    lines = [
        f"{EACH} German and {EACH} English statements, {draws} draws; means with 95 % intervals. "
        f"Subjects by their words in both languages: {', '.join(SUBJECTS)}. Apart: adjusted mutual "
        "information of topic and language. Together: how often a German and an English statement "
        "fall into one topic, of one subject and of different ones.",
        "",
        "| way | apart | together, one subject | together, different subjects | topics "
        "| topics with five of either |",
        "|---|---|---|---|---|---|",
    ]
    for way, of in found.items():
        cells = []
        for name in ("apart", "same", "different"):
            mean, low, high = mean_with_interval(one[name] for one in of)
            cells.append(f"{mean:.3f} ({low:.3f} to {high:.3f})")
        cells += [f"{np.mean([one[name] for one in of]):.1f}" for name in ("topics", "mixed")]
        lines.append(f"| {way} | {' | '.join(cells)} |")
    return lines


if __name__ == "__main__":
    main()
