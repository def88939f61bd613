"""The Temporal server's configuration, written out for each start. JSON is YAML, so no template is needed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from standalone.ports import LOOPBACK, free_ports, is_free

SERVICES = ("frontend", "history", "matching", "worker")
NAME = "redress"
"""The configuration's name: the server reads ``redress.yaml``."""

Stores = Mapping[str, object]


@dataclass(frozen=True)
class MainStore:
    """A PostgreSQL database for Temporal's own records. ``host`` may be a socket's folder."""

    host: str
    port: int
    user: str
    password: str
    database: str = "temporal"
    tls: bool = False


DYNAMIC: Mapping[str, object] = {
    # otherwise runs continued under time skipping may begin too late (a server fault, see docs of the rehearsal mode)
    "history.workflowIdReuseMinimalInterval": "0s",
    # a search attribute is usable 0.1 s after it was added, instead of 2 s
    "system.namespaceCacheRefreshInterval": "100ms",
    # the order of fairness and priority is exact only within one partition
    "matching.numTaskqueueReadPartitions": 1,
    "matching.numTaskqueueWritePartitions": 1,
    "matching.enableFairness": True,
    # the lists' SQLite file takes one writer: of the 512 that are the default, all but one would wait until they give
    # up and begin anew, and a server with many new cases would do little else
    "history.visibilityProcessorSchedulerWorkerCount": 2,
    # a case whose task failed twice in a row can be found by a search; the default is five times
    "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute": 2,
    # how much slower, at most, a failing task is tried again: a mended case waits so long and its task's ten seconds
    "history.workflowTaskRetryMaxInterval": "15s",
}
REHEARSAL: Mapping[str, object] = {
    "frontend.WorkflowTimeSkippingEnabled": True,
    # paid each time a skipped timer fires; the default is a second
    "history.timerProcessorMaxTimeShift": "10ms",
}


SHORT_RUNS = "short-runs"
"""Namespace of the tests' server in which a run is to continue as new after a few events."""
SHORT_RUN_EVENTS = 20


def write_config(folder: Path, store: MainStore, visibility: Path, grpc_port: int, *, rehearsal: bool) -> None:
    """Write the configuration of a server that keeps its records in PostgreSQL and its lists in a SQLite file."""
    main = {
        "pluginName": "postgres12_pgx",
        "databaseName": store.database,
        "connectAddr": f"{'localhost' if store.host.startswith('/') else store.host}:{store.port}",
        "connectProtocol": "tcp",
        "user": store.user,
        "password": store.password,
        "connectAttributes": {"host": store.host} if store.host.startswith("/") else {},
        "maxConns": 20,
        "maxIdleConns": 20,
        "maxConnLifetime": "1h",
        **({"tls": {"enabled": True, "enableHostVerification": False}} if store.tls else {}),
    }
    lists = {
        "pluginName": "sqlite",
        "databaseName": str(visibility),
        "connectAddr": "localhost",
        "connectProtocol": "tcp",
        "connectAttributes": {"cache": "private", "setup": "true", "journal_mode": "wal", "synchronous": "1"},
        "maxConns": 1,
        "maxIdleConns": 1,
        "maxConnLifetime": "1h",
    }
    _write(folder, {"main": main, "visibility": lists}, 16, grpc_port, rehearsal=rehearsal)


def write_config_in_memory(folder: Path, database: str, grpc_port: int) -> None:
    """Write the configuration of a server that forgets everything when it ends; for tests."""
    memory = {
        "pluginName": "sqlite",
        "databaseName": database,
        "connectAddr": "localhost",
        "connectProtocol": "tcp",
        "connectAttributes": {"mode": "memory", "cache": "shared"},
        "maxConns": 1,
        "maxIdleConns": 1,
        "maxConnLifetime": "0s",  # the database dies with its only connection
    }
    _write(folder, {"main": memory, "visibility": memory}, 1, grpc_port, rehearsal=True)
    short = {"value": SHORT_RUN_EVENTS, "constraints": {"namespace": SHORT_RUNS}}
    values = json.loads((folder / "dynamic.yaml").read_text())
    values["limit.historyCount.suggestContinueAsNew"] = [short]
    (folder / "dynamic.yaml").write_text(json.dumps(values, indent=1))


def _write(folder: Path, stores: Stores, shards: int, grpc_port: int, *, rehearsal: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    dynamic = {**DYNAMIC, **(REHEARSAL if rehearsal else {})}
    (folder / "dynamic.yaml").write_text(json.dumps({key: [{"value": v}] for key, v in dynamic.items()}, indent=1))
    inner = _inner_ports(folder / "ports.json")
    rpc = {
        name: {"rpc": {"grpcPort": inner[2 * n], "membershipPort": inner[2 * n + 1], "bindOnLocalHost": True}}
        for n, name in enumerate(SERVICES)
    }
    rpc["frontend"]["rpc"]["grpcPort"] = grpc_port
    config = {
        "log": {"stdout": True, "level": "warn", "format": "json"},
        "persistence": {
            "defaultStore": "main",
            "visibilityStore": "visibility",
            "numHistoryShards": shards,
            "datastores": {name: {"sql": store} for name, store in stores.items()},
        },
        "global": {"membership": {"maxJoinDuration": "30s", "broadcastAddress": LOOPBACK}},
        "services": rpc,
        "clusterMetadata": _one_cluster(grpc_port),
        "dcRedirectionPolicy": {"policy": "noop"},
        "publicClient": {"hostPort": f"{LOOPBACK}:{grpc_port}"},
        "dynamicConfigClient": {"filepath": str(folder / "dynamic.yaml"), "pollInterval": "60s"},
    }
    file = folder / f"{NAME}.yaml"
    file.touch(mode=0o600)
    file.write_text(json.dumps(config, indent=1))


def _one_cluster(grpc_port: int) -> Mapping[str, object]:
    return {
        "enableGlobalNamespace": False,
        "failoverVersionIncrement": 10,
        "masterClusterName": "active",
        "currentClusterName": "active",
        "clusterInformation": {
            "active": {
                "enabled": True,
                "initialFailoverVersion": 1,
                "rpcName": "frontend",
                "rpcAddress": f"{LOOPBACK}:{grpc_port}",
            }
        },
    }


def _inner_ports(note: Path) -> list[int]:
    """The same ports as at the last start, as long as they are free.

    A server that comes back elsewhere within a minute first waits for its former self, which the membership table
    still names: for some 50 s it would say SERVING and answer "Not enough hosts to serve the request".
    """
    count = 2 * len(SERVICES)
    noted: list[int] = json.loads(note.read_text()) if note.is_file() else []
    if len(noted) == count and all(is_free(port) for port in noted):
        return noted
    chosen = free_ports(count)
    note.write_text(json.dumps(chosen))
    return chosen
