"""Handles one turn: a conversation's open events, in one transaction (the unit of work).

The queue runs a conversation's turns one after another, and a database lock of the partition
enforces that even when a worker thought dead still runs. A turn is idempotent: the events handled
are marked in the same transaction, so a second run finds no open events.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from dukani.agent.outcomes import Outcome
from dukani.core.database import Connection, wrote_something
from dukani.core.jobs import Partition, defer_delivery, defer_turn
from dukani.core.observability import metrics, tracing
from dukani.core.observability.masking import error_line
from dukani.core.services import Services
from dukani.core.store import events, orders, turns, unmet_wishes
from dukani.core.store.chat_sessions import TurnCounted
from dukani.core.store.events import ConversationEvent
from dukani.core.store.parties import Parties, of_conversation
from dukani.core.store.unmet_wishes import NewWish
from dukani.core.transient_errors import is_transient
from dukani.core.work_slots import aside
from dukani.graph.asked_by import AskedBy, asked_by
from dukani.graph.build import sale_graph
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
from dukani.graph.hearing.recovery import answers_an_offer
from dukani.graph.hearing.window_carts import bring_a_cart
from dukani.graph.listening import listen, with_words_heard
from dukani.graph.perceived import ToPerceive, perceived_before
from dukani.graph.perceiving import ask_senses
from dukani.tools.delivery import (
    ClaimedMessage,
    claim_next,
    claimed_reply,
    deliver,
    messenger_for_reply,
)

log = structlog.get_logger()

# Words that change while the mind reads are read again; after this many times by the local reader.
_MOST_ASKED = 4
_LONGEST_WAIT = 5  # quiet times, after which a customer who never pauses is answered


@dataclass(frozen=True, slots=True)
class Turn:
    """How one try of a turn ended; with nothing to do, all defaults."""

    done: bool = False
    unfetched: Sequence[Wanted] = ()  # files to fetch before the next try
    lacking: ToPerceive | None = None  # words and photos to perceive before the next try
    blamed: Sequence[int] = ()  # ids of the events of a try that is `lacking`
    files: Files = field(default_factory=Files)
    more: bool = False  # open events are left for another turn
    quiet_s: float = 0.0  # seconds for which the customer may still write on
    claimed: ClaimedMessage | None = None  # the turn's first reply, to be delivered
    replied_to: datetime | None = None  # when the first event came that it replies to
    asked_by: AskedBy = "other"  # what it replies to


@dataclass(frozen=True, slots=True)
class _Inputs:
    """The inputs one try of a turn begins with."""

    files: Files = field(default_factory=Files)  # fetched so far
    without_mind: bool = False  # the local reader reads the words
    ahead: bool = False  # only what is lacking is wanted, while the customer may still write on


class TurnFailed(Exception):
    """A turn over these events was rolled back; `__cause__` says why.

    `event_ids` is empty if the turn failed before reading them. `transient`: the failure looks
    transient, not caused by the events.
    """

    def __init__(self, event_ids: Sequence[int], *, transient: bool) -> None:
        super().__init__(f"events {list(event_ids)}")
        self.event_ids = event_ids
        self.transient = transient

    @property
    def told(self) -> str | None:
        """The cause in a masked line; None when the event was not tried again."""
        cause = self.__cause__
        if cause is None or isinstance(cause, NotTriedAgain):
            return None
        return error_line(cause)


class NotTriedAgain(Exception):
    """The oldest event has used up its tries."""


class _StillWriting(Exception):
    """Nothing is lacking, but the customer may write on for `quiet_s`: the try is undone."""

    def __init__(self, quiet_s: float) -> None:
        super().__init__(quiet_s)
        self.quiet_s = quiet_s


class TurnHandler:
    """Handles turns with one compiled graph; each turn opens its own connection."""

    def __init__(self, services: Services, senses: Senses) -> None:
        self._services = services
        self._senses = senses
        self._graph = sale_graph()

    async def handle(self, *, boutique_id: str, conversation_id: str) -> None:
        """Handles a conversation's open events, then sends the replies.

        The queue retries a failed turn. An event that keeps failing by itself becomes a dead
        letter, is left to a person, and the conversation goes on.
        """
        told_as = tracing.conversation(boutique_id=boutique_id, conversation_id=conversation_id)
        with told_as, tracing.span("turn"):
            try:
                turn = await self._handle(boutique_id, conversation_id)
            except BaseException:
                metrics.TURNS.labels("failed").inc()
                raise
            _count(turn)
            log.debug("turn_ended", conversation=conversation_id, done=turn.done)

    async def _handle(self, boutique_id: str, conversation_id: str) -> Turn:
        turn = await self.turn(boutique_id=boutique_id, conversation_id=conversation_id)
        if turn.claimed is not None or not turn.done:  # a done turn has looked for messages itself
            with self._sending(boutique_id, turn.claimed):
                await deliver(
                    self._services,
                    boutique_id=boutique_id,
                    conversation_id=conversation_id,
                    claimed=turn.claimed,
                )
        return turn

    def _sending(
        self, boutique_id: str, claimed: ClaimedMessage | None
    ) -> AbstractContextManager[None]:
        if claimed is None:
            return nullcontext()
        return self._services.capacity.sending[claimed.sender.provider].held(boutique_id)

    async def turn(self, *, boutique_id: str, conversation_id: str) -> Turn:
        """Handles the open events; the caller must deliver the message `Turn.claimed`."""
        try:
            return await self._work_off(boutique_id, conversation_id)
        except TurnFailed as failed:
            if not await self._leave_as_dead_letter(boutique_id, conversation_id, failed):
                raise
            log.error(
                "event_is_dead_letter", conversation=conversation_id, exc_info=failed.__cause__
            )
            metrics.TURNS.labels("dead_letter").inc()
            return await self.turn(boutique_id=boutique_id, conversation_id=conversation_id)

    async def _leave_as_dead_letter(
        self, boutique_id: str, conversation_id: str, failed: TurnFailed
    ) -> bool:
        """Counts the failure in a transaction of its own, since the turn's was rolled back.

        Returns whether the event is now a dead letter.
        """
        try:
            async with self._services.database.tenant_connection(boutique_id) as conn:
                event_ids = failed.event_ids or await _oldest(conn, conversation_id)
                parties = await of_conversation(conn, conversation_id=conversation_id)
                assert parties is not None  # the job names a conversation that exists
                context = self._context(conn, parties, [], inputs=_Inputs())
                return await leave_to_a_person(
                    context, event_ids, transient=failed.transient, error=failed.told
                )
        except Exception as error:  # the cause of the failure may prevent the notes as well
            if is_transient(error):
                raise
            log.exception("event_not_told_of", conversation=conversation_id)
        async with self._services.database.tenant_connection(boutique_id) as conn:
            event_ids = failed.event_ids or await _oldest(conn, conversation_id)
            return await leave_silently(conn, conversation_id, event_ids, error=failed.told)

    async def _work_off(self, boutique_id: str, conversation_id: str) -> Turn:
        """Tries the turn until nothing is missing; missing inputs are fetched between the tries.

        A mind outside reads while the customer may still write on, so that its seconds and the
        quiet time pass together. Words that follow are read again once, with what came before.
        """
        ahead = self._senses.mind is not None
        turn = await self._try(boutique_id, conversation_id, _Inputs(ahead=ahead))
        asked = 0
        while turn.unfetched or turn.lacking or turn.more or turn.quiet_s:
            files = await self._fetch_lacking(boutique_id, conversation_id, turn)
            if files is None:
                return Turn()
            ahead = ahead and bool(turn.unfetched)
            if turn.lacking:
                asked += 1
            elif not turn.quiet_s:
                asked = 0
            inputs = _Inputs(files, without_mind=asked >= _MOST_ASKED, ahead=ahead)
            turn = await self._try(boutique_id, conversation_id, inputs)
        return turn

    async def _fetch_lacking(
        self, boutique_id: str, conversation_id: str, turn: Turn
    ) -> Files | None:
        """Fetches files, readings and analyses the turn lacks; None if a later turn is deferred."""
        partition = Partition(boutique_id, conversation_id)
        if turn.quiet_s:
            with aside():
                await asyncio.sleep(turn.quiet_s)
            return turn.files
        try:
            if turn.unfetched:
                fetched = await fetch_in_time(self._services, partition, turn.unfetched)
                if fetched is None:
                    return None
                await self._listen(partition, fetched)
                return turn.files.merged_with(fetched)
            if turn.lacking:
                await ask_senses(self._services, self._senses, partition, turn.lacking, turn.files)
            return turn.files
        except Exception as error:
            # Fetching raises only for our own database or storage, which is no event's fault.
            transient = bool(turn.unfetched) or is_transient(error)
            raise TurnFailed(turn.blamed, transient=transient) from error

    async def _listen(self, partition: Partition, fetched: Files) -> None:
        notes = {key: note for key, note in fetched.voice_notes.items() if note is not None}
        if notes and self._senses.ear is not None:
            await listen(self._services, self._senses.ear, partition, notes)

    async def _try(self, boutique_id: str, conversation_id: str, inputs: _Inputs) -> Turn:
        """The turn in one transaction, which changes nothing while an input is missing.

        Raises TurnFailed for every error that comes after the partition is locked.
        """
        blamed: list[int] | None = None
        database = self._services.database
        try:
            async with database.tenant_connection(boutique_id, partition=conversation_id) as conn:
                blamed = []
                return await self._in_partition(conn, boutique_id, conversation_id, inputs, blamed)
        except _StillWriting as writing:
            return Turn(quiet_s=writing.quiet_s, files=inputs.files)
        except Exception as error:  # no error may block the conversation
            if blamed is None:
                raise
            raise TurnFailed(blamed, transient=is_transient(error)) from error

    async def _in_partition(
        self,
        conn: Connection,
        boutique_id: str,
        conversation_id: str,
        inputs: _Inputs,
        blamed: list[int],
    ) -> Turn:
        """The turn on its connection; adds the ids of the events it handles to `blamed`."""
        opening = await turns.open_turn(conn, conversation_id=conversation_id)
        if opening is None:
            return Turn()
        parties, everything = opening
        if parties.over_plan and await _is_served(conn, conversation_id, everything):
            parties = parties.within_plan()
        tracing.keep_private(parties.customer.name)
        waiting = [with_words_heard(event) for event in _one_by_one(everything)]
        blamed.extend(event.id for event in waiting)
        if exhausted(waiting[0]):
            raise NotTriedAgain
        if waits_for_media(waiting):
            return Turn()
        quiet_s = self._quiet_left_s(waiting)
        if quiet_s and self._senses.mind is None:
            return Turn()  # the last message's job is due when the quiet time is over
        if quiet_s and not inputs.ahead:
            return Turn(quiet_s=quiet_s, files=inputs.files)
        written = [e.message for e in waiting if e.kind == "message" and e.message is not None]
        sent = wanted_of(written)
        sent += await adverts_to_look_at(conn, self._senses, written, boutique_id=boutique_id)
        unfetched = [wanted for wanted in sent if inputs.files.lack(wanted)]
        if unfetched:
            return Turn(unfetched=unfetched, files=inputs.files)
        more = len(waiting) < len(everything)
        has_room = self._services.capacity.sending[parties.sender.provider].has_for(boutique_id)
        messenger = None
        if has_room and not more:
            messenger = messenger_for_reply(self._services, parties.sender)
        context = self._context(
            conn,
            parties,
            waiting,
            inputs=inputs,
            may_claim=messenger is not None,
            ahead=quiet_s > 0,
        )
        if quiet_s and not context.heard:  # nothing to be read ahead
            return Turn(quiet_s=quiet_s, files=inputs.files)
        lacking = await self._run(context, parties.memory)
        if lacking and lacking.only_time:
            await _nothing_is_written(conn, quiet_s)
            return Turn(quiet_s=quiet_s, files=inputs.files)
        if lacking:
            return Turn(lacking=lacking, blamed=blamed, files=inputs.files)
        if more:
            return Turn(done=True, more=True)
        replied_to = waiting[0].created_at if context.replies else None
        # Of the events as they were stored: a voice note that was heard is words by now.
        done = Turn(done=True, replied_to=replied_to, asked_by=asked_by(everything[: len(waiting)]))
        if messenger and (claimed := claimed_reply(context.replies, parties.sender, messenger)):
            return replace(done, claimed=claimed)
        partition = Partition(boutique_id, conversation_id)
        if not has_room:
            await defer_delivery(conn, partition)
            return done
        # Claimed here, because a second transaction costs as much as three statements.
        return replace(done, claimed=await claim_next(conn, self._services, partition))

    def _context(
        self,
        conn: Connection,
        parties: Parties,
        waiting: Sequence[ConversationEvent],
        *,
        inputs: _Inputs,
        may_claim: bool = False,
        ahead: bool = False,
    ) -> Context:
        files = inputs.files
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
            asks_mind=self._asks_mind(parties) and not inputs.without_mind,
            may_claim=may_claim,
            ahead=ahead,
        )

    def _asks_mind(self, parties: Parties) -> bool:
        """Whether the mind reads the words.

        The local reader does after a handoff or "stop", where only few words count, and when all
        of the boutique's calls to the mind are in use.
        """
        paused = parties.boutique.paused_since(parties.conversation.provider)
        by_person = parties.conversation.handed_off_at or paused
        answers = by_person is None and not parties.sender.opted_out
        room = self._services.capacity.minds.has_for(parties.boutique.id)
        return self._senses.mind is not None and answers and room

    def _quiet_left_s(self, waiting: Sequence[ConversationEvent]) -> float:
        """Seconds for which more may follow the last message; 0: the turn can be handled.

        Messages close together are one turn.
        """
        if any(event.kind != "message" for event in waiting):
            return 0.0
        quiet = timedelta(seconds=self._services.settings.conversation.quiet_time_s)
        ages = [event.age for event in waiting]
        left = min(quiet - min(ages), quiet * _LONGEST_WAIT - max(ages))
        return max(left.total_seconds(), 0.0)

    async def _run(self, context: Context, memory: Mapping[str, Any]) -> ToPerceive | None:
        """Runs the graph over the turn's events, from the remembered state to the next.

        Returns what mind and eye must process first, if anything; then nothing is changed.
        """
        boutique_id, conversation_id = context.boutique.id, context.conversation.id
        saver = ConversationSaver.of_turn(
            context.conn, boutique_id=boutique_id, conversation_id=conversation_id, memory=memory
        )
        graph = self._graph.copy(update={"checkpointer": saver})
        config = thread_config(boutique_id=boutique_id, conversation_id=conversation_id)
        config |= {
            "run_name": "turn",
            "tags": [context.conversation.provider],
            "metadata": {"boutique_id": boutique_id, "conversation_id": conversation_id},
        }
        state = await graph.ainvoke({"acts": []}, config, context=context, durability="exit")
        lacking: ToPerceive | None = state.get("lacking")
        if lacking:
            return lacking
        await _close(context, state, saver.memory)
        return None


def _one_by_one(waiting: list[ConversationEvent]) -> list[ConversationEvent]:
    """All events; after failures the oldest alone, so that a failing one blocks no other."""
    return waiting if all(tried_together(event) for event in waiting) else waiting[:1]


async def _nothing_is_written(conn: Connection, quiet_s: float) -> None:
    """Raises _StillWriting, which rolls back, where the try wrote something.

    A rollback makes psycopg forget the connection's prepared statements, so there is none where
    nothing is to be undone.
    """
    if await wrote_something(conn):
        raise _StillWriting(quiet_s)


async def _is_served(
    conn: Connection, conversation_id: str, waiting: Sequence[ConversationEvent]
) -> bool:
    """Whether she is answered whatever the plan says: for her cart, or as the shop wrote first."""
    written = [event.message for event in waiting if event.message is not None]
    if bring_a_cart(written):
        return True
    return await answers_an_offer(conn, written, conversation_id=conversation_id)


def _count(turn: Turn) -> None:
    """Count a turn whose replies, if it claimed any, are with the provider."""
    if not turn.done:
        metrics.TURNS.labels("waiting").inc()
        return
    metrics.TURNS.labels("silent" if turn.replied_to is None else "answered").inc()
    if turn.replied_to is not None and turn.claimed is not None:
        took = datetime.now(UTC) - turn.replied_to
        metrics.TURN_ANSWER.labels(turn.asked_by).observe(max(0.0, took.total_seconds()))


async def _oldest(conn: Connection, conversation_id: str) -> list[int]:
    oldest = await events.oldest_open(conn, conversation_id=conversation_id)
    return [] if oldest is None else [oldest]


async def _close(context: Context, state: Mapping[str, Any], memory: Mapping[str, Any]) -> None:
    heard = context.heard
    outcome = context.outcomes[-1] if context.outcomes else Outcome()
    if heard and outcome.unmet:
        await unmet_wishes.add(
            context.conn,
            [NewWish(wish.kind, wish.subject, wish.details) for wish in outcome.unmet],
            conversation_id=context.conversation.id,
            message_id=heard[-1].id,
        )
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
        counted=TurnCounted(
            wrote=bool(heard), **outcome.model_dump(exclude={"unmet", "of_one_piece"})
        ),
        viewed_id=state.get("last_product_id") if heard and outcome.of_one_piece else None,
    )


async def ring_timer(
    services: Services, *, boutique_id: str, conversation_id: str, payload: dict[str, str]
) -> None:
    """Adds a timer that is due to its conversation's events, and defers a turn.

    An order's conversation may have changed since: merging two customers moves their orders.
    """
    async with services.database.tenant_connection(boutique_id) as conn:
        if "order_id" in payload:
            order = await orders.get(conn, order_id=payload["order_id"])
            conversation_id = (order and order.conversation_id) or conversation_id
        await events.add(conn, conversation_id=conversation_id, kind="timer", payload=payload)
        await defer_turn(conn, boutique_id=boutique_id, conversation_id=conversation_id)
