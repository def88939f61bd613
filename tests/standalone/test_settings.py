"""Settings name what is missing, and never show a secret."""

import base64
from pathlib import Path

import pytest

from settings import SettingsError, key_bytes, load_settings

KEY = base64.b64encode(bytes(range(32))).decode()
NAMES = ("REDRESS_MASTER_KEY", "REDRESS_INDEX_KEY", "REDRESS_LINK_KEY")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DATABASE_URL", "REDRESS_DATABASE_URL", "TEMPORAL_NAMESPACE", *NAMES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REDRESS_HOME", str(tmp_path))
    return tmp_path


def test_everything_missing_is_named_at_once_with_the_way_out(home: Path) -> None:
    with pytest.raises(SettingsError) as problem:
        load_settings()
    text = str(problem.value)
    assert [name for name in ("DATABASE_URL", *NAMES) if f"{name} is not set" in text] == ["DATABASE_URL", *NAMES]
    assert "redress up" in text
    assert len(text.splitlines()) == 4


def test_the_files_of_the_home_are_read_and_the_environment_wins(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "settings.env").write_text("".join(f"{name}={KEY}\n" for name in NAMES) + "REDRESS_API_PORT=8100\n")
    (home / "addresses.env").write_text("DATABASE_URL=postgresql://u@/redress?host=/run/x\n")
    assert load_settings().api_port == 8100
    assert load_settings().database_url == "postgresql+asyncpg://u@/redress?host=/run/x"
    monkeypatch.setenv("REDRESS_API_PORT", "8200")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@elsewhere/redress")
    assert load_settings().public_url == "http://127.0.0.1:8200"
    assert load_settings().database_url == "postgresql+asyncpg://u:p@elsewhere/redress"
    assert load_settings().evidence_folder == home / "evidence"


def test_a_wrong_value_is_named_but_not_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, KEY)
    monkeypatch.setenv("REDRESS_LINK_KEY", "c2hvcnQ=")
    monkeypatch.setenv("DATABASE_URL", "mysql://root:hunter2@host/redress")
    monkeypatch.setenv("REDRESS_API_PORT", "70000")
    with pytest.raises(SettingsError) as problem:
        load_settings()
    text = str(problem.value)
    assert "REDRESS_LINK_KEY is wrong" in text
    assert "DATABASE_URL is wrong" in text
    assert "REDRESS_API_PORT is wrong" in text
    assert "hunter2" not in text
    assert "c2hvcnQ" not in text


def test_a_printed_settings_object_holds_no_secret(home: Path) -> None:
    keys = {"master_key": KEY, "index_key": KEY, "link_key": KEY}
    settings = load_settings(
        database_url="postgresql://u:hunter2@host/redress", smtp_url="smtp://u:hunter3@host:25", **keys
    )
    assert not [word for word in ("hunter2", "hunter3", KEY) if word in repr(settings)]
    assert key_bytes(settings.master_key) == bytes(range(32))


def test_settings_cannot_be_changed_after_the_start(home: Path) -> None:
    settings = load_settings(database_url="postgresql://h/r", master_key=KEY, index_key=KEY, link_key=KEY)
    with pytest.raises(ValueError, match="frozen"):
        settings.api_port = 1


@pytest.mark.parametrize(
    ("hosts", "right"),
    [
        ("", True),
        ("orders.shop.internal, 10.1.2.3,::1", True),
        ("https://orders.shop.internal", False),
        ("orders.shop.internal/hook", False),
        ("a b", False),
    ],
)
def test_hosts_of_webhooks_are_names_and_no_addresses_of_pages(home: Path, hosts: str, right: bool) -> None:
    given = {"database_url": "postgresql://h/r", "master_key": KEY, "index_key": KEY, "link_key": KEY}
    if right:
        assert load_settings(webhook_hosts=hosts, **given).webhook_hosts == hosts
    else:
        with pytest.raises(SettingsError, match="REDRESS_WEBHOOK_HOSTS is wrong"):
            load_settings(webhook_hosts=hosts, **given)
