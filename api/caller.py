"""Who asks: a person by an API key, or a customer by the link of one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adapters.links import CaseLinks, LinkExpired, LinkForged
from api.edge_refusals import KeyUnknown, LinkNotOurs, LinkRanOut, NoShopHere, NotWithThisKey, WhoAreYou
from api.key_ring import KeyRing
from domain.instants import minute
from domain.people import Role, Unit

KEY_BEGINS = "rd_"


@dataclass(frozen=True)
class Caller:
    """Who stands behind a request. `shop` is None for an administrator of the whole installation.

    A customer has no `person` here: the case knows the subject. `link_case` is the one case the customer's link
    opens. `unit` is which one somebody of the departments belongs to.
    """

    shop: str | None
    role: Role
    person: str = ""
    name: str = ""
    link_case: str | None = None
    unit: Unit | None = None
    stands_in_for: str = ""
    """The work name of who holds the role, if the caller only stands in for them within given dates."""

    @property
    def at_shop(self) -> str:
        """The shop the caller works for.

        Raises:
            NoShopHere: the caller works for none.
        """
        if self.shop is None:
            raise NoShopHere
        return self.shop

    def needs(self, *roles: Role) -> None:
        """Refuse unless the caller acts in one of these roles.

        Raises:
            NotWithThisKey: another role has to do it.
        """
        if self.role not in roles:
            named = ", ".join(role.value for role in roles)
            raise NotWithThisKey(role=self.role.value, roles=named)


async def recognise(
    authorization: str | None, link: str | None, keys: KeyRing, links: CaseLinks, now: datetime
) -> Caller:
    """Who the header `Authorization`, or else the link in the address, stands for.

    Raises:
        WhoAreYou, KeyUnknown, LinkNotOurs, LinkRanOut: nobody that the desk knows.
        DeskUnavailable: the keys cannot be looked up now.
    """
    token = _bearer(authorization) if authorization else link
    if not token:
        raise WhoAreYou
    if not token.startswith(KEY_BEGINS):
        return _customer(token, links, now)
    holder = await keys.holder(token)
    if holder is None or (holder.until is not None and now >= holder.until):
        raise KeyUnknown
    return Caller(
        holder.shop,
        holder.role,
        holder.person,
        holder.name,
        unit=holder.unit,
        stands_in_for=holder.stands_in_for,
    )


def _bearer(authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _customer(token: str, links: CaseLinks, now: datetime) -> Caller:
    try:
        link = links.read(token, now)
    except LinkForged:
        raise LinkNotOurs from None
    except LinkExpired as expired:
        raise LinkRanOut(until=minute(expired.link.expires_at)) from None
    return Caller(link.shop, Role.CUSTOMER, link_case=link.case)
