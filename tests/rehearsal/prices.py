"""An owner's list whose prices lost their zeros."""

from __future__ import annotations

from tests.integration.killing.town import DRESS
from tests.rehearsal.scene import Scene
from tests.rehearsal.trouble import Trouble, holds

PHONE = "+254711020005"
AFTER = "+254711020006"
_LIST = f"SKU,Name,Category,Price,Colour,Size,Units\n{DRESS.sku},{DRESS.name},dress,45,blue,M,500\n"
_PRICE = f"select price_minor from products where sku = '{DRESS.sku}'"
_ASKED = f"How much is the {DRESS.name} in blue?"


class WrongPrices(Trouble):
    title = "Wrong prices after an import"

    async def cause(self, scene: Scene) -> None:
        (scene.folder / "list.csv").write_text(_LIST)
        ran = await scene.run("dukani products import list.csv --boutique $BOUTIQUE")
        holds(ran[0].code == 0, ran[0].printed)
        holds(scene.value(_PRICE) == 4_500, "the price is not wrong")
        await scene.write(PHONE, _ASKED)
        holds(await scene.is_answered(PHONE), "she has no answer")
        told = "\n".join(await scene.answers(PHONE))
        holds("KES 45" in told and "4,500" not in told, f"she was told: {told}")

    def check_seen(self, printed: str) -> None:
        holds(f"{DRESS.sku} {DRESS.name}: KES 4,500 until" in printed, "the price is not told")
        holds(PHONE in printed, "who was quoted it is not told")

    async def check_over(self, scene: Scene) -> None:
        holds(scene.value(_PRICE) == DRESS.price_minor, "the price is still wrong")
        await scene.write(AFTER, _ASKED)
        holds(await scene.is_answered(AFTER), "the next customer has no answer")
        holds("KES 4,500" in "\n".join(await scene.answers(AFTER)), "she is told another price")
