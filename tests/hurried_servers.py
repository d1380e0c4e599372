"""uvicorn that looks a hundred times a second whether it is to stop, and whether all hung up.

By itself it does so ten times, and a test that has a server waited for it twice.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

TIMES = 10


class _Hurried:
    """asyncio, with a sleep that is shorter."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / TIMES)


@contextmanager
def hurried_servers() -> Iterator[None]:
    """Servers of this process meanwhile, where a test of this run has any."""
    module = sys.modules.get("uvicorn.server")
    with pytest.MonkeyPatch.context() as patched:
        if module is not None:
            patched.setattr(module, "asyncio", _Hurried())
        yield
