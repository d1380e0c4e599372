"""The words of several messages as one, and the consent each says by itself.

A mind reads words in parts of bounded length; of a flood of them the beginning and the end are
read, and the customer is told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from dukani.agent.local_reader import Consent, consent_said
from dukani.agent.wording.splitting import split_text
from dukani.core.database import Connection
from dukani.core.store import messages
from dukani.core.store.messages import Message
from dukani.domain.steps import SHOWN_A_TOTAL
from dukani.graph.state import State, questions_in

MAX_TEXT = 500  # characters of a part
FIRST_PARTS, LAST_PARTS = 6, 2  # of a flood of words
_NO_MORE = ("acha", "wacha")  # beside other words they also say no to what was asked
_YES_OR_NO = ("take_it", "last_address")
_OF_PROMOTIONS = ("stop_promotions", "want_promotions")
_ROW = "option:"


class Texts(NamedTuple):
    """Words in the parts they are read in; `whole` is False when some in the middle are not."""

    parts: tuple[str, ...]
    whole: bool = True


def in_parts(written: Sequence[Message]) -> Texts:
    """The texts of messages that came together; a tapped row is no words.

    Messages that fit together are one part. A longer one is cut between its lines or words.
    """
    parts: list[str] = []
    for text in _read_together(written):
        for piece in split_text(text, MAX_TEXT):
            together = f"{parts[-1]}\n{piece}" if parts else piece
            if parts and len(together) <= MAX_TEXT:
                parts[-1] = together
            else:
                parts.append(piece)
    if len(parts) <= FIRST_PARTS + LAST_PARTS:
        return Texts(tuple(parts))
    return Texts((*parts[:FIRST_PARTS], *parts[-LAST_PARTS:]), whole=False)


def _read_together(written: Sequence[Message]) -> list[str]:
    """Beside others a word on promotions alone is heard by itself: the others are read."""
    texts = [_text_of(message) for message in written]
    if len(texts) < 2:
        return texts
    return [text for text in texts if consent_said(text) not in _OF_PROMOTIONS]


def tapped_rows(written: Sequence[Message]) -> list[int]:
    """The numbers of the options whose rows were tapped, in the order of tapping."""
    numbers = (_row_of(message).removeprefix(_ROW) for message in written if _is_row(message))
    return list(dict.fromkeys(int(number) for number in numbers if number.isdecimal()))


def consent_among(written: Sequence[Message], state: State) -> Consent | None:
    """The last word on being written to among several messages, each read by itself.

    Among other words it is easily not heard. A word on promotions alone takes no full stop back.
    """
    if len(written) < 2:
        return None
    words = [_text_of(message) for message in written]
    if _asked_yes_or_no(state):
        words = [text for text in words if text.lower().strip(" .!\n") not in _NO_MORE]
    said = [consent for text in words if (consent := consent_said(text)) is not None]
    whole = [consent for consent in said if consent in ("opt_out", "opt_in")]
    return (whole or said or [None])[-1]


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
    if _is_row(message):
        return ""
    row = _row_of(message)
    if message.kind == "button" and _button_says(row) and consent_said(message.body) is None:
        return _button_says(row)
    return message.body.strip()


def _button_says(payload: str) -> str:
    """A template's button is worded as the shop likes; "STOP_PROMOTIONS" behind it is plain."""
    words = payload.replace("_", " ").replace("-", " ").strip()
    return words if consent_said(words) is not None else ""


async def shown_in(conn: Connection, message: Message) -> list[dict[str, Any]]:
    """The options of the picture this message replies to: its numbers are meant."""
    if message.reply_to is None:
        return []
    original = await messages.by_provider_id(conn, provider_id=message.reply_to)
    options = original.payload.get("options") if original else None
    return list(options) if isinstance(options, list) else []
