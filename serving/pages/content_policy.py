"""What a browser may do with a page: show it in its own style, and nothing else."""

import re

from serving.templates import style_hash

_STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)


def content_policy(page: str) -> str:
    """The Content-Security-Policy of a page: its styles by their hashes, no script, no frame."""
    hashes = {f"'sha256-{style_hash(style)}'" for style in _STYLE.findall(page)}
    styles = " ".join(sorted(hashes)) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
