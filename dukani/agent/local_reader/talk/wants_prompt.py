"""Hears a yes to the total in a wish for the prompt: "iko poa, leta prompt", "send the prompt"."""

from __future__ import annotations

import itertools

from dukani.agent.lexicon.words import known
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.hesitating import hesitates
from dukani.agent.local_reader.talk.only_said import says_only
from dukani.domain import acts as a

ONCE_MORE = word_set("payments", "once_more")
BRINGING = word_set("wants_prompt", "bringing")
OF_MPESA = word_set("wants_prompt", "of_mpesa")
BESIDE = word_set("wants_prompt", "beside")
UNSETTLED = word_set("wants_prompt", "unsettled")  # "kabla", "je"
CALLING = word_set("wants_prompt", "calling")  # "bro": called so, or the one who is to pay
CHECKED = word_set("wants_prompt", "checked")  # "confirm the address"
THEN = word_set("wants_prompt", "then")
BESIDE_TAGS = ("@ok", "@yes", "@stopword", "@thank", "@hello", "@prompt", "@order", "@cart", "@all")
DOING = ("~pay", "~confirm")
GREETED = ("@ok", "@yes", "@thank", "@hello")
GIVING = frozenset(("nipe", "nipee", "nipatie", "nipeni", "give", "gimme"))
NUMBERS = frozenset(("number", "namba", "phone", "simu"))
PHONES = frozenset(("phone", "simu"))
OWN = frozenset(("my", "yangu"))
TO = frozenset(("kwa", "to", "for", "on", "kwenye", "ya", "wa"))
THESE = frozenset(("this", "hii", "hiyo", "that", "these", "hizo", "hizi", "ile"))
OF_I = frozenset(("i", "me", "let", "lemme", "we", "us", "nita"))
LETTING = frozenset(("let", "lets", "let's", "lemme", "wacha", "acha"))
CAN = frozenset(("can", "could", "unaweza", "mnaweza"))
ARTICLES = frozenset(("the", "my", "hiyo", "hii"))
MPESA = frozenset(("mpesa", "m-pesa"))
UNUSUAL = frozenset(("weka", "fanya", "put", "niwekee"))
AFFORDS = frozenset((
    "naweza", "nitaweza", "naiweza", "nitaiweza", "naimudu", "nitaimudu", "namudu", "nitamudu",
    "manage", "afford", "budget",
))  # fmt: skip
OF_THE_SUM = THESE | frozenset(
    ("i", "can", "iko", "ndani", "ya", "within", "my", "is", "it", "its")
)
GIVEN = frozenset(("nitoe", "nimwage", "nitume"))
MONEY = frozenset(("pesa", "doo", "doh", "dough", "hela", "ganji", "mkwanja", "chapaa"))
NEAR = 3  # words from the verb to the prompt: "leta tu hiyo prompt"


def wants_the_prompt(message: Message) -> list[a.Act]:
    """Confirm where the total is shown and only the prompt for it is wanted.

    Not "leta prompt kesho", nor "leta prompt lakini toa belt", nor "leta prompt kwa bro".
    """
    if message.context.step != "awaiting_confirmation":
        return []
    if _is_unclear(message):
        return [a.ViewOrder()]
    if not _brings(message) or message.says_any(ONCE_MORE):
        return []
    if wants_only_the_prompt(message):
        return [a.Confirm()]
    return [a.SetPayer()] if _of_another(message) and _says_only_that(message) else []


def _without_afforded(message: Message) -> Message:
    """The message without "that I can afford" first, which agrees: "sawa hiyo naweza, tuma prompt".

    Without a pause behind it, it is another's verb: "naweza tuma prompt".
    """
    end = next((at + 1 for at, token in enumerate(message.tokens) if token.pause), 0)
    told = message.tokens[:end]
    agreeing = (t for t in told if not t.tags.isdisjoint(("@ok", "@yes")))
    said = {token.text for token in told} - {token.text for token in agreeing}
    afforded = bool(said & AFFORDS) and said <= AFFORDS | OF_THE_SUM
    return message.without(0, end) if afforded and end < len(message.tokens) else message


def wants_only_the_prompt(message: Message) -> bool:
    """Whether nothing said makes the wish for the prompt less than a yes to the total."""
    message = _without_money_given(_without_afforded(message))
    if message.slots.finds or "?" in message.raw or hesitates(message):
        return False
    if message.tagged("@no", "@day", "@number") or message.has("deny"):
        return False
    if message.says_any(UNSETTLED) or not _says_only_that(message):
        return False
    return not (
        _asks_for_a_number(message)
        or _of_another(message)
        or _checks_first(message)
        or _does_it_herself(message)
        or _only_of_mpesa(message)
    )


def _without_money_given(message: Message) -> Message:
    """The message without the money of "leta prompt nitoe doo", which says no more than "I pay"."""
    for at, (token, after) in enumerate(itertools.pairwise(message.tokens)):
        if token.text in GIVEN and after.text in MONEY:
            return message.without(at + 1, at + 2)
    return message


