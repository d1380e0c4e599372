"""A sample of every fact, in the shapes that change its words."""

from __future__ import annotations

from typing import Any, get_args

from dukani.agent import facts as f
from dukani.agent.acts import Language, Step, Topic

BOUTIQUE = "Zuri Boutique"
ADDRESS = "Kilimani, Argwings Kodhek Rd, *Rose* Apartments_B4"
PHONE = "+254 7•• ••• 721"
ORDER = "DK-1042"


def voice(language: Language = "en", **changes: Any) -> f.Voice:
    given = {"language": language, "boutique": BOUTIQUE, "customer": "Amina Said"}
    return f.Voice(**given | changes)


def option(number: int = 1, **changes: Any) -> f.Option:
    given = {
        "number": number,
        "product_id": f"p{number}",
        "name": "Amani Wrap Dress",
        "colour": "blue",
        "sizes": ("S", "M", "L"),
        "price_minor": 450_000,
    }
    return f.Option(**given | changes)


def line(number: int = 1, **changes: Any) -> f.Line:
    given = {
        "number": number,
        "name": "Amani Wrap Dress",
        "colour": "blue",
        "size": "M",
        "quantity": 2,
        "unit_price_minor": 450_000,
    }
    return f.Line(**given | changes)


OPTIONS = (
    option(1),
    option(2, name="Zuri Lace Wedding Gown", colour="red", price_minor=1_250_000),
    option(3, name="Savannah Straw Hat", colour=None, colours=("beige", "white"), sizes=("ONE",)),
)
LINES = (
    line(1),
    line(2, name="Coast Leather Sandals", colour="brown", size="38", quantity=1),
)
WISH = f.Wish(
    category="dress",
    colour="red",
    size="M",
    budget_max_minor=500_000,
    occasion="wedding",
)

