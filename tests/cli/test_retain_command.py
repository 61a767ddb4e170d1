"""`listening retain` as an operator meets it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.called import listening

RULES = 'name = "Mill Town"\nquestion = "What would help?"\n[retention]\nbackups_months = 1\n'


def site_in(tmp_path: Path) -> None:
    for name in ("Mill Town", "Harbour Side"):
        words = ("users", "--invite", "wren@mill.example", "--programme", name)
        assert listening(tmp_path, *words).returncode == 0


def test_it_says_what_went_of_every_programme_and_what_no_rule_speaks_of(tmp_path: Path) -> None:
    site_in(tmp_path)
    home = tmp_path / "programmes" / "mill-town"
    home.mkdir(parents=True, exist_ok=True)
    (home / "programme.toml").write_text(RULES, encoding="utf-8")
    dry = listening(tmp_path, "retain", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout.splitlines() == [
        "harbour-side: nothing would go.",
        "mill-town: nothing would go.",
    ]
    assert "mill-town: delete backups from before" in " ".join(dry.stderr.split())
    assert "no rule says how long these are kept" in " ".join(dry.stderr.split())
    done = listening(tmp_path, "retain", "--json")
    told = json.loads(done.stdout)
    assert [(one["place"], one["counts"]) for one in told] == [
        ("harbour-side", {}),
        ("mill-town", {}),
    ]
    assert all(len(one["receipt"]) == 8 for one in told)


def test_it_says_why_the_site_waits_for_a_person_until_it_is_carried_out(tmp_path: Path) -> None:
    site_in(tmp_path)
    home = tmp_path / "programmes" / "mill-town"
    home.mkdir(parents=True, exist_ok=True)
    rules = RULES.replace("backups_months = 1", "trail_months = 12")
    (home / "programme.toml").write_text(rules, encoding="utf-8")
    listening(tmp_path, "retain")
    book = home / "vault" / "retained.json"
    kept = json.loads(book.read_text(encoding="utf-8"))
    book.write_text(json.dumps(kept | {"held": "back"}), encoding="utf-8")
    dry = " ".join(listening(tmp_path, "retain", "--dry-run").stderr.split())
    assert "mill-town: nothing goes by itself, because today is before the day" in dry
    assert "harbour-side: nothing goes by itself" not in dry
    assert "nothing goes by itself" not in listening(tmp_path, "retain").stderr
    assert json.loads(book.read_text(encoding="utf-8")) == kept


def test_rules_that_cannot_be_end_in_a_sentence(tmp_path: Path) -> None:
    site_in(tmp_path)
    home = tmp_path / "programmes" / "mill-town"
    home.mkdir(parents=True, exist_ok=True)
    (home / "programme.toml").write_text(RULES.replace("= 1", "= 0"), encoding="utf-8")
    done = listening(tmp_path, "retain")
    assert done.returncode == 1
    assert "whole number from 1 up" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
