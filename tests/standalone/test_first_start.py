"""What a first start makes, and what stands in its way."""

import os
import socket
import stat
from pathlib import Path

import pytest

from settings import load_settings
from standalone.account import Account, reachable
from standalone.busy_ports import busy_ports
from standalone.embedded_postgres import EmbeddedPostgres
from standalone.first_start import KEYS, ensure_keys
from standalone.log_files import put_aside_if_large
from standalone.places import Places
from standalone.plan import chosen, machine_settings
from standalone.ports import free_ports, is_free
from standalone.services.temporal import main_store


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    for name in ("DATABASE_URL", "TEMPORAL_ADDRESS", *KEYS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REDRESS_HOME", str(tmp_path / "home"))
    return Places(tmp_path / "home")


def test_the_keys_are_made_once_and_nobody_else_may_read_them(places: Places) -> None:
    assert ensure_keys(places)
    first = places.settings.read_text()
    assert stat.S_IMODE(places.settings.stat().st_mode) == 0o600
    assert not ensure_keys(places)
    assert places.settings.read_text() == first
    settings = load_settings(database_url="postgresql://h/r")
    keys = {key.get_secret_value() for key in (settings.master_key, settings.index_key, settings.link_key)}
    assert len(keys) == 3


def test_what_the_operator_wrote_into_the_settings_stays(places: Places) -> None:
    places.make()
    places.settings.write_text("REDRESS_API_PORT=8765")
    ensure_keys(places)
    assert load_settings(database_url="postgresql://h/r").api_port == 8765
    assert not places.settings.with_name("settings.env.draft").exists()


def test_a_busy_port_is_named_with_the_setting_that_moves_it(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_keys(places)
    names = ("REDRESS_API_PORT", "REDRESS_TEMPORAL_PORT", "REDRESS_UI_PORT", "REDRESS_WORKER_METRICS_PORT")
    for name, port in zip(names, free_ports(4), strict=True):
        monkeypatch.setenv(name, str(port))
    settings, _ = machine_settings(places)
    assert busy_ports(settings, chosen(places)) == []
    gap = os.open("/dev/null", os.O_RDONLY)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", settings.ui_port))
        taken.listen()
        os.close(gap)  # a lower number than the socket's is free: the look at a process' files takes it for a moment
        sentences = busy_ports(settings, chosen(places))
    assert len(sentences) == 1
    assert f"Port {settings.ui_port} is taken" in sentences[0]
    assert "REDRESS_UI_PORT=" in sentences[0]
    assert f"(pid {os.getpid()})" in sentences[0]


def test_free_ports_are_such_as_the_temporal_schema_can_hold() -> None:
    ports = free_ports(20)
    assert len(set(ports)) == 20
    assert max(ports) < 32_768
    assert all(is_free(port) for port in ports)


def test_a_database_of_ones_own_is_taken_from_the_settings_file_too(places: Places) -> None:
    ensure_keys(places)
    assert not chosen(places).own_postgres
    assert machine_settings(places)[0].database_url.startswith("postgresql+asyncpg://redress@/redress?host=/")
    with places.settings.open("a") as settings:
        settings.write("DATABASE_URL=postgresql://desk:pw@db.example.org:5433/redress?ssl=require\n")
    assert chosen(places).own_postgres
    store = main_store(machine_settings(places)[0].database_url)
    assert (store.host, store.port, store.user, store.tls) == ("db.example.org", 5433, "desk", True)


def test_a_home_in_a_closed_folder_moves_the_database_outside_and_remembers_it(tmp_path: Path) -> None:
    home = tmp_path / "closed" / "home"
    home.mkdir(parents=True)
    home.parent.chmod(0o700)
    somebody = Account("somebody", 54_321, 54_321)
    assert not reachable(home / "postgres", somebody)
    places = Places(home)
    place = places.postgres(somebody)
    assert not place.is_relative_to(home)
    assert places.postgres(None) == place  # even if permissions or accounts change later


def test_a_deep_home_still_gets_a_socket_that_the_kernel_accepts(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90)
    postgres = EmbeddedPostgres(deep / "postgres", deep / "log", account=None)
    assert len(str(postgres.socket_folder / ".s.PGSQL.5432.lock")) < 107
    assert postgres.socket_folder == EmbeddedPostgres(deep / "postgres", deep / "log", account=None).socket_folder


def test_a_large_log_is_put_aside_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    with log.open("ab") as writer:
        writer.write(b"x" * 2000)
        writer.flush()
        assert not put_aside_if_large(log, largest=2000)
        writer.write(b"y")
        writer.flush()
        assert put_aside_if_large(log, largest=2000)
        writer.write(b"new")
    assert log.read_bytes() == b"new"
    assert log.with_suffix(".log.1").stat().st_size == 2001
