"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";

import { Door } from "@/auth/door";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";

import type { Boutique } from "./boutique";
import { signOut } from "./gate";

/** For a person with several boutiques. */
export function BoutiqueChoice(props: { boutiques: Boutique[]; onChoose: (id: string) => void }) {
  const t = useTranslations();
  return (
    <Door title={t("shop.choose")} text="">
      <ul className="divide-y overflow-hidden rounded-2xl border bg-surface">
        {props.boutiques.map((one) => (
          <li key={one.boutique_id}>
            <button type="button" onClick={() => props.onChoose(one.boutique_id)}
              className="flex min-h-19 w-full items-center gap-3 px-4 text-left transition-colors hover:bg-ink/4 focus-visible:-outline-offset-2">
              <Avatar name={one.name} square />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{one.name}</span>
                <span className="block text-xs text-soft">{t(`auth.${one.role}`)}</span>
              </span>
              <ChevronRight aria-hidden className="size-5 text-soft" />
            </button>
          </li>
        ))}
      </ul>
      <Button look="quiet" onClick={signOut}>{t("shop.signOut")}</Button>
    </Door>
  );
}
