"""The parts of a sandbox, as the dependency of its routes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from dukani.sandbox.accounts import SandboxAccount
from dukani.sandbox.catalogue_book import CatalogueBook
from dukani.sandbox.courier import Courier
from dukani.sandbox.ledger import Ledger
from dukani.sandbox.meta_webhooks import MetaSide
from dukani.sandbox.shopper import Shopper
from dukani.sandbox.template_book import SandboxTemplate, TemplateBook
from dukani.sandbox.tokens import Tokens
from dukani.sandbox.twilio_webhooks import TwilioSide
from dukani.sandbox.world import World

Neighbours = Callable[[], Awaitable[Sequence[SandboxAccount]]]


async def _nobody() -> Sequence[SandboxAccount]:
    return ()


@dataclass(frozen=True, slots=True)
class Outside:
    """The sandbox's state, its services, and the address Dukani knows."""

    base_url: str
    world: World
    courier: Courier
    ledger: Ledger
    tokens: Tokens
    twilio: TwilioSide
    meta: MetaSide
    shopper: Shopper
    templates: TemplateBook
    catalogues: CatalogueBook
    neighbours: Neighbours = _nobody  # returns the boutiques added to Dukani since

    async def register_neighbours(self) -> None:
        """Register an account for every boutique in Dukani, for messages and payments."""
        for account in await self.neighbours():
            if self.world.accounts.get(account.key) != account:
                self.world.register(account)

    def resume_reviews(self) -> None:
        """Load the templates of an earlier run, and review those that waited."""
        for body in self.world.kept_templates():
            template = SandboxTemplate.model_validate_json(body)
            self.world.templates[template.id] = template
            account = self.world.accounts.get(template.account)
            if account is not None and template.requested and template.standing == "PENDING":
                self.courier.start(self.templates.review(account, template))


async def _outside(request: Request) -> Outside:
    outside: Outside = request.app.state.outside
    return outside


TheOutside = Annotated[Outside, Depends(_outside)]
