"""Signatures of bundles: what no trusted key vouches for, whole and as it is named, is not read.

The OpenSSF's model-signing does the same, with the same kind of keys; it would bring Sigstore and
some forty packages along, for a network that the desk has not. What is signed is the model and the
version that a bundle is put up as, and the checksum of every file in its folder.
"""

import hashlib
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from features.errors import KizukiError
from models.key_files import public_key

SIGNATURE = "signature"
MOST_BESIDE = 1 << 28  # bytes of a file: the reference of a large office takes a tenth


def keys_folder(home: Path) -> Path:
    """Where the keys lie that are trusted, unless a setting says otherwise."""
    return home / "bundle-keys"


def trusted_keys(folder: Path) -> list[Ed25519PublicKey]:
    """The public keys in a folder, the files that end in `.pub`; raises KizukiError for others."""
    return [public_key(path) for path in sorted(folder.glob("*.pub"))]


def sign_bundle(folder: Path, model: str, version: int, key: Ed25519PrivateKey) -> None:
    """Vouch for a bundle as a version of a model."""
    signature = key.sign(_said(folder, model, version)).hex()
    (folder / SIGNATURE).write_text(f"{signature}\n", "ascii")


def check_signature(
    folder: Path, model: str, version: int, keys: Iterable[Ed25519PublicKey]
) -> None:
    """Raise KizukiError unless one of the keys vouches for the bundle; nothing of it is parsed.

    It vouches for every file in the folder, those that only lie beside the model, too.
    """
    said = _said(folder, model, version)
    try:
        signature = bytes.fromhex((folder / SIGNATURE).read_text("ascii").strip())
    except (OSError, ValueError):
        raise KizukiError(f"{folder}: is not signed; promote it again") from None
    if not any(_vouches(key, signature, said) for key in keys):
        raise KizukiError(f"{folder}: is not what a trusted key has signed as {model} {version}")


def _said(folder: Path, model: str, version: int) -> bytes:
    """What is signed: the model, the version, and the name and the SHA-256 of every file."""
    lines = [f"kizuki bundle {model} {version}"]
    lines += [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.relative_to(folder)}"
        for path in _files(folder)
    ]
    return "\n".join(lines).encode()


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_symlink() or not folder.is_dir():
        raise KizukiError(f"{folder}: is no folder with a bundle of {folder.parent.name}")
    for path in sorted(folder.rglob("*")):
        found = path.lstat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise KizukiError(f"{path}: is no plain file")
        if found.st_size > MOST_BESIDE:
            raise KizukiError(f"{path}: is larger than anything beside a model")
        if stat.S_ISREG(found.st_mode) and path != folder / SIGNATURE:
            yield path


def _vouches(key: Ed25519PublicKey, signature: bytes, said: bytes) -> bool:
    try:
        key.verify(signature, said)
    except InvalidSignature:
        return False
    return True
