from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from listening import language
from listening.errors import ListeningError
from listening.language import detect, load_pipeline, parse
from listening.records import Parsed

FFT = Path(__file__).parents[3] / "../shared/data/nhs_fft/nhs_fft_dev.csv"


@pytest.fixture(scope="module")
def nlp() -> Any:
    return load_pipeline()


def words(parsed: Parsed, spans: Iterable[tuple[int, ...]]) -> list[str]:
    return [parsed.text[span[0] : span[1]] for span in spans]


class SplittingNlp:
    """Stands in for spaCy: counts what is parsed and takes no text over `max_length`."""

    max_length = 20

    def __init__(self) -> None:
        self.seen: list[str] = []

    def pipe(self, texts: list[str], **options: int) -> Iterator[Any]:
        for text in texts:
            assert len(text) <= self.max_length
            self.seen.append(text)
            yield FakeDocument(text)


class FakeDocument:
    """One token and one sentence: the whole text."""

    def __init__(self, text: str) -> None:
        self.text, self.idx, self.start_char = text, 0, 0
        self.is_space = False
        self.sents: list[FakeDocument] = [self]
        self.ents: list[Any] = []
        self.noun_chunks: list[Any] = []

    def __iter__(self) -> Iterator[FakeDocument]:
        return iter([self])

    def __len__(self) -> int:
        return len(self.text)


def test_equal_texts_are_parsed_once_and_come_back_in_order() -> None:
    fake = SplittingNlp()
    parsed = parse(["Damp.", "Rats.", "Damp.", ""], fake)
    assert fake.seen == ["Damp.", "Rats."]
    assert [p.text for p in parsed] == ["Damp.", "Rats.", "Damp.", ""]
    assert parsed[0] is parsed[2]


def test_a_text_too_long_for_the_parser_is_cut_at_paragraph_ends() -> None:
    text = "One two.\n\nThree four.\n\nFive six seven eight nine."
    fake = SplittingNlp()
    parsed = parse([text], fake)[0]
    assert fake.seen[0] == "One two.\n\n"
    assert "".join(fake.seen) == text
    assert words(parsed, parsed.sentences)[:2] == ["One two.", "Three four."]
    assert "".join(words(parsed, parsed.tokens)) == text


def test_a_missing_pipeline_says_what_to_install() -> None:
    with pytest.raises(ListeningError, match="not installed"):
        load_pipeline("xx_no_such_pipeline")


@pytest.mark.model
def test_sentences_tokens_entities_and_phrases_come_from_one_pass(nlp: Any) -> None:
    text = "  The damp in our flat is awful 😀. I rang Leeds City Council twice!  "
    parsed = parse([text], nlp)[0]
    assert words(parsed, parsed.sentences) == [
        "The damp in our flat is awful 😀.",
        "I rang Leeds City Council twice!",
    ]
    assert not any(word.isspace() for word in words(parsed, parsed.tokens))
    assert words(parsed, parsed.tokens)[:3] == ["The", "damp", "in"]
    assert "Leeds City Council" in words(parsed, parsed.entities)
    assert {"damp", "flat", "Leeds City Council"} <= set(words(parsed, parsed.phrases))
    assert "I" not in words(parsed, parsed.phrases)


@pytest.mark.model
def test_phrases_are_short_and_begin_with_a_word_that_names(nlp: Any) -> None:
    text = "Many of the old broken lifts and some three other big things in my building upset them."
    parsed = parse([text], nlp)[0]
    phrases = words(parsed, parsed.phrases)
    assert "old broken lifts" in phrases
    assert not any(p.lower().startswith(("the ", "my ", "some ", "many ")) for p in phrases)
    assert "them" not in phrases


@pytest.mark.model
def test_parts_that_are_not_needed_are_left_out(nlp: Any) -> None:
    assert "lemmatizer" not in nlp.pipe_names


def test_languages_are_told_and_short_texts_are_unsure() -> None:
    texts = [
        "The council never repairs the lifts in our building.",
        "Mieszkanie jest wilgotne i nikt nie chce naprawić ogrzewania.",
        "عندنا مشكلة كبيرة مع الرطوبة في البيت منذ سنوات",
        "Good staff",
        "",
    ]
    assert detect(texts) == ["en", "pl", "ar", "unsure", "unsure"]


def test_no_texts_need_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "load_identifier", None)
    assert detect([]) == []


@pytest.mark.real_data
def test_english_survey_answers_are_english_or_unsure() -> None:
    if not FFT.exists():
        pytest.skip("needs ../shared/data (nhs_fft), which is not part of the repository")
    answers = pd.read_csv(FFT, keep_default_na=False)["FFT answer"]
    codes = pd.Series(detect([str(a) for a in answers if len(str(a).split()) >= 4]))
    assert (codes == "en").mean() > 0.95
    assert codes.isin(["en", "unsure"]).mean() > 0.995
