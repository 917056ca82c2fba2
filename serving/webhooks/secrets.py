"""Secrets: each webhook has one, which follows from its id and a key of the desk.

So neither the store nor a copy of it holds what could be signed with.
"""

import os
import secrets
from base64 import b64encode
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from features.errors import KizukiError

_SIZE = 32  # bytes


def webhook_key(path: Path) -> bytes:
    """The key in a file, which is made, for its owner alone, where there is none.

    Raises KizukiError where the file holds no key, or cannot be written.
    """
    try:
        if not path.exists():
            _make_key(path)
        key = bytes.fromhex(path.read_text("ascii"))
    except (OSError, ValueError) as problem:
        raise KizukiError(f"{path}: cannot be used as a key: {type(problem).__name__}") from None
    if len(key) != _SIZE:
        raise KizukiError(f"{path}: is no key of {_SIZE} bytes")
    return key


def secret_of(key: bytes, webhook: str) -> str:
    """The secret of a webhook, as Standard Webhooks write it."""
    made = HKDF(SHA256(), _SIZE, salt=None, info=f"kizuki webhook {webhook}".encode()).derive(key)
    return f"whsec_{b64encode(made).decode()}"


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_hex(_SIZE))
