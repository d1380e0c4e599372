import type { Grid } from "./add/sizes";

/** The grid without the colours and sizes that the piece has already: their stock is moved instead. */
export function newOnes(grid: Grid, made: readonly { colour: string; size: string }[]): Grid {
  const there = new Set(made.map((one) => `${one.colour}/${one.size}`));
  return Object.fromEntries(Object.entries(grid).map(([colour, sizes]) =>
    [colour, Object.fromEntries(Object.entries(sizes).filter(([size]) => !there.has(`${colour}/${size}`)))]));
}
