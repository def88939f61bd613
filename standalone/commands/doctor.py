"""``redress doctor``: placeholder until the next commit."""


def doctor() -> None:
    """Say what is missing or wrong."""
