"""Extracts the ages of the children a piece is for: "miaka 5", "shes 5", "boys of 4, 7 and 10"."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dukani.agent.lexicon.tokens import STOP, Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.finds import Find
from dukani.agent.local_reader.parsing.months import MONTHS, size_at

OLDEST = 17
YEARS_BEFORE = word_set("ages", "years_before")  # "miaka 5", "aged 5"
YEARS_AFTER = word_set("ages", "years_after")  # "5 years", "5yo"
PIECES = word_set("numbers", "pieces") - {"of", "za", "zake", "each"}
VIPANDE = frozenset(("vipande", "jozi", "pakiti", "pcs"))
LASTING = word_set("ages", "lasting")
IS = word_set("ages", "is")  # "shes 5", "ana 5"
CHILDREN = word_set("ages", "children")
OF = word_set("ages", "of")  # "boys of 4", "wa 7"
OF_CLOTHES = frozenset(("ya", "za", "size", "saizi"))
WEARS = frozenset(("anavaa", "huvaa", "anavaanga", "wears"))
ARE = frozenset(("are", "theyre", "wako", "wana", "ni"))
MINE = frozenset(("mine", "wangu", "yangu", "ours", "wetu"))
ARTICLES = frozenset(("a", "an", "my"))
OWN = frozenset(("wangu", "yangu", "wetu"))
SIBLINGS = word_set("ages", "siblings")
THEIR_SIBLINGS = word_set("ages", "their_siblings")  # "dadake": the sister of him or her
THEIRS = frozenset(("her", "his", "their", "yake", "wake", "yao", "wao"))
IS_OF_KIN = frozenset(("who", "is", "whos", "shes", "hes", "ni", "ana", "ako", "yuko", "wa", "na"))
GROWN = frozenset(("small", "little", "younger", "big", "elder", "older"))
PERSON = frozenset(("huyu", "huyo", "yule", "mdogo", "mkubwa"))
OWNED = frozenset(("ya", "za", "la", "cha", "vya", "kwa"))  # "pink ya wa 3": that of the child of 3
SO_MANY = frozenset(("wawili", "watatu", "wanne", "two", "three", "four", "2", "3", "4"))
JOINS = frozenset(("and", "na", "&"))
EXPECTING = word_set("ages", "expecting")


def find_ages(
    tokens: Sequence[Token],
    figures: Sequence[Figure],
    sizes: Sequence[str] = (),
    sold_sizes: Sequence[str] = (),
) -> list[Find]:
    """One find for each age said; "shes 12" is a size where a piece in view has size 12.

    A baby's age in months is the size that holds it, of the `sizes` in view, else of `sold_sizes`.
    """
    finds: list[Find] = []
    young = any(size.endswith("Y") for size in sizes)
    for figure, following in itertools.zip_longest(figures, figures[1:]):
        if not 0 < figure.value <= OLDEST and _text(tokens, figure.end) not in MONTHS:
            continue
        if _counts_pieces(tokens, figure) or _of_pregnancy(tokens, figure):
            continue
        if finds and _adds_months(tokens, finds[-1], figure):
            finds.append(replace(finds[-1], start=figure.start, end=figure.end))
            continue
        listed = bool(finds) and _joined(tokens, finds[-1].end, figure.start) and figure.value > 1
        listed = listed and not (
            _counts_colour(tokens, figure) or _counts_after_age(tokens, figure)
        )
        if (
            listed
            or _begins_list(tokens, figure, following, sizes)
            or _is_age(tokens, figure, str(figure.value) in sizes)
        ):
            finds.append(_age(tokens, figure, (sizes, sold_sizes)))
        elif young and _is_worn(tokens, figure):
            worn = _age(tokens, figure, (sizes, sold_sizes))  # "ana 3 lakini anavaa za 5"
            finds = [*(replace(find, value=worn.value) for find in finds), worn]
    return [*_listed_before(tokens, figures, finds), *finds]


def _of_pregnancy(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the months are those of an expectant mother: "6 months along", "mimba ya miezi 6"."""
    units = {_text(tokens, figure.end), _text(tokens, figure.start - 1)} & MONTHS
    return bool(units) and any(token.text in EXPECTING for token in tokens)


