"""From a message to its acts: the rules in the order they are asked."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from dukani.agent.acts import Act, TurnContext, Understanding
from dukani.agent.lexicon.tokens import STOP
from dukani.agent.understanding.acts_of import Acts, act, kinds
from dukani.agent.understanding.cart_talk import cart_talk
from dukani.agent.understanding.commands import commands
from dukani.agent.understanding.corrections import corrects, with_correction
from dukani.agent.understanding.cues import find_cues
from dukani.agent.understanding.delivery import address, early_address
from dukani.agent.understanding.language import told_language
from dukani.agent.understanding.message import Message, read_message
from dukani.agent.understanding.moods import (
    agreement,
    closing,
    place_said,
    pleasantries,
    without_place,
)
from dukani.agent.understanding.payments import payments
from dukani.agent.understanding.phones import is_receipt
from dukani.agent.understanding.picking import picking
from dukani.agent.understanding.pointing import something_shown
from dukani.agent.understanding.questions import (
    ORDER,
    looks_elsewhere,
    price_question,
    shop_question,
    size_question,
)
from dukani.agent.understanding.shopping import shopping
from dukani.agent.understanding.slots import find_slots

WHOLE_MESSAGE = (commands, address, payments, early_address)
SAID_BETTER = frozenset(("greeting", "thanks", "unclear"))
CURIOUS = ("know", "kujua", "nijue", "ask", "uliza", "kuuliza", "nauliza")  # "want to know"
TAKING = ("~take", "~add", "~put", "~give", "~buy", "~want")
JOINING = frozenset(("na", "and", "also", "pia", "then", "plus", "alafu", "halafu", "kisha"))
NEAR = 3
SHOP_TOPICS = tuple(f"topic.{topic}" for topic in ORDER if topic != "payment")
SAID_BEFORE = ("ask_price", "ask_size", "ask_availability", "order_status", "checkout")
WEAK = frozenset(("affirm", "deny", "cancel"))


def understand(text: str, context: TurnContext) -> Understanding:
    """The acts of a message in the order they are said, and the language to answer in."""
    message = read_message(text, context)
    acts = tuple(acts_of(message))
    names = [find for find in message.slots.finds if find.slot == "name"]
    language = told_language(message.tokens, context.language, names)
    if language == "en" and is_quoted(text, acts):
        language = context.language
    return Understanding(acts=acts, language=language)


def is_quoted(text: str, acts: Sequence[Act]) -> bool:
    """An address or a receipt: English words that are not her own."""
    addressed = bool(acts) and all(act.kind == "provide_address" for act in acts)
    return addressed or is_receipt(text)


def acts_of(message: Message) -> Acts:
    if not message.tokens:
        return [act("search")] if message.context.with_image else [act("unclear")]
    for rule in WHOLE_MESSAGE:
        acts = rule(message)
        if acts:
            return acts
    return tidy(merged([sentence_acts(part) for part in sentences(message)]), message)


def sentences(message: Message) -> list[Message]:
    """The message cut at its full stops, each part with its own cues and slots."""
    cuts = [at + 1 for at, token in enumerate(message.tokens[:-1]) if token.pause == STOP]
    cuts = sorted({*cuts, *swaps(message), *asides(message)})
    if not cuts:
        return [message]
    edges = [0, *cuts, len(message.tokens)]
    parts = [message.tokens[a:b] for a, b in itertools.pairwise(edges)]
    return [
        replace(message, tokens=part, cues=find_cues(part), slots=find_slots(part, message.context))
        for part in parts
    ]


def swaps(message: Message) -> list[int]:
    """Where "remove the hat, I'd rather take the sandals" goes on to what she wants instead."""
    if not message.context.cart:
        return []
    pieces = [find for find in message.slots.finds if find.slot in ("category", "name")]
    for gone, wanted in itertools.pairwise(pieces):
        if gone.value == wanted.value or tagged_in(message, 0, gone.start, ("~remove",)) is None:
            continue
        taking = tagged_in(message, gone.end, wanted.start, TAKING)
        if taking is not None:
            return [start_of_clause(message, gone.end, taking)]
    return []


def asides(message: Message) -> list[int]:
    """Where "blue size M, na mnafanya delivery?" turns from the piece to the shop."""
    if not any(name in SHOP_TOPICS for name in message.cues):
        return []
    joints = (
        at
        for at in range(1, len(message.tokens))
        if message.tokens[at].text in JOINING or message.tokens[at - 1].pause
    )
    return list(itertools.islice((at for at in joints if turns_to_shop(message, at)), 1))


def turns_to_shop(message: Message, at: int) -> bool:
    """The shop is spoken of right behind this joint, and only what was said before it is not."""
    said, asked = find_cues(message.tokens[:at]), find_cues(message.tokens[at:])
    starts = [cue.start for name, cue in asked.items() if name in SHOP_TOPICS]
    if not starts or min(starts) > NEAR or any(name in SHOP_TOPICS for name in said):
        return False
    between = range(at, at + min(starts))
    if any(find.start in between for find in message.slots.finds):
        return False
    before = any(find.end <= at for find in message.slots.finds)
    return before or any(name in SAID_BEFORE for name in said)


def tagged_in(message: Message, start: int, end: int, tags: Sequence[str]) -> int | None:
    """The first token in [start, end) with one of the tags."""
    places = range(start, end)
    return next((at for at in places if not message.tokens[at].tags.isdisjoint(tags)), None)


def start_of_clause(message: Message, start: int, verb: int) -> int:
    """After the pause before the verb, if there is one."""
    paused = [at + 1 for at in range(start - 1, verb) if message.tokens[at].pause]
    return paused[-1] if paused else verb


def sentence_acts(message: Message) -> Acts:
    """The acts of one sentence."""
    if message.has("start_over"):
        return [act("start_over")]
    message = without_place(message)
    acts = cart_talk(message)
    if acts:
        return acts + closing(message)
    if message.has("cancel") and cancels(message):
        return [act("cancel")]
    acts = questions(message)
    if acts:
        return acts
    if off_topic(message):
        return [act("ask_shop", topic="other")]
    acts = with_correction(message, shopping) if corrects(message) else shopping(message)
    paying = message.has("checkout") and bool(message.context.cart)
    if not acts and message.has("more_options") and not paying:
        return [act("more_options")]
    acts += closing(message)
    return acts or moods(message)


def cancels(message: Message) -> bool:
    """Not when the same breath says what she wants instead."""
    slots = message.slots
    if message.cues["cancel"].length == 1 and message.has("deny") and not message.tagged("~cancel"):
        return False  # "hapana, sitaki" answers a question
    wanted = any(slots.wanted(slot) for slot in WISHED)
    return not (wanted or slots.exclusions() or slots.budget)


def questions(message: Message) -> Acts:
    asked = shop_question(message)
    if asked and not about_piece(message) and place_said(message) is None:
        return asked
    if message.has("cheaper") and (not message.has("ask_discount") or looks_elsewhere(message)):
        return []
    priced = price_question(message)
    if priced and picks_too(message):
        return priced + picking(message)
    return priced or size_question(message)


def picks_too(message: Message) -> bool:
    """ "nataka ya pili, bei gani?": she takes it and asks what it costs."""
    pointed = message.slots.wanted("option") or message.slots.wanted("name")
    curious = message.has("ask_discount") or message.says(*CURIOUS)
    return bool(pointed) and something_shown(message) and message.has("want") and not curious


def off_topic(message: Message) -> bool:
    """A question about anything but clothes."""
    cue = message.cues.get("topic.other")
    return cue is not None and cue.length > 1 and not message.slots.finds


def about_piece(message: Message) -> bool:
    """ "bei gani?" is the piece's price even where a shop topic is near."""
    shop = max(
        (cue.length for name, cue in message.cues.items() if name.startswith("topic.")), default=0
    )
    own = max(
        (message.cues[n].length for n in ("ask_price", "ask_size") if message.has(n)), default=0
    )
    return own > shop


