import type { Schemas } from "@/api/client";
import { parsePrice } from "@/shell/formats";

export type CounterPiece = Schemas["CounterPiece"];
export type Shown = CounterPiece["pictures"][number];
export type LeftVariant = CounterPiece["variants"][number];
/** A piece on the counter, with its price as it is typed. */
export type Line = {
  variantId: string;
  name: string;
  colour: string;
  size: string;
  picture: Shown | null;
  left: number;
  quantity: number;
  price: string;
};

/** With one more of the variant; a second tap on the same one raises its quantity. */
export function withOneMore(lines: readonly Line[], piece: CounterPiece, variant: LeftVariant, digits: number): Line[] {
  if (lines.some((line) => line.variantId === variant.id)) return withQuantity(lines, variant.id, (now) => now + 1);
  return [...lines, {
    variantId: variant.id,
    name: piece.name,
    colour: variant.colour,
    size: variant.size,
    picture: pictureOf(piece, variant.colour),
    left: variant.available,
    quantity: 1,
    price: tag(variant.price_minor, digits),
  }];
}

/** Never more than there are; none takes the line away. */
export function withQuantity(lines: readonly Line[], variantId: string, change: (now: number) => number): Line[] {
  return lines.flatMap((line) => {
    if (line.variantId !== variantId) return [line];
    const quantity = Math.min(change(line.quantity), line.left);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
}

export function withPrice(lines: readonly Line[], variantId: string, price: string): Line[] {
  return lines.map((line) => (line.variantId === variantId ? { ...line, price } : line));
}

/** What the counter asks for, in minor units; none while a price cannot be read. */
export function totalOf(lines: readonly Line[], digits: number): number | null {
  let total = 0;
  for (const line of lines) {
    const minor = parsePrice(line.price, digits);
    if (minor === null) return null;
    total += minor * line.quantity;
  }
  return total;
}

/** As the API takes them; asked only when every price can be read. */
export function itemsOf(lines: readonly Line[], digits: number) {
  return lines.map((line) => ({
    variant_id: line.variantId,
    quantity: line.quantity,
    unit_price_minor: parsePrice(line.price, digits) ?? 0,
  }));
}

/** The picture of the colour, or the first that shows any. */
export function pictureOf(piece: CounterPiece, colour: string): Shown | null {
  const own = piece.pictures.find((picture) => picture.colour === colour);
  return own ?? piece.pictures[0] ?? null;
}

/** A price as it stands on a tag: `3,500`, and cents only where there are some. */
export function tag(minor: number, digits: number): string {
  const units = minor / 10 ** digits;
  return units.toLocaleString("en", { minimumFractionDigits: Number.isInteger(units) ? 0 : digits });
}
