"""The address of the database as people write it, read in one place for sessions and migrations alike."""

from urllib.parse import urlsplit

_SCHEMES = {"postgresql", "postgres", "postgresql+asyncpg"}


def postgres_address(url: str) -> str:
    """Return the address in the driver's form: `postgresql://user:password@host/database`, or `?host=/folder`.

    What libpq understands after the question mark (`host`, `port`, `sslmode`, `passfile` …) works.

    Raises:
        ValueError: not the address of a PostgreSQL. The message does not repeat it, it may hold a password.
    """
    scheme, colon, rest = url.partition("://")
    if not colon or scheme not in _SCHEMES:
        raise ValueError("the database address must begin with postgresql://")
    address = f"postgresql://{rest}"
    try:
        urlsplit(address).port  # noqa: B018  reading it checks it
    except ValueError:
        raise ValueError("the port in the database address is not a number") from None
    return address
