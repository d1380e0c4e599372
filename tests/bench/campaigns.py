"""`python -m tests.bench campaigns`: what campaigns cost, each figure beside its peer."""

from __future__ import annotations

from rich.console import Console

from tests.bench import audience, scoring


def main(console: Console) -> None:
    scoring.main()
    audience.main(console)
