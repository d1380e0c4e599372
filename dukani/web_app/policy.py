"""The content security policy of a page: scripts of ours only, each inline one by its hash."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence

_INLINE = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.S)


def policy_of(page: bytes, *, pictures: Sequence[str] = (), calls: Sequence[str] = ()) -> str:
    """The policy for one HTML page.

    `pictures` are further origins of images and sounds (where media is stored), `calls` those of
    API and sign-in, where they are not the page's own. Styles may be inline, because the libraries
    for dialogs and toasts write theirs when they open; a style cannot read what a script could.
    """
    scripts = sorted({f"'sha256-{_hash(text)}'" for text in _INLINE.findall(page)})
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *scripts)),
            "style-src 'self' 'unsafe-inline'",
            " ".join(("img-src 'self' data: blob:", *pictures)),
            " ".join(("media-src 'self' blob:", *pictures)),
            "font-src 'self'",
            " ".join(("connect-src 'self'", *calls)),
            "manifest-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _hash(text: bytes) -> str:
    return base64.b64encode(hashlib.sha256(text).digest()).decode()