SAMPLES: tuple[f.AnyFact, ...] = (
    f.Introduced(),
    f.Greeted(),
    f.Greeted(name="Wanjiku Kamau", returning=True),
    f.Thanked(),
    f.PhotoSeen(category="dress", colour="red", pattern="striped"),
    f.PhotoSeen(category="shoes", colour="black"),
    f.PhotoUnsure(candidates=("dress", "skirt", "t-shirt")),
    f.PhotoUnsure(candidates=()),
    f.PhotoUnreadable(),
    f.VoiceNotHeard(),
    f.VoiceNotHeard(message_kind="video"),
    f.OptionsShown(options=OPTIONS, wish=WISH),
    f.OptionsShown(options=OPTIONS, wish=WISH, dropped=("colour", "size"), more=True),
    f.OptionsShown(options=OPTIONS[:1], wish=WISH, dropped=("budget_max_minor", "occasion")),
    f.OptionsShown(options=OPTIONS, similar_to="Malkia Ankara Maxi Dress"),
    f.OptionsShown(options=(option(4),)),
    f.NothingFound(wish=WISH, categories=("dress", "skirt", "shoes")),
    f.NothingFound(wish=f.Wish(category="shoes", exclude_colour="red", pattern="striped")),
    f.NothingFound(wish=f.Wish(words="spiderman suit")),
    f.NothingFound(wish=f.Wish()),
    f.NoMoreOptions(),
    f.AskWhatToFind(categories=("dress", "kanzu", "bag")),
    f.AskWhatToFind(),
    f.AskWhichOption(options=OPTIONS[:2]),
    f.AskVariant(
        name="Amani Wrap Dress", missing="colour", choices=("red", "blue"), price_minor=450_000
    ),
    f.AskVariant(
        name="Amani Wrap Dress",
        missing="size",
        choices=("S", "M"),
        colour="red",
        price_minor=450_000,
    ),
    f.AskVariant(
        name="Amani Wrap Dress",
        missing="quantity",
        choices=("1", "2"),
        colour="white",
        size="M",
        price_minor=450_000,
    ),
    f.SizeAdvised(size="M", confidence="high", orders=4, category="dress", in_stock=True),
    f.SizeAdvised(size="M", confidence="medium", orders=1, category="shirt", in_stock=False),
    f.SizeAdvised(size="38", confidence="medium", orders=2),
    f.SizeUnknown(choices=("S", "M", "L")),
    f.SizeUnknown(),
    f.Available(name="Amani Wrap Dress", colour="blue", size="M", price_minor=450_000),
    f.Available(
        name="Amani Wrap Dress",
        colours=("blue", "black"),
        sizes=("S", "M"),
        price_minor=450_000,
    ),
    f.PieceOutOfStock(name="Mtaa Graphic T-shirt", colour="red", size="M", other_sizes=("S", "L")),
    f.PieceOutOfStock(
        name="Mtaa Graphic T-shirt", colour="red", size="M", other_colours=("black",)
    ),
    f.PieceOutOfStock(name="Mtaa Graphic T-shirt", colour="red", size="M", wanted=5, left=2),
    f.PieceOutOfStock(name="Mtaa Graphic T-shirt"),
    f.PriceTold(options=OPTIONS[:1]),
    f.PriceTold(options=OPTIONS),
    f.NoDiscount(),
    f.OptionsAgain(options=OPTIONS),
    f.PaymentWays(),
    f.PaymentWays(prompt=False, paybill="400200", till="5566"),
    f.PaymentWays(prompt=False),
    f.AddedToCart(line=line(), total_minor=900_000, pieces=2),
    f.LineChanged(line=line(quantity=1, size="L"), total_minor=450_000),
    f.LineRemoved(name="Coast Leather Sandals", total_minor=900_000, pieces=2),
    f.LineRemoved(name="Coast Leather Sandals", total_minor=0, pieces=0),
    f.CartShown(lines=LINES, total_minor=1_350_000),
    f.CartEmpty(),
    f.CartCleared(),
    f.AskWhichLine(lines=LINES),
    f.AskAddress(),
    f.AskAddress(last_address=ADDRESS),
    f.AddressNoted(address=ADDRESS),
    f.AskConfirmation(
        lines=LINES,
        delivery_minor=30_000,
        total_minor=1_380_000,
        address=ADDRESS,
        phone_masked=PHONE,
    ),
    f.AskConfirmation(
        lines=LINES,
        delivery_minor=0,
        total_minor=1_350_000,
        address=ADDRESS,
        phone_masked=PHONE,
        manual=True,
    ),
    f.AskPaymentPhone(),
    f.AskPaymentPhone(wrong="+254 2•• ••• 000"),
    f.PaymentPrompted(order_number=ORDER, total_minor=1_380_000, phone_masked=PHONE),
    f.PaymentPrompted(order_number=ORDER, total_minor=1_380_000, phone_masked=PHONE, attempt=2),
    f.PaymentInstructed(order_number=ORDER, total_minor=1_380_000, paybill="522533"),
    f.PaymentInstructed(order_number=ORDER, total_minor=1_380_000, till="4407712"),
    f.PaymentInstructed(order_number=ORDER, total_minor=1_380_000),
    f.PaymentPending(order_number=ORDER),
    f.PaymentPending(order_number=ORDER, checking=True),
    *(
        f.PaymentFailed(order_number=ORDER, total_minor=1_380_000, reason=reason, till="4407712")
        for reason in get_args(f.PaymentFailed.model_fields["reason"].annotation)
    ),
    f.PaymentReceived(
        order_number=ORDER,
        total_minor=1_380_000,
        receipt="RKT61XK9P2",
        lines=LINES,
        address=ADDRESS,
    ),
    f.PaymentUnderReview(order_number=ORDER),
    f.PaymentUnderReview(),
    f.NothingToPay(),
    f.AlreadyPaid(order_number=ORDER),
    f.OrderExpired(order_number=ORDER),
    *(
        f.OrderStatus(order_number=ORDER, state=state, total_minor=1_350_000, lines=LINES)
        for state in get_args(f.OrderStatus.model_fields["state"].annotation)
    ),
    f.NoOrders(),
    f.Cancelled(order_number=ORDER),
    f.Cancelled(),
    f.CannotCancel(order_number=ORDER),
    f.CannotCancel(order_number=ORDER, under_review=True),
    f.ChangeWhat(),
    *(f.ShopAnswer(topic=topic) for topic in get_args(Topic)),
    f.ShopAnswer(topic="delivery", text="Nairobi KES 300, *next day*."),
    f.ShopAnswer(topic="other", text="We also tailor."),
    f.OffTopic(),
    f.AssistantExplained(),
    f.HandedOff(reason="asked"),
    f.HandedOff(reason="misunderstood"),
    f.HandedBack(),
    f.OptedOut(),
    f.OptedIn(),
    f.StartedOver(),
    f.Acknowledged(),
    *(f.Unclear(step=step) for step in get_args(Step)),
    f.Unclear(step="size_recommended", choices=("red", "M", "ONE")),
)
