"""When a webhook is tried again, when a delivery is given up, and when the webhook itself is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=6)
GROWS_BY = 3
JITTER = 0.2
"""Share of a pause by which it may be shorter or longer, so that what failed together is not tried together again."""


@dataclass(frozen=True)
class Pace:
    """How long one is patient with a receiver. Settings of the installation; the defaults are ours [O].

    retry_for: a delivery that was not taken for so long is a dead letter. off_after: a webhook of which nothing was
    taken for so long is switched off. kept_for: so long deliveries can be listed and sent again.
    """

    retry_for: timedelta = timedelta(days=3)
    off_after: timedelta = timedelta(days=5)
    kept_for: timedelta = timedelta(days=30)

    def next_try(
        self, tries: int, began_at: datetime, now: datetime, dice: float, asked: float | None
    ) -> datetime | None:
        """When to try again after so many failures (at least 1) since `began_at`; None to give up.

        dice: 0 to 1, spreads the tries. asked: seconds for which the other side asks to be left alone.
        """
        if now - began_at >= self.retry_for:
            return None
        grown = FIRST_PAUSE * GROWS_BY ** min(tries - 1, 20)
        pause = min(grown, LONGEST_PAUSE) * (1 - JITTER + 2 * JITTER * dice)
        # The last try comes at the end of the time and not before it.
        due = min(now + pause, began_at + self.retry_for)
        return max(due, now + timedelta(seconds=asked)) if asked is not None else due

    def is_hopeless(self, failing_since: datetime | None, now: datetime) -> bool:
        """Whether a webhook that fails since then is switched off."""
        return failing_since is not None and now - failing_since >= self.off_after
