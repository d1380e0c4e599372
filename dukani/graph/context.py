"""What a turn may reach: its connection, its tenant, its senses. Never kept between turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dukani.agent.eye import Eye
from dukani.agent.facts import Voice
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
from dukani.graph.hearing.assortments import Assortments
from dukani.graph.perceived import Perceived, ToRead
from dukani.graph.state import State

_UNREAD = (Decision.SILENCE, Decision.DELETION)


@dataclass(frozen=True, slots=True)
class Senses:
    """How words and photos are understood; any reader and eye of the seams.

    `reader` waits for nothing outside this process, so it may be asked within a transaction. A
    `mind` may: it is asked first, between transactions, and `reader` when it fails.
    `assortments` remembers what each boutique sells for as long as the senses live.
    """

    reader: Reader
    eye: Eye
    mind: Reader | None = None
    assortments: Assortments = field(default_factory=Assortments)


@dataclass(frozen=True, slots=True)
class Context:
    conn: Connection
    services: Services
    senses: Senses
    boutique: Boutique
    customer: Customer
    conversation: Conversation
    opted_out: bool  # as the turn begins; the ledger says so, whichever conversation it was in
    events: Sequence[ConversationEvent]
    photos: Mapping[str, bytes] = field(default_factory=dict)  # attachment's key → its bytes
    cards: Mapping[str, str] = field(default_factory=dict)  # attachment's key → vCard
    perceived: Perceived = field(default_factory=Perceived)
    asks_mind: bool = False  # words are read by the mind, not by the local reader
    may_take: bool = False  # what is said first can be sent as soon as the turn is committed
    said: list[Message] = field(default_factory=list)  # in this turn, to her

    def language(self, state: State) -> Language:
        """What this conversation is held in, else what she spoke last, else the shop's."""
        return state.get("language") or self.customer.language or self.boutique.language

    def voice(self, language: Language) -> Voice:
        return Voice(
            language=language,
            currency=self.boutique.currency,
            boutique=self.boutique.name,
            customer=self.customer.name,
        )

    def lacks(self, words: ToRead) -> bool:
        """Whether a mind is to be asked of these words before they are read."""
        asks = self.asks_mind and bool(words.text)
        return asks and words.key not in self.perceived.readings

    async def read(self, words: ToRead) -> Understanding:
        """What is in them, as a mind said between transactions or the local reader says now."""
        readings = self.perceived.readings
        if readings and words.key in readings:  # also where no mind would be asked any more
            return readings[words.key]
        return await self.senses.reader.read(words.text, words.context)

    @property
    def heard(self) -> list[Message]:
        """What she wrote in the turn's events, in order, without what asks for no answer."""
        written = [e.message for e in self.events if e.kind == "message" and e.message is not None]
        return [message for message in written if decision_on(message.kind) not in _UNREAD]
