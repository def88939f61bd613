"""Money as it crosses the API: exact decimal text and currency, never a JSON number."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict, model_validator

from domain.money import MINOR_DIGITS, Money, read_money


class MoneyBody(BaseModel):
    """An exact amount, such as 12.50 CNY."""

    model_config = ConfigDict(
        extra="forbid", title="Money", json_schema_extra={"example": {"amount": "12.50", "currency": "CNY"}}
    )

    amount: Annotated[str, Strict()] = Field(
        max_length=32,
        description="Decimal text with at most the currency's digits after the point; a JSON number is refused",
        examples=["12.50"],
    )
    currency: Annotated[str, Strict()] = Field(
        pattern="^[A-Z]{3}$", description=f"ISO 4217: {', '.join(sorted(MINOR_DIGITS))}", examples=["CNY"]
    )

    @model_validator(mode="after")
    def _readable(self) -> MoneyBody:
        self.money()
        return self

    def money(self) -> Money:
        """The amount in minor units.

        Raises:
            MoneyUnreadable: it is no exact amount of the currency.
        """
        return read_money(self.amount, self.currency)


def money_body(money: Money | None) -> MoneyBody | None:
    """An amount as the API answers it."""
    return None if money is None else MoneyBody(amount=money.amount(), currency=money.currency)
