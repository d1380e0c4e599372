"""A boutique with kinds, sizes and colours of its own, and where a customer stands in it."""

from __future__ import annotations

from dukani.core.store.wearers import WornBy
from dukani.domain.context import TurnContext
from dukani.domain.pieces import Assortment, Line, Option, SoldPiece

# SKU: name, category, whole shillings, sizes by colour
CATALOGUE: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "AB-01": ("Farasha Abaya - Dubai Crepe", "abaya", 3800,
              {"black": "54 56 58", "maroon": "54 58", "nude": "56"}),
    "DR-02": ("Dera ya Mombasa (Free Size)", "dera", 1500,
              {"orange": "ONE", "purple": "ONE", "teal": "ONE"}),
    "KS-03": ("Kitenge 2pc Set: Top + Palazzo", "set", 3500,
              {"green": "10 12 14 16", "orange": "12 14 16"}),
    "DS-04": ("Dashiki Unisex Shirt", "shirt", 1800, {"maroon": "M L XL", "blue": "M L XXL"}),
    "SS-05": ("Toughees School Shoes", "shoes", 2300, {"black": "28 30 32 33 35"}),
    "HB-06": ("Zara Tote Handbag", "bag", 2800, {"brown": "ONE", "black": "ONE"}),
    "HB-07": ("Mini Sling Bag / Crossbody", "bag", 1200, {"pink": "ONE", "mustard": "ONE"}),
    "JK-08": ("Camera Grade Denim Jacket (Mtumba)", "jacket", 1300, {"blue": "M L XL"}),
    "JK-09": ("Grade A Leather Biker Jacket", "jacket", 2500, {"black": "M L", "brown": "L XL"}),
    "SN-10": ("Nike Airforce 1 (AF1)", "shoes", 3500, {"white": "40 41 42", "black": "40 41 42"}),
    "SN-11": ("Jordan 4 Retro", "shoes", 4200, {"grey": "41 42 43", "red": "42 44"}),
    "SN-12": ("Vans Old Skool Sneakers", "shoes", 2500, {"black": "40 41 42", "blue": "40 41"}),
    "BR-13": ("Seamless Push-Up Bra", "bra", 850, {"black": "34B 34C 36C", "nude": "34B 36C"}),
    "KD-14": ("Tutu Princess Dress (Girls)", "dress", 1900,
              {"pink": "2-3Y 4-5Y 6-7Y", "white": "4-5Y 6-7Y"}),
    "KB-15": ("Boys Chino + Shirt Set", "set", 2100, {"khaki": "2-3Y 4-5Y", "navy": "6-7Y"}),
    "BL-16": ("Genuine Leather Belt", "belt", 950, {"brown": "32 34 36", "black": "34 36 38"}),
    "HW-17": ("Ankara Headwrap / Kilemba", "headwrap", 500,
              {"red": "ONE", "yellow": "ONE", "blue": "ONE"}),
    "SU-18": ("Turkey Slim Fit Suit 3pc", "suit", 12000, {"navy": "48 50 52", "grey": "50 54"}),
    "SH-19": ("Official Shirt Turkey Cotton", "shirt", 1600,
              {"white": "15 15.5 16 17", "sky blue": "15.5 16"}),
    "BD-20": ("Ribbed Bodycon Midi Dress", "dress", 1700,
              {"black": "S M L XL", "emerald": "S M", "maroon": "M L"}),
    "MJ-21": ("High Waist Mom Jeans", "trousers", 1400, {"blue": "28 30 32", "black": "28 30"}),
    "CP-22": ("Baggy Cargo Pants", "trousers", 1600,
              {"khaki": "30 32 34 36", "black": "32 34", "army green": "32 34"}),
    "SW-23": ("Oversized Fleece Hoodie", "hoodie", 1800,
              {"grey": "M L XL XXL", "black": "M L", "beige": "L XL"}),
    "LS-24": ("Block Heels Open Toe", "shoes", 2200, {"black": "37 38 39", "gold": "39"}),
    "KG-25": ("Leso / Kanga Doti (pair)", "kanga", 700, {"red": "ONE", "green": "ONE"}),
}  # fmt: skip


# Names with colours, numbers, places and Swahili words in them
ODD: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "OD-01": ("Bahari Dress", "dress", 1500, {"blue": "S M L", "white": "S M L"}),
    "OD-02": ("Red Sea Kimono", "kimono", 1800, {"black": "ONE", "green": "ONE"}),
    "OD-03": ("Midnight Blue Gown", "gown", 4000, {"red": "10 12", "black": "12 14"}),
    "OD-04": ("Levi's 501 Jeans", "jeans", 3000, {"blue": "30 32", "black": "32 34"}),
    "OD-05": ("Twiga Tee 3", "tee", 900, {"white": "M L", "yellow": "M L"}),
    "OD-06": ("Number One Cap", "cap", 700, {"black": "ONE", "red": "ONE"}),
    "OD-07": ("Black Panther Tee", "tee", 950, {"white": "M L", "red": "M L"}),
    "OD-08": ("Green Valley Coat", "coat", 5000, {"brown": "M L", "black": "M L"}),
    "OD-09": ("Zanzibar Shirt", "shirt", 1600, {"white": "S M L", "blue": "S M L"}),
    "OD-10": ("Nane Nane Dress", "dress", 1700, {"orange": "S M", "pink": "S M"}),
    "OD-11": ("Savannah Sandals", "sandals", 2000, {"tan": "UK_5 UK_6", "black": "UK_6 UK_7"}),
    "OD-12": ("Tausi Socks", "socks", 300, {"white": "ONE", "black": "ONE"}),
    "OD-13": ("Kids Ndovu Pyjamas", "pyjamas", 1200, {"blue": "2Y 4Y", "green": "4Y 6Y"}),
}  # fmt: skip

