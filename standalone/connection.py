"""How this machine reaches Temporal: a server named in the environment, else the embedded one."""

import os
from typing import Any

from temporalio.client import Client
from temporalio.envconfig import ClientConfig

from settings import Settings
from standalone.ports import LOOPBACK

EMBEDDED = "REDRESS_EMBEDDED_TEMPORAL"
"""Set by the supervisor for its children, whose TEMPORAL_ADDRESS is its own server."""


def uses_own_temporal() -> bool:
    """True if the operator named a Temporal server in TEMPORAL_ADDRESS, so that none is to be started."""
    return bool(os.environ.get("TEMPORAL_ADDRESS")) and not os.environ.get(EMBEDDED)


def embedded_environment(settings: Settings) -> dict[str, str]:
    """The environment of a process that is to use the embedded server, whatever profile the operator has elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    return {
        **kept,
        EMBEDDED: "1",
        "TEMPORAL_ADDRESS": f"{LOOPBACK}:{settings.temporal_port}",
        "TEMPORAL_NAMESPACE": settings.temporal_namespace,
        "TEMPORAL_CONFIG_FILE": os.devnull,
    }


async def temporal_client(settings: Settings, **options: Any) -> Client:
    """A client of the Temporal server that this machine uses; it connects at its first call.

    A command that used one ends with ``await asyncio.sleep(0.25)``: a thread of the SDK may otherwise touch the
    interpreter while it goes down.
    """
    environment = None if uses_own_temporal() else embedded_environment(settings)
    config: dict[str, Any] = {**ClientConfig.load_client_connect_config(override_env_vars=environment)}
    config.setdefault("namespace", settings.temporal_namespace)
    config.update(lazy=True, **options)
    return await Client.connect(**config)
