"""A sample of every fact, in the shapes that change its words."""

from __future__ import annotations

from datetime import time
from typing import Any, get_args

from dukani.agent import facts as f
from dukani.core.store.wearers import WornBy
from dukani.domain.acts import BodyMeasure, Language, Topic
from dukani.domain.changes import Refusal
from dukani.domain.next_opening import Opening
from dukani.domain.opening_hours import read_week
from dukani.domain.recovering import PriceMove
from dukani.domain.shop_facts import ShopPlace
from dukani.domain.sizing.basis import Basis
from dukani.domain.steps import Step

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


def edited(*changes: f.Change, lines: tuple[f.Line, ...] = LINES, **values: Any) -> f.OrderEdited:
    """The order after `changes`; its total and pieces follow from its lines."""
    given = {
        "changes": changes,
        "lines": lines,
        "total_minor": sum(line.total_minor for line in lines),
        "pieces": sum(line.quantity for line in lines),
    }
    return f.OrderEdited(**given | values)


def refused(reason: Refusal, **values: Any) -> f.Change:
    return f.Change(what="refused", reason=reason, **{"name": "Amani Wrap Dress"} | values)


ADDED = f.Change(what="added", line=LINES[0])
REMOVED = f.Change(what="removed", line=LINES[1])
IN_L = f.Change(what="changed", line=line(size="L"), before=line())
READINGS = (
    (REMOVED,),
    (f.Change(what="changed", line=line(quantity=1), before=line()), ADDED),
    (
        f.Change(what="changed", line=line(quantity=1), before=line()),
        f.Change(what="changed", line=line(colour="red", quantity=1), before=line()),
    ),
    (IN_L,),
)
NO_RED = refused("no_such_colour", colour="red", choices=("maroon", "black"), nearest="maroon")
REFUSALS = (
    NO_RED,
    refused("no_such_size", size="99", choices=("S", "M", "L")),
    refused("out_of_stock", colour="red", size="M", wanted=5, left=2),
    refused("out_of_stock", colour="red", size="M", choices=("L", "XL")),
    refused("out_of_stock", colour="red", size="M", choices=("black",)),
    refused("out_of_stock", colour="red", size="M"),
    refused("too_many", wanted=200, left=12),
    refused("too_many", wanted=200, left=0),
    refused("below_zero", wanted=-5),
    refused("not_found", name="spiderman suit"),
    refused("not_found", name=""),
    refused("not_in_order", name="belt", colour="brown"),
    refused("not_in_order", name=""),
    refused("nothing_to_undo", name=""),
)

WEEK = read_week({"mon-fri": "9:00-18:00", "sat": ["9-12:30", "14-16"], "sun": "closed"})
THIKA = f.ZoneFee(name="Thika", fee_minor=35_000, days_min=1, days_max=3)
PICK_UP = f.ZoneFee(name="Pick up at the shop", fee_minor=0, pickup=True)
ANSWERS = (
    f.ShopAnswer(topic="hours", hours=WEEK),
    *(f.ShopAnswer(topic="hours", hours=WEEK, weekday=day) for day in range(7)),
    f.ShopAnswer(topic="hours", hours=read_week({"daily": "8am-midnight"})),
    f.ShopAnswer(topic="hours", text="By appointment", weekday=6),
    f.ShopAnswer(topic="delivery", place="Rongai", zone=THIKA),
    f.ShopAnswer(topic="delivery", place="thika town", zone=THIKA),
    f.ShopAnswer(topic="delivery", place="dukani", zone=PICK_UP),
    f.ShopAnswer(topic="delivery", place="Kisii", text="Nairobi within a day."),
    f.ShopAnswer(topic="delivery", place="Kisii", zones=(THIKA, PICK_UP)),
    f.ShopAnswer(topic="delivery", place="Kisii"),
    f.ShopAnswer(topic="delivery", zones=(THIKA, PICK_UP)),
    f.ShopAnswer(topic="delivery", fee_minor=30_000),
    f.ShopAnswer(topic="delivery", place="Kisii", fee_minor=30_000, text="Within a day."),
    f.ShopAnswer(topic="returns", returns_days=7),
    f.ShopAnswer(topic="returns", returns_days=7, text="Exchange only, unworn."),
    f.ShopAnswer(topic="returns", returns_days=0),
    f.ShopAnswer(topic="location", places=(ShopPlace(address="Moi Avenue, Nairobi"),)),
    f.ShopAnswer(
        topic="location",
        places=(
            ShopPlace(name="Sarit", address="Karuna Road", landmark="beside the bank"),
            ShopPlace(address="Moi Avenue"),
        ),
    ),
    *(
        f.ShopAnswer(topic=topic, granted=granted)
        for topic in ("pay_on_delivery", "gift_wrap")
        for granted in (True, False)
    ),
    f.ShopAnswer(topic="reservation", granted=True, holds_days=2),
    f.ShopAnswer(topic="reservation", granted=True, holds_days=1),
    f.ShopAnswer(topic="reservation", granted=False, holds_days=0),
)

