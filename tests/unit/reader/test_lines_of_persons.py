"""Lines that belong to persons: whom a piece is put in for, and edits by whose it is."""

from __future__ import annotations

import asyncio

import pytest

from dukani.agent.local_reader import LocalReader, ages_of_children, understand
from dukani.core.store.wearers import WornBy
from dukani.domain import acts as a
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Line, Option, Share
from dukani.domain.whose import HER_OWN, Whose
from tests.unit.reader.shelves import sold_from
from tests.unit.reader.written import written

SHELF = {
    "Kids Raincoat": ("raincoat", ("yellow", "red", "blue"), ("2-3Y", "4-5Y", "6-7Y", "8-9Y")),
    "Wool Poncho": ("poncho", ("grey", "brown", "black"), ("36", "38", "40", "42")),
    "Linen Waistcoat": ("waistcoat", ("grey", "brown", "white"), ("48", "50", "52")),
    "Striped Scarf": ("scarf", ("red", "white"), ("ONE",)),
}
SOLD = sold_from(SHELF)
SISTER, FATHER, UNCLE = WornBy("1", "sister"), WornBy("2", "father"), WornBy("3", "uncle")
FRIEND = WornBy("4", "someone", "her friend")
NEIGHBOURS = WornBy("5", "someone", "binti wa jirani")
BROTHER = WornBy("6", "brother")


def line(number: int, name: str, colour: str, size: str, worn_by: WornBy | None = None) -> Line:
    return Line(
        number=number, variant_id=f"v{number}", product_id=name, sku=name, name=name,
        category=SHELF[name][0], colour=colour, size=size, quantity=1, unit_price_minor=100_00,
        worn_by=worn_by,
    )  # fmt: skip


def shared(of: Line, *persons: WornBy | None) -> Line:
    shares = tuple(Share(worn_by=person, units=1) for person in persons)
    return of.model_copy(update={"shares": shares, "quantity": len(shares), "for_several": True})


def context(*cart: Line, **told: object) -> TurnContext:
    known: dict[str, object] = {"step": "cart_updated", "cart": cart, "sold": SOLD}
    if cart:
        known["last_line"] = cart[-1].number
    return TurnContext.model_validate(known | told)


def shown(*names: str) -> TurnContext:
    pieces = {piece.name: piece for piece in SOLD.pieces}
    options = tuple(
        Option(number=number, **pieces[name].model_dump(include=set(Option.model_fields)))
        for number, name in enumerate(names, start=1)
    )
    return context(step="products_found", options=options)


def heard(text: str, standing: TurnContext) -> list[a.Act]:
    acts = asyncio.run(LocalReader().read(text, standing)).acts
    return [act for act in acts if isinstance(act, a.EDITS)]


def wearers(text: str, standing: TurnContext) -> list[tuple[str | None, str | None]]:
    acts = understand(text, standing).acts
    return [(act.relation, act.name) for act in acts if isinstance(act, a.SetWearer)]


RAINCOATS = context(
    line(1, "Kids Raincoat", "yellow", "2-3Y"),
    line(2, "Kids Raincoat", "red", "4-5Y"),
    line(3, "Kids Raincoat", "blue", "8-9Y", NEIGHBOURS),
)
PONCHOS = context(
    line(1, "Wool Poncho", "grey", "40"), line(2, "Wool Poncho", "brown", "38", SISTER)
)
WAISTCOATS = context(
    line(1, "Linen Waistcoat", "grey", "52", FATHER),
    line(2, "Linen Waistcoat", "white", "50", UNCLE),
)
FOR_A_FRIEND = context(
    line(1, "Kids Raincoat", "yellow", "8-9Y"), line(2, "Kids Raincoat", "red", "6-7Y", FRIEND)
)
MINE_AND_HIS = context(shared(line(1, "Wool Poncho", "grey", "40"), None, BROTHER))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("and a red one for her friend who is 5", ("someone", "her friend")),
        ("one more for the neighbour's son, red", ("someone", "the neighbour's son")),
        ("na nyekundu moja ya kaka yake", ("someone", "kaka yake")),
        ("ongeza nyekundu moja ya binti wa jirani", ("someone", "binti wa jirani")),
        ("her cousin is 3, add a blue one for him", ("someone", "her cousin")),
        ("alafu budangu pia anataka, yake iwe grey 42", ("father", None)),
        ("ongeza nyingine nyekundu ya baba", ("father", None)),
        ("uncle will take the grey one in 50", ("uncle", None)),
        ("uncle gets a grey one in 50", ("uncle", None)),
        ("dad takes it in brown 40", ("father", None)),
        ("dad will take striped scarf white", ("father", None)),
        ("her brother gets the red one", ("someone", "her brother")),
        ("his wife needs a 4-5", ("someone", "his wife")),
    ],
)
def test_whom_a_piece_is_for_is_heard(text: str, who: tuple[str, str | None]) -> None:
    assert wearers(text, RAINCOATS) == [who]


