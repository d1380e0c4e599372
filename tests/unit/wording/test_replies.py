"""The facts of a turn become few messages: merged, in order, never doubled."""

from __future__ import annotations

import pytest

from dukani.agent import facts as f
from dukani.agent.wording import word
from dukani.domain.acts import Language
from tests.unit.wording.samples import ADDRESS, LINES, OPTIONS, PHONE, line, voice

EMOJI = set("😊📸🛍📝🎉")
SHOWN = f.OptionsShown(options=OPTIONS)
ADDED = f.AddedToCart(line=line(), total_minor=900_000, pieces=2)
CONFIRM = f.AskConfirmation(
    lines=LINES, delivery_minor=0, total_minor=100, address=ADDRESS, phone_masked=PHONE
)
ASK_SIZE = f.AskVariant(
    name="Amani Wrap Dress", missing="size", choices=("S", "M"), colour="black", price_minor=450_000
)


def test_no_facts_give_no_replies() -> None:
    assert word([], voice()) == []


def test_facts_merge_into_one_message_in_said_order() -> None:
    # given
    told: list[f.AnyFact] = [f.PhotoUnreadable(), f.NoDiscount(), f.AskAddress()]

    # when
    replies = word(told, voice())

    # then
    paragraphs = replies[0].text.split("\n\n")
    assert len(replies) == 1
    assert [text.split()[0] for text in paragraphs] == ["Sorry,", "Our", "Where"]


def test_options_carry_what_was_said_before_and_what_comes_after_follows() -> None:
    # given
    answer = f.ShopAnswer(topic="delivery", text="KES 300")
    told: list[f.AnyFact] = [f.PhotoSeen(category="dress"), SHOWN, answer]

    # when
    first, second = word(told, voice())

    # then
    assert first.options == OPTIONS
    assert first.text.startswith("Nice photo!")
    assert "*2. Zuri Lace Wedding Gown* – *KES 12,500*" in first.text
    assert second == f.Reply(text="*Delivery:* KES 300")


def test_words_too_long_for_a_picture_go_before_it_on_their_own() -> None:
    # given
    terms = ("word " * 190).strip()

    # when
    first, second = word([f.ShopAnswer(topic="other", text=terms), SHOWN], voice())

    # then
    assert first.text == terms
    assert (first.options, second.options) == ((), OPTIONS)


@pytest.mark.parametrize(("language", "person"), [("en", "*person*"), ("sw", "*mhudumu*")])
def test_a_message_that_only_greets_is_answered_with_who_answers(
    language: Language, person: str
) -> None:
    # when
    (reply,) = word([f.Introduced(), f.Greeted(name="Amina Said")], voice(language))

    # then
    hello, invitation = reply.text.split("\n\n")
    assert "Amina! 😊" in hello
    assert "*Zuri Boutique*" in hello
    assert person in hello
    assert "mfano" in invitation or "e.g." in invitation


# Before, the introduction came first and the answer below it: who asked got the answer last.
@pytest.mark.parametrize(
    ("language", "answer", "person"),
    [("en", "Here's what", "*person*"), ("sw", "Tuna hizi", "*mhudumu*")],
)
@pytest.mark.parametrize("greeted", [(), (f.Greeted(name="Amina Said"),)])
def test_a_first_question_is_answered_first_and_the_introduction_is_the_last_line(
    language: Language, answer: str, person: str, greeted: tuple[f.Greeted, ...]
) -> None:
    # when
    (reply,) = word([f.Introduced(), *greeted, SHOWN], voice(language))

    # then
    first, *_, last = reply.text.split("\n\n")
    assert first.startswith(answer)
    assert reply.options == OPTIONS
    assert "\n" not in last
    assert "*Zuri Boutique*, Amina!" in last
    assert person in last
    assert reply.text.count("Zuri Boutique") == 1


def test_an_introduction_that_does_not_fit_beside_the_options_follows_them() -> None:
    # given
    long = f.ShopAnswer(topic="other", text="x" * 700)

    # when
    first, second = word([f.Introduced(), long, SHOWN], voice())

    # then
    assert first.options == OPTIONS
    assert second.text.startswith("Welcome to")


