"""What the audit of packages fails on, what it lets pass, and what it says when nobody answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tools.audit import Allowed, allowed, known_faults, main, wrong_licences

TODAY = date(2026, 7, 1)
LET = Allowed({"CVE-2026-1": ("not reached", date(2026, 8, 1))}, {"kept": "read"})


def report(*ids: str, alias: str = "") -> dict[str, Any]:
    faults = [{"id": one, "aliases": [alias], "fix_versions": ["2.0"]} for one in ids]
    named = {"name": "thing", "version": "1.0", "vulns": faults}
    return {"dependencies": [named, {"name": "other", "skip_reason": "not found"}]}


def test_a_known_fault_fails_and_says_where_it_is_mended() -> None:
    wrong, looked_up = known_faults(report("PYSEC-9"), LET, TODAY)
    assert wrong == ["thing 1.0: PYSEC-9; mended in 2.0."]
    assert looked_up == 1


def test_a_fault_is_let_pass_by_any_of_its_names_and_until_its_day() -> None:
    assert known_faults(report("CVE-2026-1"), LET, TODAY)[0] == []
    assert known_faults(report("GHSA-x", alias="CVE-2026-1"), LET, TODAY)[0] == []
    assert len(known_faults(report("CVE-2026-1"), LET, date(2026, 8, 2))[0]) == 1


@pytest.mark.parametrize(
    ("licence", "passes"),
    [
        ("MIT", True),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GPL-3.0-only", False),
        ("License :: OSI Approved :: GNU Affero General Public License v3", False),
        ("AGPL-3.0", False),
        ("", False),
    ],
)
def test_a_licence_that_we_cannot_take_or_do_not_know_is_named(licence: str, passes: bool) -> None:
    assert (not wrong_licences([("thing", licence)], LET)) == passes
    assert not wrong_licences([("Kept", licence)], LET)


def test_everything_that_is_let_pass_has_a_reason() -> None:
    let = allowed()
    assert all(len(why) > 10 for why, _ in let.faults.values())
    assert all(len(why) > 10 for why in let.licences.values())


def test_what_is_installed_here_has_licences_that_we_can_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--licences"]) == 0, capsys.readouterr().out
    assert "packages of .venv read" in capsys.readouterr().out
