"""A customer of the month asks for what the shop has not, or has not said."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.agent.facts import Fact, NothingFound, OffTopic, OptionsShown, Unclear, Wish
from dukani.domain.acts import AskShop, Language
from dukani.sandbox.history.chatting import hello
from dukani.sandbox.history.scene import Scene
from dukani.tools import shop_answers
from dukani.tools.search import find_pieces


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked in these words: a piece, a delivery to a place, or what nobody has told."""

    words: dict[Language, str]
    wish: Wish | None = None
    place: str | None = None
    off_topic: bool = False


_ASKED = (
    _Asked({"en": "Do you have dresses in size 22?", "sw": "Mna gauni saizi 22?"},
           wish=Wish(category="dress", size="22")),
    _Asked({"en": "Do you deliver to Kampala?", "sw": "Mnaleta mpaka Kampala?"}, place="Kampala"),
    _Asked({"en": "Do you do alterations?", "sw": "Mnapunguza nguo?"}, off_topic=True),
    _Asked({"en": "Any swimsuits?", "sw": "Kuna swimsuit?"}, wish=Wish(words="swimsuit")),
    _Asked({"en": "naomba msuli", "sw": "naomba msuli"}),
    _Asked({"en": "Do you have shoes in size 45?", "sw": "Viatu saizi 45 viko?"},
           wish=Wish(category="shoes", size="45")),
    _Asked({"en": "Do you deliver to Arusha?", "sw": "Mnaleta Arusha?"}, place="Arusha"),
    _Asked({"en": "Naomba msuli", "sw": "naomba msuli"}),
)  # fmt: skip


async def ask_in_vain(scene: Scene, nth: int) -> None:
    # The first of them are asked for most, as everywhere.
    asked = _ASKED[min(nth % len(_ASKED), nth * 3 % len(_ASKED))]
    scene.talk.customer(asked.words[scene.person.language])
    scene.talk.assistant(*hello(scene), await _answer(scene, asked))


async def _answer(scene: Scene, asked: _Asked) -> Fact:
    if asked.place is not None:
        return shop_answers.answer(
            AskShop(topic="delivery", place=asked.place),
            scene.shop.facts,
            scene.shop.zones,
            language=scene.person.language,
            flat_fee_minor=scene.boutique.delivery_fee_minor,
        )
    if asked.wish is None:
        return OffTopic() if asked.off_topic else Unclear(step="start")
    found = await find_pieces(scene.conn, asked.wish)
    if not found.options:
        return NothingFound(wish=asked.wish)
    return OptionsShown(options=found.options, wish=asked.wish, dropped=found.dropped)
