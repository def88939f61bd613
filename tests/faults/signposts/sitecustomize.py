"""Turns one process of the desk to another address as it starts: so a proxy stands on one link and on no other.

Python loads this module from PYTHONPATH before anything else. Only the API and the worker are turned, each by a
variable of its own; nothing of the desk knows of it.
"""

import os
import sys

_PROCESSES = {"uvicorn": "API", "worker.py": "WORKER"}

for _word, _name in _PROCESSES.items():
    _address = os.environ.get(f"FAULTS_{_name}_TEMPORAL")
    if _address and _word in sys.orig_argv:
        os.environ["TEMPORAL_ADDRESS"] = _address
