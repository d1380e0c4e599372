"""The words of several messages as one, and the consent each says by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from dukani.agent.local_reader import consent_said
from dukani.core.database import Connection
from dukani.core.store import messages
from dukani.core.store.messages import Message
from dukani.domain.steps import SHOWN_A_TOTAL
from dukani.graph.state import State, questions_in

MAX_TEXT = 500
_NO_MORE = ("acha", "wacha")  # beside other words they also say no to what was asked
_YES_OR_NO = ("take_it", "last_address")
_ROW = "option:"


def as_one_text(written: Sequence[Message]) -> str:
    """The texts of messages that came together; a tapped row is no words."""
    texts = (_text_of(message) for message in written)
    return "\n".join(text for text in texts if text)[:MAX_TEXT]


def tapped_rows(written: Sequence[Message]) -> list[int]:
    """The numbers of the options whose rows were tapped, in the order of tapping."""
    numbers = (_row_of(message).removeprefix(_ROW) for message in written if _is_row(message))
    return list(dict.fromkeys(int(number) for number in numbers if number.isdecimal()))


def consent_among(written: Sequence[Message], state: State) -> Literal["opt_out", "opt_in"] | None:
    """The last opt_out or opt_in that is one of several messages, each read by itself.

    Among other words it is easily not heard.
    """
    if len(written) < 2:
        return None
    words = [message.body for message in written]
    if _asked_yes_or_no(state):
        words = [text for text in words if text.lower().strip(" .!\n") not in _NO_MORE]
    said = [consent_said(text) for text in words]
    return next((consent for consent in reversed(said) if consent), None)


def _asked_yes_or_no(state: State) -> bool:
    open_ones = questions_in(state)
    asked = bool(open_ones) and open_ones[-1].field in _YES_OR_NO
    return asked or state.get("step") in SHOWN_A_TOTAL


def _row_of(message: Message) -> str:
    return str(message.payload.get("row_id") or message.payload.get("payload") or "")


def _is_row(message: Message) -> bool:
    return _row_of(message).startswith(_ROW)


def _text_of(message: Message) -> str:
    if message.kind == "location":
        return ""
    return "" if _is_row(message) else message.body.strip()


async def shown_in(conn: Connection, message: Message) -> list[dict[str, Any]]:
    """The options of the picture this message replies to: its numbers are meant."""
    if message.reply_to is None:
        return []
    original = await messages.by_provider_id(conn, provider_id=message.reply_to)
    options = original.payload.get("options") if original else None
    return list(options) if isinstance(options, list) else []