@pytest.mark.parametrize(
    "text",
    [
        "it is for her cousin's wedding",
        "dad said he will come with me",
        "her friend told me about you",
        "naomba viatu vya baba",
        "niko na bro yake hapa",
        "her mum is paying, make it red",
        "his wife needs to pay",
        "her brother gets home at 5, make it red",
        "uncle gets paid on friday, grey 40 please",
        "dad takes sugar, give me the grey 40",
        "dad will have to pay, grey 40",
        "dad will take the bus, make it red",
        "mum gets a call, make it red",
    ],
)
def test_who_is_only_spoken_of_is_no_wearer(text: str) -> None:
    assert wearers(text, RAINCOATS) == []


def test_each_of_two_who_take_something_is_told_with_his_piece() -> None:
    text = "dad will take the waistcoat in grey 52 and uncle the white one in 50"

    acts = understand(text, shown("Linen Waistcoat")).acts

    told = [act.relation if isinstance(act, a.SetWearer) else act.kind for act in acts]
    assert told == ["father", "add", "uncle", "add"]


@pytest.mark.parametrize(
    ("standing", "text", "number", "values"),
    [
        (PONCHOS, "hold on, hers should be 40 as well", 2, a.Values(size="40")),
        (PONCHOS, "make hers 40 too", 2, a.Values(size="40")),
        (PONCHOS, "hii yangu sasa change iwe black", 1, a.Values(colour="black")),
        (PONCHOS, "poncho yangu nayo iwe black", 1, a.Values(colour="black")),
        (FOR_A_FRIEND, "the friend is quite big, give her 8-9", 2, a.Values(size="8-9Y")),
        (FOR_A_FRIEND, "her friend should get 8-9", 2, a.Values(size="8-9Y")),
        (RAINCOATS, "ya binti wa jirani iwe nyekundu pia", 3, a.Values(colour="red")),
        (WAISTCOATS, "ya baba wacha iwe white pia", 1, a.Values(colour="white")),
    ],
)
def test_a_change_by_a_person_is_of_that_persons_line(
    standing: TurnContext, text: str, number: int, values: a.Values
) -> None:
    assert heard(text, standing) == [
        a.Set(target=a.Target(line=number), values=values, change=True)
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("yake iko sawa, yangu iwe black", 1),
        ("yake sawa, yangu iwe black", 1),
        ("yake poa, mine black", 1),
        ("yake ibaki hivyo, yangu iwe black", 1),
        ("yake usibadilishe, yangu iwe black", 1),
        ("hers is fine, make mine black", 1),
        ("yake iko sawa na yangu iwe black", 1),
        ("yangu iko sawa, yake iwe black", 2),
        ("mine is perfect but hers should be black", 2),
        ("yake si sawa, iwe black", 2),
        ("yake ni sawa lakini iwe black", 2),
        ("hiyo yake weka black", 2),
    ],
)
def test_where_ones_is_fine_the_other_ones_changes(text: str, number: int) -> None:
    changes = [act for act in heard(text, PONCHOS) if isinstance(act, a.Set)]

    assert [(act.target.line, act.values.colour) for act in changes] == [(number, "black")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call her and make it 42", "it"),
        ("tell her to call me, make it 42", "it"),
        ("let her know and make it 42", "it"),
        ("I'll ask her about it. make it 42", "it"),
        ("give her my number and make it 42", "it"),
        ("give her a call and make it 42", "it"),
        ("she wants to know the price. make it 42", "it"),
        ("she said make it 42", "it"),
        ("let her have 42", 2),
        ("give her 42", 2),
        ("she needs 42", 2),
        ("change her size to 42", 2),
        ("make it 42 for her", 2),
    ],
)
def test_who_is_only_called_or_asked_gets_no_change(text: str, number: int | str) -> None:
    changes = [act for act in heard(text, PONCHOS) if isinstance(act, a.Set)]

    assert [act.target.line or "it" for act in changes] == [number]
    assert [act.values.size for act in changes] == ["42"]


@pytest.mark.parametrize(
    "text",
    [
        "oops I mixed them up, dad is the 50 and uncle is the 52",
        "nimechanganya, baba ni 50 na uncle ni 52",
    ],
)
def test_two_persons_sizes_change_places(text: str) -> None:
    assert heard(text, WAISTCOATS) == [
        a.Set(target=a.Target(line=1), values=a.Values(size="50"), change=True),
        a.Set(target=a.Target(line=2), values=a.Values(size="52"), change=True),
    ]


