"""Settings of the whole system: one frozen value, read once at the edge.

Every setting comes from the environment or from `.env` in the current folder and is named
`LISTENING_...`; `.env.example` lists them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from listening.errors import ListeningError

PREFIX = "LISTENING_"
#: secrets that may lie in a file of their own, as service managers and containers hand them on
FROM_FILES = (
    "LISTENING_DATABASE_URL_FILE",
    "LISTENING_VAULT_KEY_FILE",
    "LISTENING_LABEL_STUDIO_PASSWORD_FILE",
    "LISTENING_METRICS_TOKEN_FILE",
    "LISTENING_PREFECT_DATABASE_URL_FILE",
)


@dataclass(frozen=True)
class Settings:
    """Where things are kept and which models are used.

    Attributes:
        home: folder of the store, the vault and the caches.
        database_url: another database for the store; empty means SQLite under `home`.
        vault_key: key that encrypts the vault; empty means it is kept in plain files.
        encoder: model name or folder for embeddings; empty means the packaged one.
        translations: `read` (in the original's place) or `beside` (kept, and not read); empty means
            as the encoder needs it: one for English reads translations, one for many languages not.
        precision: `bfloat16` for embeddings in half the width; empty means full.
        dask_address: scheduler of a Dask cluster that large work is spread over; empty means none.
        pipeline: spaCy pipeline.
        programme: the programme's name, printed on every output.
        url: address at which people reach the pages; empty means this machine alone.
        label_studio_url: where Label Studio is; empty means the one that is started here.
        label_studio_http: `allowed` where it may be asked over plain http on another machine.
        label_studio_email: of the account that projects are made with; empty means the first
            administrator's, who is made here.
        label_studio_password: of that account.
        label_studio_bin: the program, for starting it.
        log: `json` for one line of JSON for every event, requests among them; empty for plain
            lines.
        metrics_token: with which `/metrics` answers to other machines; empty: to this one alone.
        prefect_url: Prefect's API; empty means that what is done beside the pages is done by the
            process that serves them.
        prefect_database_url: another database for Prefect's own; empty means SQLite under `home`.
        runs_at_once: how many runs a worker carries out at the same time.
        retention: `by_hand` where a site that is served erases nothing by itself; empty: once a
            day what the programmes' own rules say.
    """

    home: Path = Path("var")
    # neither is ever printed: one may hold a password, the other opens the vault
    database_url: str = field(default="", repr=False)
    vault_key: str = field(default="", repr=False)
    encoder: str = ""
    translations: str = ""
    precision: str = ""
    dask_address: str = ""
    pipeline: str = "en_core_web_sm"
    programme: str = "Community listening"
    url: str = ""
    label_studio_url: str = ""
    label_studio_http: str = ""
    label_studio_email: str = ""
    label_studio_password: str = field(default="", repr=False)
    label_studio_bin: Path = Path(".venv-label-studio/bin/label-studio")
    log: str = ""
    metrics_token: str = field(default="", repr=False)
    prefect_url: str = ""
    prefect_database_url: str = field(default="", repr=False)
    runs_at_once: int = 2
    retention: str = ""


def read(environ: Mapping[str, str], folder: Path, home: Path | None = None) -> Settings:
    """Read the settings from `environ`, then from `.env` in `folder`, then the defaults.

    Args:
        environ: the process's environment.
        folder: the folder in which a `.env` may lie.
        home: where things are kept when no setting says so.

    Raises:
        ListeningError: `.env` or the file of a secret is there and cannot be read, or a setting has
            no such value.
    """
    given = {**_dotenv(folder / ".env"), **environ}
    given |= _from_files(given)

    def value(name: str, default: str = "") -> str:
        return given.get(PREFIX + name, "").strip() or default

    return Settings(
        # no shell has read a `~` in .env
        home=Path(value("HOME", str(home or Settings.home))).expanduser(),
        database_url=value("DATABASE_URL"),
        vault_key=value("VAULT_KEY"),
        encoder=value("ENCODER"),
        translations=_one_of("TRANSLATIONS", value("TRANSLATIONS"), ("", "read", "beside")),
        precision=_one_of("PRECISION", value("PRECISION"), ("", "bfloat16")),
        dask_address=value("DASK_ADDRESS"),
        pipeline=value("PIPELINE", Settings.pipeline),
        programme=value("PROGRAMME", Settings.programme),
        url=value("URL"),
        label_studio_url=value("LABEL_STUDIO_URL"),
        label_studio_http=_one_of("LABEL_STUDIO_HTTP", value("LABEL_STUDIO_HTTP"), ("", "allowed")),
        label_studio_email=value("LABEL_STUDIO_EMAIL"),
        label_studio_password=value("LABEL_STUDIO_PASSWORD"),
        label_studio_bin=Path(
            value("LABEL_STUDIO_BIN", str(Settings.label_studio_bin))
        ).expanduser(),
        log=_one_of("LOG", value("LOG"), ("", "json")),
        metrics_token=value("METRICS_TOKEN"),
        prefect_url=value("PREFECT_URL").rstrip("/"),
        prefect_database_url=value("PREFECT_DATABASE_URL"),
        runs_at_once=_count("RUNS_AT_ONCE", value("RUNS_AT_ONCE", str(Settings.runs_at_once))),
        retention=_one_of("RETENTION", value("RETENTION"), ("", "by_hand")),
    )


def _from_files(given: Mapping[str, str]) -> dict[str, str]:
    """Return the secrets that lie in files; one that is set itself wins."""
    found = {}
    for name in FROM_FILES:
        own, path = name.removesuffix("_FILE"), given.get(name, "").strip()
        if not path or given.get(own, "").strip():
            continue
        try:
            found[own] = Path(path).expanduser().read_text(encoding="utf-8-sig").strip()
        except (OSError, UnicodeDecodeError):
            raise ListeningError(
                name,
                "names a file that cannot be read.",
                "Let the user that runs this read it, or correct the setting.",
            ) from None
        if not found[own]:
            raise ListeningError(name, "names an empty file.", "Write the secret into it.")
    return found


def _count(name: str, said: str) -> int:
    if not said.isdecimal() or int(said) < 1:
        raise ListeningError(f"{PREFIX}{name}", "is no number from 1 on.", "Set it to one.")
    return int(said)


def _one_of(name: str, said: str, allowed: tuple[str, ...]) -> str:
    if said not in allowed:
        listed = " or ".join(word for word in allowed if word)
        raise ListeningError(f"{PREFIX}{name}", "has no such value.", f"Set it to {listed}.")
    return said


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ListeningError(
            ".env", "cannot be read as text in UTF-8.", "Save it as UTF-8 and run again."
        ) from None
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {
        name.removeprefix("export ").strip(): value.strip().strip("\"'") for name, value in pairs
    }
