"""Lets nobody be asked for money by words that do not agree: "before you send the prompt".

The last look at a message that would confirm the total or send the prompt once more. What speaks
of the prompt at the total confirms it only where that is all that is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message, read_message
from dukani.agent.local_reader.talk.hesitating import puts_off
from dukani.agent.local_reader.talk.pays_not_now import denies_paying
from dukani.agent.local_reader.talk.ready import not_ready
from dukani.agent.local_reader.talk.relations import RELATION_WORDS
from dukani.agent.local_reader.talk.waits_to_pay import waits_to_pay
from dukani.agent.local_reader.talk.wants_prompt import BRINGING, wants_only_the_prompt
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.steps import PAYING

DENYING = word_set("sure_to_pay", "denying")  # "not", "bila"
ASKING = word_set("sure_to_pay", "asking")  # "why", "did"
BETWEEN = word_set("sure_to_pay", "between")  # "I did not say: send the prompt"
GOES_ON = word_set("sure_to_pay", "goes_on")  # "I tried before but it failed"
BEFORE = frozenset(("before", "kabla"))
BUT = word_set("moods", "but")
# "ilizima", "imekufa", "sijaweka"; "went", "died": what came between
HAPPENED = re.compile(
    r"(?:i|zi|u|li|ya)(?:li|me|ka)[a-z]{3,}|sija[a-z]{2,}|went|died|hung|crashed|lost"
)
# "it went through before I entered the PIN": nothing was cut off
WENT_WELL = re.compile(r"(?:i|zi|u|li|ya)(?:li|me)(?:ingia|pita|fika|kubali|lipwa)")
COULD = frozenset(("could", "entered", "got", "managed", "had", "was", "typed"))
ENTERING = frozenset(("siri", "type", "enter", "respond", "finish", "approve"))
NEARLY = frozenset(("karibu", "nearly", "almost"))
TO = frozenset(("to", "kwa", "ya", "wa", "kwenye", "with", "on"))
OTHERS = RELATION_WORDS | {"him", "her", "his", "them", "their", "yake", "wake", "kwake"}
CALLED = frozenset(("boss", "bro", "msee", "mse", "fam"))
SHORT = 3
SENDING = ("~send", "~retry", "~bring")
AGREEING = (a.Confirm, a.Checkout, a.PayAgain)


def only_sure_to_pay(text: str, context: TurnContext, acts: Sequence[a.Act]) -> tuple[a.Act, ...]:
    """The acts, without those that would take money where the words do not ask for that."""
    total = context.step == "awaiting_confirmation"
    if not context.cart or not any(isinstance(x, AGREEING) for x in acts):
        return tuple(acts)
    if any(isinstance(x, (*a.EDITS, a.SetAddress)) for x in acts):
        return tuple(acts)  # the total is shown again
    if any(isinstance(x, a.SetPayer) and (x.phone or x.own) for x in acts):
        return tuple(acts)  # only a yes and the number
    message = read_message(text, context)
    instead = not_ready(message)
    if instead is None and total:
        instead = None if _asks_again(message, acts) else _at_the_total(message)
    elif instead is None and context.step in PAYING:
        instead = _while_paying(message)
    if instead is None:
        return tuple(acts)
    beside = [x for x in acts if not isinstance(x, (*AGREEING, a.SetWearer, a.Remark, a.Unclear))]
    return (*beside, instead)


def _asks_again(message: Message, acts: Sequence[a.Act]) -> bool:
    """Whether it ends with a wish for another prompt: "I didn't see it, send it again"."""
    paused = [at for at, token in enumerate(message.tokens[:-1]) if token.pause]
    if not paused or a.PayAgain() not in acts:
        return False
    return wants_only_the_prompt(message.clause(paused[-1] + 1, len(message.tokens)))


def _at_the_total(message: Message) -> a.Act | None:
    """What a message means that would confirm the total and must not; None: it may."""
    if denies_paying(message):
        return a.Decline()
    if _says_before(message) and not _pays_before_a_change(message):
        return a.ViewOrder()
    if _nearly(message):
        return a.ViewOrder()
    calls = message.tagged("~call") and len(message.tokens) <= SHORT
    if calls and not message.tagged("@prompt", "@yes", "@ok"):
        return a.Handoff()  # "piga simu"
    brings = message.says_any(BRINGING) or not message.tagged("~pay")
    if not (message.tagged("@prompt") and brings) or wants_only_the_prompt(message):
        return None
    return a.SetPayer() if _another_pays(message) else a.ViewOrder()


def _while_paying(message: Message) -> a.Act | None:
    """What a message means that would send the prompt once more and must not; None: it may."""
    before = _says_before(message) and not _cut_off_before(message)
    if before and not _pays_before_a_change(message):
        return a.Remark()
    denied = _denied(message)
    if denied in ASKING:
        return a.OrderStatus()
    if denied:
        return a.Decline()
    if _another_pays(message):
        return a.SetPayer()
    return waits_to_pay(message)


def _says_before(message: Message) -> bool:
    """Whether something is to come first: "before delivery, ok"; "I tried it before" is none."""
    following = zip(message.tokens, message.tokens[1:], strict=False)
    return any(
        one.text in BEFORE and not one.pause and after.text not in GOES_ON
        for one, after in following
    )


def _cut_off_before(message: Message) -> bool:
    """Whether it tells why nothing was paid: "simu ilizima kabla sijaweka PIN, tuma tena".

    "The phone died before I could enter it"; not "before I enter my PIN, send …".
    """
    tokens = message.tokens
    at = next((at for at, token in enumerate(tokens) if token.text in BEFORE), len(tokens))
    end = next((i for i in range(at + 1, len(tokens)) if tokens[i].pause), len(tokens) - 1)
    part = tokens[at + 1 : end + 1]
    pays = any(not t.tags.isdisjoint(("@pin", "~pay", "~!pay")) or t.text in ENTERING for t in part)
    before = [token.text for token in tokens[:at] if HAPPENED.fullmatch(token.text)]
    if before and WENT_WELL.fullmatch(before[-1]):
        return False
    happened = bool(before) or any(HAPPENED.fullmatch(token.text) for token in part[:1])
    could = [token.text for token in part[:1]] == ["i"] and any(t.text in COULD for t in part)
    return pays and (happened or could) and not message.says_any(BUT)


def _pays_before_a_change(message: Message) -> bool:
    """Whether it hurries to pay: "nataka kulipa kabla hajabadilisha tena"."""
    if message.says_any(BUT) or puts_off(message):
        return False
    following = zip(message.tokens, message.tokens[1:], strict=False)
    return any(one.text in BEFORE and "~!change" in after.tags for one, after in following)


def _nearly(message: Message) -> bool:
    """Whether paying is only near: "niko karibu kulipa", "I'm almost paying"."""
    following = zip(message.tokens, message.tokens[1:], strict=False)
    return any(one.text in NEARLY and "~pay" in after.tags for one, after in following)


def _denied(message: Message) -> str | None:
    """The word that denies sending or paying, or asks about it: "I did not say send prompt".

    Not where it is asked for behind that: "I did not get the prompt, send it again".
    """
    for at, token in enumerate(message.tokens):
        unwanted = "~!want" in token.tags
        if token.text not in DENYING | ASKING and not unwanted:
            continue
        if unwanted and (token.pause or at + 1 == len(message.tokens)):
            return None if _sends(message, at + 1) else "not"
        reached = _reached(message, at)
        if reached is not None and not _sends(message, reached + 1):
            said = {one.text for one in message.tokens[at:reached]}
            return "not" if unwanted or said & DENYING else token.text
    return None


def _reached(message: Message, at: int) -> int | None:
    """The place of the word of sending or paying behind the one at `at`, over small words only."""
    for place in range(at + 1, len(message.tokens)):
        if message.tokens[place - 1].pause:
            return None
        token = message.tokens[place]
        if not token.tags.isdisjoint((*SENDING, "~pay", "@prompt")) or token.text in BRINGING:
            return place
        if token.text not in BETWEEN:
            return None
    return None


def _sends(message: Message, start: int) -> bool:
    return any(not token.tags.isdisjoint(SENDING) for token in message.tokens[start:])


def _another_pays(message: Message) -> bool:
    """Whether the prompt is to go to another person: "to my husband", "kwa simu ya mume wangu"."""
    sent = False
    for at, token in enumerate(message.tokens):
        before = {one.text for one in message.tokens[max(0, at - 3) : at]}
        if sent and token.text.split()[0] in OTHERS | CALLED and before & TO:
            return True
        sent = sent or not token.tags.isdisjoint(("@prompt", *SENDING))
        sent = sent and not token.pause
    return False
