"""What an examination finds: a sentence, and where something is wrong, the way to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``mend`` is empty if all is well; a hint is no fault, only worth knowing."""

    subject: str
    seen: str
    mend: str = ""
    hint: bool = False
