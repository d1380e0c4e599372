"""Tokenises a message into words and phrases of the lexicon, with the pauses after them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from dukani.agent.lexicon.tables import CLASSES, PHRASES, SPELLINGS, WORDS, Entry
from dukani.agent.lexicon.typed_short import written_out
from dukani.agent.lexicon.typos import with_vowels
from dukani.agent.lexicon.verbs import Verb
from dukani.agent.lexicon.words import describe, known

LONGEST = 500
COMMA, STOP = 1, 2  # the length of the pause after a token
SHORTEST_GLUED = 6
GLUED = ("nataka", "natafuta", "naomba", "nipe", "the", "ya", "za", "la", "wa", "cha", "vya")
PICTURES = {"👍": " ok ", "👌": " ok ", "✅": " ok ", "🆗": " ok ", "👎": " no ", "❌": " no "}
PICTURES |= {"🔟": " 10 ", "🙏": " thanks ", "❤": " thanks ", "🥰": " thanks ", "🤝": " ok "}
LONE = {"y": "yes", "n": "no", "k": "ok", "kk": "ok"}  # beside other words "y" asks why
KEYCAP = re.compile("[\ufe0f\u20e3\u200b-\u200f\u2060\U0001f3fb-\U0001f3ff]")
LONG_DRAWN = re.compile(r"([a-wyz])\1{2,}")
APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")
TOKEN = re.compile(
    r"\bdk-[0-9a-z]{6}\b"  # an order's number holds no size and no sum
    r"|(?<![\w-])-\d+\b(?!-)"
    r"|[2-5]xl\b|[2-5]in1\b|[1-9]\d{1,2}l\b"  # the last are litres, of a bag
    r"|\d+(?:st|nd|rd|th)\b|x\d{1,2}\b|\d{1,2}x\b|\d{1,3}(?:[, ]\d{3})+(?!\d)"
    r"|\d+\.\d+|\d+|/[-=]|[a-z]\d+\w*|[^\W\d_]+(?:-[^\W\d_]+)*|[,.?!;:()\n&+#]|(?<=\d)-(?=\d)"
)
WAIST = re.compile(r"w[2-5]\d")  # "w32"
# The "no." of "wait no. 1 grey 1 black" ends a sentence.
NUMBER_SIGN = re.compile(
    r"\b(?<!wait )(?<!oh )(?<!ah )(?<!hmm )(?<!sorry )(?<!ngoja )(?<!subiri )"
    r"(?:no|nr|num|nbr)\. ?(?=\d)"
)
# "Attention Mr. Okello", "Kamuli rd. near the mosque": the stop ends no sentence.
SHORTENED = re.compile(
    r"\b(mr|mrs|ms|dr|prof|eng|hon|rev|st|rd|ave|apt|bldg|hse|opp|nr|tel)\.(?=\s+\w)"
)
# "make it minus 5" is a negative number; "all minus 2 hats" is an exception, so no number.
BELOW_ZERO = re.compile(
    r"\b(it|them|be|to|iwe|ziwe|ifanye|zifanye) (?:minus|negative|hasi) ?(?=\d)"
)
# "grey... no black": a pause within a sentence.
DOTS = re.compile(r"\s*\.{2,}\s*(?=(?:wait|sorry|ngoja|actually|sio|siyo)\b)")
DOTS_NO = re.compile(r"\s*\.{2,}\s*(?:no|hapana)\b,?(?! ?\d)")
THE_TWO = re.compile(r"\b(?<=for )the two(?: of them)?(?=\s*(?:[?,.!]|$|please|pls))")
# "three in one" of "Romper 3in1" counts no pieces.
IN_ONE = re.compile(r"\b(two|three|four|five|2|3|4|5) ?(?:in|-in-) ?(?:one|1)\b")
SO_MANY = {"two": "2", "three": "3", "four": "4", "five": "5"}
AFTER_ALL = re.compile(r"\bafter all\b")  # all of nothing
INSTEAD_YA = re.compile(r"\binstead (?:ya|za|la|cha|vya)\b")
RID = re.compile(r"\b(?:get(?:ting)? rid of|do away with)\b")  # "get rid of the belts"
PLURAL_NUMBER = re.compile(r"\b(\d{1,3})s\b")  # "the 12s", "the 38's"
DASH_NUMBER = re.compile(r"(?<!\S)[\u2010-\u2015\u2212](?=\d)")
PAUSES = {",": COMMA, "(": COMMA, ")": COMMA, ":": COMMA}
PAUSES |= {";": COMMA, "\n": COMMA}  # lists
PAUSES |= {".": STOP, "?": STOP, "!": STOP}


@dataclass(frozen=True, slots=True)
class Token:
    """One word or phrase; `pause` is the pause after the token: 0, COMMA or STOP."""

    text: str
    tags: frozenset[str]
    entry: Entry | None = None
    verb: Verb | None = None
    swahili: bool = False
    pause: int = 0
    asked: bool = False  # a question mark follows

    @property
    def kind(self) -> str:
        return self.entry.kind if self.entry else ""

    @property
    def value(self) -> str:
        return self.entry.value if self.entry else self.text


def normalise(text: str) -> str:
    """Lower case, one spelling of quotes, keycaps and "no. 3", no long-drawn letters.

    Cut before and after: one character may stand for a sentence of eighteen.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].lower()
    text = KEYCAP.sub("", text)
    text = LONE.get(text.strip(" .!"), text)
    if not text.isascii():
        for picture, word in PICTURES.items():
            text = text.replace(picture, word)
        text = DASH_NUMBER.sub("-", text)
    text = DOTS.sub(", ", DOTS_NO.sub(", no wait ", text))
    text = written_out(SHORTENED.sub(r"\1", text))
    text = BELOW_ZERO.sub(r"\1 -", NUMBER_SIGN.sub("number ", text))
    text = IN_ONE.sub(lambda said: f"{SO_MANY.get(said[1], said[1])}in1", text)
    text = RID.sub("remove", AFTER_ALL.sub("", THE_TWO.sub("both", text)))
    text = INSTEAD_YA.sub("instead of", text)
    text = PLURAL_NUMBER.sub(r"\1", APOSTROPHE.sub("", text))
    return LONG_DRAWN.sub(r"\1", text)[:LONGEST]


