"""The files of the dashboard as answers, ready to be sent: type, compressed form, headers."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dukani.web_app.bundle import HASH_MEMBER
from dukani.web_app.policy import policy_of

# Names there hold a hash of their content; everything else is asked for again.
_IMMUTABLE = "_next/static/"
WORKER = "-worker.js"
_COMPRESSIBLE = ("text/", "application/javascript", "application/json", "image/svg+xml")
_TYPES = {".js": "text/javascript", ".txt": "text/x-component", ".woff2": "font/woff2",
          ".webmanifest": "application/manifest+json"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteFile:
    content: bytes
    compressed: bytes | None  # by gzip; none where that saves nothing
    headers: Mapping[str, str]


class Site:
    """The files by path, found as a browser asks for them."""

    def __init__(self, files: Mapping[str, SiteFile]) -> None:
        self._files = files

    def find(self, path: str) -> SiteFile | None:
        """The file for a URL's path: `/orders` is `orders.html`, `/` is `index.html`."""
        name = path.strip("/")
        for candidate in (name, f"{name}.html", f"{name}/index.html" if name else "index.html"):
            if candidate in self._files:
                return self._files[candidate]
        return None

    @property
    def not_found(self) -> SiteFile | None:
        return self._files.get("404.html")


def build_site(
    contents: Mapping[str, bytes], *, pictures: Sequence[str] = (), calls: Sequence[str] = ()
) -> Site:
    """The site of these files; the origins are what a page's policy allows beside its own."""
    return Site(
        {
            path: _file(path, content, pictures=pictures, calls=calls)
            for path, content in contents.items()
            if path != HASH_MEMBER
        }
    )


def _file(path: str, content: bytes, *, pictures: Sequence[str], calls: Sequence[str]) -> SiteFile:
    kind = _type(path)
    headers = {
        "content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        "x-content-type-options": "nosniff",
        "cache-control": "public, max-age=31536000, immutable"
        if path.startswith(_IMMUTABLE)
        else "no-cache",
    }
    if kind == "text/html":
        headers["content-security-policy"] = policy_of(content, pictures=pictures, calls=calls)
        headers["referrer-policy"] = "same-origin"
    elif path.endswith(WORKER):
        # A worker has a policy of its own: ours calls nobody.
        headers["content-security-policy"] = "default-src 'none'"
    compressed = None
    if kind.startswith(_COMPRESSIBLE):
        headers["vary"] = "accept-encoding"
        smaller = gzip.compress(content, mtime=0)
        compressed = smaller if len(smaller) < len(content) else None
    return SiteFile(content=content, compressed=compressed, headers=headers)


def _type(path: str) -> str:
    suffix = path[path.rfind(".") :]
    return _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
