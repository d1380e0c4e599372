"""ETag and If-Match: an edit is of the version that the person saw, or it is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Header, Response

from dukani.core.errors import CallerError


class VersionNotTold(CallerError):
    """Send the ETag of what you saw in If-Match, so that nobody's change is overwritten unseen."""

    http_status = 428


class ChangedSince(CallerError):
    """Somebody has changed it since you saw it: look at it again, then change it."""

    http_status = 412


IfMatch = Annotated[
    str | None, Header(max_length=200, description="the ETag of what you saw, or `*`")
]


# When the row changed last; of what others write to as well, a digest of what people write.
Version = datetime | str


def etag_of(version: Version) -> str:
    if isinstance(version, str):
        return f'"{version}"'
    return f'"{int(version.timestamp() * 1_000_000):x}"'


def show_version(response: Response, version: Version) -> None:
    response.headers["etag"] = etag_of(version)


def require_version(if_match: str | None, version: Version) -> None:
    """Raises VersionNotTold or ChangedSince; the caller holds the row's lock."""
    if if_match is None:
        raise VersionNotTold
    seen = {tag.strip() for tag in if_match.split(",")}
    if not seen & {"*", etag_of(version)}:
        raise ChangedSince
