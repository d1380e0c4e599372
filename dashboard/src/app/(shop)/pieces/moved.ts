/** The list with the entry at `from` at the place `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  const [entry] = list.slice(from, from + 1);
  return entry === undefined ? rest : [...rest.slice(0, to), entry, ...rest.slice(to)];
}