def _split_words(text: str) -> list[tuple[str, int, bool]]:
    """(word, pause after it, asked) of normalised text, with SMS spellings written out."""
    words: list[tuple[str, int, bool]] = []
    for piece in TOKEN.findall(text):
        pause = PAUSES.get(piece, 0)
        if pause:
            if words:
                word, before, asked = words[-1]
                words[-1] = (word, max(before, pause), asked or piece == "?")
            continue
        words.extend((part, 0, False) for part in _parts_of(piece))
    return words


@lru_cache(maxsize=8192)
def _parts_of(piece: str) -> tuple[str, ...]:
    """The words of one piece of text: respelled, with its vowels restored, or split."""
    if piece in SPELLINGS:
        return SPELLINGS[piece]
    if WAIST.fullmatch(piece):
        return ("waist", piece[1:])
    if piece[0] == "-" and len(piece) > 1:  # "-5"
        return (piece,)
    if "-" not in piece or len(piece) == 1 or piece in WORDS:
        full = None if known(piece) else with_vowels(piece)
        return (full,) if full else _unglued(piece)
    whole = piece.replace("-", "")
    if whole in WORDS or describe(whole).verb is not None:
        return (whole,)
    return tuple(part for part in piece.split("-") if part)


def _unglued(piece: str) -> tuple[str, ...]:
    """The two words of a piece without a space: "natakashati", "yaofisi", "thefirst"."""
    if len(piece) < SHORTEST_GLUED or piece in WORDS or known(piece):
        return (piece,)
    for first in GLUED:
        rest = piece.removeprefix(first)
        if rest != piece and len(rest) > 3 and rest in WORDS and WORDS[rest].kind[0] != "@":
            return (first, rest)
    return (piece,)


# Cached, because several rules split the shop's names for every message.
@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The single words of a text, spelled as in its tokens."""
    return tuple(word for word, _, _ in _split_words(normalise(text)))


def _names_a_size(words: list[tuple[str, int, bool]], end: int) -> bool:
    """Whether a size follows, so that "one size" is none: "the black one size 56"."""
    if end >= len(words) or words[end - 1][1]:
        return False
    word = words[end][0]
    entry = WORDS.get(word)
    return word[0].isdigit() or (entry is not None and entry.kind in ("size", "size_word"))


def _phrase_at(words: list[tuple[str, int, bool]], start: int) -> tuple[int, Entry] | None:
    """The longest lexicon phrase that begins here, with its length in words."""
    for phrase, entry in PHRASES.get(words[start][0], ()):
        end = start + len(phrase)
        if end > len(words) or any(words[i][1] for i in range(start, end - 1)):
            continue
        if phrase[-1] == "size" and entry.kind == "size" and _names_a_size(words, end):
            continue
        if all(words[start + i][0] == part for i, part in enumerate(phrase)):
            return len(phrase), entry
    return None


def _describes_before(tokens: list[Token], entry: Entry) -> bool:
    """Whether a greeting's words describe a piece: "blauzi nyeupe za asubuhi"."""
    of_piece = bool(tokens) and tokens[-1].kind in ("category", "garment", "colour")
    return entry.kind == "@hello" and of_piece and not tokens[-1].pause


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of a message; phrases of the lexicon come as one token."""
    words = _split_words(normalise(text))
    tokens: list[Token] = []
    index = 0
    while index < len(words):
        word, pause, asked = words[index]
        phrase = _phrase_at(words, index)
        if phrase is None or _describes_before(tokens, phrase[1]):
            known = describe(word)
            tokens.append(
                Token(word, known.tags, known.entry, known.verb, known.swahili, pause, asked)
            )
            index += 1
            continue
        length, entry = phrase
        said = " ".join(words[index + i][0] for i in range(length))
        _, pause, asked = words[index + length - 1]
        kind = "@" + entry.kind.lstrip("@").split("_")[0]
        tags = frozenset((said, kind, *CLASSES.get(said, ())))
        tokens.append(Token(said, tags, entry, None, entry.swahili, pause, asked))
        index += length
    return tuple(tokens)
