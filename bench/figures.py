"""Samples, their medians and spread, and what is held against a reach."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

Samples = Sequence[float]


def quantile(samples: Samples, share: float) -> float:
    """The value below which this share of the samples lies, linearly between neighbours. ValueError without samples."""
    if not samples:
        raise ValueError("no samples")
    ordered = sorted(samples)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@dataclass(frozen=True)
class Spread:
    """A median with what lies around it."""

    p10: float
    median: float
    p90: float

    @classmethod
    def of(cls, samples: Samples) -> Spread:
        """The spread of these samples."""
        return cls(quantile(samples, 0.1), statistics.median(samples), quantile(samples, 0.9))

    def text(self, digits: int = 2, unit: str = "") -> str:
        """`1.23 ms (1.10-1.50)`."""
        unit = f" {unit}" if unit else ""
        return f"{self.median:.{digits}f}{unit} ({self.p10:.{digits}f}-{self.p90:.{digits}f})"


@dataclass
class Rounds:
    """One thing measured in several short rounds; `values` holds each round's samples."""

    values: list[list[float]] = field(default_factory=list[list[float]])

    def add(self, samples: Samples) -> None:
        """One more round."""
        self.values.append(list(samples))

    @property
    def all(self) -> list[float]:
        """Every sample."""
        return [one for samples in self.values for one in samples]

    @property
    def medians(self) -> list[float]:
        """Each round's median."""
        return [statistics.median(samples) for samples in self.values]


def ratios(above: Rounds, below: Rounds) -> list[float]:
    """Round by round, one median over the other's: what both met at the same time falls out."""
    return [up / down for up, down in zip(above.medians, below.medians, strict=True)]


@dataclass(frozen=True)
class Figure:
    """One line of the table. `most` or `least` is the reach; with neither the figure only informs."""

    metric: str
    what: str
    value: float
    spread: str = ""
    most: float | None = None
    least: float | None = None
    digits: int = 2
    unit: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the reach is reached; None where there is none."""
        if self.most is not None:
            return self.value <= self.most
        if self.least is not None:
            return self.value >= self.least
        return None

    @property
    def reach(self) -> str:
        """The reach as it is written."""
        if self.most is not None:
            return f"≤ {self.most:g}"
        return f"≥ {self.least:g}" if self.least is not None else ""

    @property
    def text(self) -> str:
        """The value as it is written."""
        return f"{self.value:.{self.digits}f}{' ' + self.unit if self.unit else ''}"


def ratio_figure(
    metric: str, what: str, above: Rounds, below: Rounds, *, most: float | None = None, least: float | None = None
) -> Figure:
    """The median of the per-round ratios, with their spread."""
    each = Spread.of(ratios(above, below))
    return Figure(metric, what, each.median, f"{each.p10:.2f}-{each.p90:.2f}", most, least)


def median_figure(metric: str, what: str, rounds: Rounds, *, scale: float, unit: str) -> Figure:
    """What was measured itself, for orientation; `scale` turns samples into `unit`."""
    around = Spread.of([one * scale for one in rounds.all])
    return Figure(metric, what, around.median, f"{around.p10:.2f}-{around.p90:.2f}", unit=unit)
