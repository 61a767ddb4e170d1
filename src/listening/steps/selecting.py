"""What people should code next, of what was read: chosen, logged and written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from listening import embeddings
from listening.coding import Texts, learn, selection
from listening.errors import InvalidTable, NothingToDo
from listening.records import SEGMENTS, SELECTIONS, STREAMS, Table, Vectors
from listening.steps.coded_rows import coded_rows
from listening.steps.csvs import write_csv
from listening.steps.noting import note_results
from listening.steps.search import known_vectors
from listening.steps.work import Work

#: of `selection.csv`: the log, and what a coder reads
COLUMNS = (*SELECTIONS.columns, "source_kind", "question", "text")


@dataclass(frozen=True)
class Chosen:
    """A batch, as it was chosen.

    Attributes:
        batch: its number, from 1.
        passages: how many in each stream.
        people: how many people are audited.
        notes: what a person should know.
    """

    batch: int
    passages: Mapping[str, int]
    people: int
    notes: tuple[str, ...]


def select(
    work: Work,
    run_id: str,
    codings: Path | None,
    to: Path | None,
    seed: int,
    pulled: Table | None = None,
) -> Chosen:
    """Choose what people should code next, log it and write it out.

    Nothing is chosen twice, and nobody is drawn for the audit twice. Whoever withdraws is erased
    from the log, and the file is deleted with the working results.

    Args:
        work: the workplace.
        run_id: the run whose material it is.
        codings: what was coded so far (`coded_rows`).
        to: the CSV to write; None where the log is enough.
        seed: of all that is drawn.
        pulled: without a file, what was coded so far, in the same shape.

    Raises:
        NothingToDo: nobody is there to be listened to, or everything was chosen before.
        InvalidTable: there is a file of that name.
    """
    if to:
        _never_over(to)
    read = coded_rows(codings) if codings else pulled
    with work.alone():
        segments = own_segments(work, run_id)
        log = work.store.selections()
        batch = int(log["batch"].max()) + 1 if len(log) else 1
        framed = work.store.framed()
        new = {who: kind for who, kind in kinds_of(segments).items() if who not in framed}
        drawn = selection.audit(new, seed, _audited(log, framed))
        chosen = _rows(work, segments, log, drawn, read, seed)
        if chosen.empty:
            raise NothingToDo(
                "Nothing is left to choose",
                "every passage was coded or chosen before.",
                "Read new material in, or write out what was chosen with --log.",
            )
        chosen = chosen.assign(batch=batch, seed=seed, day=work.today.isoformat())
        if to:
            _write(work, run_id, segments, chosen, to)
        work.store.keep_selections(chosen, new, batch)
    passages = Counter(chosen["stream"])
    return Chosen(
        batch,
        {stream: passages[stream] for stream in STREAMS},
        len(drawn),
        _notes(segments, read, drawn),
    )


def write_log(work: Work, run_id: str, to: Path) -> int:
    """Write every batch so far; return how many passages.

    Raises:
        NothingToDo: nothing was chosen yet.
        InvalidTable: there is a file of that name.
    """
    _never_over(to)
    log = work.store.selections()
    if log.empty:
        raise NothingToDo(
            "Nothing was chosen yet.", "The log is empty.", "Choose first, without --log."
        )
    with work.alone():
        _write(work, run_id, own_segments(work, run_id), log, to)
    return len(log)


def _never_over(to: Path) -> None:
    """Refuse to write over a file: people write their codes into what was chosen."""
    if to.exists():
        raise InvalidTable(
            str(to),
            "is there already, and somebody's codes may be in it.",
            "Give another name with --to: nothing was chosen or written.",
        )


def own_segments(work: Work, run_id: str) -> Table:
    """Return residents' own words in a run, without those whose consent has ended.

    Returns:
        SEGMENTS rows, nil answers among them.

    Raises:
        NothingToDo: there are none.
    """
    keys = work.store.agreed(work.store.run(run_id).sources, work.today.isoformat())
    segments = work.store.load(keys, SEGMENTS)
    # an officer's observation is nobody's word: it is neither coded nor counted
    own = segments[(segments["voice"] != "observation") & (segments["participant_id"] != "")]
    if own.empty:
        raise NothingToDo(
            "The store", "has nobody's words in this run.", "Read material in and run again."
        )
    return own.reset_index(drop=True)


def kinds_of(segments: Table) -> dict[str, str]:
    """Return the kind of source in which each person is heard first."""
    first = segments.drop_duplicates("participant_id")
    return dict(zip(first["participant_id"], first["source_kind"], strict=True))


def vectors_of(work: Work, segments: Table) -> Vectors:
    """Return a unit vector per segment; what was never embedded is."""
    known = known_vectors(work, segments)
    vectors = embeddings.stack([known[key] for key in segments["text_key"]])
    if embeddings.reads_many_languages(work.settings.encoder):
        return embeddings.across_languages(vectors, segments["language"].tolist())
    return vectors


def texts_of_rows(segments: Table, vectors: Vectors) -> Texts:
    """Return segments as texts to learn from."""
    return Texts(
        segments["text"].tolist(),
        vectors,
        segments["question"].tolist(),
        segments["participant_id"].tolist(),
    )


def _audited(log: Table, framed: Mapping[str, str]) -> Counter[str]:
    people = set(log.loc[log["stream"] == selection.AUDIT, "participant_id"])
    return Counter(framed[person] for person in people if person in framed)


def _rows(
    work: Work, segments: Table, log: Table, drawn: Table, read: Table | None, seed: int
) -> Table:
    """Return the batch: everything that the drawn said, then training, then discovery."""
    audited = _audit_rows(segments, drawn)
    spoken = segments[~segments["nil"]].reset_index(drop=True)
    heard = {*log.loc[log["stream"] == selection.AUDIT, "participant_id"]}
    apart = spoken["participant_id"].isin(heard | {*drawn["participant_id"]}).to_numpy()
    done = (
        spoken["segment_id"]
        .isin({*log["segment_id"], *(read["segment_id"] if read is not None else ())})
        .to_numpy()
    )
    if (apart | done).all():
        return audited
    vectors = vectors_of(work, spoken)
    rest = np.flatnonzero(~apart)
    margins = None if read is None else _margins(spoken, vectors, read, rest)
    those = vectors[rest].reshape(len(rest), -1)
    taught = selection.training(spoken.iloc[rest], those, done[rest], margins, seed)
    taken = apart | done | spoken["segment_id"].isin(taught["segment_id"]).to_numpy()
    new = selection.discovery(_with_topics(work, spoken), vectors, taken, seed)
    picked = pd.concat([taught, new]).rename(columns={"pi": "probability", "reason": "why"})
    return pd.concat([audited, picked[list(audited.columns)]], ignore_index=True)


def _audit_rows(segments: Table, drawn: Table) -> Table:
    """Return everything that the drawn said, person by person as they were drawn."""
    found = drawn[["participant_id", "stream", "pi", "blind"]].merge(
        segments[["participant_id", "segment_id"]], on="participant_id"
    )
    found = found.rename(columns={"pi": "probability"}).assign(why="random")
    columns = ["segment_id", "participant_id", "stream", "probability", "blind", "why"]
    return found[columns].astype({"probability": float, "blind": bool})


def _margins(
    spoken: Table, vectors: Vectors, read: Table, rows: NDArray[np.intp]
) -> NDArray[np.float64] | None:
    """Return how far the closest call of each row is from its bar; None where nothing is learnt."""
    codes = dict(zip(read["segment_id"], read["codes"], strict=True))
    known = np.flatnonzero(spoken["segment_id"].isin(codes))
    if not len(known):
        return None
    texts = texts_of_rows(spoken, vectors)
    told = [codes[segment] for segment in spoken["segment_id"].iloc[known]]
    learnt = learn(texts.part(known), told, texts.part(rows))
    if not learnt.codes:
        return None
    return np.asarray(np.abs(learnt.probabilities - learnt.bars).min(axis=1))


def _with_topics(work: Work, spoken: Table) -> Table:
    kept = work.store.topics()
    numbers = [kept.topic_of.get(segment, -1) for segment in spoken["segment_id"]]
    steady = [kept.stability[number] if number >= 0 else "" for number in numbers]
    return spoken.assign(topic_id=numbers, topic_stability=steady)


def _write(work: Work, run_id: str, segments: Table, chosen: Table, to: Path) -> None:
    """Write a selection with the words to read; it is a working result of its run."""
    words = segments[["segment_id", "source_kind", "question", "text"]]
    note_results(work, run_id, [to.resolve()])
    table = chosen.merge(words, on="segment_id")
    write_csv(to, table.assign(blind=table["blind"].astype(int))[list(COLUMNS)])
    to.chmod(0o600)  # residents' words: for whoever ran this, until they share it


def _notes(segments: Table, read: Table | None, drawn: Table) -> tuple[str, ...]:
    notes = []
    if read is not None:
        strangers = int((~read["segment_id"].isin(segments["segment_id"])).sum())
        if strangers:
            notes.append(f"Not used: {strangers} coded rows whose segment_id is not in this run.")
    whole = sorted(set(drawn.loc[drawn["pi"] == 1, "source_kind"]))
    notes += [
        f"Everybody in {kind.replace('_', ' ')} is in the audit, as there are few: read all of "
        "what they said."
        for kind in whole
    ]
    return tuple(notes)
