"use client";

import { ChevronRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";

import { Door } from "@/auth/door";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";

import type { Boutique } from "./boutique";
import { signOut } from "./gate";

/** For a person with several boutiques, or who was removed from the one that was open. */
export function BoutiqueChoice(props: { boutiques: Boutique[]; lost?: Boutique; onChoose: (id: string) => void }) {
  const t = useTranslations();
  const router = useRouter();
  function choose(id: string) {
    props.onChoose(id);
    if (props.lost) router.replace("/"); // what was open is not in this one
  }
  return (
    <Door title={t("shop.choose")} text={props.lost ? t("shop.lost", { name: props.lost.name }) : ""}>
      <ul className="divide-y overflow-hidden rounded-2xl border bg-surface">
        {props.boutiques.map((one) => (
          <li key={one.boutique_id}>
            <button type="button" onClick={() => choose(one.boutique_id)}
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
