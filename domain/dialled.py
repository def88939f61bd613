"""A phone number as it is dialled, however it was written."""

import re
import unicodedata

_CHINESE_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9]\d{9})")
_NOT_DIALLED = re.compile(r"\D")


def as_dialled(text: str) -> str:
    """The digits of a phone number however it is written, a mainland mobile without its country; empty without any."""
    written = unicodedata.normalize("NFKC", text).strip()
    # int() turns the digits of other scripts into ours, as the same number may be typed on any keyboard.
    digits = "".join(str(int(sign)) for sign in _NOT_DIALLED.sub("", written))
    if not digits:
        return ""
    number = f"+{digits}" if written.lstrip("( ").startswith("+") else digits
    mobile = _CHINESE_MOBILE.fullmatch(number)
    if mobile:
        return mobile[1]
    return f"+{number[2:]}" if number.startswith("00") else number
