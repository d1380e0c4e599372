"""A message with everything read from it that the rules decide on."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from dukani.agent.lexicon.tokens import Token, normalise, tokenise
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.cues import Cue, find_cues
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.name_spelling import as_named
from dukani.agent.local_reader.parsing.own_words import with_own_words
from dukani.agent.local_reader.parsing.phones import with_phones_joined, without_receipt
from dukani.agent.local_reader.parsing.repairs import repaired
from dukani.agent.local_reader.parsing.slots import Slots, find_slots
from dukani.agent.local_reader.parsing.vocabulary import names_in_view, names_sold
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option

QUESTION_WORDS = word_set("message", "question_words")
ASKING = word_set("message", "asking_last")
POLITE = word_set("edits", "polite")
HOW_TO = word_set("message", "how_to")
COMMANDS = ("~remove", "~add", "~change", "~reduce")


@dataclass(frozen=True)
class Message:
    """A message or a clause of it.

    `repaired`: something said in it was taken back. `place`: the address said with it, whose
    words are no longer among the tokens.
    """

    raw: str
    tokens: tuple[Token, ...]
    cues: dict[str, Cue]
    slots: Slots
    context: TurnContext
    repaired: bool = False
    place: str | None = None

    def has(self, *names: str) -> bool:
        """True when any of these cues was found."""
        return not self.cues.keys().isdisjoint(names)

    def at(self, name: str) -> int:
        """Where a cue starts; past the end when it is not there."""
        cue = self.cues.get(name)
        return cue.start if cue else len(self.tokens)

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(token.text for token in self.tokens)

    @cached_property
    def _tags(self) -> frozenset[str]:
        return frozenset[str]().union(*(token.tags for token in self.tokens))

    def says(self, *words: str) -> bool:
        return not self._texts.isdisjoint(words)

    def says_any(self, words: frozenset[str]) -> bool:
        return not self._texts.isdisjoint(words)

    def tagged(self, *tags: str) -> bool:
        return not self._tags.isdisjoint(tags)

    @cached_property
    def asks(self) -> bool:
        """A question, with or without its mark; "can you remove the belt?" is none."""
        if self._requests:
            return False
        if any(token.asked for token in self.tokens):
            return True
        opening = [t.text for t in self.tokens if t.tags.isdisjoint(("@hello", "@stopword"))][:1]
        if any(token.text in ASKING for token in self.tokens[1:]) or self._opens_asking:
            return True
        return bool(opening) and opening[0] in QUESTION_WORDS and not self._orders_some

    @property
    def _opens_asking(self) -> bool:
        """ "gani?", "ngapi"; "ama ni 39" goes on with what was said."""
        return bool(self.tokens) and self.tokens[0].text in ASKING - {"ama"}

    @property
    def _orders_some(self) -> bool:
        """ "just do 2 caps": no question."""
        return any(
            token.text == "do" and following.kind in ("number", "") and following.text.isdigit()
            for token, following in itertools.pairwise(self.tokens)
        )

    @cached_property
    def _requests(self) -> bool:
        """ "can I swap the belt for a hat?", "how about a hat instead of the belt?"."""
        if not self.context.cart or not self.slots.finds:
            return False
        if self._asks_how_to_change:
            return True
        texts = [t.text for t in self.tokens if t.tags.isdisjoint(("@hello", "@stopword"))]
        asked_for = {find.slot for find in self.slots.finds} & {"colour", "size", "quantity"}
        if POLITE & set(texts[:2]) and {"be", "iwe", "ikuwe"} & set(texts) and asked_for:
            return True  # "hmm can the 6-7Y be in white?"
        if texts[:1] and texts[0] in POLITE:
            return any(not token.tags.isdisjoint(COMMANDS) for token in self.tokens[:5]) or (
                "make" in texts[:4] or "be" in texts[2:6] or self.says("instead", "badala")
            )
        return texts[1:2] == ["about"] and not self._texts.isdisjoint(("instead", "badala"))

    @cached_property
    def _asks_how_to_change(self) -> bool:
        """ "how do i change the trousers to black?", "inawezekana kubadilisha belt iwe 36?"."""
        changed = self.tagged("~change") or self.says("instead", "badala", "make")
        told = any(find.slot in ("colour", "size", "quantity") for find in self.slots.finds)
        return changed and told and self.says_any(HOW_TO)

    @cached_property
    def in_view(self) -> tuple[Option, ...]:
        """What is shown and what is discussed."""
        focus = self.context.focus
        return (*self.context.options, *((focus,) if focus else ()))

    @property
    def shown(self) -> frozenset[str]:
        """Categories among what is shown and discussed."""
        return frozenset(option.category for option in self.in_view)

    @property
    def shown_colours(self) -> frozenset[str]:
        return frozenset(colour for option in self.in_view for colour in option.colours)

    def lines_said(self) -> list[Line]:
        """The lines of the cart the message's words fit."""
        return [line for line in self.context.cart if self.fits(line)]

    def fits(self, line: Line) -> bool:
        slots = self.slots
        names = [str(find.value) for find in slots.finds if find.slot == "name"]
        called = f"{line.name.lower()} {normalise(line.name)}"  # "levis" of Levi's
        if names and not any(word in called for name in names for word in name.split()):
            return False
        for slot in ("category", "colour"):
            said = {find.value for find in slots.finds if find.slot == slot}
            if said and getattr(line, slot) not in said:
                return False
        return True

    def clause(self, start: int, end: int) -> Message:
        """The words from start to end, read by themselves."""
        tokens = self.tokens[start:end]
        slots = find_slots(tokens, self.context)
        return replace(self, tokens=tokens, cues=find_cues(tokens), slots=slots)

    def without(self, start: int, end: int) -> Message:
        """The message without the words from start to end."""
        kept = (*self.tokens[:start], *self.tokens[end:])
        return replace(self, tokens=kept).clause(0, len(kept))

    def only(self, finds: Iterable[Find]) -> Message:
        """The same words with only these finds in them."""
        return replace(self, slots=replace(self.slots, finds=tuple(finds)))


def read_message(text: str, context: TurnContext) -> Message:
    """Tokens, cues and slots of a text in its context."""
    plain = with_phones_joined(without_receipt(text))
    tokens = as_named(as_named(tokenise(plain), names_in_view(context)), names_sold(context))
    tokens = with_own_words(tokens, context.sold)
    tokens, taken_back = repaired(tokens)
    slots = find_slots(tokens, context)
    return Message(text, tokens, find_cues(tokens), slots, context, repaired=taken_back)
