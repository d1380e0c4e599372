"""One turn: what happened to a conversation, handled in one transaction.

The partition (queue lock) runs a conversation's turns one after another; the partition's lock makes
sure of it even when a worker that was thought dead is not. Events handled are marked in the
same transaction, so a turn that runs twice finds nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog

from dukani.core.database import Connection
from dukani.core.jobs import Partition, defer_delivery, defer_turn
from dukani.core.passing import passes
from dukani.core.services import Services
from dukani.core.store import events, orders, turns
from dukani.core.store.events import ConversationEvent
from dukani.core.store.parties import Parties, of_conversation
from dukani.graph.build import sale_machine
from dukani.graph.checkpoints import ConversationSaver, thread_config
from dukani.graph.context import Context, Senses
from dukani.graph.dead_letters import (
    exhausted,
    leave_silently,
    leave_to_a_person,
    tried_together,
)
from dukani.graph.fetching import (
    Files,
    Wanted,
    adverts_to_look_at,
    fetch_in_time,
    waits_for_media,
    wanted_of,
)
from dukani.graph.perceived import ToPerceive, perceived_before
from dukani.graph.perceiving import ask_senses
from dukani.tools.delivery import ClaimedMessage, deliver, messenger_for_reply, take, taken_of

log = structlog.get_logger()

# Words that changed while they were read are read again; then by this machine's own reader.
_MOST_ASKED = 4
_LONGEST_WAIT = 5  # quiet times: someone who never pauses is answered all the same


@dataclass(frozen=True, slots=True)
class Turn:
    """How a turn went, if there was anything to do."""

    done: bool = False
    unfetched: Sequence[Wanted] = ()
    lacking: ToPerceive | None = None
    blamed: Sequence[int] = ()  # the events that lack it
    files: Files = field(default_factory=Files)
    more: bool = False  # events left for a turn of their own
    claimed: ClaimedMessage | None = None  # the first of what it said


@dataclass(frozen=True, slots=True)
class _AtHand:
    """What a try begins with: the files brought so far, and whether no mind is waited for."""

    files: Files = field(default_factory=Files)
    hurried: bool = False


class TurnFailed(Exception):
    """A turn over these events was rolled back; its cause says why.

    Without events it failed before they were read. `passing` says that nothing it was given to
    do caused it, as far as one can tell from one try.
    """

    def __init__(self, event_ids: Sequence[int], *, passing: bool) -> None:
        super().__init__(f"events {list(event_ids)}")
        self.event_ids = event_ids
        self.passing = passing


class NotTriedAgain(Exception):
    """Turns over this event failed, or their workers died, too often."""


class TurnHandler:
    """Handles turns with one compiled machine; each turn brings its own connection."""

    def __init__(self, services: Services, senses: Senses) -> None:
        self._services = services
        self._senses = senses
        self._machine = sale_machine()

    async def handle(self, *, boutique_id: str, conversation_id: str) -> None:
        """Work off what is open in a conversation, and then send what was said.

        A turn that fails is tried again by the queue; what fails again and again alone is left
        to a person, and the conversation goes on.
        """
        turn = await self.turn(boutique_id=boutique_id, conversation_id=conversation_id)
        if turn.claimed is not None or not turn.done:  # a turn has looked already
            with self._sending(boutique_id, turn.claimed):
                await deliver(
                    self._services,
                    boutique_id=boutique_id,
                    conversation_id=conversation_id,
                    claimed=turn.claimed,
                )

    def _sending(
        self, boutique_id: str, claimed: ClaimedMessage | None
    ) -> AbstractContextManager[None]:
        if claimed is None:
            return nullcontext()
        return self._services.capacity.sending[claimed.sender.provider].held(boutique_id)

    async def turn(self, *, boutique_id: str, conversation_id: str) -> Turn:
        """Work off what is open; the message it claimed must be delivered."""
        try:
            return await self._work_off(boutique_id, conversation_id)
        except TurnFailed as failed:
            if not await self._leave_as_dead_letter(boutique_id, conversation_id, failed):
                raise
            log.error(
                "event_is_dead_letter", conversation=conversation_id, exc_info=failed.__cause__
            )
            return await self.turn(boutique_id=boutique_id, conversation_id=conversation_id)

    async def _leave_as_dead_letter(
        self, boutique_id: str, conversation_id: str, failed: TurnFailed
    ) -> bool:
        """In a transaction of its own: the turn's is gone, and the count must stay."""
        try:
            async with self._services.database.tenant_connection(boutique_id) as conn:
                event_ids = failed.event_ids or await _oldest(conn, conversation_id)
                parties = await of_conversation(conn, conversation_id=conversation_id)
                assert parties is not None  # the job names a conversation that is there
                context = self._context(conn, parties, [], at_hand=_AtHand())
                return await leave_to_a_person(context, event_ids, passing=failed.passing)
        except Exception as error:  # what spoils a turn may spoil telling of it too
            if passes(error):
                raise
            log.exception("event_not_told_of", conversation=conversation_id)
        async with self._services.database.tenant_connection(boutique_id) as conn:
            event_ids = failed.event_ids or await _oldest(conn, conversation_id)
            return await leave_silently(conn, conversation_id, event_ids)

    async def _work_off(self, boutique_id: str, conversation_id: str) -> Turn:
        """Try the turn; what it lacks is brought from outside, and it is begun anew with that."""
        turn = await self._try(boutique_id, conversation_id, files=Files())
        asked = 0
        while turn.unfetched or turn.lacking or turn.more:
            files = await self._bring(boutique_id, conversation_id, turn)
            if files is None:
                return Turn()
            asked = asked + 1 if turn.lacking else 0
            turn = await self._try(
                boutique_id, conversation_id, files=files, hurried=asked >= _MOST_ASKED
            )
        return turn

    async def _bring(self, boutique_id: str, conversation_id: str, turn: Turn) -> Files | None:
        """What the turn lacks, from outside; None when the turn is set off again later."""
        partition = Partition(boutique_id, conversation_id)
        try:
            if turn.unfetched:
                fetched = await fetch_in_time(self._services, partition, turn.unfetched)
                return fetched and turn.files.with_those(fetched)
            if turn.lacking:
                await ask_senses(self._services, self._senses, partition, turn.lacking, turn.files)
            return turn.files
        except Exception as error:
            # While files are fetched it is our own database or store: no event's fault.
            passing = bool(turn.unfetched) or passes(error)
            raise TurnFailed(turn.blamed, passing=passing) from error

    async def _try(
        self, boutique_id: str, conversation_id: str, *, files: Files, hurried: bool = False
    ) -> Turn:
        """The turn in one transaction; left untouched when something outside is still lacking.

        One that is `hurried` asks no mind any more. Raises TurnFailed, whatever it was, once the
        partition is ours.
        """
        blamed: list[int] | None = None
        database = self._services.database
        try:
            async with database.tenant_connection(boutique_id, partition=conversation_id) as conn:
                blamed = []
                at_hand = _AtHand(files, hurried)
                return await self._in_partition(conn, boutique_id, conversation_id, at_hand, blamed)
        except Exception as error:  # whatever it is, it must not block the conversation
            if blamed is None:
                raise
            raise TurnFailed(blamed, passing=passes(error)) from error

    async def _in_partition(
        self,
        conn: Connection,
        boutique_id: str,
        conversation_id: str,
        at_hand: _AtHand,
        blamed: list[int],
    ) -> Turn:
        """The turn on its connection; `blamed` are the events it is about, once they are read."""
        opening = await turns.open_turn(conn, conversation_id=conversation_id)
        if opening is None:
            return Turn()
        parties, everything = opening
        waiting = _one_by_one(everything)
        blamed.extend(event.id for event in waiting)
        if exhausted(waiting[0]):
            raise NotTriedAgain
        if self._still_writing(waiting) or waits_for_media(waiting):
            return Turn()
        written = [e.message for e in waiting if e.kind == "message" and e.message is not None]
        sent = wanted_of(written)
        sent += await adverts_to_look_at(conn, self._senses, written, boutique_id=boutique_id)
        unfetched = [wanted for wanted in sent if at_hand.files.lack(wanted)]
        if unfetched:
            return Turn(unfetched=unfetched, files=at_hand.files)
        more = len(waiting) < len(everything)
        has_room = self._services.capacity.sending[parties.sender.provider].has_for(boutique_id)
        messenger = None
        if has_room and not more:
            messenger = messenger_for_reply(self._services, parties.sender)
        context = self._context(
            conn, parties, waiting, at_hand=at_hand, may_take=messenger is not None
        )
        lacking = await self._run(context, parties.memory)
        if lacking:
            return Turn(lacking=lacking, blamed=blamed, files=at_hand.files)
        if more:
            return Turn(done=True, more=True)
        if messenger and (claimed := taken_of(context.said, parties.sender, messenger)):
            return Turn(done=True, claimed=claimed)
        partition = Partition(boutique_id, conversation_id)
        if not has_room:
            await defer_delivery(conn, partition)
            return Turn(done=True)
        # In this transaction, because one of its own costs as much as three statements.
        return Turn(done=True, claimed=await take(conn, self._services, partition))

    def _context(
        self,
        conn: Connection,
        parties: Parties,
        waiting: Sequence[ConversationEvent],
        *,
        at_hand: _AtHand,
        may_take: bool = False,
    ) -> Context:
        files = at_hand.files
        kept = (event.message.perceived for event in waiting if event.message is not None)
        return Context(
            conn=conn,
            services=self._services,
            senses=self._senses,
            boutique=parties.boutique,
            customer=parties.customer,
            conversation=parties.conversation,
            opted_out=parties.sender.opted_out,
            events=waiting,
            photos={key: photo for key, photo in files.photos.items() if photo is not None},
            cards={key: card for key, card in files.cards.items() if card is not None},
            perceived=perceived_before(kept),
            asks_mind=self._asks_mind(parties) and not at_hand.hurried,
            may_take=may_take,
        )

    def _asks_mind(self, parties: Parties) -> bool:
        """Not where a person answers or the customer said stop: there only few words count."""
        answers = parties.conversation.handed_off_at is None and not parties.sender.opted_out
        room = self._services.capacity.minds.has_for(parties.boutique.id)
        return self._senses.mind is not None and answers and room

    def _still_writing(self, waiting: Sequence[ConversationEvent]) -> bool:
        """Messages close together are one turn: the last one's job answers them all."""
        if any(event.kind != "message" for event in waiting):
            return False
        quiet = timedelta(seconds=self._services.settings.conversation.quiet_time_s)
        ages = [event.age for event in waiting]
        return min(ages) < quiet and max(ages) < quiet * _LONGEST_WAIT

    async def _run(self, context: Context, memory: Mapping[str, Any]) -> ToPerceive | None:
        """The machine over all open events, from what it remembers to what it will.

        What the senses are still to be asked of is returned, and nothing is done.
        """
        boutique_id, conversation_id = context.boutique.id, context.conversation.id
        saver = ConversationSaver.of_turn(
            context.conn, boutique_id=boutique_id, conversation_id=conversation_id, memory=memory
        )
        machine = self._machine.copy(update={"checkpointer": saver})
        config = thread_config(boutique_id=boutique_id, conversation_id=conversation_id)
        config |= {
            "run_name": "turn",
            "tags": [context.conversation.provider],
            "metadata": {"boutique_id": boutique_id, "conversation_id": conversation_id},
        }
        state = await machine.ainvoke({"acts": []}, config, context=context, durability="exit")
        lacking: ToPerceive | None = state.get("lacking")
        if lacking:
            return lacking
        await _close(context, state, saver.memory)
        return None


