"""Merges a turn's worded facts into replies: the answer first, none over WhatsApp's limits."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import (
    AddedToCart,
    AskConfirmation,
    AskPerson,
    AskWhatToFind,
    AssistantExplained,
    Button,
    ChangeRequested,
    EditsKept,
    Fact,
    Greeted,
    HandedBack,
    HandedOff,
    Introduced,
    NothingWorn,
    OptedIn,
    OptedOut,
    Option,
    OptionsShown,
    OrderEdited,
    PaymentInstructed,
    PaymentPrompted,
    PaymentReceived,
    PersonWrites,
    PhotoSeen,
    PhotoUnsure,
    Reply,
    RequestPassedOn,
    ShopPaused,
    SizeUnknown,
    StillWaiting,
    Thanked,
    Unclear,
    Voice,
)
from dukani.agent.wording.arranging import ASKED_BACK, arranged
from dukani.agent.wording.markup import join
from dukani.agent.wording.meeting import INVITATION, PERSON, introduction_after
from dukani.agent.wording.people import BACK_BUTTON, PERSON_BUTTONS
from dukani.agent.wording.registry import said
from dukani.agent.wording.splitting import split_text

MAX_REPLY = 1500  # characters; Twilio's limit is 1,600
MAX_OPTIONS_REPLY = 1000  # the body of Meta's lists and the captions of pictures end at 1,024

# Put at the end of the fact's first line; at most one per reply.
_EMOJI: dict[type[Fact], str] = {
    Greeted: "😊",
    Thanked: "😊",
    OptedIn: "😊",
    PhotoSeen: "📸",
    AddedToCart: "🛍️",
    AskConfirmation: "📝",
    PaymentReceived: "🎉",
}
_MEETING = (Greeted, Introduced)
_WITH_PEOPLE = (HandedOff, PersonWrites, StillWaiting)
_NO_WELCOME = (OptedOut, OptedIn, *_WITH_PEOPLE, HandedBack, RequestPassedOn, ShopPaused)
_PERSON_COMES = (*_WITH_PEOPLE, RequestPassedOn)
_LEADS_ON = (
    *ASKED_BACK,
    AskWhatToFind,
    ChangeRequested,
    EditsKept,
    NothingWorn,
    OptionsShown,
    PaymentInstructed,
    PaymentPrompted,
    PhotoUnsure,
    SizeUnknown,
    Unclear,
)


def to_replies(facts: Sequence[Fact], voice: Voice) -> list[Reply]:
    """The turn's facts as messages, the answer first; each list of options is its own message."""
    once = list(dict.fromkeys(facts))
    met = [fact for fact in once if isinstance(fact, _MEETING)]
    told = arranged([fact for fact in once if not isinstance(fact, _MEETING)])
    if not told:
        return _plain(_meeting(met, voice)) if met else []
    replies: list[Reply] = []
    for number, group in enumerate(_groups(told)):
        hello = "" if number else _hello(met, voice)
        texts = _texts(group, told, voice, hello=hello)
        last = group[-1]
        options = last.options if isinstance(last, OptionsShown) else ()
        replies += _with_options(texts, options) if options else _plain(texts)
    if buttons := _buttons(told, voice):
        replies[-1] = replies[-1].model_copy(update={"buttons": buttons})
    return _introduced_last(replies, met, told, voice)


def _buttons(told: Sequence[Fact], voice: Voice) -> tuple[Button, ...]:
    if any(isinstance(fact, _WITH_PEOPLE) for fact in told):
        return (BACK_BUTTON[voice.language],)
    if any(isinstance(fact, AskPerson) for fact in told):
        return PERSON_BUTTONS[voice.language]
    return ()


# ── meeting ─────────────────────────────────────────────────────────────────


