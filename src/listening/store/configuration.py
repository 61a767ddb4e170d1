"""How Django is set up, for the store and for the web; the only place that knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

APP = "listening.store"
SQLITE_FILE = "store.sqlite3"
ACCOUNTS_FILE = "accounts.sqlite3"
#: what keeps accounts, and nothing of residents'
ACCOUNT_APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "axes",
    "listening.store.accounts",
)
#: alias of the database that keeps them
ACCOUNTS = "default"
#: the largest upload in bytes; its words are held in memory, never in a temporary file
LARGEST_REQUEST = 64 * 1024 * 1024
#: the pages' words in further languages, as `makemessages` lays them out
LOCALES = Path(__file__).parents[1] / "web" / "locale"
_HOURS = 3600
_YEAR = 365 * 24 * _HOURS
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def database(home: Path, url: str = "", file: str = SQLITE_FILE) -> dict[str, Any]:
    """Return Django's description of a database.

    Args:
        home: folder that holds the SQLite file when no `url` is given.
        url: address of another database, such as `postgresql://user:password@host/name`.
        file: name of the SQLite file.

    Raises:
        ValueError: the address is not understood.
    """
    if url:
        import dj_database_url

        return {**dj_database_url.parse(url), "ATOMIC_REQUESTS": False, "TIME_ZONE": None}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(home / file),
        "TIME_ZONE": None,
        "OPTIONS": {
            # Readers and the one writer do not wait for each other; a kill leaves whole states.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
        },
    }


class Rooms:
    """Keeps accounts out of the stores of residents' words, and those words out of the accounts."""

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Say whether tables of `app_label` may be made in database `db`."""
        return (app_label == "store") != (db == ACCOUNTS)


def languages() -> list[tuple[str, str]]:
    """Return the languages that the pages speak: English, and every one with a catalogue.

    A folder of LOCALES is a language once its words are compiled (`django.mo`).
    """
    from django.conf.locale import LANG_INFO

    found = sorted(path.parts[-3] for path in LOCALES.glob("*/LC_MESSAGES/django.mo"))
    codes = [name.lower().replace("_", "-") for name in found]
    named = [(code, str(LANG_INFO.get(code, {}).get("name_local", code))) for code in codes]
    return [("en-gb", "English"), *named]


def options() -> dict[str, Any]:
    """Return Django's settings for any process; databases are added as they are opened."""
    return {
        "DATABASES": {},
        "DATABASE_ROUTERS": ["listening.store.configuration.Rooms"],
        "INSTALLED_APPS": [
            APP,
            *ACCOUNT_APPS,
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "django_htmx",
            "listening.web",
        ],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        # of what people read; moments are kept in UTC
        "TIME_ZONE": "Europe/London",
        "LANGUAGE_CODE": "en-gb",
        "LANGUAGES": languages(),
        "LOCALE_PATHS": [str(LOCALES)],
        "USE_THOUSAND_SEPARATOR": True,
        "SECRET_KEY": "",
        **_signing_in(),
        **_pages(),
    }


def _signing_in() -> dict[str, Any]:
    rules = "django.contrib.auth.password_validation"
    return {
        "AUTH_USER_MODEL": "accounts.User",
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        "PASSWORD_HASHERS": ["listening.store.accounts.hashing.Argon2id"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{rules}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": f"{rules}.UserAttributeSimilarityValidator",
             "OPTIONS": {"user_attributes": ("email", "name")}},
            {"NAME": f"{rules}.CommonPasswordValidator"},
            {"NAME": f"{rules}.NumericPasswordValidator"},
            {"NAME": "listening.web.passwords.NotGuessed"},
        ],
        # an office shares an address, and a stranger must not lock an officer out by her name
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_FAILURE_LIMIT": 5,
        "AXES_COOLOFF_TIME": 0.25,
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_LOCKOUT_TEMPLATE": "web/locked.html",
        "AXES_USERNAME_FORM_FIELD": "username",
        # signing in is in the trail of changes already
        "AXES_DISABLE_ACCESS_LOG": True,
        "AXES_VERBOSE": False,
        "LOGIN_URL": "sign-in",
        "LOGIN_REDIRECT_URL": "home",
        "LOGOUT_REDIRECT_URL": "sign-in",
        "SESSION_COOKIE_AGE": 2 * _HOURS,
        "SESSION_SAVE_EVERY_REQUEST": True,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_FAILURE_VIEW": "listening.web.views.faults.stale_form",
    }  # fmt: skip


def _pages() -> dict[str, Any]:
    return {
        "ROOT_URLCONF": "listening.web.urls",
        "MIDDLEWARE": [
            "listening.web.watched.Watched",
            "listening.web.middleware.Headers",
            "django.middleware.security.SecurityMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            # the browser's language, or the one that was chosen on a page
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
            "listening.web.middleware.Gate",
            "axes.middleware.AxesMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "listening.web.middleware.whereabouts",
                    ],
                },
            }
        ],
        "FORM_RENDERER": "listening.web.forms.GovukForms",
        # on the reader's own machine: the accounts keep nothing of what a page said
        "MESSAGE_STORAGE": "listening.web.told.OwnCookie",
        "STATIC_URL": "/static/",
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_MAX_AGE": 600,
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_REFERRER_POLICY": "same-origin",
        "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.MemoryFileUploadHandler"],
        "FILE_UPLOAD_MAX_MEMORY_SIZE": LARGEST_REQUEST,
    }


def site_options(secret: str, url: str) -> dict[str, Any]:
    """Return the settings that differ from site to site.

    Args:
        secret: what cookies and tokens are signed with.
        url: the address at which people reach the site; empty means this machine alone.
    """
    found = urlsplit(url)
    safe = found.scheme == "https"
    return {
        "SECRET_KEY": secret,
        "ALLOWED_HOSTS": [found.hostname] if found.hostname else list(_LOOPBACK),
        "CSRF_TRUSTED_ORIGINS": [f"{found.scheme}://{found.netloc}"] if found.netloc else [],
        "SESSION_COOKIE_SECURE": safe,
        "CSRF_COOKIE_SECURE": safe,
        # browsers take such a cookie from this host alone, and only over a safe connection
        "SESSION_COOKIE_NAME": "__Host-session" if safe else "session",
        "CSRF_COOKIE_NAME": "__Host-csrf" if safe else "csrf",
        "LANGUAGE_COOKIE_NAME": "__Host-language" if safe else "language",
        "LANGUAGE_COOKIE_SECURE": safe,
        "LANGUAGE_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "SECURE_HSTS_SECONDS": _YEAR if safe else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": safe,
    }
