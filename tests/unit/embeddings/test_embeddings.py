"""embeddings.py: only text never seen is embedded, in a fixed order, as vectors of length 1."""

from __future__ import annotations

import pickle
import time
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listening.embeddings import (
    across_languages,
    embed,
    encoder_name,
    in_stretches,
    load_encoder,
    reads_many_languages,
    stack,
)
from listening.errors import ListeningError
from tests.fakes import FakeEncoder


def test_only_texts_never_seen_are_embedded() -> None:
    encoder = FakeEncoder()
    known = {"a": np.ones(4, dtype=np.float32)}
    done = embed({"a": "The bus is late", "b": "Damp and mould"}, encoder, known)
    assert encoder.asked == ["Damp and mould"]
    assert (done.now, done.before) == (1, 1)
    assert done.vectors["a"] is known["a"]


def test_equal_texts_are_embedded_once_and_every_key_gets_a_vector() -> None:
    encoder = FakeEncoder()
    done = embed({"a": "Housing", "b": "Housing"}, encoder, {})
    assert encoder.asked == ["Housing"]
    assert done.now == 1
    assert np.array_equal(done.vectors["a"], done.vectors["b"])


@given(st.permutations(["Parking", "GP appointments", "Bus", "Damp", "Street lights are out"]))
def test_the_order_of_texts_does_not_change_the_order_of_embedding(texts: list[str]) -> None:
    encoder = FakeEncoder()
    embed({text: text for text in texts}, encoder, {})
    assert encoder.asked == ["Bus", "Damp", "Parking", "GP appointments", "Street lights are out"]


def test_vectors_have_length_one_even_where_the_encoder_forgets() -> None:
    class Long(FakeEncoder):
        def encode(self, texts):
            return super().encode(texts) * 3

    vector = embed({"a": "Parking"}, Long(), {}).vectors["a"]
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)


def test_progress_ends_with_everything_done() -> None:
    heard: list[tuple[int, int]] = []
    texts = {str(i): f"Text number {i}" for i in range(600)}
    embed(texts, FakeEncoder(), {}, lambda done, of: heard.append((done, of)))
    assert heard[0][0] < 600
    assert heard[-1] == (600, 600)


def test_nothing_to_embed_asks_nothing_of_the_encoder() -> None:
    encoder = FakeEncoder()
    assert embed({}, encoder, {}).vectors == {}
    assert encoder.asked == []


def test_vectors_stack_to_rows() -> None:
    assert stack([]).shape == (0, 1)
    assert stack([np.ones(3, np.float32), np.zeros(3, np.float32)]).shape == (2, 3)


def test_a_models_name_changes_with_its_weights(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / "model.safetensors").write_bytes(b"one")
    before = encoder_name(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"two")
    assert encoder_name(str(tmp_path)) != before


def test_a_model_that_is_not_here_is_refused_in_plain_words() -> None:
    with pytest.raises(ListeningError, match="is not on this machine"):
        encoder_name("no-such-model")


def test_half_the_width_is_kept_apart_from_the_full_one() -> None:
    assert encoder_name(None, "bfloat16") == f"{encoder_name()}+bfloat16"


def test_stretches_are_spread_and_come_back_in_their_order() -> None:
    texts = {str(i): f"Text number {i:04}" for i in range(1_100)}
    seen: list[int] = []

    def backwards(work, shared, parts):
        stretches = list(parts)
        seen.extend(map(len, stretches))
        done = [work(shared, one) for one in reversed(stretches)]
        return iter(done[::-1])

    far = embed(texts, FakeEncoder(), {}, spread=backwards).vectors
    near = embed(texts, FakeEncoder(), {}).vectors
    assert seen == [512, 512, 76]
    assert all(np.array_equal(far[key], near[key]) for key in texts)


