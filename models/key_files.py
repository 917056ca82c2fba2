"""Keys in files: the key that signs, for its owner alone, and its public half beside it (PEM).

They are Ed25519 (RFC 8032), by `cryptography`, which the Python authority for it keeps.
"""

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from features.errors import KizukiError


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key in a PEM file, which is made, for its owner alone, where there is none.

    Its public half is written beside it, as `.pub`. Raises KizukiError where the file holds no such
    key or cannot be written.
    """
    try:
        if not path.exists():
            _make_key(path)
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as problem:
        raise KizukiError(f"{path}: cannot be used as a key: {type(problem).__name__}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KizukiError(f"{path}: is no Ed25519 key")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a PEM file; raises KizukiError where there is none."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        raise KizukiError(f"{path}: there is no public key to read") from None
    if not isinstance(key, Ed25519PublicKey):
        raise KizukiError(f"{path}: is no Ed25519 key")
    return key


def public_half(key_file: Path) -> Path:
    """Where the public half of a key lies."""
    return key_file.with_suffix(".pub")


def _make_key(path: Path) -> None:
    key, pem = Ed25519PrivateKey.generate(), serialization.Encoding.PEM
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    public = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    public_half(path).write_bytes(public)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(secret)