@pytest.mark.parametrize(
    "text",
    ["jirani amebadili nia, toa ile ya binti yake", "toa ya binti wa jirani", "toa ya jirani"],
)
def test_what_is_a_neighbours_childs_goes(text: str) -> None:
    assert heard(text, RAINCOATS) == [a.Remove(target=a.Target(line=3))]


@pytest.mark.parametrize(
    "text", ["drop it at the neighbour", "drop it at the neighbour's", "drop it with my neighbour"]
)
def test_what_is_brought_to_a_neighbour_stays(text: str) -> None:
    assert understand(text, RAINCOATS).acts == (a.SetNote(text=text),)


@pytest.mark.parametrize(
    "text",
    [
        "ondoa scarf na raincoat ya yule mdogo kabisa",
        "remove the scarf and the youngest one's raincoat",
    ],
)
def test_one_of_two_that_go_is_the_smallest_childs(text: str) -> None:
    scarf = line(4, "Striped Scarf", "red", "ONE")
    standing = context(*RAINCOATS.cart, scarf)

    removals = [act for act in heard(text, standing) if isinstance(act, a.Remove)]
    gone = [one.target.line or one.target.category for one in removals]

    assert gone == ["scarf", 1]


@pytest.mark.parametrize(
    "text", ["sorry his should be 42, mine stays 40", "yake iwe 42, yangu ibaki 40"]
)
def test_what_stays_mine_changes_nothing_of_his(text: str) -> None:
    part = a.Values(size="42", quantity=1)
    assert heard(text, MINE_AND_HIS) == [
        a.Split(target=a.Target(line=1), parts=(part,), units_of=Whose(BROTHER))
    ]


def test_each_of_two_gets_what_is_told_and_what_holds_for_both() -> None:
    his = a.Values(colour="black", size="42", quantity=1)
    assert heard("his size is 42 and mine 38, both black", MINE_AND_HIS) == [
        a.Split(target=a.Target(line=1), parts=(his,), units_of=Whose(BROTHER)),
        a.Set(target=a.Target(line=1), values=a.Values(colour="black", size="38"), change=True),
    ]
    mine = a.Values(colour="brown", quantity=1)
    assert heard("mine in brown, his stays grey", MINE_AND_HIS) == [
        a.Split(target=a.Target(line=1), parts=(mine,), units_of=HER_OWN)
    ]


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("his is too small, mine is 42", "split(line 1; 42, x1)"),
        ("his is way too big, mine should be 38", "split(line 1; 38, x1)"),
        ("yake ni kubwa mno na yangu 42", "split(line 1; 42, x1)"),
    ],
)
def test_a_complaint_of_ones_size_is_no_size_for_him(text: str, edits: str) -> None:
    assert written(heard(text, MINE_AND_HIS)) == edits


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        (
            "mine is black and his is brown, size 42",
            "split(line 1; black, 42, x1) + change(line 1; brown, 42)",
        ),
        (
            "size 42, mine black and his brown",
            "split(line 1; black, 42, x1) + change(line 1; brown, 42)",
        ),
        (
            "mine is black, size 42, and his is brown",
            "split(line 1; black, 42, x1) + change(line 1; brown)",
        ),
    ],
)
def test_a_size_beside_two_colours_is_not_lost(text: str, edits: str) -> None:
    assert written(heard(text, MINE_AND_HIS)) == edits


def test_one_of_those_added_is_for_somebody() -> None:
    acts = understand("make it 3, one for my sister", context(PONCHOS.cart[0])).acts

    [said] = [act for act in acts if isinstance(act, a.SetWearer)]
    assert (said.relation, said.units) == ("sister", 1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("na scarf nyeupe, moja kwa kila mtoto", 3),
        ("white scarves, one for each child", 3),
        ("3 white scarves, one for each child", 3),
        ("white scarves 3, moja kwa kila mtoto", 3),
        ("white scarves, two for each child", 6),
        ("one red scarf for each kid except the youngest", 2),
        ("scarf nyekundu moja kwa kila mtoto isipokuwa mdogo", 2),
        ("add a white scarf", 1),
    ],
)
def test_one_for_each_child_counts_the_children_dressed(text: str, count: int) -> None:
    [add] = heard(text, RAINCOATS)
    assert isinstance(add, a.Add)
    assert (add.values.quantity or 1) == count


def test_what_is_mine_beside_one_for_each_child_is_no_count_of_it() -> None:
    adds = heard("two white scarves for me and one red for each child", RAINCOATS)
    assert written(adds) == "add(scarf; white, x2) + add(scarf; red, x1)"


@pytest.mark.parametrize(
    "text",
    [
        "wa kwanza ana miaka 8, wa pili 5, wa mwisho 2",
        "the eldest is 8, the second 5 and the last born 2",
        "mkubwa ana miaka 8, wa kati 5 na mdogo 2",
    ],
)
def test_three_are_told_by_their_birth(text: str) -> None:
    assert ages_of_children(text) == {"elder": 8, "middle": 5, "younger": 2}


