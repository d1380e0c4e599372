"""Plays a dialogue's turns: the shopper's messages, payments, and the staff's actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from dukani.core.store.conversations import Conversation
from dukani.core.store.messages import Message
from dukani.evals.dialogue_file import Event, Said, Turn, event_called
from dukani.evals.dialogue_result import DialogueResult
from dukani.evals.files import BadEvalFile
from dukani.evals.money_events import PAYS, answer_prompt, failing_answer, has_prompt
from dukani.evals.placeholders import fill
from dukani.evals.read_standing import standing_of
from dukani.evals.scripted_eye import ScriptedEye, any_photo
from dukani.evals.shopper import Shopper, options_in
from dukani.tools import staff

MOST_YESES = 2
STAFF_GREETING = "Hello, this is the shop. How can I help?"
_ANSWERED_BY_YES = ("take_it", "last_address")


class CannotHappen(Exception):
    """The turn is impossible: no message has been written yet, or the event is unknown."""


@dataclass(slots=True)
class TurnTaker:
    """Plays turns; photo paths are relative to `folder`; fills the result's transcript."""

    result: DialogueResult
    shopper: Shopper
    eye: ScriptedEye
    folder: Path
    numbers: dict[str, int] = field(default_factory=dict)  # SKU → number last shown
    unread: list[Message] = field(default_factory=list)

    async def take(self, turn: Turn) -> None:
        """Play a turn. Raises CannotFill, CannotHappen, NoPrompt, NotAnswered (after a timeout)."""
        if turn.user is not None:
            await self._say(turn.user)
        elif turn.event is not None:
            await self._happen(turn.event)

    async def read(self) -> list[Message]:
        """The messages, both ways, since the last call."""
        await self._hear()
        written, self.unread = self.unread, []
        return written

    async def waits_for_yes(self) -> bool:
        """Whether the assistant asked a yes-or-no question, and MOST_YESES is not reached."""
        standing = await standing_of(self.shopper)
        if standing is None or self.result.yeses >= MOST_YESES:
            return False
        questions = standing.state.get("questions") or [{}]
        asked = questions[-1].get("field") in _ANSWERED_BY_YES
        if questions[-1].get("field") == "reading":
            return False  # a yes says nothing of which edits were meant
        return asked or standing.conversation.step == "awaiting_confirmation"

    async def say_yes(self) -> None:
        self.result.yeses += 1
        await self.shopper.write("yes")
        await self._hear()

    async def _say(self, said: Said) -> None:
        text = fill(said.text, self.numbers)
        self.eye.forget()
        if said.location is not None:
            place = said.location
            await self.shopper.send_place(place.latitude, place.longitude, place.name)
            if not text:
                return
        if said.image is None:
            await self.shopper.write(text)
            return
        if said.image.attrs is not None:
            self.eye.next_sees(said.image.attrs)
            await self.shopper.send_photo(any_photo(), text)
            return
        await self.shopper.send_photo(self._photo(said.image.path or ""), text)

    def _photo(self, name: str) -> bytes:
        path = self.folder / name
        if not path.is_file():
            raise BadEvalFile(f"{self.result.dialogue.id}: the photo {path} is not there")
        return path.read_bytes()

    async def _happen(self, event: Event) -> None:
        match event_called(event.type):
            case "payment_succeeded":
                await self._pay(PAYS)
            case "payment_failed":
                await self._pay(failing_answer(event.reason))
            case "staff_message":
                await self._staff_writes(event.text or STAFF_GREETING)
            case "staff_release":
                await self._staff_hands_back()
            case _:
                raise CannotHappen(f"the event {event.type!r} is not known")
        self.result.transcript.append(("event", f"{event.type} {event.reason}".strip()))

    async def _pay(self, answer: dict[str, object]) -> None:
        """Answer the prompt; if the assistant asks for confirmation first, say yes."""
        while not await has_prompt(self.shopper) and await self.waits_for_yes():
            await self.say_yes()
        await answer_prompt(self.shopper, answer)

    async def _staff_writes(self, text: str) -> None:
        conversation = await self._conversation()
        async with self.shopper.harness.database.tenant_connection(
            conversation.boutique_id
        ) as conn:
            await staff.staff_wrote(conn, conversation, text)

    async def _staff_hands_back(self) -> None:
        conversation = await self._conversation()
        async with self.shopper.harness.database.tenant_connection(
            conversation.boutique_id
        ) as conn:
            await staff.hand_back(conn, conversation)

    async def _conversation(self) -> Conversation:
        standing = await standing_of(self.shopper)
        if standing is None:
            raise CannotHappen("nobody has written yet")
        return standing.conversation

    async def _hear(self) -> None:
        written = await self.shopper.answered()
        self.unread += written
        for message in written:
            self.result.transcript.append((message.author, message.body or f"[{message.kind}]"))
        for option in options_in(written):
            self.numbers[option["sku"]] = option["number"]
