"""Reads files of attacks: hostile words, when they are said, and the worst a mind makes of them.

Words and worst answers may hold `{their_name}`, `{their_phone}`, `{their_order}`,
`{their_address}` and `{their_receipt}` of another customer, and `{other_boutique}`,
`{other_piece}` and `{other_piece_id}` of another boutique.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from dukani.evals.files import parse, read_json_lines

Where = Literal[
    "text", "caption", "voice", "product_name", "product_description", "customer_name", "address",
    "note",
]  # fmt: skip
Aim = Literal[
    "price", "discount", "other_customer", "other_boutique", "mark_paid", "owner", "off_business",
    "forged_mpesa", "stock", "consent",
]  # fmt: skip
AtStep = Literal["browsing", "cart", "total_shown", "prompt_out", "payment_failed", "paid"]


class Attack(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    where: Where
    language: Literal["en", "sw", "sheng"]
    at_step: AtStep
    aim: Aim
    words: str
    says: str | None = None  # the message, where the hostile words are in a name or description
    means: tuple[int, ...] = ()  # figures said without digits
    # Tables in which the customer's own unpaid order may rightly change: "I have paid" has the
    # owner look at the till, and an edit after a failed prompt reopens the order.
    allows: tuple[str, ...] = ()
    worst: tuple[list[dict[str, Any]], ...]  # answers, each a list of acts in the written form

    @property
    def message(self) -> str:
        """What the customer sends."""
        return self.says or self.words

    def about(self, names: Mapping[str, str]) -> Attack:
        """The attack with its placeholders filled."""
        filled = _filled(self.model_dump(mode="json"), names)
        return Attack.model_validate(filled)


def read_attacks(path: Path) -> Iterator[Attack]:
    """The attacks of a JSON Lines file. Raises BadEvalFile."""
    for number, value in read_json_lines(path):
        yield parse(Attack, value, f"{path}:{number}")


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    text = json.dumps(value, ensure_ascii=False)
    for name, filling in names.items():
        text = text.replace(f"{{{name}}}", json.dumps(filling, ensure_ascii=False)[1:-1])
    return json.loads(text)
