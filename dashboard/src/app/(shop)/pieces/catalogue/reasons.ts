/** What Meta said of an item, parted into its kind, by which we know a remedy, and its words. */
export type Reason = { remedy: Remedy; words: string };
export type Remedy = "picture" | "price" | "policy" | "field" | "other";

const KIND = /^\[([A-Z_]+)\]\s*/;
const BARE = /^[A-Z_]+$/;

export function reasonsOf(errors: readonly string[]): Reason[] {
  const told = errors.filter((one) => !BARE.test(one));
  // A bare code says less than the words beside it.
  return (told.length > 0 ? told : errors).map((one) => {
    const kind = KIND.exec(one)?.[1] ?? (BARE.test(one) ? one : "");
    const words = one.replace(KIND, "");
    return { remedy: remedyOf(kind, words), words };
  });
}

function remedyOf(kind: string, words: string): Remedy {
  if (kind.includes("IMAGE") || /\bimage/i.test(words)) return "picture";
  if (kind.includes("PRICE") || /\bprice/i.test(words)) return "price";
  if (kind.includes("POLICY") || /polic/i.test(words)) return "policy";
  return /required field|invalid value/i.test(words) ? "field" : "other";
}