# A shop met for the first time: names of numbers and colours, children's sizes, Swahili kinds
BAZAAR: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "BZ-01": ("Oman Style Kanzu", "kanzu", 3500, {"white": "14 15 16 17", "black": "15 16"}),
    "BZ-02": ("Farasha Kazi Abaya", "abaya", 3800, {"black": "54 56 58", "nude": "56"}),
    "BZ-03": ("Black Diamond Abaya", "abaya", 4800, {"black": "54 56 58", "blue": "54 58"}),
    "BZ-04": ("Seti ya Dhahabu Dubai", "set", 1500, {"gold": "ONE", "silver": "ONE"}),
    "BZ-05": ("Bangili za Harusi", "bangles", 800, {"gold": "ONE", "rose gold": "ONE"}),
    "BZ-06": ("Simba Tracksuit", "tracksuit", 1800, {"navy": "3-4Y 5-6Y", "red": "5-6Y"}),
    "BZ-07": ("Tausi Dress", "dress", 1700, {"pink": "3-4Y 5-6Y", "white": "3-4Y 7-8Y"}),
    "BZ-08": ("Eid Dress", "dress", 1900, {"pink": "4-5Y 6-7Y", "white": "6-7Y 8-9Y"}),
    "BZ-09": ("Polo Shirt", "shirt", 1200, {"navy": "M L XL", "white": "M L XL", "olive": "L XL"}),
    "BZ-10": ("501 Straight Jeans", "jeans", 2200, {"blue": "30 32 34", "black": "32 34"}),
    "BZ-11": ("Lamu Linen Shirt", "shirt", 2400, {"white": "M L", "olive": "L XL"}),
    "BZ-12": ("Bodycon Dress", "dress", 1700, {"black": "S M L", "red": "S M"}),
    "BZ-13": ("Block Heels", "shoes", 2200, {"black": "37 38 39", "nude": "38 39"}),
    "BZ-14": ("Kitengela Belt", "belt", 900, {"brown": "32 34 36", "black": "34 36"}),
    "BZ-15": ("Official Trouser", "trousers", 1900, {"grey": "32 34", "black": "32 34"}),
    "BZ-16": ("Plain T-shirt", "t-shirt", 700, {"black": "M L", "white": "M L"}),
    "BZ-17": ("Chiffon Scarf", "scarf", 500, {"turquoise": "ONE", "red": "ONE", "black": "ONE"}),
    "BZ-18": ("Jersey Hijab", "hijab", 450, {"black": "ONE", "nude": "ONE"}),
    "BZ-19": ("Tote Bag", "bag", 2800, {"brown": "ONE", "black": "ONE", "blue": "ONE"}),
}
# Street wear: names of words the lexicon has not, numbers in them, watches filed as jewellery
STREET: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "ST-01": ("Nike Air Max 97", "shoes", 6500, {"black": "40 41 42", "white": "41 42 43"}),
    "ST-02": ("Nike Air Max 90", "shoes", 5500, {"white": "40 41 42", "red": "42"}),
    "ST-03": ("NYC Cap", "hat", 800, {"black": "ONE", "white": "ONE", "navy": "ONE"}),
    "ST-04": ("Knit Beanie / Marvin", "hat", 500, {"black": "ONE", "grey": "ONE"}),
    "ST-05": ("Casio F-91W Watch", "jewellery", 2500, {"black": "ONE", "gold": "ONE"}),
    "ST-06": ("G-Shock Digital Watch", "jewellery", 3500, {"black": "ONE", "red": "ONE"}),
    "ST-07": ("Levi's 501 Straight Jeans", "trousers", 2800, {"blue": "30 32 34", "black": "34"}),
    "ST-08": ("Boxy Crop Tee", "t-shirt", 900, {"black": "S M L", "lilac": "S M L"}),
    "ST-09": ("Heavyweight Hoodie", "sweater", 2500, {"black": "M L", "grey": "M L XL"}),
    "ST-10": ("Canvas Tote", "bag", 700, {"cream": "ONE", "black": "ONE"}),
}
# Names of genitives: of leather, of jersey, of beads, and English ones in brackets
ARUSHA: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "AR-01": ("Abaya ya Hariri Nida", "abaya", 8500, {"black": "54 56", "navy": "56"}),
    "AR-02": ("Abaya ya Jersey (Simple)", "abaya", 5500, {"grey": "54 56", "brown": "56"}),
    "AR-03": ("Hijab ya Jersey Stretch", "hijab", 1800, {"grey": "ONE", "black": "ONE"}),
    "AR-04": ("Hijab ya Chiffon", "hijab", 1500, {"pink": "ONE", "maroon": "ONE"}),
    "AR-05": ("Gauni la Kitenge - Mermaid", "dress", 7500, {"blue": "S M L", "orange": "M L"}),
    "AR-06": ("Viatu vya Ngozi vya Kiume (Oxford)", "shoes", 9500,
              {"black": "41 42", "brown": "41 42"}),
    "AR-07": ("Sandals za Kimasai (Shanga)", "shoes", 2200, {"brown": "38 39", "black": "38"}),
    "AR-08": ("Viatu vya Kisigino - Block Heels", "shoes", 5800,
              {"black": "37 38 39", "gold": "38"}),
    "AR-09": ("Mkoba wa Ngozi (Leather Tote)", "bag", 6500, {"brown": "ONE", "black": "ONE"}),
    "AR-10": ("Pochi ya Sherehe (Clutch)", "bag", 2500, {"gold": "ONE", "silver": "ONE"}),
    "AR-11": ("Mkanda wa Ngozi", "belt", 2000, {"black": "34 36 38", "brown": "32 34"}),
    "AR-12": ("Kanzu ya Omani", "kanzu", 6000, {"white": "56 58", "cream": "56"}),
    "AR-13": ("Kofia ya Kanzu (Barakashia)", "hat", 2500, {"white": "ONE", "cream": "ONE"}),
    "AR-14": ("Khanga Mwanamke Nguo (doti)", "kanga", 2000,
              {"red": "ONE", "green": "ONE", "yellow": "ONE"}),
    "AR-15": ("Gauni la Princess (Girls)", "dress", 4500,
              {"pink": "4-5Y 6-7Y", "white": "4-5Y 6-7Y"}),
}  # fmt: skip
# Several close kinds filed as one, days and spices for names, a basket, shoes for children
KISUMU: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "KI-01": ("Merino Turtleneck", "sweater", 2000, {"black": "10 12 14", "brown": "12 16"}),
    "KI-02": ("Impala Long Cardigan", "sweater", 2600, {"teal": "10 12 14", "grey": "12 14"}),
    "KI-03": ("Fringe Poncho", "sweater", 2400, {"grey": "ONE", "mustard": "ONE"}),
    "KI-04": ("Mtandio wa Hariri", "scarf", 700, {"black": "ONE", "nude": "ONE"}),
    "KI-05": ("Kilemba cha Wax", "scarf", 800, {"red": "ONE", "green": "ONE"}),
    "KI-06": ("Kanga ya Jumatatu (Doti)", "leso", 1600, {"red": "ONE", "green": "ONE"}),
    "KI-07": ("Kanga Hiliki Doti", "leso", 1500, {"yellow": "ONE", "red": "ONE"}),
    "KI-08": ("Kikapu cha Milulu", "bag", 2100, {"cream": "ONE", "brown": "ONE"}),
    "KI-09": ("Mkoba wa Kanvasi", "bag", 2500, {"orange": "ONE", "blue": "ONE"}),
    "KI-10": ("Sandals Tamu", "shoes", 3000, {"red": "36 37 38", "gold": "38 39"}),
    "KI-11": ("Wedge Sandals Karafuu", "shoes", 4000, {"cream": "37 38", "black": "38 39"}),
    "KI-12": ("Kids Puddle Jacket", "jacket", 1500, {"yellow": "4-5Y 6-7Y 8-9Y", "navy": "4-5Y"}),
    "KI-13": ("Pencil Skirt", "skirt", 1800, {"black": "10 12 14", "navy": "10 12"}),
    "KI-14": ("Tailored Blazer", "jacket", 3900, {"navy": "12 14 16", "cream": "12"}),
    "KI-15": ("Office Tote", "bag", 2900, {"black": "ONE", "tan": "ONE"}),
    "KI-16": ("Boys Hooded Tracksuit", "trousers", 2000, {"grey": "8-9Y 10-11Y", "black": "8-9Y"}),
    "KI-17": ("Girls Velour Tracksuit", "trousers", 1900, {"purple": "6-7Y 8-9Y"}),
}  # fmt: skip
# The coast: kinds that are names when said together, cloths in names, a kind of several names,
# a colour in a name that nothing is sold in, kin in names
PWANI: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "PW-01": ("Kanga Doti (2pc)", "kanga", 900, {"red": "ONE", "blue": "ONE"}),
    "PW-02": ("Diani Stripe Kikoi", "kikoi", 1100, {"blue": "ONE", "green": "ONE"}),
    "PW-03": ("Satin Gown with Pearls", "gown", 2900, {"maroon": "M L", "gold": "M"}),
    "PW-04": ("Ribbon Gown", "gown", 4200, {"maroon": "M L", "navy": "L"}),
    "PW-05": ("Tie Bikini", "swimwear", 1700, {"black": "S M L", "red": "M"}),
    "PW-06": ("Kids Swim Vest", "swimwear", 1300, {"pink": "4-5Y 6-7Y", "blue": "4-5Y 6-7Y"}),
    "PW-07": ("Slim Khaki Trousers (Men)", "trousers", 1450, {"navy": "32 34", "brown": "34 36"}),
    "PW-08": ("Batik Family Dress - Mama", "dress", 2600, {"blue": "M L", "orange": "M"}),
    "PW-09": ("Batik Family Shirt - Baba", "shirt", 1900, {"blue": "L XL", "orange": "L"}),
    "PW-20": ("Maxi Dress Maua", "dress", 2100, {"red": "M L", "green": "M"}),
    "PW-21": ("Wrap Dress Maua", "dress", 1850, {"red": "S M", "blue": "M"}),
    "PW-10": ("Batik Family Dress - Binti", "dress", 1500, {"blue": "4-5Y 6-7Y", "orange": "6-7Y"}),
    "PW-11": ("Wrap Skirt Maua", "skirt", 1850, {"red": "M L", "blue": "S M"}),
}  # fmt: skip
# Sized by months
NURSERY: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "NU-01": ("Baby Romper (Cotton)", "romper", 900,
              {"white": "0-3M 3-6M 6-12M 12-18M", "pink": "3-6M 6-12M"}),
    "NU-02": ("Knitted Baby Cardigan", "cardigan", 1100,
              {"blue": "6-12M 12-18M", "cream": "6-12M"}),
    "NU-03": ("Kids Hoodie", "hoodie", 1200, {"grey": "2-3Y 4-5Y", "red": "4-5Y"}),
    "NU-04": ("Mwezi Jeans", "jeans", 1300, {"grey": "32 34", "cream": "32"}),
    "NU-05": ("Kanzu ya Pendo", "kanzu", 1900, {"black": "L XL", "cream": "L"}),
    "NU-06": ("Upepo Kanzu", "kanzu", 1800, {"red": "54 56"}),
}  # fmt: skip
# Shoes numbered as small as the places of a list, traits in names, a watch
SCHOOLDAYS: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "SD-01": ("Buckle School Pumps (UK)", "shoes", 1700, {"black": "1 2 3 4 5", "brown": "3 4 13"}),
    "SD-02": ("Floral Tea Dress", "dress", 2100, {"yellow": "S M", "pink": "M L"}),
    "SD-03": ("Pencil Dress", "dress", 2900, {"black": "S M L"}),
    "SD-05": ("Sports Socks (pair)", "socks", 200, {"white": "ONE", "grey": "ONE"}),
    "SD-04": ("Quartz Watch", "jewellery", 2500, {"silver": "ONE", "gold": "ONE"}),
}  # fmt: skip
PATTERNED = {"AR-05": "kitenge"}
# Close kinds filed as one, kinds within other kinds' names, and a name with a word of the lexicon
FAMILY: dict[str, tuple[str, str, int, dict[str, str]]] = {
    "FA-01": ("Church Fascinator", "hat", 950, {"red": "ONE", "nude": "ONE"}),
    "FA-02": ("Knit Beanie / Marvin", "hat", 350, {"red": "ONE", "black": "ONE"}),
    "FA-03": ("Velvet Turban", "scarf", 450, {"gold": "ONE", "maroon": "ONE"}),
    "FA-04": ("Pashmina Shawl", "scarf", 600, {"grey": "ONE", "maroon": "ONE"}),
    "FA-05": ("Ribbed Midi Dress", "dress", 2200, {"black": "10 12", "emerald": "12"}),
    "FA-06": ("Roll Neck Sweater Dress", "dress", 1900, {"mustard": "10 12", "black": "12"}),
    "FA-07": ("Mama Suit 2pc (Skirt + Blazer)", "set", 4500, {"peach": "14 16", "navy": "16"}),
    "FA-08": ("Man U Jersey", "jersey", 1300, {"red": "M L"}),
    "FA-09": ("Arsenal Jersey", "jersey", 1300, {"red": "L XL"}),
    "FA-10": ("Official Trouser", "trousers", 1600, {"black": "32 34"}),
    "FA-11": ("Official Shirt", "shirt", 1300, {"white": "L XL", "sky blue": "L"}),
    "FA-12": ("Leather Office Shoes", "shoes", 3500, {"brown": "42 43"}),
    "FA-13": ("Mkanda wa Ngozi", "belt", 1500, {"brown": "36 38", "black": "32 34"}),
    "FA-14": ("Slim Belt", "belt", 800, {"black": "ONE"}),
    "FA-15": ("Kitambaa cha Batiki", "fabric", 2000, {"green": "ONE", "purple": "ONE"}),
    "FA-16": ("Suruali ya Kitambaa", "trousers", 1900, {"navy": "34 36"}),
    "FA-17": ("Neck Tie", "tie", 500, {"navy": "ONE", "maroon": "ONE"}),
    "FA-18": ("Gauni la Batiki (Free Size)", "dress", 3200, {"maroon": "ONE"}),
    "FA-19": ("Gauni la Kitenge", "dress", 3800, {"green": "10 16"}),
}  # fmt: skip
EVERYTHING = (
    CATALOGUE | ODD | BAZAAR | STREET | ARUSHA | KISUMU | PWANI | NURSERY | FAMILY | SCHOOLDAYS
)


