import type { View } from "./queries";

type Params = Record<string, string>;

/** What of an address a view of the screen would keep. */
export function paramsOf(address: URLSearchParams, names: readonly string[]): Params {
  return Object.fromEntries(names.flatMap((name) => {
    const value = address.get(name)?.trim();
    return value ? [[name, value]] : [];
  }));
}

export function areSame(one: Params, other: Params): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** The changes of the address that show a view: what it does not name goes. */
export function changesFor(params: Params, names: readonly string[]): Record<string, string | null> {
  return { ...Object.fromEntries(names.map((name) => [name, params[name] ?? null])), id: null };
}

/** What the screen opens with: the person's own choice, else the shop's. */
export function opensWith(views: View[]): View | undefined {
  const first = views.filter((one) => one.opens_first);
  return first.find((one) => !one.shared) ?? first[0];
}
