"""Sets the stage: a desk as `make up` starts it, with a proxy on each link and its photos on a small file system."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

from standalone.account import account_for_postgres
from standalone.embedded_postgres import EmbeddedPostgres
from standalone.places import Places
from standalone.ports import LOOPBACK, free_ports
from tests.faults.blows.doorway import doorway
from tests.faults.blows.filling_disk import small_file_system
from tests.faults.blows.link import Link
from tests.faults.blows.scene import Scene
from tests.faults.blows.tcp_link import tcp_link
from tests.faults.client_log import ClientLog
from tests.faults.load.crowd import Crowd
from tests.faults.machine import planned

SIGNPOSTS = Path(__file__).with_name("signposts")


@asynccontextmanager
async def staged(home: Path, seed: int) -> AsyncGenerator[Scene]:
    """A running desk in this home, ready to be struck; taken down at the end."""
    client_port, api_port, worker_port = free_ports(3)
    photos = home / "photos"
    chosen = {
        "REDRESS_EVIDENCE_FOLDER": str(photos),
        "PYTHONPATH": str(SIGNPOSTS),
        "FAULTS_API_TEMPORAL": f"{LOOPBACK}:{api_port}",
        "FAULTS_WORKER_TEMPORAL": f"{LOOPBACK}:{worker_port}",
    }
    async with AsyncExitStack() as stack:
        small = stack.enter_context(small_file_system(photos))
        desk = stack.enter_context(planned(home, chosen))
        temporal = desk.port("REDRESS_TEMPORAL_PORT")
        door = await stack.enter_async_context(doorway(_socket_folder(home), home / "run" / "processes.json"))
        tcp = [
            await stack.enter_async_context(tcp_link("client→api", client_port, desk.port("REDRESS_API_PORT"))),
            await stack.enter_async_context(tcp_link("api→temporal", api_port, temporal)),
            await stack.enter_async_context(tcp_link("worker→temporal", worker_port, temporal)),
        ]
        await asyncio.to_thread(desk.start)
        links: dict[str, Link] = {link.name: link for link in (*tcp, *door.links.values()) if link.name[:6] != "others"}
        crowd = Crowd(seed, f"http://{LOOPBACK}:{client_port}", desk.keys, home / "clients")
        log = ClientLog(_made(home / "clients") / "blows.jsonl")
        stack.callback(log.close)
        stack.push_async_callback(asyncio.to_thread, desk.redress, "down")  # while the links still carry
        yield Scene(desk, crowd, links, log, Random(f"{seed}/blows"), small)  # noqa: S311  repeatable on purpose


def _socket_folder(home: Path) -> Path:
    places = Places(home)
    places.make()
    account = account_for_postgres()
    return EmbeddedPostgres(places.postgres(account), places.log("postgres"), account).socket_folder


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
