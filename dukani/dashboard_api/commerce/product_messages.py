"""Pieces sent into a customer's chat: one, a list in sections, or a carousel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter, Request

from dukani.agent.facts import Option
from dukani.agent.wording.commerce import piece_text, shelf_text
from dukani.core.errors import CallerError, NotFound
from dukani.core.jobs import Partition, defer_delivery
from dukani.core.store import consents, conversations, customer_profile
from dukani.core.store.conversations import Conversation
from dukani.dashboard_api.access import Member
from dukani.dashboard_api.commerce.access import AWriter
from dukani.dashboard_api.commerce.pieces import options_of
from dukani.dashboard_api.commerce.product_bodies import (
    NewCarousel,
    NewProduct,
    NewProductList,
    Sends,
    SentProducts,
)
from dukani.dashboard_api.commerce.shoppers import the_boutique, the_shopper, voice_for
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.tools import product_messages
from dukani.tools.chat_templates import OptedOut
from dukani.tools.chats import WindowClosed
from dukani.tools.product_messages import Form, Section, Shown
from dukani.tools.sending_rules import is_window_open

router = APIRouter(prefix="/whatsapp-commerce", tags=["whatsapp commerce"])

REFERENCE = "products:api"  # what comes from outside of the talk: its numbers can be answered


class PieceNotInCatalogue(CallerError):
    """Meta's catalogue does not show these pieces: in review, rejected, sold out or not there."""

    http_status = 409

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"Meta's catalogue does not show {', '.join(names)} now. See the pieces' catalogue for"
            " the reason, or send them as a picture with picture_instead."
        )


class PersonAnswers(CallerError):
    """A person of the shop answers in this chat: hand it back to the assistant, then send."""

    http_status = 409


class NoChat(CallerError):
    """This customer has never written to the boutique, so there is no chat to send into."""

    http_status = 409


@router.post("/send-product", status_code=201)
async def send_product(
    member: AWriter, new: NewProduct, request: Request, idempotency_key: IdempotencyKey = None
) -> SentProducts:
    """A piece into her chat, as a card that she can put into WhatsApp's cart.

    Within a day of her last message, and not while a person of the shop answers in the chat.
    Without a catalogue at Meta it is a picture with text.
    """

    async def send() -> SentProducts:
        return await _sent(member, new, "product", [("", [new.product_id])], text=new.text)

    return await once(member, request, idempotency_key, send, SentProducts)


@router.post("/send-product-list", status_code=201)
async def send_product_list(
    member: AWriter, new: NewProductList, request: Request, idempotency_key: IdempotencyKey = None
) -> SentProducts:
    """Pieces in sections, opened by "View items". Rules as for one piece."""

    async def send() -> SentProducts:
        wanted = [(one.title, one.product_ids) for one in new.sections]
        return await _sent(member, new, "product_list", wanted, text=new.text, header=new.header)

    return await once(member, request, idempotency_key, send, SentProducts)


@router.post("/send-product-carousel", status_code=201)
async def send_product_carousel(
    member: AWriter, new: NewCarousel, request: Request, idempotency_key: IdempotencyKey = None
) -> SentProducts:
    """Cards beside each other. Rules as for one piece."""

    async def send() -> SentProducts:
        return await _sent(member, new, "carousel", [("", new.product_ids)], text=new.text)

    return await once(member, request, idempotency_key, send, SentProducts)


async def _sent(
    member: Member,
    new: Sends,
    form: Form,
    wanted: Sequence[tuple[str, Sequence[UUID]]],
    *,
    text: str | None,
    header: str = "",
) -> SentProducts:
    boutique = await the_boutique(member)
    customer = await the_shopper(member.conn, boutique, new.user_id)
    sections = await _sections(member, wanted)
    chat = await _open_chat(member, customer.id)
    voice = voice_for(boutique, customer)
    options = [option for section in sections for option in section.options]
    if not new.picture_instead:
        await _check_shelf(member, chat, options)
    said = text or piece_text(options[0], voice)
    in_words = shelf_text(
        [(one.title, one.options) for one in sections], voice, head=_head(header, text)
    )
    shown = await product_messages.show(
        member.conn,
        chat,
        form=form,
        text=said,
        sections=sections,
        in_words=in_words,
        header=header,
        language=voice.language,
        reference=REFERENCE,
    )
    await defer_delivery(member.conn, Partition(boutique.id, chat.id))
    return _answer(shown, chat, said if shown.sent_as != "picture" else in_words)


def _head(header: str, text: str | None) -> str:
    return "\n".join(one for one in (header and f"*{header}*", text or "") if one)


async def _sections(member: Member, wanted: Sequence[tuple[str, Sequence[UUID]]]) -> list[Section]:
    """The pieces, numbered through. Raises NotFound for one that is not on sale here."""
    ids = list(dict.fromkeys(str(one) for _, asked in wanted for one in asked))
    options = {option.product_id: option for option in await options_of(member.conn, ids)}
    if missing := [one for one in ids if one not in options]:
        raise NotFound(f"There is no such piece on sale here: {', '.join(missing)}.")
    sections = []
    for title, asked in wanted:
        own = [options.pop(one) for one in dict.fromkeys(map(str, asked)) if one in options]
        if own:
            sections.append(Section(title, tuple(own)))
    return _numbered(sections)


def _numbered(sections: Sequence[Section]) -> list[Section]:
    number = 0
    numbered = []
    for section in sections:
        own = []
        for option in section.options:
            number += 1
            own.append(option.model_copy(update={"number": number}))
        numbered.append(Section(section.title, tuple(own)))
    return numbered


async def _open_chat(member: Member, customer_id: str) -> Conversation:
    """Raises OptedOut, NoChat, PersonAnswers, WindowClosed."""
    if not await consents.may_answer(member.conn, customer_id=customer_id):
        raise OptedOut
    found = await customer_profile.conversation_of(member.conn, customer_id=customer_id)
    if found:  # and for a person who is taking the chat, who would not see what is queued here
        await conversations.wait_for_turn(member.conn, conversation_id=found)
    chat = await conversations.get(member.conn, conversation_id=found) if found else None
    if chat is None or chat.channel != "whatsapp":
        raise NoChat
    if chat.handed_off_at is not None:
        raise PersonAnswers  # as a reminder of a left cart stays away then
    if not is_window_open(chat.last_inbound_at, datetime.now(UTC)):
        raise WindowClosed
    return chat


async def _check_shelf(member: Member, chat: Conversation, options: Sequence[Option]) -> None:
    """Raises PieceNotInCatalogue where a connected catalogue lacks one of the pieces."""
    shelf = await product_messages.shelf_for(member.conn, chat, options)
    if shelf.missing:
        raise PieceNotInCatalogue([o.name for o in options if o.product_id in shelf.missing])


def _answer(shown: Shown, chat: Conversation, text: str) -> SentProducts:
    return SentProducts(
        sent_as=shown.sent_as,
        why_picture=shown.why_picture,
        conversation_id=UUID(chat.id),
        message_ids=[UUID(message.id) for message in shown.messages],
        whatsapp_text=text,
    )
