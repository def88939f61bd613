"""A customer's words in a locked box: what travels through histories in place of a name, a phone or an address."""

from dataclasses import dataclass

_SHOWN = 6


@dataclass(frozen=True, repr=False)
class Sealed:
    """One personal field of one data subject, locked under that subject's own key [E].

    It may lie in a history, a table or a log line: without the key it says nothing. Destroying the subject's key
    destroys what every such box holds, while histories that carry the boxes stay replayable.

    subject: opaque id of the person the words are about, never a name.
    field: what the words are ("phone", "address"); a box moved to another field does not open.
    key: number of the subject's data key it was locked with.
    box: base64 of nonce and ciphertext.
    """

    subject: str
    field: str
    key: int
    box: str

    def __repr__(self) -> str:
        shown = f"{self.box[:_SHOWN]}…({len(self.box)})"
        return f"Sealed(subject={self.subject!r}, field={self.field!r}, key={self.key}, box={shown!r})"


@dataclass(frozen=True, repr=False)
class WrappedKey:
    """A subject's data key, itself locked under the master key, as the key register keeps it.

    number: the key's own number, drawn at random in 1 .. 2**31 - 1 when it is made, so that a key made after an
    erasure is never taken for the one that was destroyed.
    box: base64 of nonce and wrapped key.
    """

    number: int
    box: str

    def __repr__(self) -> str:
        return f"WrappedKey(number={self.number}, box=…({len(self.box)}))"