def _one_by_one(waiting: list[ConversationEvent]) -> list[ConversationEvent]:
    """All at once; after failures the oldest alone, so that one spoils nothing for the rest."""
    return waiting if all(tried_together(event) for event in waiting) else waiting[:1]


async def _oldest(conn: Connection, conversation_id: str) -> list[int]:
    oldest = await events.oldest_open(conn, conversation_id=conversation_id)
    return [] if oldest is None else [oldest]


async def _close(context: Context, state: Mapping[str, Any], memory: Mapping[str, Any]) -> None:
    heard = context.heard
    await turns.close(
        context.conn,
        event_ids=[event.id for event in context.events],
        conversation_id=context.conversation.id,
        customer_id=context.customer.id,
        step=state.get("step", "start"),
        language=state.get("language"),
        memory=memory,
        message_id=heard[-1].id if heard else None,
        understanding=state.get("understanding"),
        perceived_ids=[e.message.id for e in context.events if e.message and e.message.perceived],
    )


async def ring_timer(
    services: Services, *, boutique_id: str, conversation_id: str, payload: dict[str, str]
) -> None:
    """A timer set in a turn is over: into the same partition as everything else.

    An order's partition may have become another since, when two halves of a customer were merged.
    """
    async with services.database.tenant_connection(boutique_id) as conn:
        if "order_id" in payload:
            order = await orders.get(conn, order_id=payload["order_id"])
            conversation_id = (order and order.conversation_id) or conversation_id
        await events.add(conn, conversation_id=conversation_id, kind="timer", payload=payload)
        await defer_turn(conn, boutique_id=boutique_id, conversation_id=conversation_id)
