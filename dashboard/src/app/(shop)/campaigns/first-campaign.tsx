"use client";

import { Plus, Send, Sparkles, Users } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";

const STEPS = [
  { name: "who", icon: Users },
  { name: "what", icon: Sparkles },
  { name: "when", icon: Send },
] as const;

/** What a campaign is, told to who has never sent one. */
export function FirstCampaign({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("campaigns");
  return (
    <section aria-labelledby="first" className="flex flex-col gap-5 px-5 py-8">
      <div>
        <h2 id="first" className="text-balance text-xl font-semibold tracking-tight">{t("first.title")}</h2>
        <p className="mt-2 text-soft">{t("first.text")}</p>
      </div>
      <ol className="flex flex-col gap-4">
        {STEPS.map((step) => (
          <li key={step.name} className="flex items-start gap-3">
            <span className="grid size-11 shrink-0 place-items-center rounded-2xl bg-green-soft text-green-ink">
              <step.icon aria-hidden className="size-5" />
            </span>
            <span className="min-w-0 pt-0.5">
              <span className="block font-medium">{t(`first.${step.name}`)}</span>
              <span className="block text-xs text-soft">{t(`first.${step.name}Text`)}</span>
            </span>
          </li>
        ))}
      </ol>
      {mayWrite && (
        <Button asChild>
          <Link href="/campaigns/write"><Plus aria-hidden /> {t("first.begin")}</Link>
        </Button>
      )}
    </section>
  );
}
