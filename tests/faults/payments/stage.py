"""Sets the stage: a desk as `make up` starts it, a shop that pays by gateway, and the gateway as a process."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from temporalio.client import Client
from temporalio.worker import Worker

from adapters.blind_index import BlindIndex
from policies.loader import default_policy_text, publishable
from settings import CHECKOUT, Settings, key_bytes, load_settings
from standalone.places import Places
from standalone.ports import LOOPBACK, free_ports
from tests.faults.machine import Machine, planned
from tests.faults.payments.stand_in import QUEUE, StandIn
from workflows.wire import WIRE

LINES = 50
"""Of one order; each was paid with 1,000 yuan, and pays two slips of at most nine back."""
INQUIRIES = '["2s", "5s", "10s", "20s", "40s", "60s", "90s", "120s", "180s", "240s", "300s", "420s", "600s"]'


@dataclass
class Till:
    """The gateway's process, kept alive by whoever holds this; killed by `kill`."""

    port: int
    book: Path
    secret: Path
    seed: int
    process: subprocess.Popen[bytes] | None = None
    ended: bool = False

    def start(self) -> None:
        """Start it, on the same book."""
        words = ("--port", self.port, "--book", self.book, "--secret-file", self.secret, "--seed", self.seed)
        argv = [sys.executable, "-m", "tests.adapters.gateway_server", *map(str, words)]
        self.process = subprocess.Popen(argv, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> bool:
        """`kill -9`."""
        if self.process is None or self.process.poll() is not None:
            return False
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return True

    async def keep(self) -> None:
        """Start it again whenever it is gone."""
        while not self.ended:
            if self.process is None or self.process.poll() is not None:
                self.start()
            await asyncio.sleep(0.3)


@dataclass
class Stage:
    """Everything that the proof plays with."""

    desk: Machine
    till: Till
    client: Client
    settings: Settings
    shop: str

    def order(self, number: int) -> tuple[str, int]:
        """The order and line that slip `number` pays back."""
        line = number // 2
        return f"GW-{line // LINES:05d}", line % LINES + 1

    def index(self, order: str) -> str:
        """The order's blind index."""
        return BlindIndex(key_bytes(self.settings.index_key)).order(self.shop, order)

    async def register(self, slips: int) -> None:
        """The shop registers the orders of so many slips."""
        for number in range(0, slips, 2 * LINES):
            order, _ = self.order(number)
            lines = [
                {"line": at + 1, "product": "cup", "quantity": 1, "paid": {"amount": "1000.00", "currency": "CNY"}}
                for at in range(LINES)
            ]
            answer = await self.desk.ask("integration", "PUT", f"/v1/orders/{order}", json={"lines": lines})
            assert answer.status_code < 300, answer.text


def policy_text() -> str:
    """The default policy, but what goes back as it was paid goes by gateway, which is asked within seconds."""
    told = default_policy_text().replace("gateway_means = { value = [],", 'gateway_means = { value = ["original"],')
    told = told.replace('gateway_in_flight = { value = "45s"', 'gateway_in_flight = { value = "30s"')
    begins, ends = told.index("gateway_inquiries = "), told.index("\ngateway_in_flight")
    return f'{told[:begins]}gateway_inquiries = {{ value = {INQUIRIES}, source = "O" }}{told[ends:]}'


def pinned() -> object:
    """The same, as a case carries it."""
    return publishable(policy_text(), 2026)


@asynccontextmanager
async def staged(home: Path, seed: int) -> AsyncGenerator[Stage]:
    """A running desk and gateway; both are taken down at the end."""
    (port,) = free_ports(1)
    chosen = {"REDRESS_WEBHOOK_HOSTS": LOOPBACK, "REDRESS_WEBHOOK_HTTP": "true"}
    with planned(home, chosen) as desk:
        await asyncio.to_thread(desk.start)
        body = {"url": f"http://{LOOPBACK}:{port}/pay", "takes": "payments"}
        made = await desk.ask("administrator", "POST", "/v1/webhooks", json=body)
        assert made.status_code == 201, made.text
        secret = home / "gateway.secret"
        secret.write_text(made.json()["secret"])
        till = Till(port, home / "gateway.book", secret, seed)
        keeping = asyncio.create_task(till.keep())
        address = f"{LOOPBACK}:{desk.port('REDRESS_TEMPORAL_PORT')}"
        client = await Client.connect(address, namespace="redress", data_converter=WIRE)
        try:
            async with Worker(client, task_queue=QUEUE, workflows=[StandIn]):
                yield Stage(desk, till, client, _settings(home), await _shop(desk))
        finally:
            till.ended = True
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping
            till.kill()


def _settings(home: Path) -> Settings:
    told = {**dotenv_values(home / "settings.env"), **dotenv_values(Places(home).addresses)}
    names = {"DATABASE_URL": "database_url", "REDRESS_MASTER_KEY": "master_key"}
    names |= {"REDRESS_INDEX_KEY": "index_key", "REDRESS_LINK_KEY": "link_key"}
    return load_settings(home=home, **{field: told[name] for name, field in names.items()})


async def _shop(desk: Machine) -> str:
    answer = await desk.ask("finance", "GET", "/v1/me")
    return str(answer.json()["shop"])
