"""Defines the LangGraph runtime context of a turn: connection, tenant, services, events.

A context lives for one try of a turn and is never stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dukani.agent.ear import Ear
from dukani.agent.eye import Eye
from dukani.agent.facts import Voice
from dukani.agent.local_reader.plain_answers import is_plain_answer
from dukani.agent.outcomes import Outcome
from dukani.agent.reader import Reader
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.customers import Customer
from dukani.core.store.events import ConversationEvent
from dukani.core.store.messages import Message
from dukani.domain.acts import Language, Understanding
from dukani.domain.message_kinds import Decision, decision_on
from dukani.domain.next_opening import Opening
from dukani.domain.shop_facts import policies_of, tone_of
from dukani.graph.hearing.assortments import Assortments
from dukani.graph.opening import opening_of
from dukani.graph.perceived import Perceived, ToRead
from dukani.graph.state import State

_UNREAD = (Decision.SILENCE, Decision.DELETION)


@dataclass(frozen=True, slots=True)
class Senses:
    """The services that understand words (reader, mind) and photos (eye).

    `reader` waits for nothing outside this process, so a transaction may call it. `mind` may wait
    (a language model does), so it is called between transactions; when it fails, `reader` answers.
    `ear` hears voice notes; without one the customer is asked to write.
    `assortments` caches what each boutique sells.
    """

    reader: Reader
    eye: Eye
    mind: Reader | None = None
    ear: Ear | None = None
    assortments: Assortments = field(default_factory=Assortments)


@dataclass(frozen=True, slots=True)
class Context:
    conn: Connection
    services: Services
    senses: Senses
    boutique: Boutique
    customer: Customer
    conversation: Conversation
    opted_out: bool  # the customer, as the turn begins, by the consent ledger
    events: Sequence[ConversationEvent]
    photos: Mapping[str, bytes] = field(default_factory=dict)  # attachment's key → image bytes
    cards: Mapping[str, str] = field(default_factory=dict)  # attachment's key → vCard
    perceived: Perceived = field(default_factory=Perceived)
    asks_mind: bool = False  # whether the mind, and not the local reader, reads the words
    ahead: bool = False  # whether only what mind and eye must process is wanted as yet
    may_claim: bool = False  # whether the first reply may be sent as soon as the turn commits
    replies: list[Message] = field(default_factory=list)  # queued for the customer in this turn
    outcomes: list[Outcome] = field(default_factory=list)  # what the turn came to: one, at its end

    def language(self, state: State) -> Language:
        """The conversation's language, else the customer's last one, else the boutique's."""
        return state.get("language") or self.customer.language or self.boutique.language

    def voice(self, language: Language) -> Voice:
        info, worded = self.boutique.shop_info, self.services.reworder is not None
        return Voice(
            language=language,
            currency=self.boutique.currency,
            boutique=self.boutique.name,
            customer=self.customer.name,
            tone=tone_of(info),
            policies=policies_of(info, language) if worded else {},
        )

    @property
    def paused_since(self) -> datetime | None:
        """Since when the assistant answers nobody on this channel: people of the shop do."""
        return self.boutique.paused_since(self.conversation.provider)

    @property
    def opening(self) -> Opening | None:
        """Whether the boutique is open now, else when it opens; None if its hours are unknown."""
        return opening_of(self.boutique, datetime.now(UTC))

    def lacks(self, words: ToRead) -> bool:
        """Whether the mind must read these words first, outside the transaction."""
        if not self.asks_mind or not words.text or words.key in self.perceived.readings:
            return False
        return not is_plain_answer(words.text, words.context)

    async def read(self, words: ToRead) -> Understanding:
        """The mind's reading made between transactions, else the local reader's, made now."""
        readings = self.perceived.readings
        if readings and words.key in readings:  # even if the mind would no longer be asked
            return readings[words.key]
        return await self.senses.reader.read(words.text, words.context)

    @property
    def heard(self) -> list[Message]:
        """The customer's messages among the turn's events, oldest first, that want an answer."""
        written = [e.message for e in self.events if e.kind == "message" and e.message is not None]
        return [message for message in written if decision_on(message.kind) not in _UNREAD]
