"""A harness on a test's own database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dukani.agent.local_eye import LocalEye
from dukani.agent.local_reader import LocalReader
from dukani.core.embedded import EmbeddedServer
from dukani.evals.catalogue_file import Catalogue
from dukani.evals.harness import Harness, open_harness
from dukani.evals.scripted_eye import ScriptedEye
from dukani.graph.context import Senses


@pytest.fixture
def eye() -> ScriptedEye:
    return ScriptedEye(LocalEye())


@pytest.fixture
async def harness(
    server: EmbeddedServer, database_name: str, tmp_path: Path, eye: ScriptedEye
) -> AsyncIterator[Harness]:
    senses = Senses(LocalReader(), eye)
    async with open_harness(server.url(database_name), tmp_path, senses) as opened:
        yield opened


@pytest.fixture
def catalogue() -> Catalogue:
    """Two pieces nobody has seen before."""
    return Catalogue.model_validate(
        {
            "products": [
                {
                    "sku": "T-1",
                    "name": "Tembo Wrap Dress",
                    "category": "dress",
                    "occasion": ["office"],
                    "price": 3900,
                    "stock": {"green": {"S": 1, "M": 4}},
                },
                {
                    "sku": "T-2",
                    "name": "Twiga Sandals",
                    "category": "shoes",
                    "price": 1800,
                    "stock": {"brown": {"38": 3}},
                },
            ]
        }
    )
