"""`python -m tests.bench campaigns`: what campaigns cost, each figure beside its peer."""

from __future__ import annotations

from rich.console import Console

from dukani.core import loop
from tests.bench import audience, collage, dispatch, pace, scoring
from tests.bench.campaign_shop import open_shop


def main(console: Console) -> None:
    scoring.main()
    audience.main(console)
    collage.main(console)
    loop.run(_sending(console))


async def _sending(console: Console) -> None:
    async with open_shop() as shop:
        await dispatch.measure(shop, console)
        await pace.measure(shop, console)
