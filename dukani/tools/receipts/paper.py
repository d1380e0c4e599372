"""A PDF with our own font in it, and what both papers draw with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from dukani.core.money import format_money
from dukani.domain.receipt import Receipt

_FONTS = Path(__file__).parent / "fonts"
FAMILY = "Geist"
INK = (23, 33, 29)
SOFT = (92, 106, 101)
LINE = (210, 203, 190)
GREEN = (0, 97, 79)
_COMPOSED = {"\u2019": "'", "\u02bc": "'", "\u00a0": " "}


class ReceiptPdf(FPDF):
    """One receipt: the same bytes for the same receipt, and its text can be copied out."""

    def __init__(self, receipt: Receipt, title: str, *, size: tuple[float, float]) -> None:
        super().__init__(unit="mm", format=size)
        self.set_auto_page_break(False)
        self.add_font(FAMILY, "", _FONTS / "Geist-Regular.ttf")
        self.add_font(FAMILY, "B", _FONTS / "Geist-SemiBold.ttf")
        self.set_title(f"{title} {receipt.number}")
        self.set_author(receipt.shop)
        self.set_lang(receipt.language)
        self.set_creation_date(receipt.at)
        self.receipt = receipt

    def font(self, size: float, *, bold: bool = False, ink: tuple[int, int, int] = INK) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*ink)

    def left(self, x: float, y: float, text: str) -> None:
        """`text` on one line that begins at x."""
        self.set_xy(x, y)
        self.cell(0, self.line_height, drawn(text))

    def right(self, x: float, y: float, text: str) -> None:
        """`text` on one line that ends at x."""
        shown = drawn(text)
        self.set_xy(x - self.get_string_width(shown) - 2 * self.c_margin, y)
        self.cell(0, self.line_height, shown)

    def block(self, x: float, y: float, width: float, text: str, *, align: str = "L") -> float:
        """`text` in as many lines as it takes; where it ends."""
        if not drawn(text):
            return y
        self.set_xy(x, y)
        self.multi_cell(width, self.line_height, drawn(text), align=align)
        return float(self.get_y())

    def rule(self, x: float, y: float, width: float) -> None:
        self.set_draw_color(*LINE)
        self.set_line_width(0.2)
        self.line(x, y, x + width, y)

    def dashes(self, x: float, y: float, width: float) -> None:
        self.set_draw_color(*INK)
        self.set_line_width(0.2)
        self.set_dash_pattern(dash=0.9, gap=0.9)
        self.line(x, y, x + width, y)
        self.set_dash_pattern()

    def money(self, minor: int) -> str:
        return format_money(minor, self.receipt.currency)

    @property
    def line_height(self) -> float:
        return float(self.font_size) * 1.32  # in mm, of the size set last

    def as_bytes(self) -> bytes:
        return bytes(self.output())


def drawn(text: str) -> str:
    """`text` with the characters that the font has; emoji and other scripts leave no boxes."""
    known = _characters()
    plain = "".join(_COMPOSED.get(char, char) for char in text)
    return " ".join("".join(char for char in plain if ord(char) in known).split())


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    pdf = FPDF()
    pdf.add_font(FAMILY, "", _FONTS / "Geist-Regular.ttf")
    font = pdf.fonts[FAMILY.lower()]
    assert isinstance(font, TTFFont), "it was added from a file"
    return frozenset(font.cmap)
