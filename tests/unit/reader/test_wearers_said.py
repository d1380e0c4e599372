"""For whom a piece is: who is said to wear it, and who is only mentioned."""

from __future__ import annotations

import pytest

from dukani.agent.local_reader import understand
from dukani.domain import acts as a
from tests.unit.reader.boutique import STANDING

HERSELF = "herself"


def wearers(situation: str, text: str) -> list[a.SetWearer]:
    acts = understand(text, STANDING[situation]).acts
    return [act for act in acts if isinstance(act, a.SetWearer)]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("I want the hoodie in L for my sister", "sister"),
        ("it's for my mum", "mother"),
        ("for my little brother please", "brother"),
        ("I need a kanzu for my dad size 56", "father"),
        ("what about something for my mother in law", "mother"),
        ("dress for my sister in law size 14", "sister"),
        ("is there anything for my baby girl? 2 years", "daughter"),
        ("my mum wants a hoodie", "mother"),
        ("my sister wears XL", "sister"),
        ("what size is my sister?", "sister"),
        ("it's a gift", "someone"),
        ("it's a gift for my wife", "wife"),
        ("not for me, for my wife", "wife"),
        ("as a birthday gift", "someone"),
        ("this one is not for me", "someone"),
        ("for me and my sister", "someone"),
        ("this one is for me", HERSELF),
        ("na mimi nipee ya pink 12", HERSELF),
        ("and me i want the black one", HERSELF),
        ("for myself this time", HERSELF),
        ("mine is the black belt", HERSELF),
        ("nataka hoodie nyeusi L ya dada yangu", "sister"),
        ("ni ya mume wangu", "husband"),
        ("kwa mke wangu natafuta dress nyekundu", "wife"),
        ("kwa ajili ya mama yangu", "mother"),
        ("zawadi ya rafiki yangu, handbag nyeusi", "friend"),
        ("ni zawadi", "someone"),
        ("hizi zote ni za watoto wangu", "child"),
        ("viatu vya mtoto wangu wa miaka 4", "child"),
        ("ni ya shosh yangu", "grandmother"),
        ("nataka kitu cha binti yangu", "daughter"),
        ("dada yangu anavaa XL", "sister"),
        ("dada yangu anavaa size gani", "sister"),
        ("hii ni ya babangu", "father"),
        ("sio yangu ni ya wife yangu", "wife"),
        ("na hii ni yangu", HERSELF),
        ("hizi ni zangu", HERSELF),
        ("and the black belt for me", HERSELF),
        ("ni ya kwangu mimi", HERSELF),
        ("for dem yangu, size M", "girlfriend"),
    ],
)
def test_who_is_to_wear_it_is_heard(text: str, relation: str) -> None:
    said = wearers("two lines", text)
    assert [one.relation or HERSELF for one in said] == [relation]


@pytest.mark.parametrize(
    "text",
    [
        "my sister told me about you",
        "my sister bought from you last week",
        "it's for my sister's wedding",
        "for my sister's birthday",
        "looking for something for my friend's birthday",
        "dress ya harusi ya dada yangu",
        "nataka kitu cha sherehe ya mama yangu",
        "deliver to my sister in Ngong",
        "niletee kwa dada yangu Ngong",
        "peleka kwa mama yangu, Kileleshwa",
        "call my sister when you arrive",
        "ask for my sister at the gate",
        "give it to my brother at the shop",
        "do you have something for Friday",
        "order for my office",
        "is it for men?",
        "do you have shoes for women",
        "is this the sister shop?",
        "use my number",
        "namba yangu ni 0712345678",
        "saizi yangu ni M",
        "where is my order",
        "oda yangu iko wapi",
        "nimefika kwangu",
        "will XL be too big for me?",
        "that's too expensive for me",
        "pick the yellow for me",
        "0712345678 is not mine",
        "mnaweza kufunga kama zawadi?",
        "wrap it as a gift please",
    ],
)
def test_who_is_only_mentioned_wears_nothing(text: str) -> None:
    assert wearers("two lines", text) == []


@pytest.mark.parametrize(
    ("text", "relation", "name", "age"),
    [
        ("something for my daughter Amina, she is 6", "daughter", "Amina", 6),
        ("show me shoes for my son, he is 7", "son", None, 7),
        ("nataka kitu cha binti yangu Zuri ana miaka 5", "daughter", "Zuri", 5),
        ("for my husband James", "husband", "James", None),
    ],
)
def test_a_name_and_an_age_are_heard_with_the_person(
    text: str, relation: str, name: str | None, age: int | None
) -> None:
    [said] = wearers("start", text)
    assert (said.relation, said.name, said.age) == (relation, name, age)


def test_a_childs_age_tells_the_size_as_before() -> None:
    acts = understand("show me shoes for my son, he is 7", STANDING["start"]).acts
    assert [act.age for act in acts if isinstance(act, a.Search)] == [7]


def test_a_name_said_of_a_person_is_no_piece() -> None:
    acts = understand("for my daughter Amina, she is 6", STANDING["start"]).acts
    assert all(getattr(act, "name", None) in (None, "Amina") for act in acts)
    assert all(act.name is None for act in acts if isinstance(act, a.Search))


def test_two_people_have_each_their_own() -> None:
    acts = understand(
        "one hoodie M for me and one hoodie XL for my husband", STANDING["start"]
    ).acts
    kinds = [
        act.relation or HERSELF if isinstance(act, a.SetWearer) else act.values.size
        for act in acts
        if isinstance(act, a.SetWearer | a.Add)
    ]
    assert kinds == [HERSELF, "M", "husband", "XL"]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        (
            "weka hoodie grey XL ya mum, denim jacket L ya dad na dashiki maroon M ya bro wangu",
            ["mother", "hoodie", "father", "jacket", "brother", "dashiki"],
        ),
        (
            "nataka hoodie grey L yangu na belt ya black 36 ya siz",
            [HERSELF, "hoodie", "sister", "belt"],
        ),
        ("hoodie black M for me and belt 34 for hubby", [HERSELF, "hoodie", "husband", "belt"]),
        (
            "for mum farasha abaya nude 56, for shosh the leso red",
            ["mother", "abaya", "grandmother", "kanga"],
        ),
    ],
)
def test_each_piece_is_for_the_person_said_beside_it(text: str, persons: list[str]) -> None:
    acts = understand(text, STANDING["start"]).acts
    said = [
        act.relation or HERSELF if isinstance(act, a.SetWearer) else _piece(act)
        for act in acts
        if isinstance(act, a.SetWearer | a.Add)
    ]
    assert said == persons


def _piece(act: a.Add) -> str | None:
    return act.target.category or act.target.name


@pytest.mark.parametrize("text", ["the grey one is for my brother", "ile ya grey ni ya kaka yangu"])
def test_lines_of_the_order_are_given_to_somebody(text: str) -> None:
    [said] = wearers("two lines", text)
    assert said.relation == "brother"
    assert said.target is not None and said.target.line == 1


def test_what_is_wanted_beside_the_person_is_wanted_as_without() -> None:
    plain = understand("I want the hoodie in L", STANDING["start"]).acts
    told = understand("I want the hoodie in L for my sister", STANDING["start"]).acts
    assert [act for act in told if not isinstance(act, a.SetWearer)] == list(plain)
