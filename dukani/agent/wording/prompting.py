"""Writes the replies about payment prompts that are delayed or no longer sent."""

from __future__ import annotations

from dukani.agent.facts import NoMorePrompts, PromptAgainSoon, TooManyHeld, Voice, WaitBeforePrompt
from dukani.agent.wording.markup import bold, join, lines, price
from dukani.agent.wording.registry import words


@words(PromptAgainSoon, "en")
def prompt_again_soon_en(fact: PromptAgainSoon, _voice: Voice) -> str:
    return (
        f"M-Pesa asks for a short pause. I'll send the prompt for order {bold(fact.order_number)} "
        f"again by myself in about {_time_en(fact.wait_s)}."
    )


@words(PromptAgainSoon, "sw")
def prompt_again_soon_sw(fact: PromptAgainSoon, _voice: Voice) -> str:
    return (
        f"M-Pesa inaomba kusubiri kidogo. Nitatuma tena ombi la oda {bold(fact.order_number)} "
        f"baada ya kama {_time_sw(fact.wait_s)}."
    )


@words(WaitBeforePrompt, "en")
def wait_before_prompt_en(fact: WaitBeforePrompt, voice: Voice) -> str:
    till = f"Or pay with Buy Goods, till {bold(fact.till)}." if fact.till else ""
    return join(
        f"M-Pesa takes no new prompt for that phone yet (order {bold(fact.order_number)}, "
        f"{price(fact.total_minor, voice)}). Please wait {_time_en(fact.wait_s)}, then reply "
        "*send again*, or send me another M-Pesa number.",
        till,
    )


@words(WaitBeforePrompt, "sw")
def wait_before_prompt_sw(fact: WaitBeforePrompt, voice: Voice) -> str:
    till = f"Au lipa kwa Buy Goods, till {bold(fact.till)}." if fact.till else ""
    return join(
        f"M-Pesa bado haipokei ombi jipya kwa simu hiyo (oda {bold(fact.order_number)}, "
        f"{price(fact.total_minor, voice)}). Tafadhali subiri {_time_sw(fact.wait_s)}, kisha ujibu "
        "*tuma tena*, au nitumie namba nyingine ya M-Pesa.",
        till,
    )


@words(NoMorePrompts, "en")
def no_more_prompts_en(fact: NoMorePrompts, voice: Voice) -> str:
    order = bold(fact.order_number)
    why = {
        "order": f"I've sent three M-Pesa prompts for order {order}, so I won't send more.",
        "phone": f"{fact.phone_masked} has had enough M-Pesa prompts for today, so I won't send "
        f"it one for order {order}.",
        "payer": f"The prompt was cancelled on {fact.phone_masked}, so I won't send that phone "
        f"another one for order {order}.",
        "number": f"M-Pesa does not take {fact.phone_masked}, so I can't send the prompt for order "
        f"{order} there.",
    }[fact.reason]
    number = "" if fact.reason == "order" else "Send me another M-Pesa number to pay with."
    till = (
        f"You can pay {price(fact.total_minor, voice)} with M-Pesa → Buy Goods, till "
        f"{bold(fact.till)}, and then reply *paid*."
        if fact.till
        else f"To pay {price(fact.total_minor, voice)} another way, write *person* and the shop "
        "will help you."
    )
    return lines(why, join(number, till))


@words(NoMorePrompts, "sw")
def no_more_prompts_sw(fact: NoMorePrompts, voice: Voice) -> str:
    order = bold(fact.order_number)
    why = {
        "order": f"Nimetuma maombi matatu ya M-Pesa kwa oda {order}, kwa hivyo sitatuma mengine.",
        "phone": f"{fact.phone_masked} imepata maombi ya M-Pesa ya kutosha leo, kwa hivyo "
        f"sitaitumia lingine la oda {order}.",
        "payer": f"Ombi lilighairiwa kwenye {fact.phone_masked}, kwa hivyo sitaitumia simu hiyo "
        f"lingine la oda {order}.",
        "number": f"M-Pesa haikubali {fact.phone_masked}, kwa hivyo siwezi kuitumia ombi la oda "
        f"{order}.",
    }[fact.reason]
    number = "" if fact.reason == "order" else "Nitumie namba nyingine ya M-Pesa ya kulipia."
    till = (
        f"Unaweza kulipa {price(fact.total_minor, voice)} kwa M-Pesa → Buy Goods, till "
        f"{bold(fact.till)}, kisha ujibu *nimelipa*."
        if fact.till
        else f"Kulipa {price(fact.total_minor, voice)} kwa njia nyingine, andika *mhudumu* na duka "
        "litakusaidia."
    )
    return lines(why, join(number, till))


@words(TooManyHeld, "en")
def too_many_held_en(fact: TooManyHeld, _voice: Voice) -> str:
    return (
        f"I can keep at most {bold(str(fact.most))} pieces for one customer at a time. Take some "
        "out, pay for what is open, or write *person* and the shop will arrange a larger order."
    )


@words(TooManyHeld, "sw")
def too_many_held_sw(fact: TooManyHeld, _voice: Voice) -> str:
    return (
        f"Naweza kuwekea mteja mmoja bidhaa {bold(str(fact.most))} kwa wakati mmoja. Punguza "
        "baadhi, lipia zilizo wazi, au andika *mhudumu* na duka litapanga oda kubwa zaidi."
    )


def _time_en(seconds: int) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{max(seconds, 1)} seconds"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _time_sw(seconds: int) -> str:
    minutes = round(seconds / 60)
    return f"sekunde {max(seconds, 1)}" if minutes < 1 else f"dakika {minutes}"