SAMPLES: tuple[f.AnyFact, ...] = (
    f.Introduced(),
    f.Greeted(),
    f.Greeted(name="Wanjiku Kamau", returning=True),
    f.Thanked(),
    f.PhotoSeen(category="dress", colour="red", pattern="striped"),
    f.PhotoSeen(category="shoes", colour="black"),
    f.PhotoSeen(category="dress", colour="red", beside=("bag", "hat")),
    f.NothingWorn(),
    f.NothingWorn(number=2),
    f.WearerNoted(),
    f.WearerNoted(relation="sister", name="Amina"),
    f.WearerNoted(relation="someone"),
    f.PhotoUnsure(candidates=("dress", "skirt", "t-shirt")),
    f.PhotoUnsure(candidates=()),
    f.PhotoUnreadable(),
    f.PhotoSeen(number=2, category="dress", colour="red"),
    f.PhotoUnsure(number=2, candidates=("dress",)),
    f.PhotoUnreadable(number=2),
    f.PhotosCounted(looked_at=4, sent=7),
    f.NotAllRead(),
    f.PiecesUnknown(ids=("PWN-DRS-99",)),
    f.PiecesGone(names=("Diani Sun Dress",)),
    f.PiecesGone(names=("Diani Sun Dress", "Lamu *Kaftan"), others=True),
    f.PiecesUnknown(ids=("PWN-DRS-99", "X*1_"), others=True),
    f.PricesDiffer(pieces=(f.PriceTag(name="Amani Wrap Dress", price_minor=450_000),)),
    f.CatalogueCut(left_out=12),
    f.PayerOffered(phone="+254711223344"),
    f.AskWhichPayer(phones=("+254711223344", "+254722000111")),
    f.PayerAfterPrompt(order_number=ORDER, phone="+254711223344"),
    f.CardTaken(),
    f.CardTaken(at_payment=True),
    f.PromotionsStopped(),
    f.PromotionsResumed(),
    f.WindowCartOver(),
    f.CartTakenUp(),
    f.CartTakenUp(
        prices=(PriceMove(name="Amani Wrap Dress", was_minor=450_000, now_minor=400_000),),
        lacks=True,
    ),
    f.LeftForLater(of="cart"),
    f.StockWaited(name="Amani Wrap Dress", colour="black", size="M"),
    f.StockWaited(name="Amani Wrap Dress", may_write=False),
    f.MayWait(),
    f.WaitForWhat(),
    f.LeftForLater(of="order"),
    f.LeftForLater(of="piece"),
    f.BoughtTogether(name="Coast Belt", price_minor=90_000, with_name="Amani Wrap Dress"),
    f.VoiceNotHeard(message_kind="document"),
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
        name="Amani Wrap Dress",
        missing="size",
        choices=("S", "M"),
        colour="blue",
        price_minor=450_000,
        listed=True,
    ),
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
    f.SizeAdvised(
        size="M",
        confidence="high",
        in_stock=True,
        rests_on=(Basis("bought", size="M", category="dress", orders=3),),
    ),
    f.SizeAdvised(
        size="M",
        confidence="medium",
        in_stock=False,
        others=("S", "L"),
        beside="L",
        rests_on=(Basis("bought", size="M", category="shirt", orders=1),),
    ),
    f.SizeAdvised(size="38", confidence="medium", rests_on=(Basis("bought", size="38", orders=2),)),
    f.SizeAdvised(
        size="L",
        confidence="low",
        in_stock=True,
        asked="M",
        asked_is="too_small",
        rests_on=(
            Basis("fit", size="M", category="dress", fit="too_small"),
            Basis("measured", measure="bust", cm=101.6),
        ),
    ),
    f.SizeAdvised(
        size="L",
        confidence="medium",
        asked="L",
        asked_is="same",
        rests_on=(Basis("stated", size="UK 14", converted=True, shop_chart=True),),
    ),
    f.SizeAdvised(
        size="M",
        confidence="medium",
        asked="L",
        asked_is="beside",
        beside="L",
        rests_on=(Basis("stated", size="M"),),
    ),
    f.SizeAdvised(
        size="6-7Y",
        confidence="high",
        rests_on=(Basis("age", years=6),),
        worn_by=WornBy("1", "daughter", "Amina"),
        in_stock=True,
    ),
    f.SizeConverted(name="Amani Dress", said="UK 14", size="L", in_stock=True, shop_chart=True),
    f.SizeConverted(name="Amani Dress", said="14", size="M", beside="L", in_stock=False),
    f.SizeNoted(size="14"),
    f.SizeNoted(size="M", category="dress", fit="too_small"),
    f.SizeNoted(size="M", fit="too_large"),
    f.SizeNoted(size="L", category="dress", fit="right"),
    f.SizeNoted(measures=(BodyMeasure(measure="bust", cm=92), BodyMeasure(measure="waist", cm=74))),
    f.FitOfWhat(),
    f.SizeUnknown(choices=("S", "M", "L")),
    f.SizeUnknown(worn_by=WornBy("1", "daughter", "Amina")),
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
    f.PieceDescribed(name="Mtaa Graphic T-shirt", description="Heavy cotton, 220 g."),
    f.SumTold(name="Mtaa Graphic T-shirt", quantity=3, sum_minor=450_000),
    f.SumWithoutTold(name="Mtaa Graphic T-shirt", sum_minor=450_000),
    f.SumTold(name="Mtaa Graphic T-shirt", quantity=1, sum_minor=150_000, with_order_minor=600_000),
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
    f.AskConfirmation(
        lines=LINES,
        delivery_minor=35_000,
        total_minor=1_385_000,
        address=ADDRESS,
        phone_masked=PHONE,
        zone="Thika & Kiambu",
        days_min=1,
        days_max=3,
        note="Call *Akinyi* when you arrive",
    ),
    f.AskConfirmation(
        lines=LINES,
        delivery_minor=None,
        total_minor=1_350_000,
        address=ADDRESS,
        phone_masked=PHONE,
    ),
    f.AskConfirmation(
        lines=LINES,
        delivery_minor=0,
        total_minor=1_350_000,
        address="nitachukua mwenyewe",
        phone_masked=PHONE,
        zone="Pick up",
        pickup=True,
    ),
    f.AskMissing(lines=LINES, words=("pink ziwe mbili",), total_minor=1_350_000),
    f.AskReading(readings=READINGS),
    f.AskReading(readings=READINGS[::-1], again=True),
    f.SayOtherwise(),
    f.AskPaymentPhone(),
    f.AskPaymentPhone(wrong="+254 2•• ••• 000"),
    f.AskPaymentPhone(foreign="+44 7•• ••• 123"),
    f.PaymentPrompted(order_number=ORDER, total_minor=1_380_000, phone_masked=PHONE),
    f.PaymentPrompted(order_number=ORDER, total_minor=1_380_000, phone_masked=PHONE, attempt=2),
    f.PaymentInstructed(order_number=ORDER, total_minor=1_380_000, paybill="522533"),
    f.PaymentInstructed(order_number=ORDER, total_minor=1_380_000, till="4407712"),
    f.PaymentInstructed(order_number=ORDER, total_minor=1_380_000),
    f.PaymentPending(order_number=ORDER),
    f.PaymentPending(order_number=ORDER, checking=True),
    f.PaymentPending(order_number=ORDER, changed=True),
    *(
        f.PaymentFailed(order_number=ORDER, total_minor=1_380_000, reason=reason, till="4407712")
        for reason in get_args(f.PaymentFailed.model_fields["reason"].annotation)
    ),
    f.PromptAgainSoon(order_number=ORDER, wait_s=35),
    f.PromptAgainSoon(order_number=ORDER, wait_s=120),
    f.WaitBeforePrompt(order_number=ORDER, total_minor=1_380_000, wait_s=60),
    f.WaitBeforePrompt(order_number=ORDER, total_minor=1_380_000, wait_s=12, till="4407712"),
    *(
        f.NoMorePrompts(
            order_number=ORDER,
            total_minor=1_380_000,
            reason=reason,
            phone_masked=None if reason == "order" else PHONE,
            till=till,
        )
        for reason in get_args(f.NoMorePrompts.model_fields["reason"].annotation)
        for till in ("4407712", None)
    ),
    f.TooManyHeld(most=30),
    f.PaymentReceived(
        order_number=ORDER,
        total_minor=1_380_000,
        receipt="RKT61XK9P2",
        lines=LINES,
        address=ADDRESS,
    ),
    f.PaymentReceived(order_number=ORDER, total_minor=1_380_000, lines=LINES, address=ADDRESS),
    f.PaymentReceived(
        order_number=ORDER,
        total_minor=1_350_000,
        receipt="RKT61XK9P2",
        address=ADDRESS,
        note="Call *Akinyi* when you arrive",
        fee_to_confirm=True,
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
    f.OrderStatus(
        order_number=ORDER,
        state="paid",
        total_minor=1_350_000,
        note="Call *Akinyi* when you arrive",
        fee_to_confirm=True,
    ),
    f.OrderStatus(order_number=ORDER, state="dispatched", total_minor=1_350_000, brief=True),
    f.WhenFeePaid(included=True),
    f.WhenFeePaid(included=False),
    f.AddedByNewOrder(order_number=ORDER),
    f.AddedByNewOrder(),
    f.NoOrders(),
    f.Cancelled(order_number=ORDER),
    f.Cancelled(),
    f.CannotCancel(order_number=ORDER),
    f.CannotCancel(order_number=ORDER, under_review=True),
    f.ChangeWhat(),
    *(f.ShopAnswer(topic=topic) for topic in get_args(Topic)),
    f.ShopAnswer(topic="delivery", text="Nairobi KES 300, *next day*."),
    f.ShopAnswer(topic="other", text="We also tailor."),
    *ANSWERS,
    f.OffTopic(),
    f.AssistantExplained(),
    f.HandedOff(reason="asked"),
    f.HandedOff(reason="misunderstood"),
    f.HandedOff(reason="asked", opens=Opening(now=True)),
    f.HandedOff(reason="asked", opens=Opening(days_ahead=1, weekday=1, opens=time(9))),
    f.PersonWrites(),
    f.StillWaiting(),
    f.StillWaiting(opens=Opening(days_ahead=1, weekday=1, opens=time(9))),
    f.WaitedInVain(),
    f.HandedBack(),
    f.ShopPaused(),
    f.ShopPaused(by_platform=True),
    f.OrderMoved(order_number="DK-1042", to="dispatched"),
    f.OrderMoved(order_number="DK-1042", to="delivered"),
    f.OrderMoved(order_number="DK-1042", to="dispatched", lines=LINES),
    f.OrderSentInPart(order_number="DK-1042", lines=LINES[:1], left=LINES[1:]),
    f.OrderCancelledByShop(order_number="DK-1042"),
    f.PaymentNotFound(order_number="DK-1042"),
    *(
        f.Refunded(order_number="DK-1042", amount_minor=450_000, method=method, lines=LINES)
        for method in ("mpesa", "cash", "bank")
    ),
    f.Refunded(order_number="DK-1042", amount_minor=50_000, method="mpesa", receipt="TJK4A1B2C3"),
    f.OptedOut(),
    f.OptedIn(),
    f.StartedOver(),
    f.Acknowledged(),
    edited(ADDED),
    edited(ADDED, f.Change(what="added", line=LINES[1])),
    edited(IN_L, lines=(line(size="L"),)),
    edited(
        f.Change(what="changed", line=line(quantity=1), before=line()), lines=(line(quantity=1),)
    ),
    edited(f.Change(what="changed", line=LINES[1], before=line(quantity=1))),
    edited(f.Change(what="kept", line=LINES[0])),
    edited(REMOVED, lines=LINES[:1]),
    edited(REMOVED, lines=()),
    edited(ADDED, REMOVED, IN_L, NO_RED, lines=(line(size="L"),)),
    *(edited(refusal) for refusal in REFUSALS),
    *(edited(refusal, lines=()) for refusal in REFUSALS),
    edited(),
    f.OfferNearest(
        name="Amani Wrap Dress", wanted="red", nearest="maroon", size="M", price_minor=450_000
    ),
    f.OfferNearest(name="Amani Wrap Dress", wanted="red", nearest="maroon", price_minor=450_000),
    f.StillOpen(name="Amani Wrap Dress", colour="black"),
    f.StillOpen(name="Amani Wrap Dress"),
    f.StillOpen(name="Amani Wrap Dress", ordered=True),
    f.OfferNearest(
        name="Amani Wrap Dress", wanted="red", nearest="maroon", price_minor=450_000, asked=False
    ),
    f.LeftOut(name="Amani Wrap Dress"),
    f.LeftOut(name=""),
    f.LeftAsItIs(lines=LINES[:1]),
    f.LeftAsItIs(lines=LINES),
    f.LeftAsItIs(lines=LINES, declined=True),
    f.FeeDiffers(order_number=ORDER, paid_minor=20_000, fee_minor=50_000),
    f.FeeDiffers(order_number=ORDER, paid_minor=None, fee_minor=50_000),
    f.FeeDiffers(order_number=ORDER, paid_minor=20_000, fee_minor=None),
    f.PersonOffered(),
    f.AskPerson(),
    *(f.PersonDeclined(step=step) for step in get_args(Step)),
    f.EditsKept(order_number=ORDER, total_minor=1_380_000),
    f.ChangeRequested(order_number=ORDER),
    f.OrderReopened(order_number=ORDER),
    f.PlacedOrderChanged(order_number=ORDER, what="address", text=ADDRESS),
    f.PlacedOrderChanged(order_number=ORDER, what="address", text=ADDRESS, total_minor=430_000),
    f.PlacedOrderChanged(order_number=ORDER, what="note", text="Call Akinyi"),
    f.PlacedOrderChanged(order_number=ORDER, what="note", text="Call Akinyi", too_late=True),
    f.NoteTaken(text="Call Akinyi when you arrive"),
    *(
        f.RequestPassedOn(about=about)
        for about in get_args(f.RequestPassedOn.model_fields["about"].annotation)
    ),
    f.RequestPassedOn(about="hold", until="Friday"),
    *(f.Unclear(step=step) for step in get_args(Step)),
    f.Unclear(step="size_recommended", choices=("red", "M", "ONE"), again=True),
    f.Unclear(step="start", again=True),
)
