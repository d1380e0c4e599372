"""Defines a parsed message, the input of all rules: tokens, cues, slots and context."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from dukani.agent.lexicon.tokens import Token, normalise, tokenise
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.cues import Cue, find_cues
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.fit_pause import with_pause_behind_fit
from dukani.agent.local_reader.parsing.name_spelling import as_named
from dukani.agent.local_reader.parsing.openers import without_opener
from dukani.agent.local_reader.parsing.own_words import with_own_words
from dukani.agent.local_reader.parsing.phones import with_phones_joined, without_receipt
from dukani.agent.local_reader.parsing.repairs import may_repair, repaired
from dukani.agent.local_reader.parsing.shorthand import spelled_out
from dukani.agent.local_reader.parsing.slips_told import with_slip_told
from dukani.agent.local_reader.parsing.slots import Slots, find_slots
from dukani.agent.local_reader.parsing.verb_last import verb_first
from dukani.agent.local_reader.parsing.vocabulary import (
    names_in_view,
    names_sold,
    with_names_unbroken,
)
from dukani.domain.context import TurnContext
from dukani.domain.naming import singulars
from dukani.domain.pieces import Line, Option

QUESTION_WORDS = word_set("message", "question_words")
ASKING = word_set("message", "asking_last")
POLITE = word_set("edits", "polite")
GOING_ON = word_set("edits", "going_on")
STOCK_ASKED = word_set("message", "stock_asked")
HOW_TO = word_set("message", "how_to")
THERE = word_set("message", "there")
IF = word_set("supposing", "if")
WISHES = ("~take", "~want", "~buy", "~give", "~put", "~add")
VALUED = ("colour", "size", "size_word", "number", "ordinal")
COMMANDS = ("~remove", "~add", "~change", "~reduce")


@dataclass(frozen=True)
class Message:
    """A message or one of its clauses.

    `repaired`: a self-repair was cut from the tokens. `place`: the address found in the message,
    whose words were cut from the tokens.
    """

    raw: str
    tokens: tuple[Token, ...]
    cues: dict[str, Cue]
    slots: Slots
    context: TurnContext
    repaired: bool = False
    place: str | None = None

    def has(self, *names: str) -> bool:
        """Whether any of these cues was found."""
        return not self.cues.keys().isdisjoint(names)

    def at(self, name: str) -> int:
        """The start of a cue; past the last token when the cue was not found."""
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
        """Whether this is a question, marked or not; "can you remove the belt?" is a request."""
        if self._requests:
            return False
        if any(token.asked for token in self.tokens):
            return True
        opening = self._opening
        if any(token.text in ASKING for token in self.tokens[1:]) or self._opens_asking:
            return True
        if self.says("je") or self._asks_if_there or self._asks_how_much:
            return True
        return bool(opening) and opening[0] in QUESTION_WORDS and not self._orders_some

    @property
    def _opening(self) -> list[str]:
        """The first word that tells something; "do" in "also do you have …"."""
        said = [t.text for t in self.tokens if t.tags.isdisjoint(("@hello", "@stopword"))]
        joined = said[1:2] if said[:1] and said[0] in GOING_ON else []
        return joined if joined and joined[0] in STOCK_ASKED else said[:1]

    @property
    def _wants(self) -> bool:
        return self.tagged(*WISHES)

    @property
    def _opens_asking(self) -> bool:
        """Whether a question word opens the message ("gani?", "ngapi"); "ama" continues instead."""
        first = self.tokens[0].text if self.tokens else ""
        greets = first == "vipi" and self._wants  # "vipi, nipe kiondo"
        return first in ASKING - {"ama"} and not greets

    @property
    def _asks_if_there(self) -> bool:
        """Whether a piece's value ends in "is there", without a mark: "M ya black ipo"."""
        last = self.tokens[-1].text if self.tokens else ""
        if last not in THERE or self.says_any(IF) or self.tagged(*WISHES):
            return False
        return any(find.slot in ("colour", "size", "name", "category") for find in self.slots.finds)

    @property
    def _asks_how_much(self) -> bool:
        """Whether "how much" stands behind what is asked for: "delivery ya Nakuru ni how much"."""
        pairs = itertools.pairwise(token.text for token in self.tokens)
        return any(one == "how" and next_ in ("much", "many") for one, next_ in pairs)

    @property
    def _orders_some(self) -> bool:
        """Whether "do" orders, as in "just do 2 caps", "do grey in L"."""
        return any(
            token.text == "do"
            and (following.kind in ("number", "colour", "size") or following.text.isdigit())
            for token, following in itertools.pairwise(self.tokens)
        )

    @cached_property
    def _requests(self) -> bool:
        """Whether a question requests an edit: "can I swap the belt for a hat?"."""
        if self._asks_to_change_placed:
            return True
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

    @property
    def _asks_to_change_placed(self) -> bool:
        """Whether a paid order is to be changed: "is it possible to change the polo to navy"."""
        paid = self.context.step == "order_completed" and self.context.has_order
        told = any(find.slot in ("colour", "size") for find in self.slots.finds)
        may = self.says_any(POLITE) or self.says("possible", "inawezekana", "itawezekana")
        return paid and told and may and self.tagged("~change")

    @cached_property
    def _asks_how_to_change(self) -> bool:
        """Whether "how" requests a change: "how do i change the trousers to black?"."""
        changed = self.tagged("~change") or self.says("instead", "badala", "make")
        told = any(find.slot in ("colour", "size", "quantity") for find in self.slots.finds)
        return changed and told and self.says_any(HOW_TO)

    @cached_property
    def in_view(self) -> tuple[Option, ...]:
        """The options shown and the piece in focus."""
        focus = self.context.focus
        return (*self.context.options, *((focus,) if focus else ()))

    @property
    def shown(self) -> frozenset[str]:
        """The categories of the pieces in view."""
        return frozenset(option.category for option in self.in_view)

    @property
    def shown_colours(self) -> frozenset[str]:
        return frozenset(colour for option in self.in_view for colour in option.colours)

    def lines_said(self) -> list[Line]:
        """The lines of the cart that the message's names, categories and colours fit."""
        return [line for line in self.context.cart if self.fits(line)]

    def fits(self, line: Line) -> bool:
        slots = self.slots
        names = [str(find.value) for find in slots.finds if find.slot == "name"]
        called = f"{line.name.lower()} {normalise(line.name)}"  # "levis" of Levi's
        words = [word for name in names for word in name.split()]
        if names and not any(one in called for word in words for one in (word, *singulars(word))):
            return False
        for slot in ("category", "colour"):
            said = {find.value for find in slots.finds if find.slot == slot}
            if said and getattr(line, slot) not in said:
                return False
        return True

    def clause(self, start: int, end: int) -> Message:
        """The message of tokens[start:end], with cues and slots parsed anew."""
        tokens = self.tokens[start:end]
        slots = find_slots(tokens, self.context)
        return replace(self, tokens=tokens, cues=find_cues(tokens), slots=slots)

    def without(self, start: int, end: int) -> Message:
        """The message without tokens[start:end]."""
        kept = (*self.tokens[:start], *self.tokens[end:])
        return replace(self, tokens=kept).clause(0, len(kept))

    def only(self, finds: Iterable[Find]) -> Message:
        """The same words with only these finds."""
        return replace(self, slots=replace(self.slots, finds=tuple(finds)))


