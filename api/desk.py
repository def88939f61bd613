"""The parts that serve requests, put together once per process."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.blind_index import BlindIndex
from adapters.evidence_store import EvidenceStore
from adapters.links import CaseLinks
from adapters.vault import Vault
from adapters.webhooks.addresses import AddressGuard
from api.case_homes import CaseHomes
from api.commands import Commands
from api.key_ring import KeyRing
from api.metrics import Metrics
from api.policy_book import PolicyBook
from api.staffing import Staffing
from db.sessions import Database
from upkeep.case_rows import CaseRows


@dataclass(frozen=True)
class Desk:
    """Everything a route may use. `public_url`: where customers reach this API, without a slash at its end."""

    database: Database
    vault: Vault
    index: BlindIndex
    links: CaseLinks
    evidence: EvidenceStore
    commands: Commands
    rows: CaseRows
    keys: KeyRing
    homes: CaseHomes
    policies: PolicyBook
    staffing: Staffing
    metrics: Metrics
    addresses: AddressGuard
    public_url: str
