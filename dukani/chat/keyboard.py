"""Reads typed lines in a thread, without blocking the event loop or the end of the process."""

from __future__ import annotations

import asyncio
import codecs
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

CHUNK = 4096


class Keyboard:
    """Reads lines from a file descriptor until its end.

    The reading thread is a daemon and uses no Python buffer: a thread that waits in `input()` would
    keep the process alive until Enter is pressed.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @property
    def scripted(self) -> bool:
        """Whether lines come from a file or a pipe instead of a person."""
        return not os.isatty(self._descriptor)

    async def lines(self) -> AsyncIterator[str]:
        loop = asyncio.get_running_loop()
        typed: asyncio.Queue[str | None] = asyncio.Queue()

        def hand_over(line: str | None) -> None:
            with suppress(RuntimeError):  # the event loop has ended
                loop.call_soon_threadsafe(typed.put_nowait, line)

        threading.Thread(target=self._read, args=(hand_over,), daemon=True).start()
        while (line := await typed.get()) is not None:
            yield line

    def _read(self, hand_over: Callable[[str | None], None]) -> None:
        decoder, rest = codecs.getincrementaldecoder("utf-8")("replace"), ""
        while chunk := self._chunk():
            *whole, rest = (rest + decoder.decode(chunk)).split("\n")
            for line in whole:
                hand_over(line.rstrip("\r"))
        if rest:
            hand_over(rest)
        hand_over(None)

    def _chunk(self) -> bytes:
        try:
            return os.read(self._descriptor, CHUNK)
        except OSError:  # the terminal was closed
            return b""
