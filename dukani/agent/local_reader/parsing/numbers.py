"""Decides the slot of a number: option, size, quantity or age."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import Token
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.parsing.coloured_kinds import (
    counts_coloured_kind,
    counts_what_is_told,
)
from dukani.agent.local_reader.parsing.figures import Figure
from dukani.agent.local_reader.parsing.no_counts import (
    announces,
    counts_persons,
    counts_the_whole,
    counts_things,
    counts_time,
    fills_a_pack,
    is_too_few,
    names_two_persons,
    ranks_a_time,
    tells_whose,
)
from dukani.agent.local_reader.parsing.pieces_of_a_set import tells_parts
from dukani.agent.local_reader.parsing.size_numbers import (
    SHOE_SIZES,
    SMALLEST_SHOE,
    SMALLEST_SIZE,
    is_large_size,
    is_marked,
    is_shown_size,
    is_size_in_view,
    is_size_of_line,
    is_sold_size,
    numbers_a_size,
)
from dukani.agent.local_reader.parsing.vocabulary import opens_a_name
from dukani.domain.context import TurnContext
from dukani.domain.sizes import ONE_SIZE
from dukani.domain.steps import FILLING_A_CART, PAYING

NUMBER = frozenset(("number", "namba", "nambari"))
PIECES = word_set("numbers", "pieces")
COUNTS = word_set("numbers", "counts")
NUMBERED = word_set("numbers", "numbered")
NO_QUANTITY = word_set("numbers", "no_quantity")
QUANTITY = ("quantity", "qty", "idadi")
SCHOOL_YEARS = word_set("numbers", "school_years")
TOGETHER = word_set("numbers", "together")
OF = word_set("numbers", "of")
ONLY = word_set("edits", "only")
AGREED = word_set("numbers", "agreed")
MORE = frozenset(("more", "less", "zaidi"))
ENOUGH = word_set("edits", "enough")
JOINERS = word_set("edits", "joiners")
SET_TO = word_set("edits", "set_to")
REACHING = frozenset(("to", "into", "iwe", "ziwe"))
PRONOUNS = frozenset(("one", "moja", "mmoja"))
POINTING = word_set("numbers", "pointing")
CONTRASTING = frozenset(("instead", "instead of", "not", "badala", "sio", "siyo", "si"))
REFUSING = word_set("edits", "answers")
IS_NOW = frozenset(("is", "are", "will", "be", "was", "ni", "kwa", "sasa"))
COUNTING = word_set("numbers", "counting")  # before "one" as a count
MOST_PIECES = 50
OLDEST_CHILD = 17
TAKING = frozenset(("~take", "~want", "~give", "~buy", "~put", "~add"))
GARMENTS = ("category", "garment")
SIZED = ("size", "size_word", "mark")
OPENERS = frozenset(("@ok", "@hello", "@yes", "@stopword"))


def _text_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _kind_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def _is_pronoun(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a number word is a pronoun: "the blue one", "ile moja"."""
    said = tokens[figure.start].text
    before = tokens[figure.start - 1] if figure.start else None
    if before is not None and before.kind == "ordinal" and figure.value == 1 and not before.pause:
        return True  # "the first 1"
    if said not in PRONOUNS or before is None or before.pause:
        return False
    after = _text_at(tokens, figure.end)
    if after in MORE or (after in ONLY and "@yes" in before.tags):
        return False  # "green one more", "yes one only"
    if before.text == "the" and _text_at(tokens, figure.start - 2) in ONLY:
        noun = _kind_at(tokens, figure.end) in GARMENTS
        return not (noun or _ends(tokens, figure))  # "just the one then", "just the one hat"
    if said != "one":
        return before.text in POINTING
    if all(not token.tags.isdisjoint(OPENERS) for token in tokens[: figure.start]):
        return False  # "hmm one hat is enough", not "my sister has bought me one"
    return before.text not in COUNTING and before.kind not in SIZED and before.verb is None


def _ends(tokens: Sequence[Token], figure: Figure) -> bool:
    last = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    return last or _text_at(tokens, figure.end) in ("then", "now", "basi", "please")


