"""The owners' API within a whole application: built once, and lent to one test after another.

`create_app` builds hundreds of routes, which takes longer than most tests that need them do.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.applications import Applications

if TYPE_CHECKING:
    from fastapi import FastAPI

    from dukani.agent.eye import Eye
    from dukani.core.services import Services
    from dukani.web.signed_in import TokenVerifier


class KeptApis:
    """Each is one application's alone until the test is over."""

    def __init__(self) -> None:
        self._lent = ExitStack()
        self._apis: Applications | None = None

    def create(
        self, services: Services, tokens: TokenVerifier, *, eye: Eye | None = None
    ) -> FastAPI:
        # Imported here: most runs of a few tests need no API.
        from dukani.dashboard_api.app import attach_api, build_api

        self._apis = self._apis or Applications(build_api)
        api = self._lent.enter_context(self._apis.lend(services.settings.web))
        attach_api(api, services, tokens, eye=eye)
        return api

    def take_back(self) -> None:
        """Once a test and its fixtures are over."""
        self._lent.close()


KEPT_APIS = KeptApis()


@contextmanager
def keeping_apis() -> Iterator[None]:
    """Whole applications have kept ones meanwhile, where a test of this run makes any."""
    module = sys.modules.get("dukani.app")
    with pytest.MonkeyPatch.context() as patched:
        if module is not None:
            patched.setattr(module, "create_api", KEPT_APIS.create)
        yield
