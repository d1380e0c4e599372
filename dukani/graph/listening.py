"""What a reader needs to know besides the words, and the words of several messages as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.agent.acts import ActKind, Assortment, CartLine, ShownOption, Step, TurnContext
from dukani.agent.local_reader import consent_said
from dukani.core.database import Connection
from dukani.core.store import messages
from dukani.core.store.carts import CartItem
from dukani.core.store.messages import Message
from dukani.graph.context import Context
from dukani.graph.state import Question, QueuedAct, State

MAX_TEXT = 500
_NO_MORE = ("acha", "wacha")  # beside other words they also say no to what was asked
_YES_OR_NO: tuple[Question, ...] = ("take_it", "last_address")
_YES_OR_NO_STEPS: tuple[Step, ...] = ("awaiting_confirmation", "payment_failed")
_ROW = "option:"

# Said in one breath, these are one choice: which piece, in what size, and that she takes it.
_CHOICE = ("select_option", "set_variant", "add_to_cart")


def as_one_text(written: Sequence[Message]) -> str:
    """The texts of messages that came together; a tapped row reads as its number."""
    texts = (_text_of(message) for message in written)
    return "\n".join(text for text in texts if text)[:MAX_TEXT]


def consent_among(written: Sequence[Message], state: State) -> ActKind | None:
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
    return state.get("question") in _YES_OR_NO or state.get("step") in _YES_OR_NO_STEPS


def _text_of(message: Message) -> str:
    if message.kind == "location":
        return ""
    row = str(message.payload.get("row_id") or message.payload.get("payload") or "")
    if row.startswith(_ROW):
        return row.removeprefix(_ROW)
    return message.body.strip()


async def shown_in(conn: Connection, message: Message) -> list[dict[str, Any]]:
    """The options of the picture this message replies to: its numbers are meant."""
    if message.reply_to is None:
        return []
    original = await messages.by_provider_id(conn, provider_id=message.reply_to)
    options = original.payload.get("options") if original else None
    return list(options) if isinstance(options, list) else []


def reader_context(
    state: State,
    context: Context,
    items: Sequence[CartItem],
    written: Sequence[Message],
    *,
    with_image: bool,
    sold: Assortment,
) -> TurnContext:
    # A photo is what "this, but purple" speaks of, and not the piece looked at before.
    options = [] if with_image else state.get("options", [])
    return TurnContext(
        step=state.get("step", "start"),
        options=tuple(_shown(option) for option in options),
        focus=None if with_image else _in_focus(state),
        replied_to_option=_replied_option(written, options),
        cart=tuple(_line(number, item) for number, item in enumerate(items, start=1)),
        question=state.get("question"),
        has_order=state.get("order_id") is not None,
        language=context.language(state),
        with_image=with_image,
        sold=sold,
        currency=context.boutique.currency,
    )


def _shown(option: dict[str, Any]) -> ShownOption:
    colour = option.get("colour")
    colours = [c for c in option.get("colours", ()) if c != colour]
    return ShownOption(
        number=option["number"],
        product_id=option["product_id"],
        sku=option.get("sku", ""),
        name=option["name"],
        category=option.get("category", ""),
        colours=tuple([colour, *colours] if colour else colours),
        sizes=tuple(option.get("sizes", ())),
        price_minor=option["price_minor"],
    )


def _in_focus(state: State) -> ShownOption | None:
    focus = state.get("focus")
    if focus is None:
        return None
    shown = next(
        (o for o in state.get("options", []) if o["product_id"] == focus["product_id"]), None
    )
    if shown is not None:
        return _shown(shown | ({"colour": focus["colour"]} if focus["colour"] else {}))
    return ShownOption(
        number=0,
        product_id=focus["product_id"],
        sku=focus["sku"],
        name=focus["name"],
        category=focus["category"],
        colours=(focus["colour"],) if focus["colour"] else (),
    )


def _replied_option(written: Sequence[Message], options: Sequence[dict[str, Any]]) -> int | None:
    """A picture of one piece says by itself which one is meant."""
    replied = any(message.reply_to for message in written)
    return options[0]["number"] if replied and len(options) == 1 else None


def _line(number: int, item: CartItem) -> CartLine:
    return CartLine(
        line=number,
        sku=item.sku,
        name=item.name,
        category=item.category,
        colour=item.colour,
        size=item.size,
        quantity=item.quantity,
    )


def merged(acts: Sequence[QueuedAct]) -> list[QueuedAct]:
    """Neighbouring acts that make one choice, as one; each choice of its own stays."""
    result: list[QueuedAct] = []
    for act in acts:
        if result and _continues(result[-1], act):
            before = result[-1]
            kind = before["kind"] if before["kind"] != "set_variant" else act["kind"]
            result[-1] = {**before, **act, "kind": kind}
        elif result and _is_another(result[-1], act):
            result.append({**act, "kind": "add_to_cart"})
        else:
            result.append(dict(act))
    return result


def _is_another(before: QueuedAct, act: QueuedAct) -> bool:
    """ "Two in M and one in L": the second is one more piece, no change of the first."""
    return before["kind"] in _CHOICE and act["kind"] == "set_variant"


def _continues(before: QueuedAct, act: QueuedAct) -> bool:
    if before["kind"] not in _CHOICE or act["kind"] not in _CHOICE:
        return False
    names_another = act["kind"] == "select_option" and before["kind"] == "select_option"
    clash = any(before.get(k) != v for k, v in act.items() if k != "kind" and k in before)
    return not names_another and not clash


def once(acts: Sequence[QueuedAct], items: Sequence[CartItem]) -> list[QueuedAct]:
    """The acts without those that say the same as a correction beside them.

    "No, make the dress green" changes the dress in the cart and is no search for another;
    "size 2? no, 2 pieces, medium" is one change, however many acts tell it.
    """
    corrections = [act for act in acts if act["kind"] == "correction" and len(act) > 1]
    changes = [act for act in corrections if set(act) != {"kind", "address"}]
    kept = [act for act in acts if act["kind"] != "correction"]
    if not changes:
        return kept
    in_cart = {item.category for item in items}
    about_the_cart = any(act.get("category") in in_cart for act in changes)
    searches = any(act["kind"] == "search" for act in kept) and not about_the_cart
    told = ("search",) if about_the_cart else ()
    others = [act for act in kept if act["kind"] not in (*_CHOICE, *told)]
    return others if searches else [*changes, *others]
