"""What a home folder needs before its first start: three keys that nobody else has."""

import base64
import secrets

from dotenv import dotenv_values

from settings import KEY_LENGTH
from standalone.places import Places

KEYS = ("REDRESS_MASTER_KEY", "REDRESS_INDEX_KEY", "REDRESS_LINK_KEY")

HEADING = """\
# Settings of this machine. Keep a copy of the three keys in a safe place: what they sealed cannot be read without them.
# Any other setting may be added here, such as REDRESS_API_PORT=8001. The environment wins over this file.
"""


def ensure_keys(places: Places) -> bool:
    """Make the keys that are still missing in settings.env (mode 0600). True if any was made."""
    places.make()
    present = dotenv_values(places.settings)
    missing = [name for name in KEYS if not present.get(name)]
    if not missing:
        return False
    text = places.settings.read_text() if places.settings.is_file() else HEADING
    if not text.endswith("\n"):
        text += "\n"
    text += "".join(f"{name}={base64.b64encode(secrets.token_bytes(KEY_LENGTH)).decode()}\n" for name in missing)
    draft = places.settings.with_name("settings.env.draft")
    draft.touch(mode=0o600)
    draft.chmod(0o600)
    draft.write_text(text)
    draft.replace(places.settings)
    return True
