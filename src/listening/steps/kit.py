"""The field kit, from the programme's file to Word files."""

from __future__ import annotations

from pathlib import Path

from listening.kit import field_kit, new_code
from listening.programme import load
from listening.steps.finding import text_of


def write_kit(programme: Path, out: Path, forms: int) -> tuple[list[str], list[str]]:
    """Write the field kit of a programme into `out`.

    Returns:
        The names of the files, and a sentence for each language whose words are not all there.
    """
    kit = field_kit(load(text_of(programme), programme.name), forms, new_code)
    out.mkdir(parents=True, exist_ok=True)
    for name, made in kit.files.items():
        (out / name).write_bytes(made)
    lacking = [
        f"Nothing was made in “{language}”: {programme.name} lacks {len(missing)} of its words, "
        f"first `{missing[0]}` under [words.{language}]. `listening kit --words` lists them."
        for language, missing in kit.missing.items()
    ]
    return sorted(kit.files), lacking