def test_whoever_is_stopped_goes_on_with_the_same_stretches() -> None:
    class Noting(FakeEncoder):
        def encode(self, texts):
            stretches.append(list(texts))
            return super().encode(texts)

    texts = {str(i): f"Text number {i:04}" for i in range(1_300)}
    stretches: list[list[str]] = []
    embed(texts, Noting(), {})
    whole, stretches = stretches, []
    kept = next(in_stretches(texts, Noting()))
    list(in_stretches({k: t for k, t in texts.items() if k not in kept}, Noting()))
    assert stretches == whole


@pytest.mark.model
def test_a_model_travels_as_a_name_and_half_the_width_keeps_what_is_near() -> None:
    texts = ["The bus is always late", "Buses never come on time", "Mouldy walls"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        encoder = load_encoder(None, "bfloat16")
        sent = pickle.dumps(encoder)
        again = pickle.loads(sent)  # noqa: S301
        vectors, theirs = encoder.encode(texts), again.encode(texts)
    assert len(sent) < 1_000
    assert again.name == encoder.name == encoder_name(None, "bfloat16")
    assert np.array_equal(vectors, theirs)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 2 * (vectors[0] @ vectors[2])


@pytest.mark.model
def test_the_packaged_model_knows_what_is_near() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch and transformers deprecate parts of each other
        encoder = load_encoder()
        texts = {
            "a": "The bus is always late",
            "b": "Buses never come on time",
            "c": "Mouldy walls",
        }
        vectors = embed(texts, encoder, {}).vectors
    assert encoder.name == encoder_name()
    assert vectors["a"] @ vectors["b"] > 2 * (vectors["a"] @ vectors["c"])


@pytest.mark.model
def test_embedding_costs_nothing_over_the_bare_model() -> None:
    texts = {str(i): f"Resident {i} says the bus number {i} is late again" for i in range(160)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        encoder = load_encoder()
        encoder.encode(["warm"])
        start = time.perf_counter()
        encoder.model.encode(list(texts.values()), normalize_embeddings=True)  # type: ignore[attr-defined]
        bare = time.perf_counter() - start
        start = time.perf_counter()
        embed(texts, encoder, {})
        ours = time.perf_counter() - start
    assert ours < 1.5 * bare + 0.5  # roomy: machines that run tests are busy


@pytest.mark.model
@pytest.mark.real_data
def test_e5_models_get_their_prefix() -> None:
    folder = Path(__file__).parents[3] / "../shared/models/multilingual-e5-small"
    if not folder.is_dir():
        pytest.skip("needs ../shared/models/multilingual-e5-small")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        encoder = load_encoder(str(folder))
        ours = encoder.encode(["Bus times"])
        theirs = encoder.model.encode(["query: Bus times"], normalize_embeddings=True)  # type: ignore[attr-defined]
    assert reads_many_languages(str(folder))
    assert np.allclose(ours, theirs, atol=1e-6)


def many(seed: int, off: float, count: int = 40) -> np.ndarray:
    """Vectors round a place that `off` moves along the first axis."""
    made = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    made[:, 0] += off
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_languages_lie_in_one_place_once_they_are_moved() -> None:
    english, german = many(1, 4), many(2, -4)
    both = np.vstack([english, german, np.zeros((1, 8), np.float32)])
    moved = across_languages(both, ["en"] * 40 + ["de"] * 41)
    apart = np.linalg.norm(german.mean(0) - english.mean(0))
    assert np.linalg.norm(moved[40:80].mean(0) - moved[:40].mean(0)) < 0.1 * apart
    assert np.allclose(moved[:40], english, atol=1e-5)
    assert np.allclose(np.linalg.norm(moved[:80], axis=1), 1, atol=1e-5)
    assert not moved[80].any()


def test_a_language_that_few_speak_stays_and_so_does_a_single_one() -> None:
    both = np.vstack([many(1, 4), many(2, -4, 10)])
    assert across_languages(both, ["en"] * 40 + ["de"] * 10) is both
    assert across_languages(both, ["en"] * 40 + ["unsure"] * 10) is both


def test_the_packaged_model_reads_one_language() -> None:
    assert not reads_many_languages()
