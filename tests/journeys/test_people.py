"""People: handing over, staying silent, consent, strangers' words."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.store import consents, conversations, orders
from dukani.domain.kinds import CATEGORIES
from dukani.tools import staff
from tests.journeys.talk import ADDRESS, Talk, order_a_wrap_dress


async def test_a_person_is_called_and_the_assistant_is_silent_until_handed_back(
    talk: Talk,
) -> None:
    # given a customer in the middle of choosing
    await talk.say("show me hats")
    step = await talk.step()

    # when she asks for a person
    assert await talk.say("I want to talk to a person") != ""

    # then only people answer, until staff hand her back
    assert await talk.step() == "human_handoff"
    assert await talk.say("show me dresses") == ""
    await talk.happens("staff_message", text="Hi, this is Wanjiru")
    assert await talk.say("ok thanks") == ""
    assert await talk.happens("hand_back") == ""
    assert await talk.step() == step
    assert "Hat" in await talk.say("1")


async def test_the_owner_is_told_who_waits_and_what_she_said(talk: Talk) -> None:
    await talk.say("nataka kuongea na mhudumu")
    [note] = await talk.owner_notes()
    assert "nataka kuongea na mhudumu" in note
    assert "+254712300001" not in note


async def test_a_yes_to_a_persons_words_is_no_yes_to_the_total(talk: Talk) -> None:
    # given a customer who is shown the total, and a person who then takes the chat
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    assert "KES 4,500" in await talk.say(ADDRESS)
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        chat = await conversations.get(conn, conversation_id=talk.conversation_id)
        assert chat is not None
        await staff.staff_wrote(conn, chat, "Shall I add a card?")
    await talk.turn()
    await talk.happens("hand_back")

    # when she says yes to the person, then nothing is ordered, and the total is shown again
    assert "KES 4,500" in await talk.say("yes")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        assert await orders.latest(conn, customer_id=talk.customer_id) is None

    # and a yes to that orders it
    await talk.say("yes")
    assert (await talk.order()).items_minor == 450000


NONSENSE = ("asdf qwer", "zxcv", "blorp fnord")


@pytest.mark.parametrize(
    ("answer", "message", "step"),
    [
        ("yes", {}, "human_handoff"),
        ("ndiyo", {}, "human_handoff"),
        ("Talk to a person", {"kind": "button", "payload": {"row_id": "person"}}, "human_handoff"),
        ("no", {}, "products_found"),
        ("No, go on", {"kind": "button", "payload": {"row_id": "go_on"}}, "products_found"),
        ("show me sandals", {}, "products_found"),  # what was understood goes on
    ],
)
async def test_a_third_misunderstanding_offers_a_person(
    talk: Talk, answer: str, message: dict[str, Any], step: str
) -> None:
    # given a customer whose words are not understood
    await talk.say("show me dresses")
    first, second, third = [await talk.say(nonsense) for nonsense in NONSENSE]

    # then she is asked for other words, shown what she can choose, and then offered a person
    assert "other words" in first
    assert "You can choose" in second
    assert "Would you like to talk to a person" in third
    assert await talk.step() == "products_found"

    # and only a yes calls one
    assert await talk.say(answer, **message) != ""
    assert await talk.step() == step


async def test_a_yes_to_the_offer_of_a_person_is_no_yes_to_the_total(talk: Talk) -> None:
    # given a customer who is shown the total, and whose answers are not understood
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    await talk.say("deliver to Kilimani, Rose Apartments B4")
    first, _, third = [await talk.say(nonsense) for nonsense in NONSENSE]
    assert "KES 4,500" in first
    assert "KES" not in third

    # when she says yes to the offer of a person
    await talk.say("yes")

    # then a person is called, and nothing is ordered
    assert await talk.step() == "human_handoff"
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        assert await orders.latest(conn, customer_id=talk.customer_id) is None


async def test_after_a_no_to_a_person_the_total_is_shown_again(talk: Talk) -> None:
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    await talk.say("deliver to Kilimani, Rose Apartments B4")
    for nonsense in NONSENSE:
        await talk.say(nonsense)
    assert "KES 4,500" in await talk.say("hapana")
    await talk.say("ndiyo")
    assert (await talk.payment()).amount_minor == 450_000


async def test_a_person_is_offered_again_only_after_three_further_misunderstandings(
    talk: Talk,
) -> None:
    said = [await talk.say(words) for words in (*NONSENSE, "qwop", "wubba")]
    offered = ["talk to a person" in text for text in said]
    assert offered == [False, False, True, False, False]


async def test_an_understood_turn_between_starts_the_count_again(talk: Talk) -> None:
    await talk.say("asdf qwer")
    await talk.say("zxcv")
    await talk.say("show me hats")
    await talk.say("blorp fnord")
    assert await talk.step() != "human_handoff"


async def test_when_staff_write_the_assistant_keeps_quiet(talk: Talk) -> None:
    await talk.say("show me hats")
    assert await talk.happens("staff_message", text="Karibu!") == ""
    assert await talk.say("1") == ""


async def test_four_hours_without_staff_the_assistant_answers_again(talk: Talk) -> None:
    await talk.say("show me hats")
    await talk.say("I want to talk to a person")
    await talk.age("conversations", "handed_off_at", "3 hours 59 minutes")
    await talk.say("show me dresses")
    assert (await talk.conversation()).handed_off_at is not None
    await talk.age("conversations", "handed_off_at", "2 minutes")
    assert await talk.say("show me hats") != ""
    assert (await talk.conversation()).handed_off_at is None


async def test_a_payment_is_still_receipted_while_a_person_answers(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.say("I want to talk to a person")
    assert "DK-" in await talk.mpesa("0")
    assert await talk.step() == "human_handoff"
    assert (await talk.order()).payment_status == "paid"


async def test_stop_is_recorded_answered_once_and_kept(talk: Talk) -> None:
    await talk.say("show me hats")
    assert "START" in await talk.say("STOP")
    assert await talk.say("hello?") == ""
    assert await talk.say("show me dresses") == ""
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        for purpose in ("assistant", "marketing"):
            consent = await consents.latest(
                conn,
                customer_id=talk.customer_id,
                purpose=purpose,  # type: ignore[arg-type]
            )
            assert consent is not None
            assert (consent.granted, consent.words) == (False, "STOP")


async def test_start_opens_the_conversation_again(talk: Talk) -> None:
    await talk.say("STOP")
    assert await talk.say("START") != ""
    assert "Hat" in await talk.say("show me hats")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        assert await consents.may_market(conn, customer_id=talk.customer_id)


@pytest.mark.parametrize(
    ("before", "together", "step"),
    [
        # A stop is heard among other messages, whichever word it is and wherever it stands.
        ([], ["show me hats", "STOP"], "opted_out"),
        ([], ["show me hats", "ACHA"], "opted_out"),
        ([], ["Acha!", "show me hats"], "opted_out"),
        # The last word counts.
        ([], ["ANZA", "ACHA"], "opted_out"),
        ([], ["stop sending me messages", "START"], "start"),
        (["STOP"], ["STOP", "START"], "start"),
        (["STOP"], ["START", "ACHA"], "opted_out"),
    ],
)
async def test_the_last_word_of_several_messages_is_the_one_that_counts(
    talk: Talk, before: list[str], together: list[str], step: str
) -> None:
    await talk.say("show me dresses")
    for text in before:
        await talk.say(text)

    for text in together:
        await talk.write(text)
    await talk.turn()

    assert await talk.step() == step


@pytest.mark.parametrize("together", [["hapana", "acha"], ["hmm", "Acha."]])
async def test_acha_beside_other_words_answers_a_yes_or_no_question(
    talk: Talk, together: list[str]
) -> None:
    # given a customer who is asked whether her order is right
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    await talk.say("deliver to Kilimani, Rose Apartments B4")
    assert await talk.step() == "awaiting_confirmation"

    # when she answers in two messages
    for text in together:
        await talk.write(text)
    await talk.turn()

    # then she is still written to
    assert await talk.step() != "opted_out"


async def test_nobody_is_marketed_to_without_a_recorded_yes(talk: Talk) -> None:
    await order_a_wrap_dress(talk)
    await talk.mpesa("0")
    async with talk.database.tenant_connection(talk.boutique_id) as conn:
        assert not await consents.may_market(conn, customer_id=talk.customer_id)


async def test_shop_questions_are_answered_from_the_boutiques_own_words(talk: Talk) -> None:
    await talk.set_shop_info(
        {"hours": {"en": "Mon-Sat 9 to 6", "sw": "Jumatatu-Jumamosi 3 asubuhi hadi 12 jioni"}}
    )
    assert "Mon-Sat 9 to 6" in await talk.say("what time do you open?")
    assert "asubuhi" in await talk.say("mnafungua saa ngapi?")


async def test_what_is_not_the_shops_business_is_declined_kindly(talk: Talk) -> None:
    said = await talk.say("who will win the elections?")
    assert "only help with" in said
    assert not any(category in said for category in ("election", *CATEGORIES[5:6]))


@pytest.mark.parametrize("words", ["Bot", "rudi kwa msaidizi", "Back to the assistant please"])
async def test_a_word_brings_the_assistant_back(talk: Talk, words: str) -> None:
    # given a customer who chose to talk to a person, and is told the way back
    await talk.say("show me hats")
    step = await talk.step()
    called = await talk.say("I want to talk to a person")
    assert "*assistant*" in called
    assert await talk.say("show me dresses") == ""

    # when she says the word
    said = await talk.say(words)

    # then the assistant answers, where she was
    assert said != ""
    assert await talk.step() == step
    assert (await talk.conversation()).handed_off_at is None
    assert "Hat" in await talk.say("1")


async def test_a_button_brings_the_assistant_back(talk: Talk) -> None:
    await talk.say("I want to talk to a person")
    back = {"row_id": "assistant"}
    assert await talk.say("Back to assistant", kind="button", payload=back) != ""
    assert "Hat" in await talk.say("show me hats")
    # an old button does no harm
    assert await talk.say("Back to assistant", kind="button", payload=back) != ""


@pytest.mark.parametrize(
    "words", ["the bot was useless", "is this a bot?", "nataka mtu, sio msaidizi", "no bot please"]
)
async def test_words_to_the_person_about_the_assistant_are_no_call_for_it(
    talk: Talk, words: str
) -> None:
    await talk.say("I want to talk to a person")
    assert await talk.say(words) == ""
    assert await talk.step() == "human_handoff"


async def test_what_she_asks_together_with_the_word_is_answered(talk: Talk) -> None:
    await talk.say("I want to talk to a person")
    await talk.write("assistant")
    await talk.write("show me hats")
    assert "Hat" in await talk.turn()


async def test_the_owner_reads_what_is_written_while_she_answers_by_notes(talk: Talk) -> None:
    await talk.say("I want to talk to a person")
    await talk.say("do you have it in *green*?\nDone")
    called, wrote = await talk.owner_notes()
    assert "Reply to this message" in called
    assert "“do you have it in green ? Done”" in wrote  # one line, and none of her marks


async def test_the_owner_is_not_told_what_she_sees_in_her_own_app(talk: Talk) -> None:
    await talk.happens("staff_message", text="Karibu!")
    await talk.say("asante")
    assert await talk.owner_notes() == []


async def test_a_customer_who_writes_without_end_does_not_flood_the_owner(talk: Talk) -> None:
    await talk.say("I want to talk to a person")
    for n in range(30):
        await talk.say(f"hello {n}?")
    notes = await talk.owner_notes()
    assert len(notes) == 21  # the call, and twenty messages
    assert "no more are passed on" in notes[-1]


@pytest.mark.parametrize("words", ["assistant", "bot", "rudi kwa msaidizi"])
async def test_the_word_after_the_assistant_took_over_by_itself_is_answered_too(
    talk: Talk, words: str
) -> None:
    await talk.say("show me hats")
    said = await talk.say(words)
    assert "assistant" in said or "msaidizi" in said
    assert await talk.step() != "human_handoff"


async def test_the_shops_hours_decide_what_is_promised(talk: Talk) -> None:
    await talk.set_shop_info({"hours": {"mon-sun": "0:00-24:00"}})
    assert "write to you here soon" in await talk.say("I want to talk to a person")


async def test_who_waits_long_for_a_person_is_told_the_way_back_once(talk: Talk) -> None:
    # given a customer who asked for a person half an hour ago
    await talk.say("I want to talk to a person")
    assert await talk.say("hello?") == ""
    await talk.age("conversations", "handed_off_at", "31 minutes")

    # when she writes again, she is told once, and the assistant stays silent
    assert "*assistant*" in await talk.say("are you there?")
    assert await talk.say("hello?") == ""
    assert await talk.step() == "human_handoff"

    # and when a person has answered, she waits from her next message on
    await talk.happens("staff_message", text="Hi", by_note=True)
    await talk.say("bot")
    await talk.say("I want to talk to a person")
    await talk.happens("staff_message", text="Hi", by_note=True)
    await talk.age("conversations", "handed_off_at", "40 minutes")
    await talk.age("conversations", "last_staff_at", "40 minutes")
    assert await talk.say("ok thanks") == ""
    await talk.age("messages", "created_at", "31 minutes")
    assert "*assistant*" in await talk.say("and the price?")


async def test_who_is_written_to_by_the_owner_is_told_the_way_back(talk: Talk) -> None:
    await talk.say("show me hats")
    told = await talk.happens("staff_message", text="Hi, it is Wanjiru", by_note=True)
    assert "*assistant*" in told
    assert await talk.happens("staff_message", text="It is here", by_note=True) == ""


async def test_who_waited_for_nobody_gets_an_excuse_and_an_answer(talk: Talk) -> None:
    await talk.say("I want to talk to a person")
    await talk.age("conversations", "handed_off_at", "5 hours")
    said = await talk.say("show me hats")
    assert "Sorry for the wait" in said
    assert "Hat" in said


@pytest.mark.parametrize(("answered", "excused"), [(False, True), (True, False)])
async def test_when_the_time_of_a_person_is_over_only_who_got_no_answer_is_written_to(
    talk: Talk, answered: bool, excused: bool
) -> None:
    await talk.say("I want to talk to a person")
    if answered:
        await talk.happens("staff_message", text="Hi", by_note=True)
        await talk.age("conversations", "last_staff_at", "5 hours")
    await talk.age("conversations", "handed_off_at", "5 hours")
    assert ("Sorry for the wait" in await talk.happens("timer")) == excused
    assert (await talk.conversation()).handed_off_at is None


async def test_the_owner_is_told_where_the_customer_stands(talk: Talk) -> None:
    # given a customer who asks for a person before she has chosen anything
    await talk.say("I want to talk to a person")
    assert "Nothing is in the cart yet" in (await talk.owner_notes())[-1]

    # when she has filled her cart, and when she has paid
    await talk.say("bot")
    await talk.say("I'll take the Amani Wrap Dress in blue, size M")
    await talk.say("checkout")
    await talk.say("deliver to Kilimani, Rose Apartments B4")
    await talk.say("I want to talk to a person")
    filled = (await talk.owner_notes())[-1]
    await talk.say("bot")
    await talk.say("yes")
    await talk.mpesa("0")
    await talk.say("I want to talk to a person")
    paid = (await talk.owner_notes())[-1]

    # then each note holds the piece, the sum and the address
    for note in (filled, paid):
        assert "*Amani Wrap Dress* (blue, size M) – KES 4,500" in note
        assert "Total: *KES 4,500*" in note
        assert "“Kilimani, Rose Apartments B4”" in note
    assert "not ordered yet" in filled
    assert f"Order *{(await talk.order()).number}*, paid" in paid
