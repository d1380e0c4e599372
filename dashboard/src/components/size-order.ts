const LETTERS = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "2XL", "XXXL", "3XL", "4XL", "5XL"];

/** Sizes as they hang on a rail: letters from small to large, numbers by their value, then the rest. */
export function bySize(one: string, other: string): number {
  return place(one) - place(other) || one.localeCompare(other, "en", { numeric: true });
}

function place(size: string): number {
  const letters = LETTERS.indexOf(size.toUpperCase());
  if (letters >= 0) return letters;
  const number = Number.parseFloat(size);
  return Number.isNaN(number) ? 10_000 : 100 + number;
}
