"""A message with everything read from it that the rules decide on."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.agent.acts import CartLine, TurnContext
from dukani.agent.lexicon.tokens import Token, tokenise
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.understanding.cues import Cue, find_cues
from dukani.agent.understanding.own_words import with_own_words
from dukani.agent.understanding.slots import Slots, find_slots

QUESTION_WORDS = word_set("message", "question_words")
ASKING = word_set("message", "asking_last")


@dataclass(frozen=True)
class Message:
    raw: str
    tokens: tuple[Token, ...]
    cues: dict[str, Cue]
    slots: Slots
    context: TurnContext

    def has(self, *names: str) -> bool:
        """True when any of these cues was found."""
        return any(name in self.cues for name in names)

    def at(self, name: str) -> int:
        """Where a cue starts; past the end when it is not there."""
        cue = self.cues.get(name)
        return cue.start if cue else len(self.tokens)

    def says(self, *words: str) -> bool:
        return any(token.text in words for token in self.tokens)

    def tagged(self, *tags: str) -> bool:
        return any(not token.tags.isdisjoint(tags) for token in self.tokens)

    @property
    def asks(self) -> bool:
        """A question, with or without its mark."""
        if any(token.asked for token in self.tokens):
            return True
        opening = [t.text for t in self.tokens if t.tags.isdisjoint(("@hello", "@stopword"))][:1]
        return any(token.text in ASKING for token in self.tokens) or (
            bool(opening) and opening[0] in QUESTION_WORDS
        )

    @property
    def shown(self) -> frozenset[str]:
        """Categories among what the customer has in front of her."""
        options = (*self.context.options, *([self.context.focus] if self.context.focus else ()))
        return frozenset(option.category for option in options)

    @property
    def shown_colours(self) -> frozenset[str]:
        options = (*self.context.options, *([self.context.focus] if self.context.focus else ()))
        return frozenset(colour for option in options for colour in option.colours)

    def cart_line_said(self) -> CartLine | None:
        """The one cart line the message's words fit, or None."""
        lines = [line for line in self.context.cart if self.fits(line)]
        return lines[0] if len(lines) == 1 else None

    def fits(self, line: CartLine) -> bool:
        slots = self.slots
        names = [str(find.value) for find in slots.finds if find.slot == "name"]
        if names and not any(word in line.name.lower() for name in names for word in name.split()):
            return False
        for slot in ("category", "colour"):
            said = {find.value for find in slots.finds if find.slot == slot}
            if said and getattr(line, slot) not in said:
                return False
        return True


def read_message(text: str, context: TurnContext) -> Message:
    """Tokens, cues and slots of a text in its context."""
    tokens = with_own_words(tokenise(text), context.sold)
    return Message(text, tokens, find_cues(tokens), find_slots(tokens, context), context)
