import { describe, expect, it } from "vitest";

import { type CounterPiece, itemsOf, pictureOf, tag, totalOf, withOneMore, withPrice, withQuantity } from "@/app/(shop)/sell/basket";
import { bySize } from "@/components/size-order";

const variant = { id: "v1", colour: "red", size: "M", sku: "A-M", price_minor: 350_000, available: 2 };
const other = { ...variant, id: "v2", colour: "blue", price_minor: 99_950 };
const piece: CounterPiece = {
  id: "p", sku: "A", name: "Amani", category: "dress", price_minor: 350_000,
  pictures: [{ colour: "blue", url: "/blue.jpg", srcset: "" }, { colour: "red", url: "/red.jpg", srcset: "" }],
  variants: [variant, other],
};

describe("what lies on the counter", () => {
  const one = withOneMore([], piece, variant, 2);

  it("begins at the price tag, in the picture of its colour", () =>
    expect(one[0]).toMatchObject({ price: "3,500", quantity: 1, picture: { colour: "red" } }));
  it("is no more than there is", () => {
    const three = withOneMore(withOneMore(one, piece, variant, 2), piece, variant, 2);
    expect(three.map((line) => line.quantity)).toEqual([2]);
  });
  it("is taken off with its last unit", () => expect(withQuantity(one, "v1", (now) => now - 1)).toEqual([]));
  it("adds up prices as people write them", () => {
    const both = withPrice(withOneMore(one, piece, other, 2), "v1", "3.2k");
    expect(totalOf(both, 2)).toBe(320_000 + 99_950);
    expect(itemsOf(both, 2)[0]).toEqual({ variant_id: "v1", quantity: 1, unit_price_minor: 320_000 });
  });
  it("has no total while a price cannot be read", () => expect(totalOf(withPrice(one, "v1", "free"), 2)).toBeNull());
  it("shows another picture of the piece where the colour has none", () => expect(pictureOf(piece, "green")?.url).toBe("/blue.jpg"));
  it("writes cents only where there are some", () => expect([tag(99_950, 2), tag(350_000, 2), tag(3500, 0)]).toEqual(["999.50", "3,500", "3,500"]));
});

describe("sizes on a rail", () => {
  it("go from small to large", () =>
    expect(["XL", "10", "M", "8", "S", "Kids", "XXL"].sort(bySize)).toEqual(["S", "M", "XL", "XXL", "8", "10", "Kids"]));
});