def _says_only_that(message: Message) -> bool:
    """Whether every word belongs to such a wish; a name may stand behind "sawa": "sawa Njeri"."""
    named = [
        at
        for at, token in enumerate(message.tokens)
        if at == 1 and not known(token.text) and not message.tokens[0].tags.isdisjoint(GREETED)
    ]
    rest = _without_of(message.without(1, 2) if named else message)
    return says_only(rest, BESIDE | BRINGING, (*BESIDE_TAGS, *DOING))


def _without_of(message: Message) -> Message:
    """The message without the "ya" of a prompt behind a yes: "ndio, nitumie ya mpesa nilipe"."""
    agreed = message.tokens and not message.tokens[0].tags.isdisjoint(("@ok", "@yes"))
    for at, (token, after) in enumerate(itertools.pairwise(message.tokens)):
        if agreed and at and token.text == "ya" and "@prompt" in after.tags:
            return message.without(at, at + 1)
        if token.text == "in" and after.text == "order":
            return message.without(at, at + 1)  # "everything is in order"
    return message


def _is_unclear(message: Message) -> bool:
    """Whether it is open what is to become of the prompt: "drop the prompt", "weka mpesa"."""
    texts = {token.text for token in message.tokens}
    dropped = "drop" in texts or (texts & UNUSUAL and bool(texts & MPESA))
    return (
        bool(dropped)
        and message.tagged("@prompt")
        and says_only(message, ARTICLES | THESE | UNUSUAL | {"drop"}, ("@prompt", "@stopword"))
    )


def _brings(message: Message) -> bool:
    """Whether a verb of bringing has a prompt near behind it: "leta tu hiyo prompt"."""
    prompts = [at for at, token in enumerate(message.tokens) if "@prompt" in token.tags]
    return any(
        token.text in BRINGING and any(at < prompt <= at + NEAR for prompt in prompts)
        for at, token in enumerate(message.tokens)
    )


def _asks_for_a_number(message: Message) -> bool:
    """Whether the shop's number is wanted, or one untold: "nipe mpesa yako", "to this number"."""
    texts = [token.text for token in message.tokens]
    if GIVING.intersection(texts) and MPESA.intersection(texts):
        return True
    numbers = [at for at, text in enumerate(texts) if text in NUMBERS]
    return any(
        not OWN.intersection(texts[max(0, at - 2) : at + 2])
        and not (texts[at] in PHONES and set(texts[at - 1 : at]) & TO)
        for at in numbers
    )


def _of_another(message: Message) -> bool:
    """Whether the prompt is to go to somebody: "kwa bro yangu"; "leta prompt bro" calls so."""
    texts = [token.text for token in message.tokens]
    person = any(
        text in CALLING and TO.intersection(texts[max(0, at - 3) : at])
        for at, text in enumerate(texts)
    )
    pointed = any(
        text in THESE and set(texts[max(0, at - 1) : at]) & TO for at, text in enumerate(texts)
    )
    return person or pointed


def _checks_first(message: Message) -> bool:
    """Whether something is to be confirmed before: "confirm the address then send prompt"."""
    texts = [token.text for token in message.tokens]
    for at, text in enumerate(texts):
        if text != "confirm":
            continue
        after = [word for word in texts[at + 1 :] if word not in ARTICLES]
        if CHECKED.intersection(after[:1]) or THEN.intersection(after):
            return True
    return False


def _does_it_herself(message: Message) -> bool:
    """Whether the customer is to send, or asks whether it can be sent: "can i send mpesa"."""
    texts = [token.text for token in message.tokens]
    agreed = not message.tokens[0].tags.isdisjoint(("@ok", "@yes"))
    for at, token in enumerate(message.tokens):
        before = message.tokens[at - 1] if at else None
        doer = before is not None and not before.pause and before.text in OF_I
        if token.text in BRINGING and doer:
            return True
        if token.text in CAN and not agreed and texts[max(0, at - 1) : at] != ["you"]:
            return True
        pays = any("~pay" in after.tags for after in message.tokens[at + 1 : at + 4])
        if token.text in LETTING and not pays:
            return True
    return False


def _only_of_mpesa(message: Message) -> bool:
    """Whether "mpesa" alone is spoken of, without the prompt: "weka mpesa", "fanya mpesa"."""
    prompts = {token.text for token in message.tokens if "@prompt" in token.tags}
    if not prompts or not prompts <= MPESA or message.tagged("~pay"):
        return False
    allowed = any(
        one.text == "you" and after.text in CAN for one, after in itertools.pairwise(message.tokens)
    )
    unsure = OF_I - {"me", "us"} | (frozenset() if allowed else CAN)
    return not message.says_any(OF_MPESA) or message.says_any(unsure)
