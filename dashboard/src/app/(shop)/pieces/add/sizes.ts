const LETTERS = ["S", "M", "L", "XL", "XXL"];
const SHOES = ["36", "37", "38", "39", "40", "41", "42", "43", "44"];
const WAISTS = ["28", "30", "32", "34", "36", "38"];
const BY_KIND: Record<string, string[]> = {
  shoes: SHOES, jeans: WAISTS, trousers: WAISTS,
  bag: ["ONE"], scarf: ["ONE"], jewellery: ["ONE"], leso: ["ONE"], hat: ["ONE"], belt: ["S", "M", "L"],
};

export const KINDS = [
  "dress", "kaftan", "kanzu", "shirt", "t-shirt", "blouse", "top", "trousers", "jeans", "shorts", "skirt",
  "jacket", "coat", "sweater", "suit", "jumpsuit", "leso", "shoes", "hat", "bag", "scarf", "belt", "jewellery",
] as const;
export type Kind = (typeof KINDS)[number];

export const COLOURS = [
  "black", "white", "cream", "beige", "brown", "grey", "red", "maroon", "pink", "orange", "yellow", "mustard",
  "green", "olive", "mint", "teal", "blue", "navy", "sky blue", "purple", "lilac", "gold", "silver", "multicolour",
] as const;

/** The sizes that a kind usually comes in; more can be added. */
export function sizesOf(kind: string): string[] {
  return BY_KIND[kind] ?? LETTERS;
}

export type Grid = Record<string, Record<string, number>>; // colour → size → units

/** The grid for these colours and sizes; the units that were typed stay. */
export function gridOf(colours: string[], sizes: string[], before: Grid): Grid {
  return Object.fromEntries(colours.map((colour) =>
    [colour, Object.fromEntries(sizes.map((size) => [size, before[colour]?.[size] ?? 0]))]));
}

/** What goes to the API: sizes that the piece has none of are left out. */
export function stockOf(grid: Grid): Grid {
  const rows = Object.entries(grid).map(([colour, sizes]) =>
    [colour, Object.fromEntries(Object.entries(sizes).filter(([, units]) => units > 0))] as const);
  return Object.fromEntries(rows.filter(([, sizes]) => Object.keys(sizes).length > 0));
}

export function unitsOf(grid: Grid): number {
  return Object.values(grid).flatMap((sizes) => Object.values(sizes)).reduce((sum, units) => sum + units, 0);
}

const LETTERED = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "4XL", "5XL", "ONE"];

/** Letters from small to large, then numbers by value, then the rest by name. */
export function bySize(a: string, b: string): number {
  const rank = (size: string) => {
    const letter = LETTERED.indexOf(size.toUpperCase());
    return letter >= 0 ? letter : Number.isFinite(Number(size)) ? 100 + Number(size) : 10_000;
  };
  return rank(a) - rank(b) || a.localeCompare(b);
}
