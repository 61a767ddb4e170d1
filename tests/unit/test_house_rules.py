"""Rules of the house that no linter knows: length, docstrings, addresses, a quick `--help`."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 400
CODE = sorted(path for folder in ("src", "flows") for path in (ROOT / folder).rglob("*.py"))
#: Django writes these.
WRITTEN_BY_HAND = [path for path in CODE if "migrations" not in path.parts]

#: Put together here, so that this file does not hold what it looks for.
MACHINE_PATHS = [
    "/" + "/".join(parts) + "/" for parts in (("work",), ("tmp", "w"), ("home",), ("Users",))
]
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("download", "pytorch", "org"),
        ("registry", "npmjs", "org"),
        ("huggingface", "co"),
    )
]
#: What sets the address of a registry on some machine; its value must not be committed either.
REGISTRY_SETTINGS = (
    "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "UV_INDEX_URL", "UV_DEFAULT_INDEX",
    "UV_FIND_LINKS",
)  # fmt: skip


@pytest.mark.parametrize(
    "path", WRITTEN_BY_HAND, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_file_is_longer_than_a_person_reads_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize(
    "path", WRITTEN_BY_HAND, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_module_begins_by_saying_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_every_folder_of_code_is_a_package() -> None:
    assert {path.parent for path in CODE} == {
        path.parent for path in CODE if path.name == "__init__.py"
    }


def committed() -> list[Path]:
    """Return what Git keeps, or will keep, of this checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs Git and a Git checkout, to know which files are committed")
    paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_no_committed_file_holds_a_path_or_a_registry_of_somebodys_machine() -> None:
    own = [f"{ROOT}/", *(os.environ.get(name, "") for name in REGISTRY_SETTINGS)]
    needles = [*HOSTS, *(value for value in own if len(value) > 5)]
    # words that somebody's prose joins by strokes are no path of a machine
    paths = "|".join(map(re.escape, MACHINE_PATHS))
    pattern = re.compile(rf"(?<![\w.\-])(?:{paths})|{'|'.join(map(re.escape, needles))}")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in committed()
        for match in pattern.finditer(path.read_bytes().decode("utf-8", errors="replace"))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-label-studio.txt"])
def test_constraints_are_names_and_versions_alone(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wrong = [line for line in lines if not re.fullmatch(r"[\w.\-]+==[0-9][\w.!]*", line)]
    assert lines
    assert wrong == []


def test_help_is_shown_without_loading_anything_heavy() -> None:
    program = """
import sys
from listening.cli import main
sys.argv = ["listening", "--help"]
try:
    main()
except SystemExit:
    pass
print("LOADED", *sorted({name.split(".")[0] for name in sys.modules}))
"""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    shown, _, loaded = done.stdout.partition("LOADED ")
    assert "vault-key" in shown
    heavy = {"pandas", "numpy", "torch", "spacy", "django", "prefect", "sklearn", "altair"}
    assert heavy & set(loaded.split()) == set()
