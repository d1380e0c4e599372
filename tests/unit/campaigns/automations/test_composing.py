"""One definition becomes WhatsApp's card, an SMS and Instagram's, and never with a hole."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.campaigns.automations.composing import Lacks
from dukani.core.sms_segments import segments
from dukani.domain.automations import Content, Cta
from tests.unit.campaigns.automations.composed import (
    LINK,
    STOP,
    all_known,
    card,
    composed,
    values,
)


def a_content(text: str, **more: Any) -> Content:
    return Content(text={"en": text}, **more)


def said(text: str, known: Any = None, **more: Any) -> str:
    """What WhatsApp shows of it, without its ends."""
    made = card(a_content(text, cta=None, **more), known, marketing=False)
    return made.whatsapp.text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Hi {name}, {product} is waiting.", "Hi Amina, Rose dress is waiting."),
        ("{product} now costs {price}.", "Rose dress now costs KES 4,500."),
        ("{discount} off at {shop}!", "25% off at Zuri!"),
        ("{image}Your total: {total}", "Your total: KES 10,000"),
        ("{ name } , you  chose well .", "Amina, you chose well."),
    ],
)
def test_values_stand_where_their_variables_stood(text: str, written: str) -> None:
    assert said(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        # A name has a fallback, with a capital where it begins a sentence.
        ("Hi {name}, it is back in stock.", "Hi dear customer, it is back in stock."),
        ("{name}, it is back in stock.", "Dear customer, it is back in stock."),
        # A piece does too, as the word before it wants it.
        ("Your {product} is back in stock.", "Your piece is back in stock."),
        ("{product} is back in stock.", "The piece you chose is back in stock."),
        # An amount has none: its sentence goes, or what is in the brackets.
        ("It is back in stock. It costs {price}.", "It is back in stock."),
        ("It is back in stock (now {price}).", "It is back in stock."),
        ("It is back in stock\nPrice: {price}\nSee you soon", "It is back in stock\nSee you soon"),
        # And what announced it.
        ("It is back in stock\nThe price:\n{price}", "It is back in stock"),
        # No half of a bold word stays behind.
        ("*It is back in stock. Only {price}*", "It is back in stock."),
        # A variable that nobody knows is missing as well.
        ("It is back in stock. {produkt} is here.", "It is back in stock."),
    ],
)
def test_a_missing_value_leaves_no_hole(text: str, written: str) -> None:
    assert said(text, values()) == written


def test_the_owners_fallback_goes_before_ours() -> None:
    content = a_content("Hi {name}, it is here now.", fallbacks={"name": {"en": "friend"}})

    made = card(content, values())

    assert made.whatsapp.text.startswith("Hi friend, it is here now.")
    assert made.stood_in == {"name": "friend"}


def test_a_message_that_would_only_greet_lacks_its_value() -> None:
    assert composed(a_content("Hi {name}! It costs {price}."), values()) == Lacks("price")


def test_the_link_is_added_where_the_owner_placed_none() -> None:
    made = card(a_content("Your cart is waiting."))

    assert f"Finish my order: {LINK}" in made.whatsapp.text
    assert f"Finish my order: {LINK}" in made.sms.text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Your cart is waiting.\n{cta}\nSee you!", f"Finish my order: {LINK}"),
        ("Your cart is waiting, order at {cta} today.", f"order at {LINK} today."),
    ],
)
def test_the_link_stands_where_the_owner_placed_it_and_once(text: str, line: str) -> None:
    made = card(a_content(text))

    for whole in (made.whatsapp.text, made.sms.text):
        assert line in whole
        assert whole.count(LINK) == 1


def test_twilio_says_what_to_reply_and_meta_has_buttons() -> None:
    content = a_content("Shall we send the prompt again?", cta=Cta(kind="reply"), image="none")

    by_twilio = card(content, provider="twilio").whatsapp
    by_meta = card(content, provider="meta").whatsapp

    assert "Reply *YES*" in by_twilio.text
    assert by_twilio.buttons == ()
    assert "Reply" not in by_meta.text
    assert [button.title for button in by_meta.buttons] == ["Yes, please", "Not now"]


def test_meta_opens_the_link_by_a_button_unless_it_is_within_the_words() -> None:
    apart = card(a_content("Your cart is waiting.\n{cta}"), provider="meta").whatsapp
    within = card(a_content("Order at {cta} today, if you like."), provider="meta").whatsapp

    assert LINK not in apart.text
    assert [(one.title, one.url) for one in apart.buttons] == [("Finish my order", LINK)]
    assert f"Order at {LINK} today" in within.text
    assert within.buttons == ()


def test_several_pieces_together_have_the_link_in_the_words() -> None:
    content = a_content("Your cart is waiting.", image="pieces")

    made = card(content, all_known(pieces=("1", "2")), provider="meta").whatsapp

    assert LINK in made.text
    assert made.buttons == ()


def test_an_offer_names_the_way_out_and_a_service_message_does_not() -> None:
    content = a_content("Your cart is waiting.")

    assert "stop promotions" in card(content, marketing=True).whatsapp.text
    assert "stop promotions" not in card(content, marketing=False).whatsapp.text


def test_an_sms_of_a_name_carries_the_link_and_of_a_number_the_word_that_ends_it() -> None:
    content = a_content("Your cart is waiting.")

    assert f"Stop: {STOP}" in card(content, one_way_sms=True).sms.text
    assert "STOP to end" in card(content, one_way_sms=False).sms.text


def test_an_sms_is_plain_and_is_counted() -> None:
    made = card(a_content("*Rose dress* 🌹 is “back” — {name}"))

    assert made.sms.text.startswith('Rose dress is "back" - Amina')
    assert made.sms.segments == segments(made.sms.text).count == 1


def test_the_owners_own_words_for_sms_are_sent_there() -> None:
    made = card(a_content("Long words for WhatsApp.", sms={"en": "Short words, {name}."}))

    assert made.sms.text.startswith("Short words, Amina.")
    assert "Short words" not in made.whatsapp.text


def test_own_words_for_sms_that_lack_a_value_stop_no_message() -> None:
    # given words for SMS that say nothing without a price, and words for WhatsApp that do
    content = a_content("Your cart is kept for you.", sms={"en": "{price}"})
    # when the price is not known
    made = card(content, values())
    # then the SMS says what WhatsApp says
    assert made.whatsapp.text.startswith("Your cart is kept for you.")
    assert made.sms.text.startswith("Your cart is kept for you.")


@pytest.mark.parametrize(
    "text", ["word " * 190, "wörd ж " * 140, "x" * 990, "{cta} " + "word " * 150]
)
def test_a_long_message_is_cut_at_a_word_and_never_in_its_links(text: str) -> None:
    made = card(a_content(text))

    assert made.sms.shortened
    assert made.sms.segments <= 3
    assert LINK in made.sms.text
    assert made.sms.text.endswith(STOP)
    assert len(made.whatsapp.text) <= 1024
    assert LINK in made.whatsapp.text
    assert len(made.instagram.text.encode()) <= 1000


def test_it_is_said_in_her_language_if_the_owner_wrote_it_in_that() -> None:
    both = Content(text={"en": "Your cart is waiting.", "sw": "Kikapu chako kinakusubiri."})

    assert card(both, language="sw").whatsapp.text.startswith("Kikapu chako")
    assert "Kamilisha oda" in card(both, language="sw").sms.text
    assert card(a_content("Your cart is waiting."), language="sw").language == "en"


def test_the_picture_is_the_pieces_if_the_owner_wants_one() -> None:
    assert card(a_content("It is here.")).whatsapp.picture == "zuri/rose.jpg"
    assert card(a_content("It is here.", image="none")).whatsapp.picture is None


def test_instagrams_card_shows_the_piece_and_its_price() -> None:
    made = card(a_content("*It is here*, {name}.\n{cta}")).instagram

    assert (made.title, made.subtitle) == ("Rose dress", "KES 4,500 · 25% off")
    assert made.text == "It is here, Amina."
    assert [(button.title, button.url) for button in made.buttons] == [("Finish my order", LINK)]


def test_a_customers_name_cannot_write_the_message() -> None:
    made = card(a_content("Hi {name}, it is here."), all_known(name="{price}*_~\nA\u202e"))

    assert made.whatsapp.text.startswith("Hi price A, it is here.")


def test_outside_of_the_24_hours_a_template_is_needed_for_whatsapp_alone() -> None:
    content = a_content("Your cart is waiting.")

    assert composed(content, window_open=False) == Lacks("template")
    assert card(content, window_open=False, channel="sms").sms.text