def _sizes(sku: str) -> tuple[str, ...]:
    listed = EVERYTHING[sku][3].values()
    sizes = (size.replace("_", " ") for sizes in listed for size in sizes.split())
    return tuple(dict.fromkeys(sizes))


def _sold(catalogue: dict[str, tuple[str, str, int, dict[str, str]]]) -> Assortment:
    pieces = tuple(
        SoldPiece(
            product_id=sku,
            sku=sku,
            name=name,
            category=category,
            colours=tuple(colours),
            sizes=_sizes(sku),
            price_minor=price * 100,
            pattern=PATTERNED.get(sku, "plain"),
        )
        for sku, (name, category, price, colours) in catalogue.items()
    )
    return Assortment(
        pieces=pieces,
        names=tuple(piece.name for piece in pieces),
        categories=tuple(dict.fromkeys(piece.category for piece in pieces)),
        colours=tuple(dict.fromkeys(colour for piece in pieces for colour in piece.colours)),
        sizes=tuple(dict.fromkeys(size for piece in pieces for size in piece.sizes)),
    )


SOLD = _sold(CATALOGUE)
SOLD_ODD = _sold(ODD)
SOLD_BAZAAR = _sold(BAZAAR)
SOLD_STREET = _sold(STREET)
SOLD_ARUSHA = _sold(ARUSHA)
SOLD_KISUMU = _sold(KISUMU)
SOLD_PWANI = _sold(PWANI)
SOLD_FAMILY = _sold(FAMILY)


