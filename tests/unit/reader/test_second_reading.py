"""The second reading: a network's effect in the place of the rules' edits, where it is surer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukani.agent.local_reader import understand
from dukani.agent.local_reader.learned.effect import effect_of
from dukani.agent.local_reader.learned.features import Told, told
from dukani.agent.local_reader.learned.network import Guess, Network
from dukani.agent.local_reader.learned.of_acts import read_of
from dukani.agent.local_reader.learned.operations import NotReadable, PutIn
from dukani.agent.local_reader.learned.second_reading import read_again
from dukani.agent.local_reader.learned.symbols import operations
from dukani.agent.local_reader.learned.vocabulary import LONGEST
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, Line, Option, SoldPiece
from dukani.domain.questions import Asked

BRA = SoldPiece(
    product_id="bra", sku="B", name="Padded T-Shirt Bra", category="bra",
    colours=("black", "nude"), sizes=("34B", "36C"), price_minor=70_000,
)  # fmt: skip
LOAFERS = SoldPiece(
    product_id="loafers", sku="L", name="Clarks Leather Loafers (Men)", category="shoes",
    colours=("black", "brown"), sizes=("42", "43"), price_minor=340_000,
)  # fmt: skip
PUMA = SoldPiece(
    product_id="puma", sku="P", name="Puma Sneakers (Unisex)", category="shoes",
    colours=("black", "white"), sizes=("42", "43"), price_minor=320_000,
)  # fmt: skip
PIECES = (BRA, LOAFERS, PUMA)


def line(number: int, piece: SoldPiece, colour: str, size: str, quantity: int = 1) -> Line:
    return Line(
        number=number, name=piece.name, colour=colour, size=size, quantity=quantity,
        unit_price_minor=piece.price_minor, variant_id=f"{piece.sku}-{colour}-{size}",
        product_id=piece.product_id, sku=piece.sku, category=piece.category,
    )  # fmt: skip


CART = TurnContext(
    step="cart_updated",
    cart=(line(1, BRA, "black", "34B", 3), line(2, LOAFERS, "black", "43")),
    last_line=2,
    sold=Assortment(
        pieces=PIECES,
        names=tuple(piece.name for piece in PIECES),
        categories=("bra", "shoes"),
        colours=("black", "nude", "brown", "white"),
        sizes=("34B", "36C", "42", "43"),
    ),
)
AT_TOTAL = CART.model_copy(update={"step": "awaiting_confirmation", "last_line": None})
WHITE_PUMA = ("puma", "white", "43")
BY_NAME = a.Target(name="bra")
BLACK_BRA, LOAFER = ("bra", "black", "34B"), ("loafers", "black", "43")


def told_by_rules(text: str) -> Told:
    """The message as the network is told it, with what the rules read."""
    return told(text, CART, read_of(understand(text, CART).acts, CART))


def lines_after(text: str) -> dict[tuple[str, str, str], int]:
    acts = read_again(text, CART, understand(text, CART).acts)
    return dict(effect_of(read_of(acts, CART).operations(), CART))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("keep just one bra", {BLACK_BRA: 1, LOAFER: 1}),
        ("hizo loafers hapana, nitachukua puma za white 43", {BLACK_BRA: 3, WHITE_PUMA: 1}),
        ("i'd rather have the puma than the loafers, white 43", {BLACK_BRA: 3, WHITE_PUMA: 1}),
        (
            "loafers nimeacha, puma black 42 ndio nataka",
            {BLACK_BRA: 3, ("puma", "black", "42"): 1},
        ),
    ],
)
def test_what_comes_of_a_message_that_the_rules_alone_misread(
    text: str, lines: dict[tuple[str, str, str], int]
) -> None:
    by_rules = effect_of(read_of(understand(text, CART).acts, CART).operations(), CART)
    assert by_rules != lines
    assert lines_after(text) == lines


def test_the_rules_stand_where_both_lead_to_the_same_lines() -> None:
    # given: the rules read a removal
    acts = understand("remove the loafers", CART).acts
    # then: their acts stay as they are, not the network's with the same effect
    assert read_again("remove the loafers", CART, acts) == acts


def test_consent_and_a_person_asked_for_are_never_read_again() -> None:
    for acts in ((a.OptOut(),), (a.Handoff(),), (a.ClaimPaid(text="nimelipa"),)):
        assert read_again("bra moja iwe nude", CART, acts) == acts


@pytest.mark.parametrize(
    ("symbols", "why"),
    [
        ((Guess(("REM", "L7"), -0.1)), "no such line"),
        ((Guess(("ADD", "p0", "c0"), -0.1)), "values are missing"),
        ((Guess(("CHG", "L0", "c9", "Q", "Q"), -0.1)), "no such colour"),
    ],
)
def test_a_guess_of_what_is_not_there_is_no_reading(symbols: Guess, why: str) -> None:
    with pytest.raises(NotReadable):
        operations(symbols.symbols, told_by_rules("bra moja").numbered, CART)


def test_a_guess_that_puts_one_piece_in_twice_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    # given: a network that is sure, and says the same twice
    twice = ("ADD", "p0", "Q", "Q", "n1") * 2
    numbered = told_by_rules("bra nude 36C").numbered
    assert all(isinstance(one, PutIn) for one in operations(twice, numbered, CART))
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(twice, -0.01)])
    # when / then
    acts = (a.Remark(),)
    assert read_again("bra nude 36C", CART, acts) == acts


def test_an_edit_beside_a_wish_to_pay_is_never_read_away(monkeypatch: pytest.MonkeyPatch) -> None:
    # given: the rules read a removal and "send it again", the network is sure of the latter alone
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("pay",), -0.001)])
    acts = (a.Remove(target=a.Target(line=2)), a.PayAgain())
    # then: the removal stays, or the sum before it would be charged
    assert read_again("toa loafers, tuma tena", CART, acts) == acts


@pytest.mark.parametrize(
    ("symbol", "asked"),
    [
        ("look", a.Search(category="shoes", colour="white")),
        ("ask", a.AskStock(target=a.Target(category="shoes"), values=a.Values(colour="white"))),
    ],
)
def test_a_wish_that_is_only_a_question_is_asked(
    symbol: str, asked: a.Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given: the rules put a piece in, and the network is sure that it is only asked for
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess((symbol,), -0.001)])
    wish = a.Add(target=a.Target(category="shoes"), values=a.Values(colour="white"))
    # then: it is answered, instead of "I didn't catch that"
    assert read_again("also show me white shoes", CART, (wish,)) == (asked,)


def test_a_yes_is_never_kept_beside_edits_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("SETQ", "L0", "n1"), -0.001)])
    acts = (a.Confirm(), a.Remark())
    told_by_network = a.Set(target=a.Target(line=1), values=a.Values(quantity=1), change=True)
    assert read_again("ndio lakini bra moja", CART, acts) == (told_by_network,)


@pytest.mark.parametrize("beside", [a.Checkout(), a.PayAgain(), a.Confirm()])
def test_an_address_beside_a_wish_to_pay_is_never_lost(
    beside: a.Act, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given: the network hears no address
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("pay",), -0.001)])
    acts = (beside, a.SetAddress(text="kwa mama Kisumu"))
    # then: it stays, or the sum for the former place would be charged
    assert read_again("naomba kulipa, peleka kwa mama Kisumu", AT_TOTAL, acts) == acts


def test_words_that_are_no_address_are_not_kept_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = CART.model_copy(update={"step": "awaiting_delivery_address"})
    edit = a.Remove(target=a.Target(line=2))
    # given: read beside an edit, while the address is asked for
    acts = (a.SetAddress(text="not yet, I"), edit)
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("REM", "L1"), -0.001)])
    # then: it is asked for again
    assert read_again("wait not yet, I will leave the loafers", asked, acts) == (edit,)


def test_a_complaint_is_never_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("REM", "L1"), -0.001)])
    acts = (a.Complaint(),)
    assert read_again("the bra came torn, remove the loafers", CART, acts) == acts


def test_a_question_about_a_piece_sold_no_more_is_read_without_an_error() -> None:
    gone = Option(number=1, product_id="gone", name="Gone Gown", price_minor=1)
    asked = CART.model_copy(
        update={"question": "colour", "focus": gone, "choices": ("red",), "cart": ()}
    )
    acts = understand("size M", asked).acts
    assert read_again("size M please", asked, acts)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600))
def test_any_text_is_told_within_bounds_and_read_without_an_error(text: str) -> None:
    assert len(told_by_rules(text).places) <= LONGEST
    assert read_again(text, CART, understand(text, CART).acts)


def test_a_piece_of_several_is_not_left_out_by_half_a_guess(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given: the rules read two pieces, and the network, not quite sure, only one of them
    acts = tuple(
        a.Add(target=a.Target(product_id=piece), values=a.Values(colour="black", size=size))
        for piece, size in (("puma", "42"), ("loafers", "42"))
    )
    numbered = told_by_rules("puma black 42 na loafers black 42").numbered
    puma = numbered.pieces["puma"]
    colour, size = numbered.colours["black"], numbered.sizes["42"]
    one_piece = ("ADD", f"p{puma}", f"c{colour}", f"s{size}", "n2")
    guesses = [Guess(one_piece, -0.4), Guess(("remark",), -1.4)]
    monkeypatch.setattr(Network, "guesses", lambda *_: guesses)
    # then: nothing that was asked for is dropped in silence, it is asked what is meant
    text = "puma black 42 na loafers black 42"
    [asked] = read_again(text, CART, acts)
    by_network = a.Add(
        target=a.Target(name=PUMA.name.lower()),
        values=a.Values(colour="black", size="42", quantity=2),
        another=True,
    )
    assert asked == a.Unclear(readings=((by_network,), acts))
    # and: the rules stand where they may be right
    by_rules = tuple(
        symbol
        for piece in ("puma", "loafers")
        for symbol in ("ADD", f"p{numbered.pieces[piece]}", f"c{colour}", f"s{size}", "n1")
    )
    monkeypatch.setattr(Network, "guesses", lambda *_: [*guesses, Guess(by_rules, -1.4)])
    assert read_again(text, CART, acts) == acts


def test_an_edit_read_away_at_a_total_lets_no_yes_beside_it_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given: the rules read a removal, and the network is sure that it is a remark
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("remark",), -0.001)])
    acts = (a.Remove(target=a.Target(line=2)), a.Thanks())
    # then: "yes" in another part of the turn stands beside something that is not understood
    assert read_again("asante, loafers ni za kesho", AT_TOTAL, acts) == (a.Thanks(), a.Unclear())


def test_a_message_longer_than_the_network_is_told_is_left_to_the_rules() -> None:
    text = "tulikuwa kwa harusi ya binamu yangu huko nakuru " * 8 + "toa loafers"
    acts = (a.Remove(target=a.Target(line=2)),)
    assert told_by_rules(text).is_cut
    assert read_again(text, CART, acts) == acts


@pytest.mark.parametrize(
    ("question", "acts"),
    [("payer", (a.Set(target=a.Target(line=1)),)), (None, (a.Undo(),))],
)
def test_phones_and_undoing_are_left_to_the_rules(
    question: Asked | None, acts: tuple[a.Act, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("SETQ", "L0", "n1"), -0.001)])
    context = AT_TOTAL.model_copy(update={"question": question})
    assert read_again("rudisha, bra moja tu", context, acts) == acts


def test_the_answer_to_an_open_question_completes_the_edit_that_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given: three sneakers wait for their size
    focus = Option(
        number=0, product_id="puma", sku="P", name=PUMA.name, category="shoes",
        colours=("white", "black"), sizes=PUMA.sizes, price_minor=PUMA.price_minor,
    )  # fmt: skip
    context = CART.model_copy(
        update={"question": "size", "focus": focus, "spoken_colour": "white", "last_line": None}
    )
    text = "43, na bra moja iwe nude"
    numbered = told(text, context, read_of((), context)).numbered
    puma, size = f"p{numbered.pieces['puma']}", f"s{numbered.sizes['43']}"
    nude = f"c{numbered.colours['nude']}"
    guess = Guess(("ADD", puma, "Q", size, "n1", "PART", "L0", "n1", nude, "Q"), -0.001)
    monkeypatch.setattr(Network, "guesses", lambda *_: [guess])
    # when
    answer, _ = read_again(text, context, ())
    # then: nothing is put in beside it, and the count asked for stays
    assert answer == a.Set(values=a.Values(size="43"))


def test_a_piece_is_named_where_another_list_is_shown_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    option = Option(
        number=1, product_id="puma", sku="P", name=PUMA.name, category="shoes",
        colours=PUMA.colours, sizes=PUMA.sizes, price_minor=PUMA.price_minor,
    )  # fmt: skip
    context = CART.model_copy(update={"options": (option,), "step": "products_found"})
    text = "puma white 43, na nione bra"
    numbered = told(text, context, read_of((), context)).numbered
    puma = f"p{numbered.pieces['puma']}"
    colour, size = f"c{numbered.colours['white']}", f"s{numbered.sizes['43']}"
    guess = Guess(("ADD", puma, colour, size, "n1", "look"), -0.001)
    monkeypatch.setattr(Network, "guesses", lambda *_: [guess])
    added, search = read_again(text, context, (a.Search(category="bra"),))
    assert isinstance(added, a.Add)
    assert added.target == a.Target(name=PUMA.name.lower())
    assert isinstance(search, a.Search)


def test_no_other_line_goes_where_the_one_named_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # given: "remove the white one", no line is white, and the network takes out the loafers
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("REM", "L1"), -0.001)])
    acts = (a.Remove(target=a.Target(colour="white")),)
    # then: she is told that nothing white is in the order
    assert read_again("toa ile ya white, bakisha black", CART, acts) == acts


def test_a_yes_clears_nothing_that_is_not_all_but_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        Network,
        "guesses",
        lambda *_: [Guess(("REM", "L0", "REM", "L1"), -0.15), Guess(("yes",), -2)],
    )
    assert read_again("let me be clear yes", AT_TOTAL, (a.Confirm(),)) == (a.Confirm(),)


def test_words_that_nobody_knows_are_no_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("REM", "L0"), -0.001)])
    assert read_again("asdf qwer", CART, (a.Unclear(),)) == (a.Unclear(),)


def test_no_child_told_of_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    # given: the rules read a piece for each age, and the network one less
    acts = tuple(
        a.Add(target=a.Target(product_id="puma"), values=a.Values(colour="black", age=age))
        for age in (2, 5, 7)
    )
    numbered = told_by_rules("puma black").numbered
    puma, black = numbered.pieces["puma"], numbered.colours["black"]
    two = tuple(
        symbol
        for age in ("n2", "n7")
        for symbol in ("ADD", f"p{puma}", f"c{black}", "AGE", age, "n1")
    )
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(two, -0.01)])
    # then
    assert read_again("three puma black, for 2, 5 and 7 years", CART, acts) == acts


def test_a_piece_wanted_by_its_whole_name_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    # given: the network takes "add puma sneakers, black 42" for more of the loafers
    acts = (
        a.Add(target=a.Target(name="puma sneakers"), values=a.Values(colour="black", size="42")),
    )
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("INC", "L1", "n1"), -0.05)])
    # then
    assert read_again("add puma sneakers black 42", CART, acts) == acts
    # but: a question it may read instead
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("ask",), -0.01)])
    assert read_again("are the puma sneakers black 42 real", CART, acts) != acts


def test_a_number_of_the_list_alone_is_left_to_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(("REM", "L0"), -0.001)])
    pick = (a.Add(target=a.Target(option=2)),)
    assert read_again("ya pili", CART, pick) == pick


@pytest.mark.parametrize(
    ("text", "acts", "guess"),
    [
        (
            "acha tu loafers, zingine toa",
            (a.Remove(target=a.Target(line=1)),),
            ("REM", "L1"),
        ),
        (
            "keep only the loafers",
            (a.Remove(target=a.Target(scope="all", but=a.Target(name="loafers"))),),
            ("REM", "L0", "REM", "L1"),
        ),
        (
            "bra nude 36C mbili, black 34B nne",
            (
                a.Add(target=BY_NAME, values=a.Values(colour="nude", size="36C", quantity=2)),
                a.Add(target=BY_NAME, values=a.Values(colour="black", size="34B", quantity=4)),
            ),
            ("ADD", "p1", "c1", "s2", "n2", "ADD", "p1", "c0", "s0", "n2"),
        ),
        (
            "bra zibaki mbili",
            (a.Set(target=a.Target(line=1), values=a.Values(quantity=2), change=True),),
            ("SETQ", "L0", "n1"),
        ),
        (
            "basi loafers brown",
            (a.Set(target=a.Target(line=2), values=a.Values(colour="brown"), change=True),),
            ("ADD", "p0", "c1", "s1", "n1"),
        ),
    ],
)
def test_what_is_said_in_so_many_words_stands_though_the_network_is_sure_of_another(
    text: str, acts: tuple[a.Act, ...], guess: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # given: a network that is sure of another count, or takes out what is to stay
    monkeypatch.setattr(Network, "guesses", lambda *_: [Guess(guess, -0.001)])
    # then
    assert read_again(text, CART, acts) == acts


@pytest.mark.parametrize(
    "text",
    ["fanya hiyo loafers size 3", "make the loafers size 5", "badilisha loafers iwe saizi 50"],
)
def test_a_size_that_is_not_made_is_left_to_be_told(text: str) -> None:
    # given rules that read a change to a size no ordered piece is made in
    acts = understand(text, CART).acts
    assert [act.values.size for act in acts if isinstance(act, a.Set)] != [None]

    # then the network, which knows no such effect, does not take it for a count or a remark
    assert read_again(text, CART, acts) == tuple(acts)