def with_names_marked(tokens: tuple[Token, ...], context: TurnContext) -> tuple[Token, ...]:
    """The tokens, where one may repair what was said, with `@named` on words of pieces' names."""
    if not may_repair(tokens):
        return tokens
    names = [find for find in find_slots(tokens, context).finds if find.slot == "name"]
    named = {at for find in names for at in range(find.start, find.end)}
    return tuple(
        replace(token, tags=token.tags | {"@named"})
        if at in named and token.kind not in VALUED
        else token
        for at, token in enumerate(tokens)
    )


def tokens_as_said(text: str, context: TurnContext) -> tuple[Token, ...]:
    """All words of a text, in the words of the boutique, none taken back or put elsewhere."""
    plain = with_phones_joined(without_receipt(text))
    # Names in view come first: a word of a shown piece's name is that piece, not another's name.
    tokens = as_named(_as_meant(tokenise(plain)), names_in_view(context))
    tokens = with_names_unbroken(as_named(tokens, names_sold(context)), context)
    return with_own_words(tokens, context.sold)


def _as_meant(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    return with_pause_behind_fit(with_slip_told(spelled_out(tokens)))


def read_message(text: str, context: TurnContext) -> Message:
    """Parses a text in its dialogue context."""
    tokens = without_opener(tokens_as_said(text, context))
    tokens, taken_back = repaired(with_names_marked(tokens, context))
    tokens = verb_first(tokens, context)
    slots = find_slots(tokens, context)
    return Message(text, tokens, find_cues(tokens), slots, context, repaired=taken_back)