def option(sku: str, number: int = 1) -> Option:
    name, category, price, colours = EVERYTHING[sku]
    return Option(
        number=number,
        product_id=sku,
        sku=sku,
        name=name,
        category=category,
        colours=tuple(colours),
        sizes=_sizes(sku),
        price_minor=price * 100,
    )


def line(number: int, sku: str, colour: str, size: str, quantity: int = 1) -> Line:
    name, category, price, _ = EVERYTHING[sku]
    return Line(
        number=number,
        name=name,
        colour=colour,
        size=size,
        quantity=quantity,
        unit_price_minor=price * 100,
        variant_id=f"{sku}-{colour}-{size}",
        product_id=sku,
        sku=sku,
        category=category,
    )


TWO = (line(1, "SW-23", "grey", "XL"), line(2, "BL-16", "brown", "34"))
THREE = (
    line(1, "HW-17", "red", "ONE"),
    line(2, "HB-06", "brown", "ONE"),
    line(3, "SN-12", "black", "42", quantity=2),
)
CUFF = Option(
    number=1,
    product_id="JW",
    name="Brass Cuff",
    category="jewellery",
    colours=("gold",),
    sizes=("ONE",),
    price_minor=90000,
)


def offered(sku: str) -> TurnContext:
    """One piece is shown and offered."""
    one = option(sku)
    return TurnContext(
        step="products_found", options=(one,), focus=one, question="take_it", sold=SOLD
    )


