"""What a browser may do with a page: show it in its own style, and nothing else."""

import base64
import hashlib
import re

_STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)


def content_policy(page: str) -> str:
    """The Content-Security-Policy of a page: its styles by their hashes, no script, no frame."""
    hashes = {_hash(style) for style in _STYLE.findall(page)}
    styles = " ".join(sorted(hashes)) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def _hash(style: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
