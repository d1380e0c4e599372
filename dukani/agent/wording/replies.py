"""From the words of a turn's facts to replies: in order, merged, none too long."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import (
    AddedToCart,
    AddressNoted,
    AskAddress,
    AskConfirmation,
    AskPaymentPhone,
    AskVariant,
    AskWhatToFind,
    AskWhichLine,
    AskWhichOption,
    AssistantExplained,
    ChangeWhat,
    Fact,
    Greeted,
    Introduced,
    OptedIn,
    OptedOut,
    Option,
    OptionsShown,
    PaymentReceived,
    PhotoSeen,
    PhotoUnsure,
    Reply,
    SizeUnknown,
    Thanked,
    Unclear,
    Voice,
)
from dukani.agent.wording.meeting import INVITATION
from dukani.agent.wording.registry import said
from dukani.agent.wording.splitting import split_text

MAX_REPLY = 1500  # characters; Twilio's limit is 1,600
MAX_OPTIONS_REPLY = 1000  # the body of Meta's lists and the captions of pictures end at 1,024

# At the end of the fact's first line, at most one a reply.
_EMOJI: dict[type[Fact], str] = {
    Greeted: "😊",
    Thanked: "😊",
    OptedIn: "😊",
    PhotoSeen: "📸",
    AddedToCart: "🛍️",
    AskConfirmation: "📝",
    PaymentReceived: "🎉",
}
_MEETING = (Greeted, Introduced)  # said first, in this order
_ASKING = (
    AskAddress,
    AskConfirmation,
    AskPaymentPhone,
    AskVariant,
    AskWhatToFind,
    AskWhichLine,
    AskWhichOption,
    ChangeWhat,
    OptionsShown,
    PhotoUnsure,
    SizeUnknown,
    Unclear,
)


def to_replies(facts: Sequence[Fact], voice: Voice) -> list[Reply]:
    """The turn's facts as messages, in said order; a list of options has its own."""
    told = _without_doubles(facts)
    replies: list[Reply] = []
    for group in _groups(told):
        texts = _texts(group, told, voice)
        last = group[-1]
        options = last.options if isinstance(last, OptionsShown) else ()
        replies += _with_options(texts, options) if options else _plain(texts)
    return replies


def _without_doubles(facts: Sequence[Fact]) -> list[Fact]:
    """Each fact once, the meeting first, and nothing that another fact says as well."""
    once = list(dict.fromkeys(facts))
    covered: list[Fact] = []
    for fact in once:
        if isinstance(fact, AskConfirmation):
            covered.append(AddressNoted(address=fact.address))
        if isinstance(fact, AssistantExplained):
            covered.append(Introduced())
    rest = [fact for fact in once if fact not in covered]
    if _is_new(rest):
        rest.append(Greeted())
    return sorted(rest, key=_place)


def _is_new(facts: Sequence[Fact]) -> bool:
    """Introduced without a greeting: one is due, unless she has just opted out."""
    kinds = {type(fact) for fact in facts}
    return Introduced in kinds and not kinds & {Greeted, OptedOut}


def _place(fact: Fact) -> int:
    return _MEETING.index(type(fact)) if isinstance(fact, _MEETING) else len(_MEETING)


def _groups(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts cut after every list of options."""
    groups: list[list[Fact]] = [[]]
    for fact in facts:
        groups[-1].append(fact)
        if isinstance(fact, OptionsShown):
            groups.append([])
    return [group for group in groups if group]


def _texts(group: Sequence[Fact], told: Sequence[Fact], voice: Voice) -> list[str]:
    """The words of each fact, the meeting in one; only the first emoji stays."""
    bright = next((fact for fact in group if type(fact) in _EMOJI), None)
    worded = [_words(fact, told, voice, bright=fact is bright) for fact in group]
    met = sum(isinstance(fact, _MEETING) for fact in group)
    invitation = [INVITATION[voice.language]] if met == len(told) else []
    return [text for text in (" ".join(worded[:met]), *worded[met:], *invitation) if text]


def _words(fact: Fact, told: Sequence[Fact], voice: Voice, *, bright: bool) -> str:
    text, closing = said(fact, voice)
    if bright:
        first, *others = text.split("\n", 1)
        text = "\n".join([f"{first} {_EMOJI[type(fact)]}", *others])
    later = told[told.index(fact) + 1 :]
    if closing and not any(_asks(other, voice) for other in later):
        return f"{text}\n{closing}"
    return text


def _asks(fact: Fact, voice: Voice) -> bool:
    return isinstance(fact, _ASKING) or bool(said(fact, voice).closing)


def _with_options(texts: list[str], options: tuple[Option, ...]) -> list[Reply]:
    """The words before the list in front of it, if they fit; else in replies of their own."""
    together = "\n\n".join(texts)
    if len(together) <= MAX_OPTIONS_REPLY:
        return [Reply(text=together, options=options)]
    *before, end = split_text(texts[-1], MAX_OPTIONS_REPLY)
    first = [*_plain(texts[:-1]), *(Reply(text=text) for text in before)]
    return [*first, Reply(text=end, options=options)]


def _plain(texts: list[str]) -> list[Reply]:
    return [Reply(text=text) for text in split_text("\n\n".join(texts), MAX_REPLY)]
