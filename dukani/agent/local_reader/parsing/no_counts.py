"""Tells numbers that count no pieces: persons, children with ages, words of a name, time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import Token, words_of
from dukani.agent.lexicon.typos import KIN
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.name_words import NameSpan
from dukani.domain.naming import singulars

JOINERS = word_set("edits", "joiners")
MOST_PEOPLE = 20
MOST_OF_A_LINE = 9
TIMES = word_set("numbers", "times")
CLOCK = word_set("numbers", "clock")  # "after 5"
CHILDREN = word_set("ages", "children")
MINE = frozenset(("my", "our", "his", "her", "their"))
PERSONS = word_set("numbers", "persons")
ARE = frozenset(("tuko", "tupo", "wako", "wapo", "mko"))
ONE = frozenset(("one", "moja", "mmoja", "kimoja"))
NOT = ("hai", "hali", "hazi", "haya", "havi", "haki", "ha")  # of "haitoshi", "halitoshi"
ANNOUNCED = frozenset(("more", "last", "other", "final", "small", "quick"))
OWNED = frozenset(("yangu", "yake", "yako", "mine", "hers", "his"))
WHOSE = frozenset(("for", "my", "ya", "wa", "la", "kwa", "yangu"))
PACKS = word_set("numbers", "packs")
OF_PACKS = word_set("numbers", "of_packs")
LENGTHS = frozenset(("yard", "yards", "yadi", "metre", "metres", "meter", "meters", "mita"))
IN_PACKS = word_set("numbers", "in_packs")
FOR_OR_ARE = frozenset(("for", "are", "as", "were"))  # "we are a couple"
OF_PERSONS = word_set("numbers", "of_persons")


def counts_people(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number counts people, not pieces: "one person is not coming"."""
    beside = figure.end < len(tokens) and not tokens[figure.end - 1].pause
    few = figure.value < MOST_PEOPLE  # "airforce white 41 msee" tells a size
    after = tokens[figure.end] if beside else None
    if after is None or not few:
        return False
    mine = figure.start > 0 and tokens[figure.start - 1].text in MINE  # "for my two boys"
    return "@person" in after.tags or (mine and (after.text in CHILDREN or _are_kin(after.text)))


def _are_kin(word: str) -> bool:
    """Whether a word is of relations, one or several: "her two cousins"."""
    return bool({word, *singulars(word)} & KIN)


def measures_cloth(tokens: Sequence[Token], figure: Figure, names: Sequence[str]) -> bool:
    """Whether the number is a length that a name has: "the 6 yards" of a Wax (yadi 6)."""
    near = [*tokens[max(0, figure.start - 1) : figure.start], *tokens[figure.end : figure.end + 1]]
    if LENGTHS.isdisjoint(token.text for token in near):
        return False
    said = [set(words_of(name)) for name in names]
    return any(str(figure.value) in words and words & LENGTHS for words in said)


def counting_names(tokens: Sequence[Token], finds: Sequence[Find]) -> list[Find]:
    """The finds, a number word right behind a name as its count: "vans mbili, ya 40 na ya 41"."""
    names = {find.end for find in finds if find.slot == "name"}
    return [
        replace(find, slot="quantity") if _counts_name(tokens, find, names) else find
        for find in finds
    ]


def _counts_name(tokens: Sequence[Token], find: Find, names: Collection[int]) -> bool:
    worded = find.slot == "option" and tokens[find.start].kind == "number"
    beside = find.start in names and not tokens[find.start - 1].pause
    return worded and beside and not tokens[find.start].text.isdigit()


def counts_before_names(
    tokens: Sequence[Token], figures: Sequence[Figure], finds: Sequence[Find]
) -> list[Find]:
    """The counts right before a sold name that begins with another word: "2 usiku mwema skirt"."""
    names = {find.start for find in finds if find.slot == "name" and find.sold}
    used = {at for find in finds for at in range(find.start, find.end)}
    return [
        Find("quantity", int(figure.value), figure.start, figure.end)
        for figure in figures
        if figure.end in names and figure.start not in used and _leads(tokens, figure)
    ]


