"use client";

import { useTranslations } from "use-intl";

import { Field, Textarea } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";

import { PartForm } from "./part-form";
import type { Shop } from "./queries";
import { usePart } from "./use-part";

type Tone = { language: "en" | "sw"; tone: string };

/** How the assistant speaks. What it says of prices and orders stays the same whatever the tone. */
export function TonePart({ onClose }: { shop?: Shop; onClose: () => void }) {
  const t = useTranslations("settings");
  const part = usePart<Tone>("tone",
    (shop) => ({ language: shop.language, tone: typeof shop.shop_info.tone === "string" ? shop.shop_info.tone : "" }),
    (value) => ({ language: value.language, shop: { tone: value.tone.trim() || null } }));
  return (
    <PartForm part={part} title={t("tone.title")} text={t("tone.text")} onClose={onClose}>
      {(value) => (
        <>
          <div className="flex flex-col gap-1.5">
            <p className="text-xs font-medium text-soft">{t("tone.language")}</p>
            <div className="px-4">
              <Segmented label={t("tone.language")} value={value.language} onChange={(language) => part.set({ ...value, language })}
                segments={(["en", "sw"] as const).map((one) => ({ value: one, label: t(`languages.${one}`) }))} />
            </div>
            <p className="text-xs text-soft">{t("tone.languageHint")}</p>
          </div>
          <Field label={t("tone.tone")} hint={t("tone.toneHint")} error={part.remedy("tone")}>
            {(wired) => (
              <Textarea {...wired} maxLength={300} placeholder={t("tone.example")} value={value.tone}
                onChange={(event) => part.set({ ...value, tone: event.target.value })} />
            )}
          </Field>
        </>
      )}
    </PartForm>
  );
}
