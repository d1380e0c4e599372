"""Runs whole conversations through the running path and checks them turn by turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dukani.core.store.messages import Message
from dukani.evals.catalogue_file import Catalogue
from dukani.evals.checks import Moment, run_checks
from dukani.evals.dialogue_file import Dialogue, Event, Said, Turn
from dukani.evals.files import BadEvalFile
from dukani.evals.money_events import (
    PAYS,
    NoPrompt,
    answer_prompt,
    failing_answer,
    has_prompt,
)
from dukani.evals.placeholders import CannotFill, fill
from dukani.evals.rig import Rig
from dukani.evals.scripted_eye import ScriptedEye, any_photo
from dukani.evals.shop import open_shop
from dukani.evals.shopper import NotAnswered, Shopper, options_in, words_of
from dukani.evals.standing import Standing, standing_of
from dukani.tools import staff

MOST_YESES = 2
_AWAITS_ORDER = frozenset({"awaiting_payment", "payment_failed", "paid"})


@dataclass(slots=True)
class DialogueResult:
    """A dialogue with what was wrong in it; none of it: it passed."""

    dialogue: Dialogue
    problems: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    transcript: list[tuple[str, str]] = field(default_factory=list)  # who, words
    yeses: int = 0  # questions the harness answered

    @property
    def passed(self) -> bool:
        return not self.problems


async def run_dialogues(
    rig: Rig,
    dialogues: Sequence[Dialogue],
    catalogue: Catalogue,
    eye: ScriptedEye,
    folder: Path,
    *,
    progress: Callable[[], None] = lambda: None,
) -> list[DialogueResult]:
    """Each dialogue in a boutique of its own; `folder` is where photo paths start."""
    products = [product.as_new_product(catalogue.currency) for product in catalogue.products]
    names = {product.sku: product.name for product in catalogue.products}
    results = []
    for dialogue in dialogues:
        shop = await open_shop(rig, products, currency=catalogue.currency)
        run = _Run(DialogueResult(dialogue), Shopper(rig, shop), eye, folder, names)
        results.append(await run.result_of_all_turns())
        progress()
    return results


@dataclass(slots=True)
class _Run:
    """One dialogue under way."""

    result: DialogueResult
    shopper: Shopper
    eye: ScriptedEye
    folder: Path
    names: dict[str, str]  # SKU → name
    numbers: dict[str, int] = field(default_factory=dict)  # SKU → last shown under
    written: list[Message] = field(default_factory=list)
    stopped: bool = False
    after_opt_out: int = 0

    async def result_of_all_turns(self) -> DialogueResult:
        where = ""
        try:
            for number, turn in enumerate(self.result.dialogue.turns, start=1):
                where = f"turn {number}"
                await self._check(where, turn.then, await self._take(turn))
            where = "finally"
            await self._end()
        except (CannotFill, NotAnswered, NoPrompt) as error:
            # What would follow would be about another conversation.
            self._problem(where, str(error))
        return self.result

    async def _end(self) -> None:
        """The last question, if the file awaits an order behind it, and the final checks."""
        dialogue = self.result.dialogue
        if _orders(dialogue) and await self._waits_for_yes():
            await self._say_yes()
        await self._check("finally", dialogue.expect_final, self.written, final=True)

    async def _take(self, turn: Turn) -> list[Message]:
        if turn.user is not None:
            await self._say(turn.user)
        elif turn.event is not None:
            await self._happen(turn.event)
        return await self._hear()

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
        match event.type:
            case "payment_succeeded":
                await self._pay(PAYS)
            case "payment_failed":
                await self._pay(failing_answer(event.reason))
            case "staff_message" | "staff_reply":
                await self._staff_writes(event.text or "Hello, this is the shop. How can I help?")
            case "staff_release" | "hand_back" | "bot_resume":
                await self._staff_hands_back()
            case _:
                raise CannotFill(f"the event {event.type!r} is not known")
        self.result.transcript.append(("event", f"{event.type} {event.reason}".strip()))

    async def _pay(self, answer: dict[str, object]) -> None:
        """A bot that asks once more before it sends the prompt gets its yes."""
        while not await has_prompt(self.shopper) and await self._waits_for_yes():
            if self.result.yeses >= MOST_YESES:
                break
            await self._say_yes()
        await answer_prompt(self.shopper, answer)

    async def _waits_for_yes(self) -> bool:
        standing = await standing_of(self.shopper)
        if standing is None or self.result.yeses >= MOST_YESES:
            return False
        asked = standing.state.get("question") in ("take_it", "last_address")
        return asked or standing.conversation.step == "awaiting_confirmation"

    async def _say_yes(self) -> None:
        self.result.yeses += 1
        await self.shopper.write("yes")
        await self._hear()

    async def _staff_writes(self, text: str) -> None:
        async with self.shopper.rig.database.tenant_connection(
            self.shopper.shop.boutique_id
        ) as conn:
            await staff.staff_wrote(conn, (await self._standing()).conversation, text)

    async def _staff_hands_back(self) -> None:
        async with self.shopper.rig.database.tenant_connection(
            self.shopper.shop.boutique_id
        ) as conn:
            await staff.hand_back(conn, (await self._standing()).conversation)

    async def _hear(self) -> list[Message]:
        written = await self.shopper.answered()
        self.written += written
        for message in written:
            self.result.transcript.append((message.author, message.body or f"[{message.kind}]"))
        for option in options_in(written):
            self.numbers[option["sku"]] = option["number"]
        return written

    async def _check(
        self, where: str, checks: dict[str, object], written: list[Message], *, final: bool = False
    ) -> None:
        standing = await self._standing()
        said = words_of(written)
        if not final:
            self.stopped = self.stopped or not standing.may_answer
            self.after_opt_out += len(said) if self.stopped else 0
        moment = Moment(
            said=said,
            options=frozenset(option["sku"] for option in options_in(written)),
            named=self._named(said),
            standing=standing,
            after_opt_out=self.after_opt_out,
            final=final,
        )
        problems, unchecked = run_checks(checks, moment)
        for problem in problems:
            self._problem(where, problem)
        self.result.unchecked += [name for name in unchecked if name not in self.result.unchecked]

    def _named(self, said: Sequence[str]) -> frozenset[str]:
        text = "\n".join(said).lower()
        return frozenset(sku for sku, name in self.names.items() if name.lower() in text)

    async def _standing(self) -> Standing:
        standing = await standing_of(self.shopper)
        if standing is None:
            raise CannotFill("nobody has written yet")
        return standing

    def _problem(self, where: str, problem: str) -> None:
        self.result.problems.append(f"{where}: {problem}")


def _orders(dialogue: Dialogue) -> bool:
    """Whether the dialogue ends with an order."""
    wanted = dialogue.expect_final.get("order_status", ())
    statuses = wanted if isinstance(wanted, list) else [wanted]
    return bool(_AWAITS_ORDER.intersection(map(str, statuses)))
