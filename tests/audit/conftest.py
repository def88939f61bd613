"""A Temporal server in memory for the tests of the audit, until the session's own fixture is there."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "redress"
DYNAMIC = {
    "frontend.WorkflowTimeSkippingEnabled": True,
    "history.timerProcessorMaxTimeShift": "10ms",
    "history.workflowIdReuseMinimalInterval": "0s",
    "system.namespaceCacheRefreshInterval": "100ms",
    "matching.numTaskqueueReadPartitions": 1,
    "matching.numTaskqueueWritePartitions": 1,
}


def _free_ports(count: int) -> list[int]:
    listening = [socket.socket() for _ in range(count)]
    for each in listening:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in listening]
    for each in listening:
        each.close()
    return ports


def _write_config(folder: Path) -> str:
    ports = iter(_free_ports(8))
    services = {
        name: {"rpc": {"grpcPort": next(ports), "membershipPort": next(ports), "bindOnLocalHost": True}}
        for name in ("frontend", "history", "matching", "worker")
    }
    address = f"127.0.0.1:{services['frontend']['rpc']['grpcPort']}"
    store = {
        "pluginName": "sqlite",
        "databaseName": f"audit{os.getpid()}",
        "connectAddr": "localhost",
        "connectProtocol": "tcp",
        "connectAttributes": {"mode": "memory", "cache": "shared"},
        "maxConns": 1,
        "maxIdleConns": 1,
        "maxConnLifetime": "0s",
    }
    dynamic = folder / "dynamic.yaml"
    dynamic.write_text(json.dumps({key: [{"value": value}] for key, value in DYNAMIC.items()}))
    config = {
        "log": {"level": "error", "stdout": False, "outputFile": str(folder / "server.log")},
        "persistence": {
            "defaultStore": "memory",
            "visibilityStore": "memory",
            "numHistoryShards": 1,
            "datastores": {"memory": {"sql": store}},
        },
        "global": {"membership": {"maxJoinDuration": "30s", "broadcastAddress": "127.0.0.1"}},
        "services": services,
        "clusterMetadata": {
            "enableGlobalNamespace": False,
            "failoverVersionIncrement": 10,
            "masterClusterName": "active",
            "currentClusterName": "active",
            "clusterInformation": {
                "active": {
                    "enabled": True,
                    "initialFailoverVersion": 1,
                    "rpcName": "frontend",
                    "rpcAddress": address,
                }
            },
        },
        "dcRedirectionPolicy": {"policy": "noop"},
        "publicClient": {"hostPort": address},
        "dynamicConfigClient": {"filepath": str(dynamic), "pollInterval": "60s"},
    }
    (folder / "config").mkdir()
    (folder / "config" / "test.yaml").write_text(json.dumps(config))
    return address


@pytest.fixture(scope="session")
async def audit_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a server that lives as long as the session."""
    folder = tmp_path_factory.mktemp("temporal")
    address = _write_config(folder)
    binary = next(iter(sorted(CACHE.glob("temporal-*/temporal-server"))))
    server = subprocess.Popen([binary, "--root", str(folder), "--config", "config", "--env", "test", "start"])
    try:
        async with asyncio.timeout(30):
            while not await _answers(address):
                assert server.poll() is None, (folder / "server.log").read_text()[-2000:]
                await asyncio.sleep(0.05)
        yield address
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()


async def _answers(address: str) -> bool:
    try:
        client = await Client.connect(address)
        return await client.service_client.check_health(timeout=timedelta(seconds=1))
    except RuntimeError:
        return False


@pytest.fixture(scope="session")
async def case_client(audit_server: str) -> Client:
    """A client in a namespace that knows the search attribute of the small case."""
    client = await Client.connect(audit_server, namespace="audit", data_converter=pydantic_data_converter)
    await client.workflow_service.register_namespace(
        RegisterNamespaceRequest(namespace="audit", workflow_execution_retention_period=Duration(seconds=86400))
    )
    await client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(
            namespace="audit", search_attributes={"Desk": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD}
        )
    )
    async with asyncio.timeout(10):
        while not await _knows_the_desk(client):
            await asyncio.sleep(0.05)
    return client


async def _knows_the_desk(client: Client) -> bool:
    from temporalio.common import SearchAttributePair, TypedSearchAttributes
    from temporalio.service import RPCError

    from tests.audit.small_case import DESK

    try:
        handle = await client.start_workflow(
            "Nobody",
            id="asks-for-the-desk",
            task_queue="nobody",
            search_attributes=TypedSearchAttributes([SearchAttributePair(DESK, "returns")]),
        )
    except RPCError:
        return False
    await handle.terminate()
    return True