@pytest.mark.parametrize(
    "text",
    [
        "basi mkubwa blue, wa kati red na mdogo yellow",
        "blue for the eldest, red for the middle one and yellow for the youngest",
    ],
)
def test_each_of_three_gets_the_colour_told(text: str) -> None:
    told = (("elder", 8), ("middle", 5), ("younger", 2))
    standing = shown("Kids Raincoat").model_copy(update={"children": told})

    adds = [act for act in heard(text, standing) if isinstance(act, a.Add)]

    assert [(add.values.colour, add.values.age) for add in adds] == [
        ("blue", 8), ("red", 5), ("yellow", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["basi naye apate red pia", "let him have the red too then"])
def test_another_colour_for_him_answers_what_is_asked(text: str) -> None:
    standing = context(
        line(1, "Kids Raincoat", "red", "4-5Y"),
        step="size_recommended",
        question="size",
        choices=("2-3Y", "4-5Y"),
        focus=shown("Kids Raincoat").options[0],
        spoken_colour="blue",
        spoken_size="8-9Y",
    )

    acts = understand(text, standing).acts

    assert list(acts) == [a.Set(values=a.Values(colour="red"))]


@pytest.mark.parametrize("text", ["huyu wa kati weka size 6-7", "the middle one needs 6-7"])
def test_the_middle_one_of_three_is_of_the_middle_size(text: str) -> None:
    [edit] = heard(text, RAINCOATS)

    assert isinstance(edit, a.Set)
    assert (edit.target.size or edit.target.line) in ("4-5Y", 2)
    assert edit.values.size == "6-7Y"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("naomba grey namba 40, mbili, ya kwangu na ya pacha wangu", "sister"),
        ("two grey 40, one for me one for my twin", "sister"),
        ("nataka mbili za grey size 40, moja yangu moja ya beste", "friend"),
    ],
)
def test_as_many_as_persons_are_one_for_each(text: str, other: str) -> None:
    # given ponchos to choose from, when two of one kind are wanted for two persons
    standing = shown("Wool Poncho", "Linen Waistcoat")
    adds = [act for act in heard(text, standing) if isinstance(act, a.Add)]

    # then each has one, and both are put in
    assert [act.values.quantity for act in adds] == [1, 1]
    assert all(act.values.colour == "grey" and act.values.size == "40" for act in adds)
    assert [relation for relation, _ in wearers(text, standing)] == [None, other]


@pytest.mark.parametrize(
    ("shown_piece", "text", "who"),
    [
        ("Kids Raincoat", "mbili blue 4-5Y, ni za pacha", "child"),
        ("Kids Raincoat", "blue 4-5Y ya pacha wangu", "child"),
        ("Wool Poncho", "grey 40 ya pacha wangu", "sister"),
    ],
)
def test_twins_who_wear_a_childs_size_are_children(shown_piece: str, text: str, who: str) -> None:
    assert wearers(text, shown(shown_piece)) == [(who, None)]


def test_a_count_that_is_not_of_the_persons_stays() -> None:
    text = "three grey 40, for me and for my sister"
    adds = [act for act in heard(text, shown("Wool Poncho")) if isinstance(act, a.Add)]

    assert sum(act.values.quantity or 1 for act in adds) == 3


@pytest.mark.parametrize(
    "text",
    [
        "hiyo yake weka brown asikuje kunichukulia yangu",
        "yake iwe brown",
        "iyo yake fanya brown",
        "ile yake badilisha iwe brown, yangu iko sawa",
        "zii, ya boyfie wacha ikuwe brown pia",
    ],
)
def test_yake_at_the_beginning_is_the_other_persons_line(text: str) -> None:
    # given her own poncho and her boyfriend's, hers changed last
    cart = (
        line(1, "Wool Poncho", "grey", "40", WornBy("7", "boyfriend")),
        line(2, "Wool Poncho", "black", "38"),
    )

    # when his is to be brown, then only his line changes
    [change] = heard(text, context(*cart))
    assert isinstance(change, a.Set)
    assert (change.target.line, change.values.colour) == (1, "brown")


@pytest.mark.parametrize("text", ["yake bei gani?", "hiyo weka brown", "ongeza moja yake brown"])
def test_yake_elsewhere_changes_no_other_persons_line(text: str) -> None:
    cart = (
        line(1, "Wool Poncho", "grey", "40", WornBy("7", "boyfriend")),
        line(2, "Wool Poncho", "black", "38"),
    )
    changed = [act.target.line for act in heard(text, context(*cart)) if isinstance(act, a.Set)]
    assert 1 not in changed