@pytest.mark.parametrize(
    ("told", "welcomes"),
    [
        ([f.Introduced(), SHOWN], 1),  # something was asked at once: welcomed all the same
        ([f.Introduced(), f.OptedOut()], 0),  # not one who only wants to leave
        ([f.Introduced(), f.HandedOff(reason="asked")], 0),  # nor one who wants a person
        ([f.Introduced(), f.AssistantExplained()], 0),  # that says who answers already
    ],
)
def test_a_new_customer_is_told_once_who_answers(told: list[f.AnyFact], welcomes: int) -> None:
    # when
    text = word(told, voice())[0].text

    # then
    assert text.count("Welcome to *Zuri Boutique*, Amina!") == welcomes
    assert text.count("automatic assistant") == 1


@pytest.mark.parametrize(
    "told", [f.Unclear(step="start"), f.NoDiscount(), f.HandedOff(reason="asked")]
)
def test_how_to_reach_a_person_is_said_once(told: f.AnyFact) -> None:
    assert word([f.Introduced(), told], voice())[0].text.count("*person*") <= 1


def test_a_greeting_of_someone_known_is_returned_in_front_of_the_answer() -> None:
    (reply,) = word([f.Greeted(name="Amina Said"), SHOWN], voice())

    assert reply.text.startswith("Hi Amina! Here's what we have for you:")


@pytest.mark.parametrize("profile", [".", "🌸🌸", "***", ""])
def test_a_profile_name_without_letters_is_not_used(profile: str) -> None:
    assert word([f.Greeted(name=profile)], voice(customer=None))[0].text.startswith("Hi! 😊")


# Before, facts kept the order of the acts: the question came first and the answer under it.
@pytest.mark.parametrize("asked", [ASK_SIZE, f.AskAddress(), CONFIRM])
def test_a_question_about_the_shop_is_answered_before_anything_is_asked_back(
    asked: f.AnyFact,
) -> None:
    # given
    answer = f.ShopAnswer(topic="delivery", text="KES 300")

    # when
    text = word([asked, answer], voice())[0].text

    # then
    assert text == word([answer, asked], voice())[0].text
    assert text.startswith("*Delivery:* KES 300")


def test_a_hint_gives_way_to_the_question_that_follows() -> None:
    # when
    alone = word([ADDED], voice())[0].text
    followed = word([ADDED, f.AskAddress()], voice())[0].text

    # then
    assert "*checkout*" in alone
    assert "*checkout*" not in followed
    assert followed.endswith("or send your location.")


def test_the_last_of_two_hints_stays() -> None:
    # given
    other = f.AddedToCart(line=LINES[1], total_minor=1_350_000, pieces=3)

    # when
    text = word([ADDED, other], voice())[0].text

    # then
    assert text.count("*checkout*") == 1
    assert text.index("KES 13,500") < text.index("*checkout*")


@pytest.mark.parametrize("language", ["en", "sw"])
def test_a_message_has_at_most_one_emoji_of_ours(language: Language) -> None:
    # when
    replies = word([f.Introduced(), f.PhotoSeen(category="hat"), ADDED, CONFIRM], voice(language))

    # then
    assert [sum(mark in EMOJI for mark in reply.text) for reply in replies] == [1]


def test_address_is_not_said_twice_with_the_summary() -> None:
    assert word([f.AddressNoted(address=ADDRESS), CONFIRM], voice())[0].text.count(ADDRESS) == 1


def test_another_address_is_said_beside_the_summary() -> None:
    # when
    text = word([f.AddressNoted(address="Nyali 12"), CONFIRM], voice())[0].text

    # then
    assert "Nyali 12" in text
    assert ADDRESS in text


def test_a_fact_told_twice_is_said_once() -> None:
    assert word([f.CartEmpty(), f.CartEmpty()], voice()) == word([f.CartEmpty()], voice())


