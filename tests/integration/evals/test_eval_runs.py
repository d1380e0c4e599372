"""Files run through webhook, queue, machine and outbox; what goes wrong is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dukani.evals.catalogue_file import Catalogue, read_catalogue
from dukani.evals.cli import SAMPLES
from dukani.evals.dialogue_file import Dialogue, read_dialogues
from dukani.evals.dialogues import DialogueResult, run_dialogues
from dukani.evals.harness import Harness
from dukani.evals.photos import ask_with_photos, hang_gallery
from dukani.evals.scripted_eye import ScriptedEye
from dukani.evals.utterance_file import Utterance, read_utterances
from dukani.evals.utterances import run_utterances

BOUGHT = [{"sku": "T-1", "colour": "green", "size": "M", "qty": 1}]


def an_utterance(text: str, intent: str, context: dict[str, Any], **slots: Any) -> Utterance:
    return Utterance.model_validate(
        {
            "id": text,
            "text": text,
            "context": context,
            "expect": {"intent": [intent], "slots": slots},
        }
    )


async def run(
    harness: Harness, catalogue: Catalogue, eye: ScriptedEye, *turns: dict[str, Any], **final: Any
) -> DialogueResult:
    dialogue = Dialogue.model_validate({"id": "d", "turns": turns, "expect_final": final})
    (result,) = await run_dialogues(harness, [dialogue], catalogue, eye, Path())
    return result


async def test_utterances_are_read_where_the_file_says_they_are_said(
    harness: Harness, catalogue: Catalogue
) -> None:
    # given: words that mean something in their situation only, and one wrong expectation
    line = {"sku": "T-2", "colour": "brown", "size": "38", "qty": 1}
    utterances = [
        an_utterance("2", "select_option", {"step": "choosing", "options": ["T-1", "T-2"]},
                     option=2),
        an_utterance("yes", "affirm", {"step": "confirm"}),
        an_utterance("remove the sandals", "remove_item", {"step": "cart", "cart": [line]}),
        an_utterance("send the prompt again", "payment_retry", {"step": "payment_failed"}),
        an_utterance("where is my order?", "order_status", {"step": "paid", "order": "X"}),
        an_utterance("size M", "set_variant", {"step": "variant", "sku": "NOBODY-KNOWS"},
                     size="M"),
        an_utterance("STOP", "greeting", {}),
    ]  # fmt: skip

    # when
    results = await run_utterances(harness, utterances, catalogue)

    # then
    failed = {r.utterance.text: r.problems for r in results if not r.passed}
    assert failed == {"STOP": ("greeting not understood", "opt_out understood, but not said")}
    assert all(result.replies for result in results)


async def test_a_sale_is_checked_from_the_first_word_to_the_stock_left(
    harness: Harness, catalogue: Catalogue, eye: ScriptedEye
) -> None:
    # when: a photo, a choice, an address, a failed payment and a second try
    result = await run(
        harness,
        catalogue,
        eye,
        {
            "user": {"image": {"attrs": {"type": "dress", "colour": "green"}}},
            "then": {"shown_includes": ["T-1"], "step": "choosing"},
        },
        {"user": {"text": "number {{n:T-1}}, size M"}, "then": {"cart": BOUGHT}},
        {"user": {"text": "checkout"}},
        {"user": {"text": "Nyali, Links Road, house 12"}},
        {"user": {"text": "yes"}, "then": {"order_status": "awaiting_payment"}},
        {
            "event": {"type": "payment_failed", "reason": "insufficient_funds"},
            "then": {"order_status": "payment_failed"},
        },
        {"user": {"text": "send the prompt again"}},
        {"event": {"type": "payment_succeeded"}, "then": {"mentions": ["3,900"]}},
        cart=BOUGHT,
        cart_total=3900,
        order_status="paid",
        step=["done"],
        address_contains=["Nyali", "12"],
        orders_created=1,
        orders_paid=1,
        payment_attempts=2,
        charged_total=3900,
        stock_after={"T-1/green/M": 3},
        mood="cheerful",
    )

    # then
    assert result.problems == []
    assert result.unchecked == ["mood"]
    assert (result.wrong, result.passed_finally) == ([], True)


async def test_staff_and_a_wrong_expectation_are_seen(
    harness: Harness, catalogue: Catalogue, eye: ScriptedEye
) -> None:
    result = await run(
        harness,
        catalogue,
        eye,
        {"user": {"text": "show me dresses"}},
        {
            "event": {"type": "staff_message", "text": "Hi, Amina here."},
            "then": {"handed_off": True, "bot_silent": True},
        },
        {"user": {"text": "do you have shoes?"}, "then": {"bot_silent": True, "step": "human"}},
        {"event": {"type": "staff_release"}, "then": {"handoff": False}},
        {"user": {"text": "do you have shoes?"}, "then": {"shown_includes": ["T-1"]}},
        bot_silent_after="staff_message",
    )

    assert result.problems == ["turn 5: shown_includes: not shown: T-1; shown: T-2"]
    assert ("staff", "Hi, Amina here.") in result.transcript


async def test_a_question_too_many_is_answered_so_that_money_can_come(
    harness: Harness, catalogue: Catalogue, eye: ScriptedEye
) -> None:
    # given: the file does not foresee that the total must be confirmed
    result = await run(
        harness,
        catalogue,
        eye,
        {"user": {"text": "do you have green dresses?"}},
        {"user": {"text": "I take number {{n:T-1}} in size M"}},
        {"user": {"text": "checkout"}},
        {"user": {"location": {"latitude": -4.03, "longitude": 39.7, "name": "Nyali Centre"}}},
        {"event": {"type": "payment_succeeded"}},
        order_status="paid",
        address_contains="Nyali Centre",
    )

    assert (result.problems, result.yeses) == ([], 1)


async def test_a_turn_that_cannot_be_taken_is_one_problem_and_the_dialogue_goes_on(
    harness: Harness, catalogue: Catalogue, eye: ScriptedEye
) -> None:
    result = await run(
        harness,
        catalogue,
        eye,
        {"event": "staff_message"},
        {"user": {"text": "hello"}},
        # what would be true after it is not asked
        {"event": {"type": "payment_succeeded"}, "then": {"order_status": "paid"}},
        {"user": {"text": "number {{n:T-1}}"}, "then": {"cart": BOUGHT}},
        {"user": {"text": "do you have shoes?"}, "then": {"shown_includes": ["T-2"]}},
        order_status="none",
    )

    assert result.problems == [
        "turn 1: nobody has written yet",
        "turn 3: no M-Pesa prompt was open",
        "turn 4: the bot never listed T-1",
    ]
    assert (result.ended, result.passed, result.passed_finally) == (True, False, True)


async def test_a_prompt_for_other_goods_than_the_file_says_is_found(
    harness: Harness, catalogue: Catalogue, eye: ScriptedEye
) -> None:
    # given: the file takes it that the customer has two of them
    two = [BOUGHT[0] | {"qty": 2}]

    # when
    result = await run(
        harness,
        catalogue,
        eye,
        {"user": {"text": "do you have green dresses?"}},
        {"user": {"text": "I take number {{n:T-1}} in size M"}, "then": {"cart": two}},
        {"user": {"text": "checkout"}},
        {"user": {"text": "Nyali, Links Road, house 12"}},
        {"user": {"text": "yes"}},
        cart=two,
    )

    # then
    assert result.wrong == [
        "turn 5: prompted 1× T-1 green M, should be 2× T-1 green M",
        "finally: ordered 1× T-1 green M, should be 2× T-1 green M",
    ]


async def test_a_photo_finds_the_piece_it_was_taken_of(harness: Harness, tmp_path: Path) -> None:
    # given: three pictures that differ in colour
    photos = []
    for colour, class_name in (("red", "dress"), ("green", "hat"), ("navy", "shoes")):
        path = tmp_path / f"{colour}.jpg"
        Image.new("RGB", (200, 260), colour).save(path)
        photos.append((path, class_name))
    shop = await hang_gallery(harness, photos)

    # when
    figures = await ask_with_photos(harness, shop, photos[:1])

    # then: what looks exactly like it comes first
    assert (figures.gallery, len(figures.results)) == (3, 1)
    assert (figures.results[0].shown[0], figures.p1) == ("dress", 1.0)
    assert 0 < figures.milliseconds(50) < 5000


@pytest.mark.slow
async def test_the_samples_are_understood_and_bring_their_sales_about(
    harness: Harness, eye: ScriptedEye
) -> None:
    sold = read_catalogue(SAMPLES / "catalogue.json")
    listed = read_dialogues(SAMPLES / "dialogues.json").dialogues

    understood = await run_utterances(harness, read_utterances(SAMPLES / "utterances.jsonl"), sold)
    talked = await run_dialogues(harness, listed, sold, eye, SAMPLES)

    assert {r.utterance.text: r.problems for r in understood if not r.passed} == {}
    assert {r.dialogue.id: r.problems + r.unchecked for r in talked} == {
        dialogue.id: [] for dialogue in listed
    }