def moods(message: Message) -> Acts:
    acts = agreement(message) or pleasantries(message)
    if acts:
        return acts
    if message.has("topic.other"):
        return [act("ask_shop", topic="other")]
    if message.context.with_image:
        return [act("search")]
    return lost(message)


def lost(message: Message) -> Acts:
    """A question nothing explains is for the shop to decline; other words are unclear."""
    looking = message.has("want", "show", "have") and message.asks
    if looking and not something_shown(message):
        return [act("search", text=message.raw.strip())]
    if message.asks and len(message.tokens) > 2:
        return [act("ask_shop", topic="other")]
    return [act("unclear")]


def merged(parts: list[Acts]) -> Acts:
    """The sentences' acts as one list; what two sentences say of one act comes together."""
    acts: Acts = []
    for part in parts:
        for one in part:
            join(acts, one)
    return acts


def join(acts: Acts, one: Act) -> None:
    if one.kind == "correction":
        overrule(acts, one)
    for index, earlier in enumerate(acts):
        apart = not set(earlier.slots()) & set(one.slots())
        if earlier.kind == one.kind and (apart or earlier == one):
            acts[index] = earlier.model_copy(update=one.slots())
            return
    acts.append(one)


def overrule(acts: Acts, correction: Act) -> None:
    """What an earlier sentence said and this one takes back carries the new values."""
    for index, earlier in enumerate(acts):
        if earlier.kind == "set_variant":
            said = {k: v for k, v in correction.slots().items() if k in VARIANT}
            acts[index] = act("set_variant", **said)


VARIANT = ("size", "colour", "quantity")
WISHED = ("option", "size", "category", "quantity", "name", "occasion", "pattern")


def tidy(acts: Acts, message: Message) -> Acts:
    """Without pleasantries and yes or no beside a real act."""
    real = [one for one in acts if one.kind not in SAID_BETTER]
    if "set_variant" in kinds(real):  # "size? medium": asked and answered by herself
        real = [one for one in real if one != act("ask_availability")]
    if not real:
        return acts[:1] or [act("unclear")]
    if kinds(real) <= WEAK or "checkout" in kinds(real):
        return real
    return [one for one in real if one.kind not in ("affirm", "deny")] or real
