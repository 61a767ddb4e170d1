"""Topics for a blind reader: ours and plain BERTopic's, in one order and without saying whose.

Bowling Green's and New Zealand's statements (moderated out ones apart), 20 topics of each tool from
the same vectors. `reader.csv` has a name and five passages a topic, for sheets A and B of a set;
`key.json` says which sheet is whose, in a folder of its own. They hold residents' words and
are never written into the repository. The reader gives each topic 0 to 2 for `sense` (do the
passages belong together, and does the name say why?) and for `distinctness` (is it another matter
than the sheet's other topics?), in columns of these names.

`python -m benchmarks.topic_reading ../shared/data OUT [--seed 0]`
`python -m benchmarks.topic_reading --scores SCORED.csv ... --key OUT/key/key.json --reading NAME`

The second adds a reading by one or several readers to `blind_reading.csv`: names and scores, no
passages.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks import sections
from listening.records import Table

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SETS = {
    "Bowling Green": "polis/american-assembly.bowling-green/comments.csv",
    "NZ housing": "polis/scoop-hivemind.affordable-housing/comments.csv",
}
TOPICS, PASSAGES = 20, 5
OURS, THEIRS = "ours", "plain BERTopic"
SCORES = ("sense", "distinctness")
HIGHEST = 2
KEPT = Path(__file__).parent / "blind_reading.csv"
COLUMNS = ["reading", "reader", "set", "tool", "name", *SCORES]


@dataclass(frozen=True)
class Topic:
    """A topic as the reader sees it."""

    name: str
    passages: tuple[str, ...]


def statements(folder: Path, name: str) -> Table:
    """Return the statements of a set that its moderators let stand: participant_id, text."""
    table = pd.read_csv(folder / SETS[name], dtype=str, keep_default_na=False)
    kept = table[(table["moderated"] != "-1") & (table["comment-body"].str.strip() != "")]
    return pd.DataFrame(
        {"participant_id": kept["author-id"], "text": kept["comment-body"]}
    ).reset_index(drop=True)


def typical(texts: Sequence[str], vectors: Floats, rows: Ints) -> tuple[str, ...]:
    """Return the passages nearest to a topic's middle, the same way for every tool."""
    near = vectors[rows] @ vectors[rows].mean(axis=0)
    ordered = [" ".join(texts[rows[i]].split()) for i in np.lexsort((rows, -near))]
    return tuple(dict.fromkeys(ordered))[:PASSAGES]


def theirs(texts: Sequence[str], vectors: Floats, seed: int) -> list[Topic]:
    """Return plain BERTopic's topics, its outliers left out, under its own names."""
    from bertopic import BERTopic
    from umap import UMAP

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # its own defaults; the seed alone is ours
        reduce = UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
        )
        model = BERTopic(umap_model=reduce, nr_topics=TOPICS)
        found = np.array(model.fit_transform(list(texts), vectors)[0])
    names = model.get_topic_info().set_index("Topic")["Name"]
    return [
        Topic(plain_name(names[topic]), typical(texts, vectors, np.flatnonzero(found == topic)))
        for topic in sorted(set(found.tolist()) - {-1})
    ]


def plain_name(name: str) -> str:
    """Return BERTopic's name without its number: "0_bus_times_late" is "bus, times, late"."""
    return re.sub(r"^-?\d+_", "", name).replace("_", ", ")


def ours(given: Table, vectors: Floats, seed: int) -> list[Topic]:
    """Return the product's largest topics, merged until at most 20 are left."""
    from listening.settings import Settings
    from listening.steps.tables import segments_of
    from listening.steps.work import PackagedModels
    from listening.topics import TopicSettings, discover, themes

    segments = segments_of(given, PackagedModels(Settings()))
    index = discover(segments, vectors, TopicSettings(), seed)
    if len(index.topics) > TOPICS:
        index = themes(index, segments, vectors, TOPICS)
    texts = given["text"].tolist()
    of = index.assignments["topic_id"].to_numpy()
    return [
        Topic(name, typical(texts, vectors, np.flatnonzero(of == topic)))
        for topic, name in zip(index.topics["topic_id"], index.topics["name"], strict=True)
    ]


def sheets(
    found: Mapping[str, Mapping[str, Sequence[Topic]]], seed: int
) -> tuple[Table, dict[str, dict[str, str]]]:
    """Return the reader's table and its key, tools and topics in an order of chance.

    Args:
        found: set → tool → topics.
        seed: makes the same order again.
    """
    random = np.random.default_rng(seed)
    rows: list[dict[str, str]] = []
    key: dict[str, dict[str, str]] = {}
    for name, tools in found.items():
        order = [sorted(tools)[i] for i in random.permutation(len(tools))]
        key[name] = dict(zip("AB", order, strict=True))
        for sheet, tool in key[name].items():
            topics = [tools[tool][i] for i in random.permutation(len(tools[tool]))]
            for number, topic in enumerate(topics, start=1):
                texts = (*topic.passages, *[""] * (PASSAGES - len(topic.passages)))
                told = {f"passage_{i}": text for i, text in enumerate(texts, start=1)}
                rows.append(
                    {"set": name, "sheet": sheet, "topic": str(number), "name": topic.name, **told}
                )
    return pd.DataFrame(rows).assign(**dict.fromkeys(SCORES, "")), key


