"""What browsers are told about every page, and what a site's address decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from listening.errors import ListeningError
from listening.settings import Settings
from listening.store.configuration import site_options
from listening.web.serve import make_server
from tests.web.town import Town, client_of


def test_nothing_runs_that_stands_in_a_page_and_nothing_is_kept_of_it(town: Town) -> None:
    for answer in (
        client_of(town.people["officer"]).get(f"/programmes/{town.here.slug}/files/"),
        client_of(None).get("/sign-in/"),
        client_of(None).get("/nowhere/"),
    ):
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert b"<script>" not in answer.content
        assert b"style=" not in answer.content
        assert b" onclick" not in answer.content


def test_styles_and_scripts_are_served_from_here(town: Town) -> None:
    own = [f"listening/{name}" for name in ("site.css", "site.js", "sending.js", "tus.min.js")]
    for name in [*own, "django_htmx/htmx-2.min.js"]:
        answer = client_of(None).get(f"/static/{name}")
        assert answer.status_code == 200
        assert "no-store" not in answer["Cache-Control"]
        assert len(b"".join(answer.streaming_content)) > 500
        answer.close()


def test_there_is_neither_crown_nor_transport_in_what_is_served() -> None:
    folder = Path(__file__).parents[2] / "src/listening/web/static/listening"
    assert list(folder.glob("*.css"))
    for path in [*folder.glob("*.css"), *folder.glob("*.svg")]:
        text = path.read_text(encoding="utf-8").lower()
        assert not [word for word in ("crown", "transport", "url(") if word in text]


def test_a_form_from_elsewhere_is_refused(town: Town) -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client

    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    strict.force_login(
        get_user_model().objects.get(email="officer@mill.example"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    answer = strict.post("/sign-out/")
    assert answer.status_code == 403
    assert b"open for too long" in answer.content


def test_a_safe_address_makes_safe_cookies_and_a_plain_one_serves_this_machine() -> None:
    safe = site_options("secret", "https://listening.example.org/")
    assert safe["SESSION_COOKIE_SECURE"]
    assert safe["CSRF_COOKIE_SECURE"]
    assert safe["SESSION_COOKIE_NAME"] == "__Host-session"
    assert safe["ALLOWED_HOSTS"] == ["listening.example.org"]
    assert safe["CSRF_TRUSTED_ORIGINS"] == ["https://listening.example.org"]
    assert safe["SECURE_HSTS_SECONDS"] > 0
    assert "localhost" in site_options("secret", "")["ALLOWED_HOSTS"]


def test_the_cookie_of_a_session_ends_by_itself_and_no_script_can_read_it(town: Town) -> None:
    answer = client_of(town.people["officer"]).get("/password/")
    cookie = answer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""  # with the browser; on the server after two hours unused
    from django.conf import settings

    assert settings.SESSION_COOKIE_AGE == 7200


def test_another_host_is_not_answered(town: Town) -> None:
    from django.test import Client

    assert Client(SERVER_NAME="elsewhere.example").get("/sign-in/").status_code == 400


@pytest.mark.parametrize(
    "url", ["http://listening.example.org", "listening.example.org", "ftp://x"]
)
def test_an_address_that_is_not_safe_is_refused_however_it_is_listened_on(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(ListeningError, match="no https address"):
        make_server(Settings(home=tmp_path, url=url), "127.0.0.1", 0)


def test_passwords_are_not_served_in_the_clear_to_other_machines(tmp_path: Path) -> None:
    with pytest.raises(ListeningError, match="LISTENING_URL"):
        make_server(Settings(home=tmp_path), "0.0.0.0", 0)  # noqa: S104