def _leads(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a small number follows what leads to a piece, or begins the message."""
    if not 0 < figure.value <= MOST_OF_A_LINE or figure.kind == "ordinal":
        return False
    before = tokens[figure.start - 1] if figure.start else None
    if before is None or before.pause:
        return not tokens[figure.end - 1].pause
    leading = ("~want", "~give", "~put", "~add", "~take", "~buy")
    return before.text in JOINERS or not before.tags.isdisjoint(leading)


def worded_in_a_name(figure: Figure, sold: Sequence[NameSpan]) -> bool:
    """Whether a word for an amount names a piece: "pyjamas za ndovu" of the Ndovu Pyjamas."""
    inside = any(span.start <= figure.start < span.end for span in sold)
    return inside and figure.kind == "money" and figure.word


def counts_the_aged(tokens: Sequence[Token], figure: Figure, ages: Sequence[Find]) -> bool:
    """Whether the number counts the children whose ages follow: "I have two, one is 3 …"."""
    if len(ages) < 2 or figure.value != len(ages) or figure.start > ages[0].start:
        return False
    after = tokens[figure.end] if figure.end < len(tokens) else None
    noun = after is not None and after.kind in ("category", "garment", "colour")
    return figure.kind == "number" and not noun


def counts_time(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number counts time: "siku tatu", "wiki mbili", "saa nne"."""
    before = tokens[figure.start - 1] if figure.start else None
    if before is None or before.pause:
        return False
    return before.text in TIMES or (not figure.word and before.text in CLOCK)


def counts_persons(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number counts persons: "watoto wangu watatu", "my two are 4 and 6"."""
    if tokens[figure.start].text not in OF_PERSONS:
        return False
    before = tokens[max(0, figure.start - 2) : figure.start]
    return any(token.text in PERSONS for token in before) or _are_so_many(tokens, figure)


def names_two_persons(tokens: Sequence[Token], figure: Figure, names: Sequence[str] = ()) -> bool:
    """Whether "couple" is two people: "outfits for a couple", "couple shirts"; not "a couple".

    "Another couple of socks" is a count, and so is "couple socks" where the shop has socks, but
    none whose name says "couple".
    """
    if tokens[figure.start].text != "couple":
        return False
    before = [token.text for token in tokens[max(0, figure.start - 2) : figure.start]]
    ends = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    behind = "" if ends else tokens[figure.end].text
    if behind == "of":
        return any(token.text in PERSONS | {"us"} for token in tokens[figure.end + 1 :][:1])
    if before[-1:] == ["another"] or _are_some(behind, names):
        return False
    return before[-1:] != ["a"] or (ends and before[0] in FOR_OR_ARE)


def _are_some(word: str, names: Sequence[str]) -> bool:
    """Whether a word is of several of what the shop has, and no couple's: "socks"."""
    kinds = {word, *singulars(word)}
    named = [words for name in names if kinds & (words := set(words_of(name)))]
    return word.endswith("s") and bool(named) and not any("couple" in words for words in named)


def _are_so_many(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether so many persons are there, and pieces are counted besides: "tuko watatu, add 2"."""
    are = figure.start > 0 and tokens[figure.start - 1].text in ARE
    return are and any(
        one.kind == "number" or one.text.isdigit() for one in tokens[figure.end : figure.end + 6]
    )


def counts_the_whole(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number only says of how many one is meant: "one of the 2 should be white"."""
    if figure.value > MOST_OF_A_LINE or (figure.start and tokens[figure.start - 1].pause):
        return False  # "one of the 42": of that size
    said = [token.text for token in tokens[max(0, figure.start - 3) : figure.start]]
    if said[-2:] in (["of", "the"], ["of", "those"], ["of", "them"]):
        return len(said) > 2 and _is_number(tokens[figure.start - 3])
    among = [text for text in said if text not in ("hizo", "hizi", "zile")]
    return among[-2:] == ["kati", "ya"]


def _is_number(token: Token) -> bool:
    return token.kind == "number" or token.text.isdigit()


def tells_whose(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether "one" only says for whom a piece is: "one is for my sister", "moja ni ya dada"."""
    behind = [token.text for token in tokens[figure.end : figure.end + 2]]
    pronoun = tokens[figure.start].text in ONE
    if pronoun and behind and _is_told_of_several(tokens, figure, behind[0]):
        return True
    return pronoun and behind[:1] in (["is"], ["ni"], ["was"]) and behind[-1] in WHOSE


def _is_told_of_several(tokens: Sequence[Token], figure: Figure, after: str) -> bool:
    """Whether it is one of several counted before: "fanya mbili, moja yangu moja ya dada"."""
    several = any(
        (token.kind == "number" or token.text.isdigit()) and token.text not in ONE
        for token in tokens[: figure.start]
    )
    person = any("@person" in token.tags for token in tokens[figure.end + 1 : figure.end + 3])
    return several and (after in OWNED or (after in WHOSE and person))


def counts_things(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether what follows is only counted before it is told: "vitu viwili, tote na belt"."""
    before = [token.text for token in tokens[max(0, figure.start - 1) : figure.start]]
    behind = [token.text for token in tokens[figure.end : figure.end + 1]]
    return before == ["vitu"] or behind in (["things"], ["items"])


def fills_a_pack(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether so many are in a pack: "pack of 3", "pakiti mbili za jozi tatu", "3 pair pack"."""
    behind = [token.text for token in tokens[figure.end : figure.end + 2]]
    if len(behind) > 1 and behind[0] in IN_PACKS and behind[1] in PACKS:
        return not any(token.pause for token in tokens[figure.end - 1 : figure.end + 1])
    before = list(tokens[max(0, figure.start - 4) : figure.start])
    if any(token.pause for token in before[-2:]):
        return False
    if before and before[-1].text in IN_PACKS:
        before.pop()
    if not before or before.pop().text not in OF_PACKS:
        return False
    if before and _is_number(before[-1]):
        before.pop()
    return bool(before) and before[-1].text in PACKS


def is_too_few(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether so many are said not to do: "moja halitoshi", "one isnt enough"."""
    behind = [token.text for token in tokens[figure.end : figure.end + 4]]
    short = behind[:1] and behind[0].startswith(NOT) and behind[0].endswith("toshi")
    denied = behind[:1] and (behind[0] in ("isnt", "wont", "arent") or "not" in behind[:2])
    return bool(short or (denied and "enough" in behind))


def announces(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether something else to say is only announced: "one more thing", "kitu kimoja"."""
    if figure.value != 1:
        return False
    before = [token.text for token in tokens[max(0, figure.start - 2) : figure.start]]
    if any(text in ("kitu", "jambo") for text in before):
        return True
    behind = [token.text for token in tokens[figure.end : figure.end + 3]]
    while behind and behind[0] in ANNOUNCED:
        behind.pop(0)
    return behind[:1] == ["thing"]


def ranks_a_time(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether an ordinal is of no piece: "mara ya mwisho", "last time", "on second thoughts"."""
    behind = tokens[figure.end].text if figure.end < len(tokens) else ""
    before = [token.text for token in tokens[max(0, figure.start - 2) : figure.start]]
    return behind in ("thought", "thoughts", "time", "thing") or before[:1] == ["mara"]
