"""The documentation is kept true: what it names exists, and what exists is named."""

from __future__ import annotations

import ast
import io
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
import typer

from listening import codebook, coding, sources
from listening.actions import ACTION_COLUMNS
from listening.cli import app
from listening.codebook.reading import CODE_KEYS, HEAD_KEYS
from listening.coding.agreement import COLUMNS as AGREEMENT
from listening.coding.agreement import double_coded
from listening.coding.agreement.acceptance import COLUMNS as ACCEPTANCE
from listening.coding.agreement.alpha import FEWEST
from listening.coding.agreement.figures import ENOUGH, FLAGGED, RANKABLE, RARE
from listening.coding.agreement.rounds import COLUMNS as ROUNDS
from listening.coding.agreement.side_by_side import FIRST, LAST
from listening.coding.framework import CODES, PASSAGES, PEOPLE
from listening.coding.learn import MINIMUM_POSITIVES
from listening.coding.match import MINIMUM_EXAMPLES
from listening.coding.migrate import TO_RECODE, TRAIL
from listening.coding.people import SHORT_ANSWER
from listening.priorities import RankSettings
from listening.priorities.document import FAR
from listening.priorities.figures import FOR_A_PERCENTAGE
from listening.priorities.groups import HEARD
from listening.priorities.scoring import DEPTH_CAP
from listening.priorities.waves import CHANGE_COLUMNS
from listening.privacy import DESCRIPTORS
from listening.report import stopping, tables
from listening.settings import PREFIX, Settings
from listening.sources.find import READABLE
from listening.sources.manifest import MANIFEST_COLUMNS
from listening.steps import marking, selecting, suggest
from listening.steps.codebooks import KINDS
from listening.topics import TopicSettings