def scored(scores: Table, key: Mapping[str, Mapping[str, str]]) -> Table:
    """Return a reader's scores by tool: set, tool, name, sense, distinctness.

    Raises:
        ValueError: a score is missing, or is none of 0, 1 and 2.
    """
    values = scores[list(SCORES)].apply(pd.to_numeric, errors="coerce")
    if not values.isin(range(HIGHEST + 1)).all(axis=None):
        raise ValueError("Give every topic 0, 1 or 2 for sense and for distinctness.")
    pairs = zip(scores["set"], scores["sheet"], strict=True)
    tools = [key[name][sheet] for name, sheet in pairs]
    return pd.DataFrame({"set": scores["set"], "tool": tools, "name": scores["name"], **values})


def told(kept: Table) -> list[str]:
    """Return Markdown of all readings by set and tool."""
    lines = [
        "Every topic got 0 to 2 for sense (do its passages belong together, and does its name say "
        "why?) and for distinctness, by readers who did not know whose it was: language models, "
        "one told to read as a researcher and one as a programme lead, and no people. "
        "`blind_reading.csv` has each topic's name and scores. Plain BERTopic leaves part of the "
        "statements in no topic.",
        "",
        "| reading | set | tool | readers | topics | sense | distinctness | both at 2 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for (reading, name, tool), of in kept.groupby(["reading", "set", "tool"], sort=True):
        readers = of["reader"].nunique()
        both = int((of[list(SCORES)] == HIGHEST).all(axis=1).sum())
        means = " | ".join(_by_reader(of, score) for score in SCORES)
        lines.append(
            f"| {reading} | {name} | {tool} | {readers} | {len(of) // readers} | {means} "
            f"| {both} of {len(of)} |"
        )
    return lines


def _by_reader(of: Table, score: str) -> str:
    each = ", ".join(f"{mean:.2f}" for mean in of.groupby("reader")[score].mean())
    return f"{of[score].mean():.2f} ({each})"


def keep(reading: str, given: Sequence[Path], key: Mapping[str, Mapping[str, str]]) -> None:
    """Add a reading to those kept, in place of one of its name, and write the results."""
    parts = [
        scored(pd.read_csv(path, dtype=str, keep_default_na=False), key).assign(
            reading=reading, reader=str(number)
        )
        for number, path in enumerate(given, start=1)
    ]
    if KEPT.exists():
        before = pd.read_csv(KEPT, dtype={"reader": str})
        parts.insert(0, before[before["reading"] != reading])
    kept = pd.concat(parts, ignore_index=True)[COLUMNS]
    kept.to_csv(KEPT, index=False, lineterminator="\n")
    command = "python -m benchmarks.topic_reading --scores SCORED.csv ... --key KEY --reading NAME"
    sections.write("Topics read blind", command, told(kept))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scores", type=Path, nargs="*", help="reader.csv with a reader's scores")
    parser.add_argument("--key", type=Path, help="key.json")
    parser.add_argument("--reading", help="what the reading is called among those kept")
    asked = parser.parse_args()
    if asked.scores and asked.key and asked.reading:
        keep(asked.reading, asked.scores, json.loads(asked.key.read_text(encoding="utf-8")))
        return
    if not asked.data or not asked.out:
        parser.error(
            "give the folder of the data and one to write into, or --scores, --key and --reading"
        )
    if asked.out.resolve().is_relative_to(Path(__file__).parents[1].resolve()):
        sys.exit("The tables hold residents' words: write them outside of the repository.")
    _write(asked.out, *sheets(_found(asked.data, asked.seed), asked.seed))


def _found(folder: Path, seed: int) -> dict[str, dict[str, list[Topic]]]:
    from listening.embeddings import embed, load_encoder, stack

    encoder = load_encoder(None)
    found: dict[str, dict[str, list[Topic]]] = {}
    for name in SETS:
        given = statements(folder, name)
        texts = given["text"].tolist()
        made = embed({text: text for text in texts}, encoder, {})
        vectors = stack([made.vectors[text] for text in texts])
        found[name] = {OURS: ours(given, vectors, seed), THEIRS: theirs(texts, vectors, seed)}
    return found


def _write(out: Path, table: Table, key: dict[str, dict[str, str]]) -> None:
    (out / "key").mkdir(parents=True, exist_ok=True)
    table.to_csv(out / "reader.csv", index=False, lineterminator="\n")
    (out / "key" / "key.json").write_text(json.dumps(key, indent=2) + "\n", encoding="utf-8")
    counts = table.groupby(["set", "sheet"]).size()
    print(
        "\n".join(f"{name}, sheet {sheet}: {size} topics" for (name, sheet), size in counts.items())
    )


if __name__ == "__main__":
    main()