def _meeting(met: Sequence[Fact], voice: Voice) -> list[str]:
    """The reply to a mere greeting: who answers, and what can be asked for."""
    greeted = next((fact for fact in met if isinstance(fact, Greeted)), Greeted())
    introduced = [said(fact, voice).text for fact in met if isinstance(fact, Introduced)]
    hello = f"{said(greeted, voice).text} {_EMOJI[Greeted]}"
    return [join(hello, *introduced), INVITATION[voice.language]]


def _hello(met: Sequence[Fact], voice: Voice) -> str:
    """The short greeting in front of an answer; a new customer's welcome goes below the answer."""
    if any(isinstance(fact, Introduced) for fact in met):
        return ""
    return next((said(fact, voice).text for fact in met), "")


def _introduced_last(
    replies: list[Reply], met: Sequence[Fact], told: Sequence[Fact], voice: Voice
) -> list[Reply]:
    """Appends the introduction below the answer, where it fits, in one line."""
    explained = any(isinstance(fact, AssistantExplained) for fact in told)
    if explained or not any(isinstance(fact, Introduced) for fact in met):
        return replies
    said_already = "\n".join(reply.text for reply in replies)
    line = introduction_after(
        next((fact for fact in met if isinstance(fact, Greeted)), Greeted()),
        voice,
        welcomes=not any(isinstance(fact, _NO_WELCOME) for fact in told),
        offers_person=PERSON[voice.language] not in said_already
        and not any(isinstance(fact, _PERSON_COMES) for fact in told),
    )
    *before, last = replies
    limit = MAX_OPTIONS_REPLY if last.options else MAX_REPLY
    together = f"{last.text}\n\n{line}"
    if len(together) > limit:
        return [*replies, Reply(text=line)]
    return [*before, last.model_copy(update={"text": together})]


# ── words ───────────────────────────────────────────────────────────────────


def _groups(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts in groups, each ending with a list of options."""
    groups: list[list[Fact]] = [[]]
    for fact in facts:
        groups[-1].append(fact)
        if isinstance(fact, OptionsShown):
            groups.append([])
    return [group for group in groups if group]


def _texts(group: Sequence[Fact], told: Sequence[Fact], voice: Voice, *, hello: str) -> list[str]:
    """The words of each fact after `hello`, without repeats; only the first emoji stays."""
    bright = next((fact for fact in group if _emoji(fact)), None)
    worded = [
        _words(fact, told, voice, emoji=_emoji(fact) if fact is bright else "") for fact in group
    ]
    first, *others = dict.fromkeys(worded)
    return [join(hello, first), *others]


def _emoji(fact: Fact) -> str:
    if isinstance(fact, OrderEdited):
        begins_well = fact.changes and fact.changes[0].what == "added"
        return _EMOJI[AddedToCart] if begins_well else ""
    return _EMOJI.get(type(fact), "")


def _words(fact: Fact, told: Sequence[Fact], voice: Voice, *, emoji: str) -> str:
    text, closing = said(fact, voice)
    if emoji:
        first, *others = text.split("\n", 1)
        text = "\n".join([f"{first} {emoji}", *others])
    later = told[told.index(fact) + 1 :]
    if closing and not any(_goes_on(other, voice) for other in later):
        return f"{text}\n{closing}"
    return text


def _goes_on(fact: Fact, voice: Voice) -> bool:
    """Whether the fact says or asks what comes next, so that earlier hints are dropped."""
    return isinstance(fact, _LEADS_ON) or bool(said(fact, voice).closing)


def _with_options(texts: list[str], options: tuple[Option, ...]) -> list[Reply]:
    """The texts in front of the list, if they fit one message; else as replies of their own."""
    together = "\n\n".join(texts)
    if len(together) <= MAX_OPTIONS_REPLY:
        return [Reply(text=together, options=options)]
    *before, end = split_text(texts[-1], MAX_OPTIONS_REPLY)
    first = [*_plain(texts[:-1]), *(Reply(text=text) for text in before)]
    return [*first, Reply(text=end, options=options)]


def _plain(texts: list[str]) -> list[Reply]:
    return [Reply(text=text) for text in split_text("\n\n".join(texts), MAX_REPLY)]
