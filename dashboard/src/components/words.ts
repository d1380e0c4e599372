"use client";

import { useTranslations } from "use-intl";

/** The names of colours and kinds in the person's language; a shop's own word stays as it is. */
export function useWords() {
  const colours = useTranslations("colours");
  const kinds = useTranslations("kinds");
  const key = (name: string) => name.replaceAll(" ", "_") as never;
  return {
    colour: (name: string) => (colours.has(key(name)) ? colours(key(name)) : name),
    kind: (name: string) => (kinds.has(key(name)) ? kinds(key(name)) : name),
  };
}
