"""A process's page of figures, `/metrics`, as it was read once."""

from dataclasses import dataclass

import httpx2
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

PATIENCE = 5.0
"""Seconds until a page counts as not there."""


class PageMissing(Exception):  # noqa: N818  an answer: nobody is there
    """The page does not answer, or with something else than figures."""


@dataclass(frozen=True)
class Page:
    """Every sample of the page."""

    samples: tuple[Sample, ...]

    @classmethod
    def of(cls, text: str) -> "Page":
        """Read Prometheus's text form. ValueError if it is something else."""
        return cls(tuple(sample for family in text_string_to_metric_families(text) for sample in family.samples))

    @property
    def names(self) -> frozenset[str]:
        """The name of every sample."""
        return frozenset(sample.name for sample in self.samples)

    def total(self, name: str, **labels: str) -> float:
        """The sum of the samples of that name with these labels; 0 if there is none."""
        return sum(s.value for s in self.samples if s.name == name and labels.items() <= s.labels.items())

    def by(self, name: str, label: str) -> dict[str, int]:
        """That figure by one label, without what stands at zero."""
        return {s.labels[label]: int(s.value) for s in self.samples if s.name == name and s.value}

    def nearly_all_within(self, histogram: str) -> float | None:
        """The upper bound, in the histogram's unit, below which 99 of 100 lie; None if nothing was counted."""
        bounds: dict[float, float] = {}
        for sample in self.samples:
            if sample.name == f"{histogram}_bucket":
                bound = float(sample.labels["le"])
                bounds[bound] = bounds.get(bound, 0.0) + sample.value
        everything = self.total(f"{histogram}_count")
        return min((bound for bound, count in bounds.items() if count >= 0.99 * everything > 0), default=None)


async def read_page(host: str, port: int) -> Page:
    """Read the figures of a process of this machine. PageMissing if it does not tell them."""
    text, status = await fetch(host, port, "/metrics")
    if status != 200:  # noqa: PLR2004  HTTP's word for yes
        raise PageMissing(f"it answers {status}")
    try:
        return Page.of(text)
    except ValueError as strange:
        raise PageMissing("it answers with something else") from strange


async def fetch(host: str, port: int, path: str) -> tuple[str, int]:
    """What a page of this machine says, with its status. PageMissing if nobody answers."""
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE, trust_env=False) as http:
            answer = await http.get(f"http://{host}:{port}{path}")
    except httpx2.HTTPError as nobody:
        raise PageMissing(type(nobody).__name__) from nobody
    return answer.text, answer.status_code
