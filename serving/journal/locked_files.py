"""Files that open with a key of their own alone (AES-GCM), however large they are."""

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from features.errors import KizukiError

NONCE, TAG = 12, 16  # bytes, as NIST SP 800-38D asks for
_PART = 1 << 20


def lock_file(plain: Path, locked: Path, secret: bytes) -> None:
    """Write what is in a file so that only the key opens it."""
    nonce = secrets.token_bytes(NONCE)
    work = Cipher(AES(secret), GCM(nonce)).encryptor()
    with plain.open("rb") as source, locked.open("wb") as out:
        out.write(nonce)
        while part := source.read(_PART):
            out.write(work.update(part))
        out.write(work.finalize() + work.tag)


def unlock_file(locked: Path, plain: Path, secret: bytes) -> None:
    """The same the other way round; raises KizukiError where the key does not open it."""
    left = locked.stat().st_size - NONCE - TAG
    with locked.open("rb") as source, plain.open("wb") as out:
        work = Cipher(AES(secret), GCM(source.read(NONCE))).decryptor()
        while left > 0:
            part = source.read(min(left, _PART))
            left -= len(part)
            out.write(work.update(part))
        try:
            out.write(work.finalize_with_tag(source.read(TAG)))
        except (InvalidTag, ValueError):
            plain.unlink()
            raise KizukiError(f"{locked}: does not open with its key") from None