def _names_by_size(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether "one" is a piece called by its size: "make the L one black XL", "the grey M one"."""
    at = figure.start - 1
    if tokens[figure.start].text != "one" or _kind_at(tokens, at) != "size":
        return False
    at -= _kind_at(tokens, at - 1) in ("colour", "mark")  # "leave out the size M one"
    valued = _kind_at(tokens, figure.end) in ("colour", "size")
    set_to = _text_at(tokens, figure.end) in SET_TO | {"should", "to"}
    return _text_at(tokens, at - 1) in ("the", "my") and (
        valued or set_to or figure.end == len(tokens)
    )


def _counts_off(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether wishes are counted off and nothing was shown: "the first one is the kanzu"."""
    texts = [token.text for token in tokens[figure.end : figure.end + 2]]
    if texts[:1] in (["one"], ["thing"], ["kitu"]):
        texts = texts[1:]
    return texts[:1] in (["is"], ["ni"]) and not (context.options or context.cart)


def role_of(
    tokens: Sequence[Token], figure: Figure, context: TurnContext, others_said: int
) -> str | None:
    """The slot of a number: option, size, quantity, age or None.

    `others_said` counts the other sizes and picks of the message.
    """
    if counts_the_whole(tokens, figure) or ranks_a_time(tokens, figure):
        return None
    if announces(tokens, figure) or is_too_few(tokens, figure) or tells_parts(tokens, figure):
        return None
    if figure.value > 1 and figure.kind != "ordinal" and fills_a_pack(tokens, figure):
        return None
    if figure.kind == "ordinal" and _adds_a_second(tokens, figure, context):
        return None
    if context.question in ("which", "which_line") and _is_whole_message(tokens, figure):
        return "option"  # "4", "ya pili" answers "which one?"
    if figure.kind == "ordinal" and _counts_off(tokens, figure, context):
        return None
    if figure.kind == "ordinal":
        return "size" if _ranks_a_size(tokens, figure, context) else "option"
    if figure.kind == "times" or figure.value < 0:
        return "quantity"
    if _answers_a_list(tokens, figure, context):
        return "option"
    before, after = _text_at(tokens, figure.start - 1), _text_at(tokens, figure.end)
    if names_two_persons(tokens, figure, context.sold.names):
        return None
    if counts_things(tokens, figure) and not context.options:
        return None  # "two things: a tote and a belt"
    numbered = before in NUMBER or (before == "no" and not figure.word)
    if numbered and numbers_a_size(figure, context):
        return "size"  # "nyeusi namba tatu", of shoes numbered so
    if before in NUMBER and 0 < figure.value <= len(context.options):
        return "option"  # "number one in white"
    if _counted_behind(tokens, figure):
        after = ""
    if _names_by_size(tokens, figure):
        return None
    if is_large_size(figure, context):
        return "size"
    if _counts_colour(tokens, figure) or counts_coloured_kind(tokens, figure, context):
        return "quantity" if 0 < figure.value <= MOST_PIECES else None
    counted = after in PIECES and not tokens[figure.end - 1].pause
    if counted and figure.value <= 20 and not is_marked(tokens, figure.start):
        return "quantity" if 0 < figure.value <= MOST_PIECES else None
    if _counts_a_piece(tokens, figure, context) or _is_enough(tokens, figure):
        return "quantity"
    if tokens[figure.start].text in AGREED and figure.end == figure.start + 1:
        return "quantity"
    if _behind_quantity(tokens, figure):
        return "quantity" if 0 <= figure.value <= MOST_PIECES else None
    if after in NO_QUANTITY or _is_pronoun(tokens, figure) or counts_time(tokens, figure):
        return None
    if counts_persons(tokens, figure) or tells_whose(tokens, figure) or before in SCHOOL_YEARS:
        return None  # "joining grade four"
    if before in TOGETHER and not _size_of_all(figure, context):
        return None
    together = not tokens[figure.end - 1].pause
    marked = is_marked(tokens, figure.start)
    if is_size_in_view(figure, context) or (
        after not in PIECES and is_size_of_line(figure, context)
    ):
        return "size"
    shod = not figure.word and figure.value >= SMALLEST_SHOE
    if after in OF and shod and together and is_sold_size(tokens, figure, context):
        return "size"  # "sendo za brown 39 za mama"
    if after in PIECES and together and not (figure.value > 20 and (marked or before in NUMBERED)):
        return "quantity"
    if marked:
        return "size"
    if before in NUMBERED and not (before == "no" and figure.word):
        sized = figure.value in SHOE_SIZES or _is_no_option(figure, context)
        sized = sized or _numbers_a_kind(tokens, figure, context)
        return "size" if sized else "option"
    if is_sold_size(tokens, figure, context):
        return "size"
    if after in ONLY or (after in MORE and together):
        return "quantity" if 0 < figure.value <= MOST_PIECES else None
    named = figure.value <= MOST_PIECES and opens_a_name(tokens, figure.end, context)
    if figure.value == 0 or before in COUNTS or _beside_noun(tokens, figure) or named:
        return "quantity" if figure.value <= MOST_PIECES else None
    if _changed_to(tokens, figure) or _behind_size(tokens, figure):
        return "quantity"
    if _leads_with_option(tokens, figure, context):
        return "option"
    if _behind_colour(tokens, figure) or (figure.word and _counts_size(tokens, figure, context)):
        return "quantity"
    if others_said and figure.value <= 20:  # a size or another pick is said beside it
        return "quantity"
    return _bare_role(tokens, figure, context)


def _ranks_a_size(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether an ordinal is a size: "saizi ya 6", "ya 40" of a shoe."""
    if _kind_at(tokens, figure.start - 2) == "mark" or is_shown_size(figure, context):
        return True
    return figure.value > len(context.cart) and is_size_of_line(figure, context)


def _is_no_option(figure: Figure, context: TurnContext) -> bool:
    """Whether a numbered option is a size: "kofia namba 58", "abaya no 54"."""
    sold = str(figure.value) in context.sold.sizes
    return sold and figure.value > max(len(context.options), len(context.cart), SMALLEST_SIZE)


def _numbers_a_kind(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a number is a size, as nothing is listed: "kiatu cha mtoto namba 27"."""
    listed = context.options or context.cart or context.has_order
    kinds = any(token.kind == "category" for token in tokens[: figure.start])
    return not listed and kinds and SMALLEST_SIZE <= figure.value <= MOST_PIECES


def _size_of_all(figure: Figure, context: TurnContext) -> bool:
    """Whether a number after "all" is the size of each piece: "zote 38", "both 38"."""
    sold = str(figure.value) in context.sold.sizes or figure.value in SHOE_SIZES
    return figure.value >= SMALLEST_SHOE and not figure.word and sold


def _behind_quantity(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the word "quantity" announces the number: "change the quantity to 31"."""
    before = tokens[max(0, figure.start - 3) : figure.start]
    return any(token.text in QUANTITY for token in before)


def _changed_to(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a named piece is changed to a quantity: "change the t-shirt to 2"."""
    before = tokens[: figure.start]
    named = any(token.kind == "category" for token in before)
    changed = any("~change" in token.tags for token in before) and before[-1].text in REACHING
    last = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    return changed and named and last and 0 < figure.value < SMALLEST_SIZE


def _adds_a_second(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether an ordinal adds a second piece, as no list is shown: "ongeza hoodie ya pili"."""
    adds = any("~add" in token.tags for token in tokens)
    kinds = any(token.kind == "category" for token in tokens[: figure.start])
    return adds and kinds and not context.options


def _counted_behind(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the word for pieces belongs to the count behind it: the 43 of "43 pair moja".

    So too of a size that is called one: the 12 of "size 12 pieces 2".
    """
    swahili = _text_at(tokens, figure.end) in ("pair", "jozi", "piece", "pc", "kipande")
    swahili = swahili or (_kind_at(tokens, figure.start - 1) == "mark")
    behind = tokens[figure.end + 1 : figure.end + 2]
    counted = bool(behind) and (behind[0].kind == "number" or behind[0].text.isdigit())
    return swahili and not figure.word and counted


def _counts_a_piece(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether "one" counts a piece: "but one vans", "make the vans one"."""
    if tokens[figure.start].text not in PRONOUNS or _points(tokens, figure.start - 1):
        return False
    if not tokens[figure.end - 1].pause and opens_a_name(tokens, figure.end, context):
        return True
    sets = any(token.text in SET_TO for token in tokens[: figure.start])
    last = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    last = last or _contrasts_count(tokens, figure.end)
    before = _kind_at(tokens, figure.start - 1)
    return sets and last and before not in ("colour", "ordinal", "size")


def _is_enough(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether so many are enough, behind a refusal: "no 1 is enough", not "no 1 in black"."""
    if _text_at(tokens, figure.start - 1) not in REFUSING or figure.start > 1:
        return False
    at = figure.end
    while _text_at(tokens, at) in IS_NOW:
        at += 1
    return _text_at(tokens, at) in ENOUGH and 0 < figure.value <= MOST_PIECES


def _contrasts_count(tokens: Sequence[Token], at: int) -> bool:
    """Whether another count is denied next: "one instead of two", "moja sio mbili"."""
    denied = _text_at(tokens, at) in CONTRASTING
    behind = at + 2 if _text_at(tokens, at + 1) in ("of", "ya") else at + 1
    return denied and _kind_at(tokens, behind) == "number"


def _leads_with_option(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether the first number is an option followed by its values: "3 size 42", "2 black 42"."""
    shown = context.options
    if figure.word or figure.start or len(shown) < 2 or not 0 < figure.value <= len(shown):
        return False
    if context.step != "products_found" or figure.end >= len(tokens):
        return False
    following = tokens[figure.end]
    fits = following.kind == "colour" and following.value in shown[figure.value - 1].colours
    return fits or following.kind == "mark"


def _counts_colour(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number counts a colour: "one blue, one green", "moja ya zambarau"."""
    if not figure.word or tokens[figure.end - 1].pause:
        return False
    if _points(tokens, figure.start - 1) or _is_the_one(tokens, figure):
        return False
    if _kind_at(tokens, figure.start - 1) == "mark" or _text_at(tokens, figure.start - 1) in NUMBER:
        return False  # "size ten navy"
    at = figure.end
    while _text_at(tokens, at) in OF and at < figure.end + 3:
        at += 1
    before = _text_at(tokens, figure.start - 1)
    sized = _kind_at(tokens, figure.start - 1) in ("colour", "size") or before.isdigit()
    after = _text_at(tokens, figure.end)
    doubled = after == tokens[figure.start].text or before == tokens[figure.start].text
    if doubled:
        return True
    last = figure.end == len(tokens) or after in JOINERS
    counted = figure.value == 1 and tokens[figure.start].text != "one"  # "the brown one"
    return _kind_at(tokens, at) == "colour" or (counted and sized and last)


def _behind_colour(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number counts what is before it: "nyekundu mbili, njano mbili", "38 moja"."""
    before = tokens[figure.start - 1] if figure.start else None
    if before is None or before.pause or figure.value > 20:
        return False
    sized = before.kind == "size" or (len(before.text) > 1 and before.text.isdigit())
    if before.kind != "colour" and not (sized and figure.word):
        return False
    last = figure.end == len(tokens) or bool(tokens[figure.end - 1].pause)
    return last or _text_at(tokens, figure.end) in JOINERS


def _counts_size(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a number word counts the size behind it: "moja 56 moja 58", "one M"."""
    if tokens[figure.end - 1].pause or _points(tokens, figure.start - 1):
        return False
    after = _text_at(tokens, figure.end)
    sold = after.isdigit() and int(after) >= SMALLEST_SIZE and after in context.sold.sizes
    return sold or _kind_at(tokens, figure.end) == "size"


def _is_the_one(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether "one" is a pronoun after an article: "the linen one in olive"."""
    if tokens[figure.start].text != "one" or not _is_pronoun(tokens, figure):
        return False
    before = tokens[max(0, figure.start - 4) : figure.start]
    return any(token.text == "the" or "@this" in token.tags for token in before)


def _behind_size(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a last number word counts a size before it: "hiyo farasha nyeusi 58 mbili"."""
    last = figure.word and figure.end == len(tokens) and figure.start > 1
    return last and tokens[figure.start - 1].text.isdigit() and not tokens[figure.start - 1].pause


def _points(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word makes "one" a pronoun: "the one", "hiyo moja", "another one"."""
    if at < 0 or tokens[at].pause:
        return False
    return tokens[at].text in POINTING and tokens[at].kind != "colour"


def _beside_noun(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the number stands beside a noun: "nguo mbili", "2 dresses", "two black ones"."""
    if figure.value > 20:
        return False
    before = _kind_at(tokens, figure.start - 1)
    after = _kind_at(tokens, figure.end)
    paused = figure.start > 0 and bool(tokens[figure.start - 1].pause)
    if before in GARMENTS and not paused and (figure.word or 0 < figure.value < SMALLEST_SIZE):
        return True
    if tokens[figure.end - 1].pause:
        return False
    return after in GARMENTS or after == "colour"


def _answers_a_list(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a bare number is a position of the list shown last, though it might be a size.

    Sizes of children's pieces are as small as positions: a list asks for its numbers. Of a list of
    one, a figure beyond it chooses nothing and counts nothing, unless it is a size of the piece.
    """
    shown = context.options
    if context.step != "products_found" or context.question not in (None, "take_it"):
        return False
    if not shown or not _is_whole_message(tokens, figure):
        return False
    if len(shown) > 1:
        return 0 < figure.value <= len(shown)
    if figure.word or not 0 < figure.value < SMALLEST_SIZE:
        return False
    return figure.value == 1 or str(figure.value) not in shown[0].sizes


def _counts_pieces(tokens: Sequence[Token], value: int, context: TurnContext) -> bool:
    """Whether a number above the options counts: "nitachukua mbili" with one piece shown."""
    said = len(context.options) == 1 or _says_taking(tokens)
    return said and value < SMALLEST_SHOE and bool(context.options)


def _says_taking(tokens: Sequence[Token]) -> bool:
    return any(not token.tags.isdisjoint(TAKING) for token in tokens)


def _follows_a_piece(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a last number word counts a kind that is not shown: "ile kofia ya beige, moja"."""
    kinds = {t.value for t in tokens[: figure.start] if t.kind == "category"}
    shown = {option.category for option in context.options}
    last = figure.word and figure.end == len(tokens)
    return last and (bool(kinds - shown) or _follows_its_values(tokens, figure))


def _follows_its_values(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a colour and a size are told before: "ya ngozi nyeusi namba 36, mbili"."""
    kinds = {token.kind for token in tokens[: figure.start]}
    sized = "size" in kinds or any(len(t.text) > 1 and t.text.isdigit() for t in tokens)
    return "colour" in kinds and sized


def _is_whole_message(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether the message says nothing but this number."""
    others = (*tokens[: figure.start], *tokens[figure.end :])
    return all(
        not token.tags.isdisjoint(("@stopword", "@ok", "@yes", "@hello")) for token in others
    )


def _recounts_line(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> bool:
    """Whether a line of several, or of no sizes, is counted anew: "make it 8" after "6 pieces"."""
    cart, set_to = context.cart, tokens[max(0, figure.start - 2) : figure.start]
    if not any(token.text in SET_TO for token in set_to) or figure.value > MOST_PIECES:
        return False
    line = next((one for one in cart if one.number == context.last_line or len(cart) == 1), None)
    return line is not None and (line.quantity > 1 or line.size == ONE_SIZE)


def _is_numbered_before(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a size is told as a number before this one: the "moja" of "namba tatu, moja"."""
    said = [token.text for token in tokens[: figure.start]]
    return any(one in NUMBER for one in said[:-1]) and said[-1] not in NUMBER


def _bare_role(tokens: Sequence[Token], figure: Figure, context: TurnContext) -> str | None:
    """The slot of a bare number: by the open question, then by the pieces shown."""
    value, text = figure.value, str(figure.value)
    if _follows_a_piece(tokens, figure, context):
        return "quantity"
    if context.question == "quantity" and value <= MOST_PIECES:
        return "quantity"
    if context.step == "awaiting_delivery_address" and _is_whole_message(tokens, figure):
        return None
    sizes = context.focus.sizes if context.focus else ()
    if len(context.options) == 1 and not figure.word and text in context.options[0].sizes:
        return "size"
    if figure.word and text in sizes and _is_numbered_before(tokens, figure):
        return "quantity"  # "nyeusi namba tatu, pea moja", of shoes that come in a 1 too
    if text in sizes or text in context.choices:
        return "size"
    if context.question in ("size", "colour") and _is_whole_message(tokens, figure):
        if any(size.endswith("Y") for size in sizes):
            return "age" if value <= OLDEST_CHILD else None
        return "size" if value >= SMALLEST_SIZE else None
    if figure.word and (len(context.options) == 1 or counts_what_is_told(tokens, figure)):
        return "quantity"
    if figure.word and context.question == "take_it" and context.focus and _says_taking(tokens):
        return "quantity"  # "weka moja", of the one piece whose price was told
    if context.step == "products_found" and value <= max(len(context.options), 1):
        return "option"
    if context.step == "products_found" and _counts_pieces(tokens, value, context):
        return "quantity"
    if context.focus and context.step == "size_recommended":
        return "quantity" if value <= 20 else "size"
    if _recounts_line(tokens, figure, context):
        return "quantity"
    if not figure.word and (value in SHOE_SIZES or 6 < value <= 26):
        return "size"
    if figure.word and context.step == "start" and 1 < value <= MOST_PIECES:
        return "quantity"
    if context.step in FILLING_A_CART | PAYING and context.cart:
        return "quantity"
    if len(context.options) == 1 and 1 < value < SMALLEST_SHOE:
        return "quantity"  # of one piece shown: "naomba 5, 2 za pink na 3 za grey"
    return "option" if context.options and value <= 10 else None
