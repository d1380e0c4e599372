"use client";

import { useTranslations } from "use-intl";

import { compared } from "./compare";

/** What it was before, and the difference in words: "12 % more than the 7 days before". */
export function useChange(): (now: number, before: number, days: number) => string {
  const t = useTranslations("figures.change");
  return (now, before, days) => {
    const { how, ...numbers } = compared(now, before);
    return t(how, { days, ...numbers } as never);
  };
}
