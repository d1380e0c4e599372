"""A receipt for the 80 mm roll of a till: as long as what it says."""

from __future__ import annotations

from dukani.agent.wording.receipts import WORDS, line_details, receipt_time, tax_words
from dukani.domain.receipt import Receipt, ReceiptLine
from dukani.tools.receipts.paper import INK, ReceiptPdf

_WIDTH, _MARGIN = 80.0, 5.0
_RIGHT = _WIDTH - _MARGIN
_INNER = _WIDTH - 2 * _MARGIN
_ENDLESS = 3000.0


def slip(receipt: Receipt) -> bytes:
    """Printed black on white: a thermal printer makes dots of every other colour."""
    length = _drawn(receipt, _ENDLESS)[1]
    return _drawn(receipt, length)[0].as_bytes()


def _drawn(receipt: Receipt, height: float) -> tuple[ReceiptPdf, float]:
    words = WORDS[receipt.language]
    pdf = ReceiptPdf(receipt, words.title, size=(_WIDTH, height))
    pdf.c_margin = 0
    pdf.add_page()
    y = _head(pdf)
    pdf.dashes(_MARGIN, y, _INNER)
    y += 2.5
    for line in receipt.lines:
        y = _line(pdf, line, y)
    pdf.dashes(_MARGIN, y, _INNER)
    y = _paid(pdf, _totals(pdf, y + 2.5))
    pdf.dashes(_MARGIN, y, _INNER)
    pdf.font(9, bold=True)
    y = pdf.block(_MARGIN, y + 3, _INNER, words.thanks, align="C")
    pdf.font(7.5)
    y = pdf.block(_MARGIN, y + 1, _INNER, words.no_tax_invoice, align="C")
    if said := tax_words(receipt):
        y = pdf.block(_MARGIN, y, _INNER, said, align="C")
    return pdf, y + 6


def _head(pdf: ReceiptPdf) -> float:
    receipt = pdf.receipt
    words = WORDS[receipt.language]
    pdf.font(15, bold=True)
    y = pdf.block(_MARGIN, 6, _INNER, receipt.shop, align="C")
    pdf.font(8.5)
    y = pdf.block(_MARGIN, y + 1, _INNER, receipt.shop_address, align="C")
    y = pdf.block(_MARGIN, y, _INNER, receipt.shop_phone, align="C")
    y += 3
    pdf.font(9, bold=True)
    pdf.left(_MARGIN, y, words.on_credit if receipt.paid_with == "credit" else words.title)
    pdf.right(_RIGHT, y, receipt.number)
    pdf.font(8.5)
    when = receipt_time(receipt.at, timezone=receipt.timezone, language=receipt.language)
    y = pdf.block(_MARGIN, y + 4.5, _INNER, when)
    if receipt.customer:
        y = pdf.block(_MARGIN, y, _INNER, f"{words.for_whom} {receipt.customer}")
    return y + 2.5


def _line(pdf: ReceiptPdf, line: ReceiptLine, y: float) -> float:
    pdf.font(9, bold=True)
    below = pdf.block(_MARGIN, y, _INNER, line.name)
    pdf.font(8.5)
    below = pdf.block(_MARGIN, below, _INNER, line_details(line, pdf.receipt.language))
    pdf.left(_MARGIN, below, f"{line.quantity} × {pdf.money(line.unit_price_minor)}")
    pdf.right(_RIGHT, below, pdf.money(line.total_minor))
    return below + pdf.line_height + 2


def _totals(pdf: ReceiptPdf, y: float) -> float:
    receipt = pdf.receipt
    words = WORDS[receipt.language]
    if receipt.delivery_minor is not None:
        pieces = sum(line.total_minor for line in receipt.lines)
        fee = words.to_confirm if receipt.delivery_to_confirm else pdf.money(receipt.delivery_minor)
        pdf.font(8.5)
        for name, value in ((words.pieces, pdf.money(pieces)), (words.delivery, fee)):
            pdf.left(_MARGIN, y, name)
            pdf.right(_RIGHT, y, value)
            y += 4.5
    pdf.font(9, bold=True)
    pdf.left(_MARGIN, y + 1.3, words.owed if receipt.paid_with == "credit" else words.total)
    pdf.font(13, bold=True)
    pdf.right(_RIGHT, y, pdf.money(receipt.total_minor))
    y += 8
    if receipt.refunded_minor:
        pdf.font(8.5)
        pdf.left(_MARGIN, y, words.refunded)
        pdf.right(_RIGHT, y, pdf.money(receipt.refunded_minor))
        y += 5.5
    return y


def _paid(pdf: ReceiptPdf, y: float) -> float:
    receipt = pdf.receipt
    words = WORDS[receipt.language]
    pdf.font(8.5, bold=True, ink=INK)
    y = pdf.block(_MARGIN, y, _INNER, words.paid[receipt.paid_with])
    pdf.font(8.5)
    if receipt.reference:
        y = pdf.block(_MARGIN, y, _INNER, f"{words.reference} {receipt.reference}")
    return pdf.block(_MARGIN, y, _INNER, receipt.payer_phone) + 3
