"""Turns options into the rows of a WhatsApp list message."""

from __future__ import annotations

from collections.abc import Iterable

from dukani.agent.facts import Option, Voice
from dukani.agent.wording.markup import clean, shorten
from dukani.agent.wording.pieces import option_detail
from dukani.core.clients.messenger import MAX_ROW_DESCRIPTION as MAX_DESCRIPTION
from dukani.core.clients.messenger import MAX_ROW_TITLE as MAX_TITLE
from dukani.core.clients.messenger import MAX_ROWS, ListRow
from dukani.core.languages import Worded
from dukani.core.money import format_money
from dukani.domain.acts import Language

SECTION_TITLE: dict[Language, str] = Worded(en="For you", sw="Kwa ajili yako")  # of products
LIST_TEXT: dict[Language, str] = Worded(
    en="Tap here to choose 👇",
    sw="Bonyeza hapa kuchagua 👇",
)
LIST_BUTTON: dict[Language, str] = Worded(en="Choose", sw="Chagua")


def list_rows(options: Iterable[Option], voice: Voice) -> tuple[ListRow, ...]:
    """A row for each of the first ten options: `2. Amani Wrap Dress`, then price and variants."""
    return tuple(_row(option, voice) for option in list(options)[:MAX_ROWS])


def _row(option: Option, voice: Voice) -> ListRow:
    cost = format_money(option.price_minor, voice.currency)
    detail = option_detail(option, voice.language)
    description = f"{cost} · {detail}" if detail else cost
    return ListRow(
        id=f"option:{option.number}",
        title=shorten(f"{option.number}. {clean(option.name)}", MAX_TITLE),
        description=shorten(description, MAX_DESCRIPTION),
    )
