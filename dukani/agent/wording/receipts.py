"""The words of a receipt, in the customer's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dukani.agent.wording.dates import day_in_words
from dukani.agent.wording.names import ONE_SIZE, colour_name, size_name
from dukani.core.languages import Worded
from dukani.domain.acts import Language
from dukani.domain.receipt import PaidWith, Receipt, ReceiptLine


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    title: str
    on_credit: str  # the title of what is not paid yet
    for_whom: str
    piece: str
    quantity: str
    price: str
    amount: str
    pieces: str
    delivery: str
    to_confirm: str
    total: str
    owed: str
    refunded: str
    paid: dict[PaidWith, str]
    reference: str
    thanks: str
    no_tax_invoice: str
    etims_number: str
    page: str


WORDS: dict[Language, ReceiptWords] = Worded(
    en=ReceiptWords(
        title="Receipt",
        on_credit="Sold on credit",
        for_whom="For",
        piece="Piece",
        quantity="Qty",
        price="Price",
        amount="Amount",
        pieces="Pieces",
        delivery="Delivery",
        to_confirm="to be agreed",
        total="Total paid",
        owed="Total to be paid",
        refunded="Given back since",
        paid={
            "mpesa": "Paid by M-Pesa",
            "cash": "Paid in cash",
            "credit": "Not paid yet",
            "other": "Paid",
        },
        reference="Reference",
        thanks="Thank you for shopping with us.",
        no_tax_invoice="This receipt is not a tax invoice.",
        etims_number="eTIMS number",
        page="Page",
    ),
    sw=ReceiptWords(
        title="Risiti",
        on_credit="Imeuzwa kwa mkopo",
        for_whom="Kwa",
        piece="Bidhaa",
        quantity="Idadi",
        price="Bei",
        amount="Kiasi",
        pieces="Bidhaa",
        delivery="Usafirishaji",
        to_confirm="itakubaliwa",
        total="Jumla iliyolipwa",
        owed="Jumla ya kulipwa",
        refunded="Zilizorudishwa baadaye",
        paid={
            "mpesa": "Imelipwa kwa M-Pesa",
            "cash": "Imelipwa taslimu",
            "credit": "Bado haijalipwa",
            "other": "Imelipwa",
        },
        reference="Kumbukumbu",
        thanks="Asante kwa kununua kwetu.",
        no_tax_invoice="Risiti hii si ankara ya kodi.",
        etims_number="Namba ya eTIMS",
        page="Ukurasa",
    ),
)


def receipt_time(at: datetime, *, timezone: str, language: Language) -> str:
    """`26 November 2026, 14:05`, by the boutique's clock."""
    local = at.astimezone(ZoneInfo(timezone))
    return f"{day_in_words(local.date(), language)}, {local:%H:%M}"


def tax_words(receipt: Receipt) -> str:
    """The seller's PIN, and KRA's number of the invoice that was issued beside this receipt."""
    number = f"{WORDS[receipt.language].etims_number} {receipt.etims_number}"
    said = [f"KRA PIN {receipt.kra_pin}" if receipt.kra_pin else "",
            number if receipt.etims_number else ""]  # fmt: skip
    return " · ".join(part for part in said if part)


def line_details(line: ReceiptLine, language: Language) -> str:
    """The colour and the size: `Navy · M`; a piece of one size has none."""
    colour = colour_name(line.colour, language)
    size = "" if line.size.upper() == ONE_SIZE else size_name(line.size, language)
    return " · ".join(part for part in (colour[:1].upper() + colour[1:], size) if part)


def file_name(receipt: Receipt) -> str:
    """`Receipt DK-AB12CD.pdf`"""
    return f"{WORDS[receipt.language].title} {receipt.number}.pdf"


def caption(receipt: Receipt) -> str:
    """What stands under the document in a chat."""
    if receipt.language == "sw":
        return f"Hii hapa risiti ya oda yako {receipt.number}. Asante!"
    return f"Here is the receipt for your order {receipt.number}. Thank you!"