def bazaar(
    *shown: str, cart: tuple[Line, ...] = (), focus: bool = False, **told: object
) -> TurnContext:
    """Where a customer of the bazaar stands: what is shown, and her cart."""
    options = tuple(option(f"BZ-{sku}", number) for number, sku in enumerate(shown, start=1))
    step = "cart_updated" if cart else "products_found" if shown else "start"
    known = {
        "step": step,
        "options": options,
        "focus": options[0] if focus else None,
        "cart": cart,
        "last_line": len(cart) or None,
        "sold": SOLD_BAZAAR,
    }
    return TurnContext.model_validate(known | told)


def street(*shown: str, cart: tuple[Line, ...] = (), **told: object) -> TurnContext:
    """Where a customer of the street-wear shop stands."""
    options = tuple(option(f"ST-{sku}", number) for number, sku in enumerate(shown, start=1))
    return bazaar(
        cart=cart,
        **(
            {
                "options": options,
                "sold": SOLD_STREET,
                "step": ("cart_updated" if cart else "products_found" if shown else "start"),
            }
            | told
        ),
    )


def arusha(
    *shown: str, cart: tuple[Line, ...] = (), looks: bool = False, **told: object
) -> TurnContext:
    """Where a customer of the shop of genitives stands; `looks`: at the first of the shown."""
    options = tuple(option(f"AR-{sku}", number) for number, sku in enumerate(shown, start=1))
    step = "cart_updated" if cart else "products_found" if shown else "start"
    known = {"options": options, "sold": SOLD_ARUSHA, "step": step}
    context = bazaar(cart=cart, **(known | told))
    return context.model_copy(update={"focus": options[0]}) if looks else context


def kisumu(*shown: str, cart: tuple[Line, ...] = (), **told: object) -> TurnContext:
    """Where a customer of the shop of close kinds stands."""
    options = tuple(option(f"KI-{sku}", number) for number, sku in enumerate(shown, start=1))
    step = "cart_updated" if cart else "products_found" if shown else "start"
    known = {"options": options, "sold": SOLD_KISUMU, "step": step}
    return bazaar(cart=cart, **known).model_copy(update=told)


CARDIGAN = line(1, "KI-02", "teal", "14")
KNITS = (line(1, "KI-02", "grey", "14"), line(2, "KI-02", "teal", "12"))
BASKET = (line(1, "KI-08", "cream", "ONE"), line(2, "KI-11", "cream", "38"))
OFFICE_SUIT = (line(1, "KI-14", "navy", "14"), line(2, "KI-13", "black", "14"))
SCARVES = (
    line(1, "KI-05", "red", "ONE"),
    line(2, "KI-05", "green", "ONE", 2),
    line(3, "KI-04", "black", "ONE", 2),
    line(4, "KI-02", "teal", "12"),
)
ABAYA_AND_HIJAB = (line(1, "AR-01", "black", "56"), line(2, "AR-04", "pink", "ONE"))
HEELS_AND_CLUTCH = (line(1, "AR-08", "black", "38"), line(2, "AR-10", "gold", "ONE"))
KANZU_AND_CAP = (line(1, "AR-12", "white", "58"), line(2, "AR-13", "white", "ONE"))
KHANGAS = (line(1, "AR-14", "red", "ONE", 3), line(2, "AR-14", "green", "ONE"))

STREET_CART = (line(1, "ST-03", "black", "ONE", 3), line(2, "ST-03", "white", "ONE", 2))

HERS_AND_A_FRIENDS = (
    line(1, "SW-23", "grey", "XL"),
    line(2, "SW-23", "black", "M").model_copy(
        update={"worn_by": WornBy(id="friend", relation="friend")}
    ),
    line(3, "BL-16", "brown", "34").model_copy(
        update={"worn_by": WornBy(id="sister", relation="sister")}
    ),
)

POLO, LINEN = line(1, "BZ-09", "white", "L"), line(2, "BZ-11", "white", "L")
POLO_AND_HEELS = (POLO, line(2, "BZ-13", "black", "38"))