ROOT = Path(__file__).parents[3]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READING = "reading options"
TERMS = (
    "programme", "wave", "source", "participant", "attribute", "document", "turn", "segment",
    "topic", "code", "coding", "suggestion", "codebook", "memo", "theme", "priority", "quote",
    "evidence", "release",
)  # fmt: skip

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)", re.DOTALL)
_ROW = re.compile(r"^\| `([^`]+)` \| (.*) \|$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block of a document."""

    page: Path
    language: str
    content: str


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(*languages: str) -> list[Block]:
    found = (
        Block(path, language, content)
        for path in DOCS
        for language, content in _FENCE.findall(path.read_text(encoding="utf-8"))
    )
    return [block for block in found if block.language in languages]


def section(text: str, heading: str) -> str:
    """Return what stands under a heading of the second level."""
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return next((part for part in parts if part.split("\n")[0] == heading), "")


def commands() -> dict[str, Any]:
    """Return every command by its words: those of a group stand under the group's."""
    return dict(_flat(typer.main.get_command(app)))


def _flat(group: Any) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from ((f"{name} {inner}", one) for inner, one in _flat(command))
        else:
            yield name, command


def name_of(parameter: Any) -> str:
    """Return an option's own spelling, or an argument's name as the documents write it."""
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return str(parameter.name).upper()


def rows_of(command: str) -> dict[str, str]:
    """Return what the commands page lists for a command: option or argument to explanation."""
    text = page("docs/reference/commands.md")
    own = section(text, f"listening {command}")
    parts = (
        own
        if f"(#{READING.replace(' ', '-')})" not in own
        else own + section(text, "Reading options")
    )
    return {cell.split()[0].rstrip("."): said for cell, said in _ROW.findall(parts)}


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_option_is_documented_and_no_other(command: str) -> None:
    parameters = {name_of(one): one for one in commands()[command].params if one.name != "help"}
    rows = rows_of(command)
    assert set(rows) == set(parameters)
    needed = {name for name, one in parameters.items() if one.required}
    assert {name for name, said in rows.items() if said.startswith("required")} == needed


def test_every_command_is_documented_and_no_other() -> None:
    headings = re.findall(r"^## listening (.+)$", page("docs/reference/commands.md"), re.MULTILINE)
    assert headings == list(commands())


def used() -> Iterator[tuple[str, list[str]]]:
    """Yield every `listening` command line that stands in a block, with its words."""
    for block in blocks("bash", "sh", "console"):
        for line in block.content.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words and words[0].split("/")[-1] == "listening":
                yield f"{block.page.name}: {line}", words[1:]


def test_every_command_line_shown_would_be_understood() -> None:
    lines = dict(used())
    assert lines
    for line, words in lines.items():
        name = words[0] if words[0] in commands() else " ".join(words[:2])
        known = {name_of(one) for one in commands()[name].params}
        assert {word for word in words if word.startswith("--")} <= known, line


def test_every_make_target_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    shown = {
        target
        for path in DOCS
        for target in re.findall(r"(?:^|`)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {"demo", "test"} <= shown <= targets


def test_every_setting_is_documented() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", code))
    read |= {f"{PREFIX}{one.name.upper()}" for one in fields(Settings)}
    documented = {cell for cell, _ in _ROW.findall(page("docs/reference/settings.md"))}
    assert {name for name in documented if name.startswith(PREFIX)} == read


def test_the_example_of_an_env_file_lists_every_setting() -> None:
    listed = re.findall(r"^([A-Z_]+)=", page(".env.example"), re.MULTILINE)
    assert listed == [f"{PREFIX}{one.name.upper()}" for one in fields(Settings)]


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links() -> Iterator[tuple[Path, str]]:
    for path in DOCS:
        for target in _LINK.findall(path.read_text(encoding="utf-8")):
            if not target.startswith(("https://", "http://", "mailto:")):
                yield path, target


@pytest.mark.parametrize(
    ("path", "target"), list(links()), ids=lambda one: one.name if isinstance(one, Path) else one
)
def test_every_link_leads_somewhere(path: Path, target: str) -> None:
    file, _, anchor = target.partition("#")
    there = (path.parent / file).resolve() if file else path
    assert there.is_file()
    assert not anchor or anchor in anchors(there)


def test_every_document_is_listed_in_the_index() -> None:
    listed = {
        (path.parent / target.split("#")[0]).resolve()
        for path, target in links()
        if path == ROOT / "docs/index.md"
    }
    assert {path for path in DOCS if path.parent != ROOT} - listed == {ROOT / "docs/index.md"}


@pytest.mark.parametrize("term", TERMS)
def test_the_glossary_explains_every_name(term: str) -> None:
    assert re.search(rf"^\*\*{term}\*\*: [A-Z]", page("GLOSSARY.md"), re.MULTILINE)


def test_every_example_can_be_read_as_what_it_claims_to_be() -> None:
    for block in blocks("python"):
        ast.parse(block.content)
    for block in blocks("json"):
        json.loads(block.content)
    for block in blocks("toml"):
        tomllib.loads(block.content)


def test_the_example_of_a_codebook_can_be_matched_by() -> None:
    (example,) = blocks("toml")
    book = codebook.load(example.content)
    vectors = np.random.default_rng(0).standard_normal((len(coding.texts_of(book)), 8))
    known = dict(zip(coding.texts_of(book), vectors.astype(np.float32), strict=True))
    assert coding.match(vectors[:1].astype(np.float32), book, known).codes == (
        "getting-about",
        "street-life",
    )


def csv_blocks() -> list[bytes]:
    return [block.content.encode() for block in blocks("csv")]


def test_the_example_of_a_manifest_is_read_without_a_reject() -> None:
    (example,) = [content for content in csv_blocks() if content.startswith(b"file,speaker")]
    table, rejects = sources.read_manifest("manifest.csv", example)
    assert rejects == ()
    assert len(table) == 4
    assert list(table.columns) == [*MANIFEST_COLUMNS, "attr:age_band"]


def test_the_example_of_a_population_is_read_without_a_reject() -> None:
    (example,) = [content for content in csv_blocks() if content.startswith(b"attribute,value")]
    table, rejects = sources.read_population("population.csv", example)
    assert rejects == ()
    assert len(table) == 3


def test_the_example_of_a_reach_is_read_without_a_reject() -> None:
    (example,) = [content for content in csv_blocks() if content.startswith(b"date,officer")]
    table, rejects = sources.read_reach("reach.csv", example)
    assert rejects == ()
    assert list(table.columns) == list(sources.REACH_COLUMNS)
    assert len(table) == 3


@pytest.mark.parametrize(
    ("start", "read", "columns"),
    [
        (b"id,word", sources.read_panel, sources.PANEL_COLUMNS),
        (b"place,measure", sources.read_indicators, sources.INDICATOR_COLUMNS),
        (b"question,code", sources.read_questions, sources.QUESTION_COLUMNS),
    ],
)
def test_the_examples_of_what_a_programme_brings_are_read_without_a_reject(
    start: bytes, read: Any, columns: tuple[str, ...]
) -> None:
    (example,) = [content for content in csv_blocks() if content.startswith(start)]
    table, rejects = read("brought.csv", example)
    assert rejects == ()
    assert len(table) == 3
    assert example.split(b"\n")[0].decode().split(",") == list(columns)


def test_the_example_of_two_peoples_codings_is_compared() -> None:
    (example,) = [text for text in csv_blocks() if text.startswith(b"participant_id,")]
    rows = pd.read_csv(io.BytesIO(example), dtype=str, keep_default_na=False)
    found = double_coded(rows)
    assert found.rejects == ()
    assert [len(one.readings) for one in found.segments] == [2, 2]


def test_the_bars_of_agreement_are_those_of_the_code() -> None:
    said = page("docs/how-to/double-coding.md")
    assert f"at least {ENOUGH} segments" in said
    assert f"{RANKABLE:.2f} or more".lstrip("0") in said
    assert f"{FLAGGED} to".lstrip("0") in said
    assert f"fewer than {RARE} segments" in said
    assert FEWEST == 10
    assert "fewer than ten people" in said


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("priorities.csv", tables.PRIORITY_COLUMNS),
        ("segments.csv", tables.SEGMENT_COLUMNS),
        ("topics.csv", tables.TOPIC_COLUMNS),
        ("participants.csv", tables.PARTICIPANT_COLUMNS),
        ("codings.csv", tables.CODING_COLUMNS),
        ("quotes.csv", tables.SIGN_OFF),
        ("uncovered.csv", tables.UNCOVERED_COLUMNS),
        ("actions.csv", ACTION_COLUMNS),
        ("trail.csv", TRAIL),
        ("recode.csv", TO_RECODE),
        ("reach.csv", tables.REACH_COLUMNS),
        ("raised.csv", tables.RAISED_COLUMNS),
        ("change.csv", CHANGE_COLUMNS),
        ("rejects.csv", tables.REJECT_COLUMNS),
        ("suggestions.csv", suggest.COLUMNS),
        ("marks.csv", marking.MARK_COLUMNS),
        ("mark_checks.csv", marking.CHECK_COLUMNS),
        ("selection.csv", selecting.COLUMNS),
        ("saturation.csv", stopping.SATURATION_COLUMNS),
        ("stopping.csv", stopping.STOPPING_COLUMNS),
        ("agreement.csv", AGREEMENT),
        ("disagreements.csv", (*FIRST, *LAST)),
        ("rounds.csv", ROUNDS),
        ("acceptance.csv", ACCEPTANCE),
        ("Framework matrix", (*PEOPLE, *PASSAGES, *CODES)),
    ],
)
def test_every_column_that_comes_out_is_documented(heading: str, columns: tuple[str, ...]) -> None:
    said = section(page("docs/reference/files.md"), heading)
    assert [column for column in columns if f"`{column}`" not in said] == []


def test_every_column_of_a_manifest_and_every_kind_of_file_is_documented() -> None:
    said = page("docs/how-to/your-own-files.md")
    assert [name for name in (*MANIFEST_COLUMNS, *READABLE) if f"`{name}`" not in said] == []


def test_every_key_of_a_codebook_and_every_kind_of_its_files_is_documented() -> None:
    said = page("docs/how-to/codebook.md")
    wanted = (*HEAD_KEYS, *CODE_KEYS, *KINDS)
    assert [name for name in wanted if f"`{name}`" not in said] == []


def test_every_descriptor_is_documented() -> None:
    said = page("docs/explanation/privacy.md")
    assert [text for text in DESCRIPTORS.values() if f"`{text}`" not in said] == []


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("how-priorities-are-made", f"√min(n_eff,s, {DEPTH_CAP:.0f})"),
        ("how-priorities-are-made", f"fewer than {RankSettings().min_source} participants"),
        ("how-priorities-are-made", f"{RankSettings().replicates:,} times"),
        ("how-priorities-are-made", f"when n is below {FOR_A_PERCENTAGE}"),
        ("how-priorities-are-made", f"by more than {FAR} places"),
        ("how-priorities-are-made", f"fewer than {HEARD} people were heard"),
        (
            "how-priorities-are-made",
            f"0.5 for up to {SHORT_ANSWER} texts, and 0.5^({SHORT_ANSWER}/m)",
        ),
        ("how-priorities-are-made", f"Here {TopicSettings().runs} runs"),
        ("how-priorities-are-made", f"below {TopicSettings().stable_from:.1f}".replace("0.", ".")),
        ("how-priorities-are-made", f"fewer than {TopicSettings().cluster_from} different texts"),
    ],
)
def test_the_explanation_gives_the_figures_of_the_code(name: str, phrase: str) -> None:
    said = " ".join(page(f"docs/explanation/{name}.md").replace("\n> ", " ").split())
    assert phrase in said


def test_the_numbers_of_examples_asked_for_are_those_of_the_code() -> None:
    assert MINIMUM_EXAMPLES == 8
    assert "at least eight different examples" in page("docs/how-to/codebook.md")
    assert MINIMUM_POSITIVES == 8
    assert "fewer than eight examples" in page("docs/reference/commands.md")


def test_every_folder_and_mark_of_the_tests_is_explained_to_contributors() -> None:
    said = page("CONTRIBUTING.md")
    folders = [path.name for path in (ROOT / "tests").iterdir() if path.is_dir()]
    marks = tomllib.loads(page("pyproject.toml"))["tool"]["pytest"]["ini_options"]["markers"]
    wanted = [f"`tests/{name}`" for name in folders if name != "__pycache__"]
    wanted += [f"`{mark.split(':')[0]}`" for mark in marks]
    assert [name for name in wanted if name not in said] == []


def test_the_readme_stays_short() -> None:
    assert len(page("README.md").splitlines()) < 80
