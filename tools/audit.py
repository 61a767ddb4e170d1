"""`make audit`: what we stand on, looked through for known faults and for licences we cannot take.

Licences are read from what is installed: no service is asked. Known faults are asked of the
package index by pip-audit, which lives in an environment of its own. Where the index knows nothing
of faults or cannot be reached, that is said and fails nothing: a check that was not made is no
finding, and no pass.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
#: what is let pass, each with its reason and the day on which it is looked at again
ALLOWED = ROOT / "tools" / "audit.toml"
PINS = ("constraints.txt", "constraints-label-studio.txt")
#: environments whose licences are read, and their interpreters' folders
PLACES = (".venv", ".venv-label-studio")
_NOT_OURS = re.compile(
    r"\b(A?GPL|GNU (Affero )?General Public|Affero|SSPL|Commons Clause|BUSL)", re.I
)
_LESSER = re.compile(r"LGPL|Lesser General", re.I)


@dataclass(frozen=True)
class Allowed:
    """What is let pass.

    Attributes:
        faults: id of a fault to why it does not reach us, and until when that holds.
        licences: name of a package to why its licence will do.
    """

    faults: Mapping[str, tuple[str, date]]
    licences: Mapping[str, str]


def allowed(path: Path = ALLOWED) -> Allowed:
    """Read the list of what is let pass."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    faults = {one["id"]: (one["why"], one["until"]) for one in told.get("fault", [])}
    return Allowed(faults, {one["name"]: one["why"] for one in told.get("licence", [])})


def wrong_licences(found: Iterable[tuple[str, str]], let: Allowed) -> list[str]:
    """Return a sentence for each package whose licence is not known or will not do."""
    wrong = []
    for name, licence in sorted(found):
        if name.lower() in {one.lower() for one in let.licences}:
            continue
        if not licence.strip():
            wrong.append(
                f"{name}: says no licence. Read it, and allow it with a reason, or leave it."
            )
        elif _NOT_OURS.search(_LESSER.sub("", licence)):
            wrong.append(f"{name}: {licence.strip()[:80]}. We import no GPL or AGPL.")
    return wrong


def licence_of(one: Distribution) -> tuple[str, str]:
    """Return the name of a package and everything that it says of its licence."""
    told = one.metadata
    said = [told.get("License-Expression", ""), (told.get("License", "") or "")[:100]]
    said += [line for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    return str(told["Name"]), " ".join(filter(None, said))


def known_faults(report: Mapping[str, Any], let: Allowed, today: date) -> tuple[list[str], int]:
    """Return a sentence for each fault that is not let pass, and how many packages were looked up.

    Args:
        report: what pip-audit writes as JSON.
        let: what is let pass.
        today: after its day nothing is let pass any more.
    """
    wrong, looked_up = [], 0
    for one in report["dependencies"]:
        looked_up += "vulns" in one
        for fault in one.get("vulns", []):
            names = {fault["id"], *fault.get("aliases", [])}
            until = max((let.faults[name][1] for name in names & set(let.faults)), default=None)
            if until is None or until < today:
                mended = ", ".join(fault.get("fix_versions", [])) or "no version yet"
                wrong.append(f"{one['name']} {one['version']}: {fault['id']}; mended in {mended}.")
    return wrong, looked_up


def _asked(pins: Path) -> Mapping[str, Any] | None:
    """Ask of the faults of pinned packages; None where nobody answers."""
    line = [sys.executable, "-m", "pip_audit", "-r", str(pins), "--no-deps", "--disable-pip"]
    done = subprocess.run(  # noqa: S603 - our own words
        [*line, "--format", "json", "--progress-spinner", "off", "--timeout", "15"],
        capture_output=True, text=True, check=False, timeout=1500,
    )  # fmt: skip
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        return None


def _answers(folder: Path) -> bool:
    """Whether the index tells of faults at all: asked with one package before all of them."""
    first = folder / "one.txt"
    first.write_text("pip==23.0\n", encoding="utf-8")
    report = _asked(first)
    return bool(report and any("vulns" in one for one in report["dependencies"]))


def _installed(place: str) -> list[tuple[str, str]]:
    paths = [str(one) for one in (ROOT / place).glob("lib/python3*/site-packages")]
    return [licence_of(one) for one in distributions(path=paths)] if paths else []


def main(words: Sequence[str] = ()) -> int:
    """Look through everything; 1 where something is wrong."""
    import tempfile

    let, wrong = allowed(), []
    for place in PLACES:
        found = _installed(place)
        wrong += [f"{place}: {one}" for one in wrong_licences(found, let)]
        print(f"licences: {len(found)} packages of {place} read")
    if "--licences" not in words:
        with tempfile.TemporaryDirectory() as folder:
            there = _answers(Path(folder))
        for pins in PINS if there else ():
            report = _asked(ROOT / pins)
            said, many = known_faults(report, let, date.today()) if report else ([], 0)
            wrong += [f"{pins}: {one}" for one in said]
            print(f"known faults: {many} packages of {pins} looked up")
        if not there:
            print("known faults: NOT CHECKED, the package index does not tell of them from here")
    for one in wrong:
        print(f"WRONG  {one}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