CHILDRENS = (
    line(1, "BZ-06", "navy", "3-4Y").model_copy(
        update={"worn_by": WornBy(id="son", relation="son")}
    ),
    line(2, "BZ-07", "pink", "3-4Y").model_copy(
        update={"worn_by": WornBy(id="daughter", relation="daughter")}
    ),
    line(3, "BZ-12", "black", "M"),
)
HERS_AND_A_CHILDS = (line(1, "BZ-07", "pink", "3-4Y"), line(2, "BZ-12", "black", "M"))

TWO_GIRLS = (line(1, "BZ-08", "pink", "4-5Y"), line(2, "BZ-08", "pink", "6-7Y"))
TWO_GIRLS_AND_A_BAG = (*TWO_GIRLS, line(3, "BZ-19", "brown", "ONE"))

COMPARED = ((option("BZ-15"),),)  # the list shown before: a cheaper pair of trousers

STANDING: dict[str, TurnContext] = {
    "two girls": bazaar(cart=TWO_GIRLS),
    "two girls and a bag": bazaar(cart=TWO_GIRLS_AND_A_BAG),
    "two girls failed": bazaar(cart=TWO_GIRLS, step="payment_failed", has_order=True),
    "new compared": bazaar("10", focus=True, question="take_it", earlier=COMPARED),
    "new compared shown": bazaar("15", "10"),
    "new jeans line": bazaar("10", cart=(line(1, "BZ-10", "blue", "32"),)),
    "new tracksuit line": bazaar("06", cart=(line(1, "BZ-06", "navy", "3-4Y"),)),
    "street ordered tees": street("08", cart=(line(1, "ST-08", "black", "M", 4),)),
    "street ordered tee": street("08", cart=(line(1, "ST-08", "black", "M"),)),
    "street ordered beanie": street("03", "04", cart=(line(1, "ST-04", "grey", "ONE"),)),
    "kisumu start": kisumu(),
    "kisumu cardigan": kisumu(cart=(CARDIGAN,)),
    "kisumu cardigan size": kisumu(
        focus=option("KI-02"), question="size", step="size_recommended", spoken_size="14"
    ),
    "kisumu knits": kisumu(cart=KNITS),
    "kisumu teal size": kisumu(
        focus=option("KI-02"), question="size", step="size_recommended", spoken_colour="teal"
    ),
    "kisumu cardigan size two": kisumu(
        cart=(CARDIGAN,), focus=option("KI-02"), question="take_it", step="size_recommended"
    ),
    "kisumu basket": kisumu(cart=BASKET),
    "kisumu basket gone": kisumu(
        cart=(line(1, "KI-09", "orange", "ONE"), *BASKET[1:]), last_line=1
    ),
    "kisumu suit": kisumu(cart=OFFICE_SUIT),
    "kisumu suit total": kisumu(cart=OFFICE_SUIT, step="awaiting_confirmation"),
    "kisumu suit failed": kisumu(cart=OFFICE_SUIT, step="payment_failed", has_order=True),
    "kisumu which": kisumu(cart=OFFICE_SUIT, question="which_line"),
    "kisumu scarves": kisumu(cart=SCARVES),
    "kisumu two": kisumu(cart=(line(1, "KI-13", "black", "12", 2),)),
    "kisumu two total": kisumu(
        cart=(line(1, "KI-13", "black", "12", 2),), step="awaiting_confirmation"
    ),
    "kisumu two failed": kisumu(
        cart=(line(1, "KI-13", "black", "12", 2),), step="payment_failed", has_order=True
    ),
    "kisumu wedges": kisumu(
        cart=(line(1, "KI-11", "black", "38"), line(2, "KI-11", "cream", "37"))
    ),
    "kisumu three": kisumu("10", "11", "09"),
    "kisumu skirts": kisumu("13", "14"),
    "kisumu address": kisumu(cart=OFFICE_SUIT, step="awaiting_delivery_address"),
    "pwani start": TurnContext(sold=SOLD_PWANI),
    "pwani kangas": TurnContext(
        step="cart_updated", cart=(line(1, "PW-01", "red", "ONE", 2),), last_line=1, sold=SOLD_PWANI
    ),
    "pwani khaki": bazaar(
        cart=(line(1, "PW-07", "navy", "34"), line(2, "PW-05", "black", "M")), sold=SOLD_PWANI
    ),
    "pwani family": bazaar(
        cart=(line(1, "PW-08", "orange", "M"), line(2, "PW-09", "orange", "L")), sold=SOLD_PWANI
    ),
    "start": TurnContext(sold=SOLD),
    "dera": offered("DR-02"),
    "hoodie": offered("SW-23"),
    "cargo size": TurnContext(
        step="size_recommended",
        options=(option("CP-22"),),
        focus=option("CP-22"),
        question="size",
        sold=SOLD,
    ),
    "hoodie colour": TurnContext(
        step="size_recommended",
        options=(option("SW-23"),),
        focus=option("SW-23"),
        question="colour",
        choices=("grey", "black", "beige"),
        sold=SOLD,
    ),
    "tutu size": TurnContext(
        step="size_recommended", focus=option("KD-14"), question="size", sold=SOLD
    ),
    "shoes": TurnContext(
        step="products_found",
        options=(option("SN-10", 1), option("SN-11", 2), option("SN-12", 3)),
        sold=SOLD,
    ),
    "headwrap and bags": TurnContext(
        step="products_found",
        options=(option("HW-17", 1), option("HB-06", 2), option("HB-07", 3)),
        sold=SOLD,
    ),
    "cuff": TurnContext(
        step="size_recommended",
        focus=CUFF,
        question="take_it",
        cart=(line(1, "HB-06", "brown", "ONE"),),
        sold=SOLD,
    ),
    "one line": TurnContext(
        step="cart_updated", cart=(line(1, "DR-02", "orange", "ONE", 2),), last_line=1, sold=SOLD
    ),
    "two lines": TurnContext(step="cart_updated", cart=TWO, last_line=2, sold=SOLD),
    "mom jeans line": TurnContext(
        step="cart_updated", cart=(line(1, "MJ-21", "blue", "28"),), last_line=1, sold=SOLD
    ),
    "lines of several": TurnContext(
        step="cart_updated", cart=HERS_AND_A_FRIENDS, last_line=1, sold=SOLD
    ),
    "three lines": TurnContext(step="cart_updated", cart=THREE, last_line=3, sold=SOLD),
    "two shades": TurnContext(
        step="cart_updated",
        cart=(line(1, "DR-02", "orange", "ONE"), line(2, "DR-02", "purple", "ONE")),
        last_line=2,
        sold=SOLD,
    ),
    "twins": TurnContext(
        step="cart_updated", cart=(line(1, "KD-14", "pink", "4-5Y", 2),), last_line=1, sold=SOLD
    ),
    "set of 14": TurnContext(
        step="cart_updated", cart=(line(1, "KS-03", "green", "14"),), last_line=1, sold=SOLD
    ),
    "shoes and line": TurnContext(
        step="cart_updated",
        options=(option("SN-10", 1), option("SN-11", 2), option("SN-12", 3)),
        cart=(line(1, "SN-10", "white", "42"),),
        last_line=1,
        sold=SOLD,
    ),
    "address": TurnContext(step="awaiting_delivery_address", cart=TWO, last_line=2, sold=SOLD),
    "total": TurnContext(step="awaiting_confirmation", cart=TWO, last_line=2, sold=SOLD),
    "prompt out": TurnContext(
        step="payment_initiated", has_order=True, cart=TWO, last_line=2, sold=SOLD
    ),
    "failed": TurnContext(step="payment_failed", has_order=True, cart=THREE, sold=SOLD),
    "airforce failed": TurnContext(
        step="payment_failed", has_order=True, cart=(line(1, "SN-10", "white", "42"),), sold=SOLD
    ),
    "paid": TurnContext(step="order_completed", has_order=True, sold=SOLD),
    "odd start": TurnContext(sold=SOLD_ODD),
    "odd lines": TurnContext(
        step="cart_updated",
        cart=(line(1, "OD-03", "red", "12"), line(2, "OD-07", "white", "M", 2)),
        last_line=2,
        sold=SOLD_ODD,
    ),
    "odd options": TurnContext(
        step="products_found",
        options=(option("OD-01", 1), option("OD-03", 2), option("OD-10", 3)),
        sold=SOLD_ODD,
    ),
    "sandals size": TurnContext(
        step="size_recommended", focus=option("OD-11"), question="size", sold=SOLD_ODD
    ),
    "new start": bazaar(),
    "new abayas": bazaar("02", "03"),
    "new kazi size": bazaar("02", focus=True, step="size_recommended", question="size"),
    "new kanzu": bazaar("01", "02"),
    "new kanzu alone": bazaar("01", focus=True, question="take_it"),
    "new sets": bazaar("04", "05"),
    "new children": bazaar("06", "07"),
    "new eid": bazaar("08", focus=True, question="take_it"),
    "new heels": bazaar("13", focus=True, question="take_it"),
    "new shirts": bazaar("09", "11"),
    "new shirts priced": bazaar("09", "11", focus=True, question="take_it"),
    "new shirt ordered": bazaar("09", "11", cart=(line(1, "BZ-11", "white", "M"),)),
    "new three": bazaar("09", "11", "16"),
    "new bags": bazaar("19", "17", "16"),
    "dera looked at again": TurnContext(
        step="products_found",
        options=(option("DR-02"),),
        focus=option("DR-02"),
        question="take_it",
        cart=(line(1, "DR-02", "orange", "ONE", 6),),
        last_line=1,
        sold=SOLD,
    ),
    "odd socks": TurnContext(
        step="cart_updated",
        cart=(line(1, "OD-06", "black", "ONE"), line(2, "OD-12", "white", "ONE", 5)),
        last_line=2,
        sold=SOLD_ODD,
    ),
    "new which": bazaar("18", "19", "17", question="which"),
    "new cart": bazaar(cart=(POLO, LINEN)),
    "new wish": bazaar(
        "09",
        "11",
        cart=(line(1, "BZ-11", "white", "L"),),
        focus=True,
        step="size_recommended",
        question="size",
    ),
    "new which line": bazaar(
        cart=(line(1, "BZ-18", "black", "ONE"), line(2, "BZ-19", "brown", "ONE")),
        question="which_line",
    ),
    "new scarf": bazaar(
        "17", cart=(line(1, "BZ-17", "black", "ONE"), line(2, "BZ-18", "nude", "ONE"))
    ),
    "new abaya line": bazaar("02", cart=(line(1, "BZ-02", "black", "56"),), focus=True),
    "new polo": bazaar("09", focus=True, question="take_it"),
    "new sizes": bazaar(
        cart=(line(1, "BZ-09", "white", "L", 4), line(2, "BZ-09", "white", "XL", 2))
    ),
    "new sizes one": bazaar(cart=(line(1, "BZ-09", "white", "L", 4),)),
    "new line asked": bazaar(
        "16",
        cart=(line(1, "BZ-16", "black", "M"),),
        focus=True,
        question="take_it",
        step="size_recommended",
    ),
    "new summed up": bazaar(
        "17", cart=(POLO,), focus=True, question="take_it", step="cart_updated"
    ),
    "new added": bazaar("16", cart=(line(1, "BZ-16", "black", "M"),), focus=True),
    "new other colour": bazaar(
        "16",
        cart=(line(1, "BZ-16", "black", "M"),),
        focus=True,
        question="size",
        step="size_recommended",
    ),
    "new colours": bazaar(
        cart=(
            line(1, "BZ-13", "black", "38", 2),
            line(2, "BZ-13", "nude", "38"),
            line(3, "DR-02", "orange", "ONE", 3),
        )
    ),
    "new address": bazaar(cart=POLO_AND_HEELS, step="awaiting_delivery_address"),
    "new childrens": bazaar(cart=CHILDRENS),
    "mother and child": bazaar(
        cart=(line(1, "BZ-12", "red", "M"), line(2, "BZ-07", "pink", "3-4Y"))
    ),
    "new two of a boys": bazaar(
        cart=(
            line(1, "BZ-06", "navy", "3-4Y").model_copy(
                update={"worn_by": WornBy(id="son", relation="son")}
            ),
            line(2, "BZ-07", "white", "3-4Y").model_copy(
                update={"worn_by": WornBy(id="son", relation="son")}
            ),
        )
    ),
    "new hers and a childs": bazaar(cart=HERS_AND_A_CHILDS),
    "new total": bazaar(cart=POLO_AND_HEELS, step="awaiting_confirmation"),
    "new prompt out": bazaar(cart=(POLO,), step="payment_initiated", has_order=True),
    "new failed": bazaar(cart=(POLO,), step="payment_failed", has_order=True),
    "street start": street(),
    "street max": street("01", "02"),
    "street caps": street("03", "04"),
    "street watches": street("05", "06"),
    "street tees": street("08"),
    "street cart": street(cart=STREET_CART),
    "street jeans": street(cart=(line(1, "ST-07", "blue", "32"), line(2, "ST-07", "black", "30"))),
    "street two max": street(
        cart=(line(1, "ST-01", "black", "40", 2), line(2, "ST-02", "white", "42"))
    ),
    "street two tees": street(
        cart=(line(1, "ST-08", "black", "S"), line(2, "ST-08", "lilac", "M", 2))
    ),
    "street total": street(cart=STREET_CART, step="awaiting_confirmation"),
    "street address": street(cart=STREET_CART, step="awaiting_delivery_address"),
    "street one cap": street(cart=STREET_CART[:1]),
    "street one": street("05", "06", cart=(line(1, "ST-06", "black", "ONE"),), step="cart_updated"),
    "arusha start": arusha(),
    "arusha abaya": arusha(cart=ABAYA_AND_HIJAB),
    "arusha abaya total": arusha(cart=ABAYA_AND_HIJAB, step="awaiting_confirmation"),
    "arusha heels": arusha(cart=HEELS_AND_CLUTCH),
    "arusha heels total": arusha(cart=HEELS_AND_CLUTCH, step="awaiting_confirmation"),
    "arusha heels failed": arusha(cart=HEELS_AND_CLUTCH, step="payment_failed", has_order=True),
    "arusha kanzu failed": arusha(cart=KANZU_AND_CAP, step="payment_failed", has_order=True),
    "arusha khangas": arusha(cart=KHANGAS),
    "arusha girls": arusha(
        cart=(line(1, "AR-15", "pink", "6-7Y"), line(2, "AR-15", "pink", "4-5Y"))
    ),
    "arusha brown shoes": arusha(
        cart=(line(1, "AR-06", "brown", "42"), line(2, "AR-11", "black", "38")), last_line=1
    ),
    "arusha khanga": arusha(cart=(line(1, "AR-14", "green", "ONE", 2),)),
    "arusha oxford size": arusha("06", looks=True, step="size_recommended", question="size"),
    "arusha tote": arusha("09", looks=True, question="take_it"),
    "arusha sandals": arusha("07"),
    "arusha princess": arusha("15", looks=True, question="size", step="size_recommended"),
    "new paid": bazaar(step="order_completed", has_order=True),
    "family start": TurnContext(sold=SOLD_FAMILY),
    "family shoes": TurnContext(
        sold=SOLD_FAMILY, cart=(line(1, "FA-12", "brown", "43"),), step="cart_updated"
    ),
    "family dresses": TurnContext(
        sold=SOLD_FAMILY,
        cart=(line(1, "FA-18", "maroon", "ONE"), line(2, "FA-19", "green", "10")),
        step="cart_updated",
    ),
    "nursery start": TurnContext(sold=_sold(NURSERY)),
    "school start": TurnContext(sold=_sold(SCHOOLDAYS)),
    "pumps size": TurnContext(
        step="size_recommended", focus=option("SD-01"), question="size", sold=_sold(SCHOOLDAYS)
    ),
    "pumps line": TurnContext(
        step="cart_updated", cart=(line(1, "SD-01", "black", "2"),), sold=_sold(SCHOOLDAYS)
    ),
    "pumps and dress": TurnContext(
        step="cart_updated",
        cart=(line(1, "SD-01", "black", "2"), line(2, "SD-02", "pink", "M")),
        sold=_sold(SCHOOLDAYS),
    ),
    "school dresses": TurnContext(
        step="products_found",
        options=(option("SD-02"), option("SD-03", 2)),
        sold=_sold(SCHOOLDAYS),
    ),
    "nursery rompers": TurnContext(
        sold=_sold(NURSERY), cart=(line(1, "NU-01", "white", "3-6M", 2),), step="cart_updated"
    ),
}
