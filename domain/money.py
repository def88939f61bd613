"""Money in minor units of one currency, exact, never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass

MINOR_DIGITS = {"CNY": 2, "USD": 2, "EUR": 2, "HKD": 2, "GBP": 2, "JPY": 0}
"""Digits after the point of each currency that a shop may use (ISO 4217)."""

MOST_MINOR = 10**12
"""No single sum reaches this many minor units; larger ones are typing errors."""

_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,15})(?:\.([0-9]+))?", re.ASCII)


class MoneyUnreadable(ValueError):  # noqa: N818  a finding about the text
    """The text is not an exact amount of the currency; the message says why."""


@dataclass(frozen=True, order=False)
class Money:
    """An amount: `minor` minor units (fen, cents) of `currency` (ISO 4217), zero or more."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        """Sum of two amounts of one currency."""
        self._same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Difference of two amounts of one currency; may be negative, the caller compares first."""
        self._same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __gt__(self, other: Money) -> bool:
        """Whether this amount is larger."""
        self._same_currency(other)
        return self.minor > other.minor

    def __str__(self) -> str:
        """As people read it: `12.50 CNY`."""
        return f"{self.amount()} {self.currency}"

    def amount(self) -> str:
        """The decimal text of the amount, with exactly the currency's digits: `12.50`."""
        digits = MINOR_DIGITS[self.currency]
        if digits == 0:
            return str(self.minor)
        whole, rest = divmod(abs(self.minor), 10**digits)
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{whole}.{rest:0{digits}d}"

    def share(self, part: int, whole: int) -> Money:
        """The share of `part` out of `whole` equal units, rounded up so that all shares cover the whole."""
        return Money(-(-self.minor * part // whole), self.currency)

    def _same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise MoneyUnreadable(f"{self.currency} and {other.currency} cannot be mixed")


def read_money(amount: str, currency: str) -> Money:
    """Read a decimal text such as `12.50` exactly.

    Raises:
        MoneyUnreadable: unknown currency, sign, exponent, too many digits before or after the point.
    """
    if currency not in MINOR_DIGITS:
        raise MoneyUnreadable(f"currency {currency!r} is not one of {', '.join(sorted(MINOR_DIGITS))}")
    found = _AMOUNT.fullmatch(amount)
    if found is None:
        raise MoneyUnreadable("write the amount as digits with a point, such as 12.50, not negative, no exponent")
    digits = MINOR_DIGITS[currency]
    rest = found.group(2) or ""
    if len(rest) > digits:
        raise MoneyUnreadable(f"{currency} has {digits} digits after the point, {len(rest)} were given")
    minor = int(found.group(1)) * 10**digits + int(rest.ljust(digits, "0") or "0")
    if minor >= MOST_MINOR:
        raise MoneyUnreadable("the amount is larger than any that a desk pays")
    return Money(minor, currency)
