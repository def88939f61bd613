"""What the supervisor starts: services, which stay, and errands, which end. Each names what it must wait for."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from standalone.child import Child, Program


class NotNow(Exception):  # noqa: N818 - a sentence of the desk, not a fault of the program
    """The part cannot start yet or at all; the text says why. The supervisor tries again after a while."""


@dataclass(frozen=True)
class Part(ABC):
    """Something to be brought up."""

    name: str
    needs: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it listens, for people; empty if nowhere."""
        return ""


class Service(Part):
    """A process that is kept running."""

    readiness: ClassVar[float] = 60.0
    """Seconds until it must answer; it is restarted otherwise."""

    @abstractmethod
    async def program(self) -> Program:
        """What to run. Called before every start, so that ports and files are fresh. NotNow if it cannot run."""

    @abstractmethod
    async def answers(self, child: Child) -> bool:
        """True once it really does its work."""

    async def settle_in(self) -> None:
        """What is to be done each time it has come up, before anybody is told. NotNow if that fails."""


class Errand(Part):
    """Something that is done once per start."""

    @abstractmethod
    async def run(self) -> str:
        """Do it and say what was found, in a few words. NotNow if it is to be tried again."""
