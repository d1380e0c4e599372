"""Writes notes to an owner who answers a customer in person, by replying to a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from dukani.agent.wording.markup import bold, clean, join, quoted
from dukani.agent.wording.markup import lines as _lines
from dukani.agent.wording.owner_situation import reach
from dukani.core.languages import Worded
from dukani.domain.acts import Language

MAX_WORDS = 400

# Why the owner's words were not delivered, or the conversation's state now.
Answer = Literal["several", "only_words", "window_closed", "said_stop", "handed_back"]

_ANSWERS: dict[Answer, Worded[str]] = {
    "several": Worded(
        en="Several customers are waiting, so this went to nobody. "
        "Swipe the note about the one you mean and reply to that.",
        sw="Wateja kadhaa wanasubiri, kwa hiyo ujumbe huu haujatumwa. "
        "Jibu ujumbe unaomhusu mteja unayemtaka.",
    ),
    "only_words": Worded(
        en="I can only pass on written words to {who}, so this was not sent.",
        sw="Naweza kumpelekea {who} maneno tu, kwa hiyo hii haijatumwa.",
    ),
    "window_closed": Worded(
        en="{who} wrote more than 24 hours ago and WhatsApp no longer lets us write. "
        "This was not sent: please call.",
        sw="{who} aliandika zaidi ya saa 24 zilizopita na WhatsApp hairuhusu tena tumwandikie. "
        "Ujumbe huu haujatumwa: tafadhali mpigie.",
    ),
    "said_stop": Worded(
        en="{who} asked us not to write any more, so this was not sent.",
        sw="{who} aliomba tusimwandikie tena, kwa hiyo hii haijatumwa.",
    ),
    "handed_back": Worded(
        en="The assistant answers {who} again.",
        sw="Msaidizi anamjibu {who} tena.",
    ),
}


class File(NamedTuple):
    """A file that a customer sent, and where the owner can open it."""

    kind: Literal["voice", "photo"]
    link: str


_FILES: dict[str, Worded[str]] = {
    "voice": Worded(
        en="Listen",
        sw="Sikiliza",
    ),
    "photo": Worded(
        en="Photo",
        sw="Picha",
    ),
}


def answer_note(answer: Answer, who: str = "", *, language: Language = "en") -> str:
    """Tells the outcome of the owner's reply; `who` is from `customer_named`."""
    return _ANSWERS[answer][language].replace("{who}", who)


def customer_wrote_note(
    words: str,
    *,
    who: str,
    files: Sequence[File] = (),
    is_last: bool = False,
    language: Language = "en",
) -> str:
    """Passes a customer's words on to the person who answers, quoted on one line, and files."""
    told = _lines(f"💬 {who}: {quoted(words, limit=MAX_WORDS)}", file_links(files, language))
    if not is_last:
        return told
    if language == "sw":
        return _lines(told, "Ameandika mengi: mengine hayaletwi hapa hadi umjibu.")
    return _lines(told, "That is a lot of messages: no more are passed on until you answer.")


def unheard_note(who: str, files: Sequence[File], *, language: Language = "en") -> str:
    """Tells of a voice note that the assistant could not hear."""
    if language == "sw":
        told = f"🎤 {who} ametuma ujumbe wa sauti ambao msaidizi hakuweza kuusikia."
    else:
        told = f"🎤 {who} sent a voice note that the assistant could not hear."
    return _lines(told, file_links(files, language), reach(language))


def file_links(files: Sequence[File], language: Language) -> str:
    """A line for each file: what it is, and its link."""
    return _lines(*(f"{_FILES[file.kind][language]}: {file.link}" for file in files))


def customer_named(name: str | None, phone_masked: str, *, language: Language = "en") -> str:
    unnamed = "mteja" if language == "sw" else "the customer"
    return join(bold(name or ""), clean(phone_masked)) or unnamed
