"""The owner and her customers: words passed on, a chat taken from the assistant or given back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dukani.agent.wording import owner_desk as words
from dukani.agent.wording.owner_replies import Answer, answer_note, customer_named
from dukani.core.phone import mask_phone
from dukani.core.store import consents, conversations
from dukani.core.store.conversations import Conversation, Waiting
from dukani.core.store.parties import Parties, of_conversation
from dukani.domain.owner_pending import PauseCustomer
from dukani.owner.context import Desk
from dukani.tools import staff
from dukani.tools.sending_rules import is_window_open


async def pass_on(desk: Desk, conversation_id: str) -> None:
    """Sends her words to the customer of the conversation, or says why not."""
    parties = await of_conversation(desk.conn, conversation_id=conversation_id)
    if parties is None:
        return
    conversation = parties.conversation
    if why := await _reason_not_to_send(desk, conversation):
        await _tell(desk, why, parties)
    else:
        await staff.staff_wrote(desk.conn, conversation, desk.message.body, by_note=True)


async def pass_on_unquoted(desk: Desk) -> None:
    """Sends words that are no command to the only customer who waits; else to nobody."""
    waiting = await _who_waits(desk)
    match waiting:
        case [one]:
            await pass_on(desk, one.id)
        case []:
            await desk.tell(_nobodys(desk))
        case _:
            await desk.say(answer_note("several", language=desk.language))


def _nobodys(desk: Desk) -> words.Told:
    if desk.message.kind == "image":
        return "photo_without_price"
    return "unknown" if desk.message.body else "only_words"


async def only_one_waits(desk: Desk) -> bool:
    return len(await _who_waits(desk)) == 1


async def hand_back(desk: Desk, conversation_id: str) -> None:
    """Lets the assistant answer the customer again."""
    parties = await of_conversation(desk.conn, conversation_id=conversation_id)
    if parties is not None:
        await staff.hand_back(desk.conn, parties.conversation)
        await _tell(desk, "handed_back", parties)


async def hand_back_unquoted(desk: Desk) -> None:
    match await _who_waits(desk):
        case [one]:
            await hand_back(desk, one.id)
        case []:
            await desk.tell("nobody_waits")
        case _:
            await desk.say(answer_note("several", language=desk.language))


async def ask_to_pause(desk: Desk, conversation_id: str) -> None:
    parties = await of_conversation(desk.conn, conversation_id=conversation_id)
    if parties is not None:
        text = words.told("pause_customer", desk.language, who=_named(parties))
        await desk.confirm(PauseCustomer(conversation_id=conversation_id), text)


async def pause(desk: Desk, change: PauseCustomer) -> None:
    """Makes the assistant silent for the customer; the owner answers by replying to notes."""
    parties = await of_conversation(desk.conn, conversation_id=change.conversation_id)
    if parties is not None:
        await staff.take_over(desk.conn, parties.conversation)
        text = words.paused_customer(_named(parties), desk.language)
        await desk.say(text, about=change.conversation_id)


async def _who_waits(desk: Desk) -> list[Waiting]:
    """Two at most: whether one waits, or several."""
    patience = timedelta(hours=desk.services.settings.conversation.handoff_hours)
    return await conversations.with_people(
        desk.conn, patience=patience, owner_phone=desk.boutique.owner_phone or ""
    )


async def _reason_not_to_send(desk: Desk, conversation: Conversation) -> Answer | None:
    """Why the text cannot be sent to the customer; none if it can."""
    if desk.message.kind not in ("text", "button") or not desk.message.body:
        return "only_words"
    if not await consents.may_answer(desk.conn, customer_id=conversation.customer_id):
        return "said_stop"
    if not is_window_open(conversation.last_inbound_at, datetime.now(UTC)):
        return "window_closed"
    return None


async def _tell(desk: Desk, answer: Answer, parties: Parties) -> None:
    text = answer_note(answer, _named(parties), language=desk.language)
    await desk.say(text, about=parties.conversation.id)


def _named(parties: Parties) -> str:
    customer = parties.customer
    phone = mask_phone(customer.phone) if customer.phone else ""
    return customer_named(customer.name, phone, language=parties.boutique.language)
