"""A receipt on A4."""

from __future__ import annotations

from dukani.agent.wording.receipts import WORDS, line_details, receipt_time, tax_words
from dukani.domain.receipt import Receipt, ReceiptLine
from dukani.tools.receipts.paper import GREEN, SOFT, ReceiptPdf

_WIDTH, _HEIGHT, _MARGIN = 210.0, 297.0, 20.0
_RIGHT = _WIDTH - _MARGIN
_INNER = _WIDTH - 2 * _MARGIN
_LAST = _HEIGHT - 42  # below it are the last words
# Where the columns of numbers end.
_QUANTITY, _PRICE = 122.0, 156.0


def a4(receipt: Receipt) -> bytes:
    title = WORDS[receipt.language].title
    pdf = ReceiptPdf(receipt, title, size=(_WIDTH, _HEIGHT))
    pdf.c_margin = 0
    pdf.add_page()
    y = _head(pdf)
    y = _table_head(pdf, y + 10)
    for line in receipt.lines:
        if y + 14 > _LAST:
            y = _next_page(pdf)
        y = _line(pdf, line, y)
    if y + 62 > _LAST:
        y = _next_page(pdf)
    _paid(pdf, _totals(pdf, y + 4))
    _last_words(pdf)
    return pdf.as_bytes()


def _head(pdf: ReceiptPdf) -> float:
    receipt = pdf.receipt
    words = WORDS[receipt.language]
    title = words.on_credit if receipt.paid_with == "credit" else words.title
    pdf.set_fill_color(*GREEN)
    pdf.rect(0, 0, _WIDTH, 3, style="F")
    pdf.font(22, bold=True)
    y = pdf.block(_MARGIN, 19, 105, receipt.shop)
    pdf.font(9.5, ink=SOFT)
    y = pdf.block(_MARGIN, y + 1.5, 90, receipt.shop_address)
    y = pdf.block(_MARGIN, y, 90, receipt.shop_phone)
    pdf.font(13, bold=True, ink=GREEN)
    pdf.right(_RIGHT, 20.5, title)
    pdf.font(10.5, bold=True)
    pdf.right(_RIGHT, 27.5, receipt.number)
    pdf.font(9.5, ink=SOFT)
    when = receipt_time(receipt.at, timezone=receipt.timezone, language=receipt.language)
    pdf.right(_RIGHT, 33.5, when)
    y = max(y, 41.0) + 8
    if receipt.customer:
        pdf.font(9, ink=SOFT)
        pdf.left(_MARGIN, y, words.for_whom)
        pdf.font(12, bold=True)
        y = pdf.block(_MARGIN, y + 5, _INNER, receipt.customer)
    return y


def _table_head(pdf: ReceiptPdf, y: float) -> float:
    words = WORDS[pdf.receipt.language]
    pdf.font(9, ink=SOFT)
    pdf.left(_MARGIN, y, words.piece)
    pdf.right(_QUANTITY, y, words.quantity)
    pdf.right(_PRICE, y, words.price)
    pdf.right(_RIGHT, y, words.amount)
    pdf.rule(_MARGIN, y + 6.5, _INNER)
    return y + 7


def _line(pdf: ReceiptPdf, line: ReceiptLine, y: float) -> float:
    top = y + 3.5
    pdf.font(11, bold=True)
    below = pdf.block(_MARGIN, top, 84, line.name)
    pdf.font(9.5, ink=SOFT)
    below = pdf.block(_MARGIN, below, 84, line_details(line, pdf.receipt.language))
    pdf.font(11)
    pdf.right(_QUANTITY, top, str(line.quantity))
    pdf.right(_PRICE, top, pdf.money(line.unit_price_minor))
    pdf.right(_RIGHT, top, pdf.money(line.total_minor))
    pdf.rule(_MARGIN, below + 3.5, _INNER)
    return below + 3.5


def _totals(pdf: ReceiptPdf, y: float) -> float:
    receipt = pdf.receipt
    words = WORDS[receipt.language]
    left = _QUANTITY - 15
    if receipt.delivery_minor is not None:
        pieces = sum(line.total_minor for line in receipt.lines)
        fee = words.to_confirm if receipt.delivery_to_confirm else pdf.money(receipt.delivery_minor)
        for name, value in ((words.pieces, pdf.money(pieces)), (words.delivery, fee)):
            pdf.font(10.5, ink=SOFT)
            pdf.left(left, y, name)
            pdf.font(10.5)
            pdf.right(_RIGHT, y, value)
            y += 6.5
        y += 1
    pdf.font(11, bold=True)
    pdf.left(left, y + 1.6, words.owed if receipt.paid_with == "credit" else words.total)
    pdf.font(17, bold=True)
    pdf.right(_RIGHT, y, pdf.money(receipt.total_minor))
    if receipt.refunded_minor:
        y += 9
        pdf.font(10.5, ink=SOFT)
        pdf.left(left, y, words.refunded)
        pdf.font(10.5)
        pdf.right(_RIGHT, y, pdf.money(receipt.refunded_minor))
    return y + 16


def _paid(pdf: ReceiptPdf, y: float) -> None:
    receipt = pdf.receipt
    words = WORDS[receipt.language]
    told = [receipt.payer_phone]
    if receipt.reference:
        told.insert(0, f"{words.reference} {receipt.reference}")
    below = " · ".join(part for part in told if part)
    height = 19 if below else 13
    owed = receipt.paid_with == "credit"
    pdf.set_fill_color(*((252, 239, 210) if owed else (228, 242, 236)))
    pdf.rect(_MARGIN, y, _INNER, height, style="F", round_corners=True, corner_radius=2.5)
    pdf.font(11, bold=True, ink=(138, 86, 0) if owed else GREEN)
    pdf.left(_MARGIN + 5, y + 3.8, words.paid[receipt.paid_with])
    pdf.font(9.5)
    if below:
        pdf.left(_MARGIN + 5, y + 10.4, below)


def _last_words(pdf: ReceiptPdf) -> None:
    words = WORDS[pdf.receipt.language]
    pdf.rule(_MARGIN, _HEIGHT - 30, _INNER)
    pdf.font(10.5, bold=True)
    pdf.left(_MARGIN, _HEIGHT - 26, words.thanks)
    pdf.font(8.5, ink=SOFT)
    said = " ".join((words.no_tax_invoice, tax_words(pdf.receipt)))
    pdf.left(_MARGIN, _HEIGHT - 20, said.strip())
    pages = len(pdf.pages)
    if pages > 1:
        pdf.right(_RIGHT, _HEIGHT - 20, f"{words.page} {pages}")


def _next_page(pdf: ReceiptPdf) -> float:
    receipt = pdf.receipt
    pdf.add_page()
    pdf.font(10.5, bold=True)
    pdf.left(_MARGIN, 16, receipt.shop)
    pdf.right(_RIGHT, 16, receipt.number)
    return _table_head(pdf, 26)
