"""Every setting of Redress, in one frozen object.

Read from the environment, then from ``settings.env`` in the home folder (the secrets, made at the first start), then
from ``addresses.env`` there (where the embedded servers listen). Only the entry points read it: worker, API, command
line and the one-machine system. Everything below them is handed plain values.
"""

import base64
import binascii
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

CHECKOUT = Path(__file__).resolve().parent
KEY_LENGTH = 32
"""Bytes of each key: AES-256 and HMAC-SHA-256 both want 32."""

_HOST = re.compile(r"[A-Za-z0-9:._-]+", re.ASCII)

Port = Annotated[int, Field(ge=1, le=65535)]


class SettingsError(Exception):
    """A setting is missing or wrong; the text names each one and the way out, never its value."""


def home_folder(environment: Mapping[str, str] | None = None) -> Path:
    """The folder that holds all state of this machine: REDRESS_HOME, else ``var`` in the checkout."""
    chosen = (os.environ if environment is None else environment).get("REDRESS_HOME", "")
    return Path(chosen).expanduser().resolve() if chosen else CHECKOUT / "var"


class Settings(BaseSettings):
    """What an operator may choose. Times are in seconds, ports are TCP ports of this machine."""

    model_config = SettingsConfigDict(
        env_prefix="REDRESS_",
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    home: Path = Field(default_factory=home_folder)
    database_url: str = Field(validation_alias=AliasChoices("DATABASE_URL", "REDRESS_DATABASE_URL"), repr=False)
    """SQLAlchemy address with the asyncpg driver; ``postgres://`` and ``postgresql://`` are accepted and completed."""
    master_key: SecretStr
    """Wraps the key of each data subject; 32 bytes in base64. Without it nothing sealed can be read again."""
    index_key: SecretStr
    """Makes the blind index for exact look-up; 32 bytes in base64."""
    link_key: SecretStr
    """Signs customers' links; 32 bytes in base64."""
    evidence_folder: Path = Field(default_factory=lambda read: read["home"] / "evidence")
    smtp_url: str = Field(default="", repr=False)
    """``smtp://user:password@host:port``, ``smtps://`` or ``starttls://``; empty: no mail leaves this machine."""
    mail_from: str = "after-sales@localhost"
    webhook_hosts: str = ""
    """Hosts, comma between them, to which webhooks may go although they lie in a private network: the shop's own."""
    webhook_http: bool = False
    """Lets webhooks go to ``http://`` besides ``https://``, for a rehearsal; never where the way leads over the net."""
    webhook_retry_days: Annotated[float, Field(gt=0, le=30)] = 3.0
    """How long a webhook that is not taken is tried again; then it is a dead letter."""
    webhook_off_days: Annotated[float, Field(gt=0, le=90)] = 5.0
    """How long nothing may be taken by a webhook before it is switched off."""
    webhook_kept_days: Annotated[float, Field(ge=1, le=366)] = 30.0
    """How long what webhooks were told can be listed and sent again."""
    api_host: str = "127.0.0.1"
    api_port: Port = 8000
    public_url: str = Field(default_factory=lambda read: f"http://{read['api_host']}:{read['api_port']}")
    """How customers and programs reach the API from outside; stands after the two fields that it is made from."""
    temporal_port: Annotated[int, Field(ge=1, le=32_767)] = 7233
    """Below 32768, because Temporal keeps it in a PostgreSQL column of two signed bytes."""
    ui_port: Port = 8233
    worker_metrics_port: Port = 9464
    worker_metrics_host: str = "127.0.0.1"
    """Where the worker's metrics listen; another address only where nobody else reaches it, such as in a container."""
    temporal_namespace: str = Field(
        default="redress", validation_alias=AliasChoices("REDRESS_TEMPORAL_NAMESPACE", "TEMPORAL_NAMESPACE")
    )
    task_queue: str = "cases"
    rehearsal: bool = False
    """Lets the clock of a case be moved forward, for training and demonstrations; never on a desk in service."""
    step_timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 8.0
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("database_url")
    @classmethod
    def _speaks_asyncpg(cls, url: str) -> str:
        scheme, _, rest = url.partition("://")
        if scheme not in {"postgres", "postgresql", "postgresql+asyncpg"} or not rest:
            raise ValueError("it must be the address of a PostgreSQL, such as postgresql://user:password@host/redress")
        return f"postgresql+asyncpg://{rest}"

    @field_validator("master_key", "index_key", "link_key")
    @classmethod
    def _is_a_full_key(cls, secret: SecretStr) -> SecretStr:
        if len(key_bytes(secret)) != KEY_LENGTH:
            raise ValueError(f"it must be {KEY_LENGTH} random bytes in base64: openssl rand -base64 {KEY_LENGTH}")
        return secret

    @field_validator("smtp_url")
    @classmethod
    def _is_a_mail_server(cls, url: str) -> str:
        if url and (urlsplit(url).scheme not in {"smtp", "smtps", "starttls"} or not urlsplit(url).hostname):
            raise ValueError("it must be empty or smtp://, smtps:// or starttls:// with a host")
        return url

    @field_validator("webhook_hosts")
    @classmethod
    def _are_hosts(cls, hosts: str) -> str:
        if any(not _HOST.fullmatch(host.strip()) for host in hosts.split(",") if host.strip()):
            raise ValueError(
                "it must be empty or names or addresses of hosts, comma between them, without https:// or /"
            )
        return hosts

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_small_letters(cls, level: object) -> object:
        return level.lower() if isinstance(level, str) else level

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the base class asks for it
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the same
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the two files of the home folder."""
        home = home_folder()
        files = (DotEnvSettingsSource(settings_cls, env_file=home / name) for name in ("settings.env", "addresses.env"))
        return (init_settings, env_settings, *files)


def key_bytes(secret: SecretStr) -> bytes:
    """The bytes of a key setting. ValueError, without the value, if it is not base64."""
    try:
        return base64.b64decode(secret.get_secret_value(), validate=True)
    except binascii.Error:
        raise ValueError("it is not base64: openssl rand -base64 32 makes one") from None


def load_settings(**chosen: Any) -> Settings:
    """Read the settings once, at the start of a process.

    ``chosen`` overrides single fields by name. SettingsError names every setting that is missing or wrong.
    """
    try:
        return Settings(**chosen)
    except ValidationError as problem:
        raise SettingsError(_explained(problem)) from None


_NEW_KEY = "`redress up` makes one in settings.env of the home folder; elsewhere: openssl rand -base64 32"
_WAY_OUT = {
    "DATABASE_URL": "`redress up` starts a PostgreSQL and fills it in; or set the address of your own",
    "REDRESS_MASTER_KEY": _NEW_KEY,
    "REDRESS_INDEX_KEY": _NEW_KEY,
    "REDRESS_LINK_KEY": _NEW_KEY,
}


def _explained(problem: ValidationError) -> str:
    lines: list[str] = []
    for error in problem.errors(include_input=False, include_url=False):
        field = str(error["loc"][0]) if error["loc"] else "settings"
        name = field if field.isupper() else f"REDRESS_{field.upper()}"
        if error["type"] == "default_factory_not_called":
            continue  # follows from another field's error, which is named itself
        if error["type"] == "missing":
            lines.append(f"{name} is not set: {_WAY_OUT.get(name, 'set it in the environment')}.")
        else:
            lines.append(f"{name} is wrong: {error['msg'].removeprefix('Value error, ')}.")
    return "\n".join(lines)