def test_a_long_cart_is_split_between_its_lines() -> None:
    # given
    many = tuple(line(number) for number in range(1, 41))

    # when
    replies = word([f.CartShown(lines=many, total_minor=36_000_000)], voice())

    # then
    said = "\n".join(reply.text for reply in replies)
    assert len(replies) == 2
    assert all(len(reply.text) <= 1500 for reply in replies)
    assert all(f"\n{number}. *Amani" in said for number in range(1, 41))
    assert "*KES 360,000*" in replies[-1].text


def test_names_cannot_break_the_formatting_and_addresses_stay_as_written() -> None:
    # given
    fact = f.AddedToCart(line=line(name="*Wild* _Cat_ ~`Bag`"), total_minor=1, pieces=1)

    # when
    text = word([fact, f.AddressNoted(address="Plot_7 *Gate* ~B")], voice())[0].text

    # then
    assert "*Wild Cat Bag*" in text
    assert text.endswith("Plot_7 *Gate* ~B")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "We have nothing called “timbs” in stock right now, but in size 42 we have these:"),
        ("sw", "Kwa sasa hatuna “timbs”, lakini saizi 42 tuna hizi:"),
    ],
)
def test_what_fits_the_rest_of_a_wish_says_that_nothing_is_called_so(
    language: Language, said: str
) -> None:
    # given a name that no piece has, and pieces in the size
    close = SHOWN.model_copy(
        update={"wish": f.Wish(words="timbs", size="42"), "dropped": ("words",)}
    )

    # then both are told
    assert word([close], voice(language))[0].text.startswith(said)


FAILED = f.PaymentFailed(order_number="DK-1", total_minor=900_000, reason="cancelled")


@pytest.mark.parametrize(
    ("language", "hint", "asks"), [("en", "send again", "YES"), ("sw", "tuma tena", "NDIYO")]
)
def test_an_order_opened_again_has_one_way_to_pay(language: Language, hint: str, asks: str) -> None:
    reopened: list[f.AnyFact] = [FAILED, f.OrderReopened(order_number="DK-1"), CONFIRM]

    said = "\n".join(reply.text for reply in word(reopened, voice(language)))

    assert hint not in said and asks in said
    assert hint in word([FAILED], voice(language))[0].text


def test_what_went_is_not_also_told_as_there() -> None:
    gone = line()
    told = f.OrderEdited(
        changes=(f.Change(what="kept", line=gone), f.Change(what="removed", line=gone)),
        lines=LINES,
        total_minor=900_000,
        pieces=2,
    )

    said = word([told], voice())[0].text

    assert "Already" not in said and "Removed:" in said


def test_the_same_goods_are_listed_once() -> None:
    shown: list[f.AnyFact] = [f.CartShown(lines=LINES, total_minor=100), CONFIRM]

    said = "\n".join(reply.text for reply in word(shown, voice()))

    assert "Your cart" not in said and "check your order" in said


def test_of_a_piece_in_the_order_the_other_is_left_out() -> None:
    name = CONFIRM.lines[0].name

    said = word([f.LeftOut(name=name), CONFIRM], voice())[0].text
    maroon = word([f.LeftOut(name=name, colour="maroon"), CONFIRM], voice())[0].text

    assert f"left out the other *{name}*" in said
    assert f"left out the *{name}* (maroon)" in maroon


def test_the_colours_and_sizes_told_go_together() -> None:
    # given a shirt whose white has no L
    shirt = f.Option(
        number=1,
        product_id="p",
        name="Tee",
        colours=("white", "black"),
        sizes=("M", "L"),
        price_minor=100,
        variants=(("white", "M"), ("black", "M"), ("black", "L")),
    )

    # then no size is told as if every colour had it
    some = word([f.OptionsShown(options=(shirt,))], voice())[0].text
    large = f.OptionsShown(options=(shirt.model_copy(update={"size": "L"}),))
    said = word([large], voice())[0].text
    assert "white, black · sizes M, L (vary by colour)" in some
    assert "black · size L" in said and "white" not in said