def _is_worn(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the clothes worn are of that age: "anavaa za 5", "she wears 5"."""
    at = figure.start - (_text(tokens, figure.start - 1) in OF_CLOTHES) - 1
    return _text(tokens, at) in WEARS


def _adds_months(tokens: Sequence[Token], age: Find, figure: Figure) -> bool:
    """Whether the months are of the age just told in years: "miaka mitano kasoro miezi miwili"."""
    between = [token.text for token in tokens[age.end : figure.start]]
    units = YEARS_AFTER | MONTHS | {"na", "and", "kasoro"}
    months = {_text(tokens, figure.end), *between[-1:]} & MONTHS
    return age.slot == "age" and bool(between) and bool(months) and set(between) <= units


def _age(tokens: Sequence[Token], figure: Figure, sizes: Iterable[Sequence[str]]) -> Find:
    in_months = {_text(tokens, figure.end), _text(tokens, figure.start - 1)} & MONTHS
    held = (size_at(figure.value, some) for some in sizes) if in_months else ()
    size = next((one for one in held if one is not None), None)
    if size is not None:
        return Find("size", size, figure.start, figure.end)
    return Find("age", figure.value // 12 if in_months else figure.value, figure.start, figure.end)


def _counts_colour(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number counts pieces of a colour: "twins of 5, two pink"."""
    colour = figure.end < len(tokens) and tokens[figure.end].kind == "colour"
    return figure.word and colour and not tokens[figure.end - 1].pause


def _counts_pieces(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a word for pieces stands beside it: "navy ya miaka 8, two pieces"."""
    ends = figure.start > 0 and bool(tokens[figure.start - 1].pause)
    before = "" if ends else _text(tokens, figure.start - 1)
    after = "" if tokens[figure.end - 1].pause else _text(tokens, figure.end)
    return figure.kind == "number" and (after in PIECES or before in VIPANDE)


def _counts_after_age(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a last number word counts pieces: "shirt za huyo wa 12, mbili"."""
    paused = figure.start > 0 and bool(tokens[figure.start - 1].pause)
    digits = any(token.text.isdigit() for token in tokens[: figure.start])
    return figure.word and paused and digits and figure.end == len(tokens)


def _begins_list(
    tokens: Sequence[Token], figure: Figure, following: Figure | None, sizes: Sequence[str]
) -> bool:
    """Whether the number begins a list of ages: the 4 of "for 3 kids: 4, 7 and 10".

    "They are 4 and 6" tells ages where a piece in view is sized by them.
    """
    if following is None or figure.word or str(figure.value) in sizes:
        return False
    before = _text(tokens, figure.start - 1)
    told = before in ARE and any(size.endswith("Y") for size in sizes)
    counted = before in SO_MANY and _text(tokens, figure.start - 2) in CHILDREN | OWN
    if before not in CHILDREN and not (told or counted):
        return False
    young = 1 < figure.value <= OLDEST and 1 < following.value <= OLDEST
    return young and not following.word and _joined(tokens, figure.end, following.start)


def _listed_before(
    tokens: Sequence[Token], figures: Sequence[Figure], finds: Sequence[Find]
) -> list[Find]:
    """The age listed before the first find: the 3 of "boys 3 and 6 years"."""
    if not finds:
        return []
    before = [figure for figure in figures if figure.end <= finds[0].start]
    if not before or not 1 < before[-1].value <= OLDEST:
        return []
    last = before[-1]
    if last.word and last.value == len(finds):
        return []  # "mabinti watatu, 4, 6 na 8"
    child = _text(tokens, last.start - 1) in CHILDREN | OF | ARTICLES
    if _text(tokens, last.start - 1) in SO_MANY and not last.word:
        near = tokens[max(0, last.start - 4) : last.start]
        child = any(token.text in CHILDREN for token in near)  # "vijana wangu wawili 4 na 6 years"
    if not child or not _joined(tokens, last.end, finds[0].start):
        return []
    return [Find("age", last.value, last.start, last.end)]


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _is_age(tokens: Sequence[Token], figure: Figure, is_size: bool) -> bool:
    before, after = _text(tokens, figure.start - 1), _text(tokens, figure.end)
    if {before, after} & MONTHS:
        return not _says_how_long(tokens, figure.start)
    if before in YEARS_BEFORE or after in YEARS_AFTER:
        return True
    if "umri" in {token.text for token in tokens[max(0, figure.start - 3) : figure.start]}:
        return True  # "umri wake ni 3"
    if is_size or figure.kind not in ("number", "ordinal"):
        return False
    counted = figure.end < len(tokens) and tokens[figure.end].kind in ("category", "garment")
    counted = counted and not tokens[figure.end - 1].pause  # "he turned 5, make the set …"
    if _tells_who(tokens, figure.start) and not counted and not after.startswith("piece"):
        return True
    if before in CHILDREN and not tokens[figure.start - 1].pause and not counted:
        return not figure.word and figure.value > 1  # "sons 6 and 9", "boy 4, girl 7"
    if before == "wa" and _text(tokens, figure.start - 2) in PERSON and not counted:
        return figure.kind == "ordinal" or not figure.word  # "yule wa 9"
    if before == "wa" and _text(tokens, figure.start - 2) in OWNED and not counted:
        return not figure.word
    who = _text(tokens, figure.start - 2)
    theirs = who in SIBLINGS and _text(tokens, figure.start - 3) in THEIRS  # "their brother of 6"
    child = (who in CHILDREN or theirs) and not tokens[figure.start - 1].pause
    return before in OF and child and not counted


def _says_how_long(tokens: Sequence[Token], at: int) -> bool:
    """Whether the months are no age: "will it last 2 months", "baada ya miezi 2"."""
    return any(token.text in LASTING for token in tokens[max(0, at - 3) : at])


def _tells_who(tokens: Sequence[Token], at: int) -> bool:
    """Whether words before the number speak of a child: "shes 5", "my son is 4", "ana 5"."""
    before, who = _text(tokens, at - 1), _text(tokens, at - 2)
    if before == "na":
        return who in ("ako", "yuko", "ana")
    if _tells_of_kin(tokens, at):
        return True
    if before in ("ako", "yuko"):
        told = who in OWN and _text(tokens, at - 3) in CHILDREN
        return told or who in CHILDREN  # "boy ako 4", "msichana wangu ako 6"
    if before in ("is", "are", "turning") and who in ("who", "whos", "thats", "that"):
        return _text(tokens, at - 3) in CHILDREN  # "a boy who is six"
    if before in ("is", "ni") and who in MINE:
        return any(token.text in CHILDREN for token in tokens[:at])  # "for girls? mine is 6"
    if before in ("are", "theyre", "wako", "wana"):
        young = any(token.text in CHILDREN for token in tokens[:at])
        return young and (who in CHILDREN | {"they", "who", "wao", "ambao"} or before != "are")
    return before in IS or (before in ("is", "ni") and who in IS | CHILDREN)


def _tells_of_kin(tokens: Sequence[Token], at: int) -> bool:
    """Whether the age of a child's brother or sister follows: "her small sister who is 8"."""
    texts = [token.text for token in tokens[max(0, at - 5) : at]]
    while texts and texts[-1] in IS_OF_KIN:
        texts.pop()
    whose = set(texts[-3:] if texts[-2:-1] and texts[-2] in GROWN else texts[-2:])
    linked = len(texts) < min(at, 5)
    named = bool(whose & SIBLINGS) and bool(whose & THEIRS)
    return linked and (named or bool(set(texts[-1:]) & THEIR_SIBLINGS))


def _joined(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether only commas and "and" stand between two ages: "4, 7 and 10"."""
    between = tokens[start:end]
    stopped = start > 0 and any(token.pause == STOP for token in tokens[start - 1 : end])
    paused = start > 0 and bool(tokens[start - 1].pause)
    words = {token.text for token in between}
    return not stopped and words <= JOINS | OF | ARTICLES and (bool(words & JOINS) or paused)
