import { COLOURS, KINDS } from "../../pieces/add/sizes";
import type { How, Wish, WishKind } from "./queries";
import { textOf } from "./wish-words";

/** What an owner can do about a wish: here in a sheet, or on the page where it is done. */
export type Fix = "zone" | "synonym" | "answer" | "newPiece" | "pieces" | "settings";
export type SheetFix = Extract<Fix, "zone" | "synonym" | "answer">;

/** The first is the one that fits most. */
export const FIXES: Record<WishKind, readonly Fix[]> = {
  delivery: ["zone"],
  words: ["synonym", "answer"],
  piece: ["newPiece", "synonym"],
  size: ["pieces", "newPiece"],
  colour: ["pieces", "newPiece"],
  price: ["pieces"],
  stock: ["pieces"],
  question: ["settings", "answer"],
};

/** How a wish was granted where its owner says no more than that it was. */
export const GRANTED: Record<WishKind, How> = {
  delivery: "zone", words: "answer", piece: "piece", size: "stock", colour: "stock", price: "piece", stock: "stock", question: "fact",
};

export const inSheet = (fix: Fix): fix is SheetFix => fix === "zone" || fix === "synonym" || fix === "answer";

// The part of the settings in which a question is answered.
const PARTS: Record<string, string> = { hours: "hours", delivery: "zones", location: "profile", payment: "mpesa", returns: "returns" };

/** Where a fix that has a page of its own is done, with what is known of it filled in. */
export function pageOf(fix: Exclude<Fix, SheetFix>, wish: Wish): string {
  const category = textOf(wish, "category");
  if (fix === "settings") return `/settings?part=${PARTS[textOf(wish, "topic")] ?? "returns"}`;
  if (fix === "pieces") return `/pieces?${new URLSearchParams({ search: wish.kind === "stock" ? textOf(wish, "name") : category })}`;
  const known = {
    kind: KINDS.find((one) => one === category),
    colour: COLOURS.find((one) => one === textOf(wish, "colour")),
    size: textOf(wish, "size"),
    name: textOf(wish, "name") || textOf(wish, "words"),
    wish: `${wish.kind} ${wish.subject}`,
  };
  const filled = Object.entries(known).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `/pieces/add?${new URLSearchParams(filled)}`;
}
