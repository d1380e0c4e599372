"use client";

import { useTranslations } from "use-intl";

import { useWords } from "@/components/words";
import { useFormats } from "@/shell/formats";

import type { Wish } from "./queries";

const TOPICS = ["hours", "delivery", "returns", "location", "payment", "pay_on_delivery", "reservation", "gift_wrap"] as const;

/** A wish as one says it: "12 asked for dress in size 14". */
export function useWishWords(): (wish: Wish) => string {
  const t = useTranslations("wishes");
  const { kind, colour } = useWords();
  const { money } = useFormats();
  return (wish) => {
    const said = (name: string) => textOf(wish, name);
    const count = wish.customers;
    const called = said("category") ? kind(said("category")).toLowerCase() : "";
    const coloured = said("colour") ? colour(said("colour")).toLowerCase() : "";
    switch (wish.kind) {
      case "size": return called ? t("told.size", { count, kind: called, size: said("size") }) : t("told.sizeAlone", { count, size: said("size") });
      case "colour": return called ? t("told.colour", { count, kind: called, colour: coloured }) : t("told.colourAlone", { count, colour: coloured });
      case "price": {
        const sum = money(Number(wish.details.budget_max_minor ?? 0));
        return called ? t("told.price", { count, kind: called, sum }) : t("told.priceAlone", { count, sum });
      }
      case "stock": return t("told.stock", { count, what: [said("name"), coloured, said("size")].filter(Boolean).join(", ") || wish.subject });
      case "delivery": return t("told.delivery", { count, place: said("place") || wish.subject });
      case "question": return t(`told.question.${TOPICS.find((one) => one === said("topic")) ?? "other"}`, { count });
      case "words": return t("told.words", { count, words: said("words") || wish.subject });
      case "piece": {
        const words = said("words") && `“${said("words")}”`;
        const what = [t("piece", { colour: coloured, kind: called }).trim(), said("name"), words].filter(Boolean).join(" ");
        return t("told.piece", { count, what: what || wish.subject });
      }
    }
  };
}

/** What the wish says of it; empty where it says nothing. */
export function textOf(wish: Wish, name: string): string {
  const value = wish.details[name];
  return typeof value === "string" ? value : "";
}

// Said around the word that is not known, in both languages: "dera iko?", "naomba dera".
const AROUND = new Set(("a an any are available can could do does have have got how i in is it me need please see show some still the there "
  + "to want what you your hi hello "
  + "bado hapo hizo ipo iko ile ina je kuna mko mna mnayo naomba nataka natafuta nina na nionyeshe niko nipe pia sasa uko una "
  + "viko vipo ya yuko za ziko zipo").split(" "));

/** The words that may be a name nobody has told the assistant; all of them if none seem to be. */
export function unknownIn(words: string): string {
  const each = words.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  const left = each.filter((word) => !AROUND.has(word));
  return (left.length > 0 ? left : each).join(" ");
}
