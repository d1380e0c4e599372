/** A text of the shop, in the languages it has it in. */
export type InTwo = { en: string; sw: string };

/** As it is stored: one text for everybody, or one for each language. */
export function told(stored: unknown): InTwo {
  if (typeof stored === "string") return { en: stored, sw: "" };
  const by = (stored ?? {}) as Partial<InTwo>;
  return { en: by.en ?? "", sw: by.sw ?? "" };
}

/** As the API takes it; null takes the text away. */
export function both(value: InTwo): { en?: string; sw?: string } | null {
  const kept = Object.entries(value).filter(([, text]) => text.trim());
  return kept.length ? Object.fromEntries(kept) : null;
}
