"""Defines what a command is handled with: the transaction, the shop, the message, her session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from dukani.agent.eye import PhotoAnalysis
from dukani.agent.wording import owner_desk as words
from dukani.agent.wording.owner_desk import Told
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import owner_sessions
from dukani.core.store.boutiques import Boutique
from dukani.core.store.messages import Message
from dukani.core.store.owner_sessions import OwnerSession
from dukani.domain.acts import Language
from dukani.domain.owner_pending import PENDING, Change, Pending
from dukani.tools import messaging


@dataclass(frozen=True, slots=True)
class SeenPhoto:
    """A photo of a new piece, kept at `path` in the media store, and what the eye made of it.

    Without `path` the photo could not be opened.
    """

    path: str | None = None
    analysis: PhotoAnalysis | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """One message of the owner, in the transaction that handles it."""

    conn: Connection
    services: Services
    boutique: Boutique
    message: Message
    session: OwnerSession
    quoted: Message | None = None  # the note that she replied to
    photo: SeenPhoto | None = None

    @property
    def language(self) -> Language:
        return self.boutique.language

    @property
    def pending(self) -> Pending | None:
        plain = self.session.pending
        return PENDING.validate_python(plain) if plain is not None else None

    async def say(self, text: str, *, about: str | None = None) -> None:
        await messaging.queue_owner_note(self.conn, self.boutique, text, about=about)

    async def tell(self, what: Told, *, who: str = "", about: str | None = None) -> None:
        await self.say(words.told(what, self.language, who=who), about=about)

    async def confirm(self, change: Change, text: str) -> None:
        """Asks for a yes to the change that `text` says in a line."""
        minutes = self.services.settings.owner.confirm_minutes
        await self.ask(change, words.asked(text, self.language, minutes=minutes), yes_or_no=True)

    async def ask(self, pending: Pending, text: str, *, yes_or_no: bool = False) -> None:
        """Keeps what is asked, in place of what was asked before, and asks it."""
        minutes = self.services.settings.owner.confirm_minutes
        version = await owner_sessions.ask(
            self.conn, PENDING.dump_python(pending, mode="json"), lasts=timedelta(minutes=minutes)
        )
        shown = words.buttons(version, self.language) if yes_or_no else ()
        await messaging.queue_owner_note(
            self.conn, self.boutique, text, buttons=shown, asks=version
        )
