"""Writes a turn's facts as WhatsApp messages in the customer's language (response generation)."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Fact, Reply, Voice

# Importing a theme registers its templates.
from dukani.agent.wording import (
    brought,
    cart,
    checkout,
    choosing,
    editing,
    failing,
    finding,
    meeting,
    open_order,
    order_news,
    orders,
    paying,
    people,
    promotions,
    prompting,
    readings,
    recovering,
    shop,
    shop_answers,
    sizing,
    unclear,
    unsettled,
    waiting,
)
from dukani.agent.wording.replies import to_replies
from dukani.agent.wording.rows import list_rows

__all__ = ["list_rows", "word"]

THEMES = (
    *(meeting, finding, choosing, sizing, cart, editing, open_order, checkout),
    *(paying, failing, prompting, orders, order_news, shop, shop_answers),
    *(unclear, readings, people, unsettled),
    *(brought, promotions, recovering, waiting),
)


def word(facts: Sequence[Fact], voice: Voice) -> list[Reply]:
    """The replies of a turn, in sending order; none for no facts."""
    return to_replies(facts, voice)
