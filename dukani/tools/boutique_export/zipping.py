"""A zip that is written as it grows: what is finished leaves at once, so it never fills memory."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from types import TracebackType
from typing import IO


class GrowingZip:
    """Give it files; `take` gives the bytes written since."""

    def __init__(self, now: datetime) -> None:
        self._out = _Stream()
        self._zip = zipfile.ZipFile(self._out, "w", allowZip64=True)
        self._when = now.timetuple()[:6]

    def file(self, name: str) -> IO[bytes]:
        """A file to be written and closed before the next one."""
        return self._zip.open(self._info(name, zipfile.ZIP_DEFLATED), "w", force_zip64=True)

    def whole(self, name: str, content: bytes) -> None:
        """A file that is small, or packed already."""
        packed = name.endswith((".csv", ".txt", ".json"))
        kind = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        self._zip.writestr(self._info(name, kind), content)

    def take(self, at_least: int = 0) -> bytes:
        """What was written since the last time; nothing while it is less than `at_least`."""
        return self._out.take() if self._out.waiting >= at_least else b""

    def close(self) -> None:
        """Write the directory, without which nobody can open it."""
        self._zip.close()

    def __enter__(self) -> GrowingZip:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if kind is None:
            self.close()

    def _info(self, name: str, kind: int) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, self._when)
        info.compress_type = kind
        info.external_attr = 0o644 << 16
        return info


class _Stream(io.RawIOBase):
    """Where the zip is written to, which cannot go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.waiting = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        written = bytes(data)  # type: ignore[call-overload]  # a buffer, as io has it
        self._parts.append(written)
        self.waiting += len(written)
        return len(written)

    def take(self) -> bytes:
        whole = b"".join(self._parts)
        self._parts.clear()
        self.waiting = 0
        return whole
