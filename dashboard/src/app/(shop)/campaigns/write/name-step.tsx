"use client";

import { useTranslations } from "use-intl";

import { Field, Input } from "@/components/ui/field";

const IDEAS = ["arrivals", "thanks", "back", "weekend"] as const;

/** The name is the shop's own; customers never see it. */
export function NameStep(props: { name: string; onChange: (name: string) => void; error?: string }) {
  const t = useTranslations("campaigns.write.name");
  return (
    <>
      <Field label={t("label")} hint={t("hint")} error={props.error}>
        {(wired) => (
          <Input {...wired} maxLength={80} autoComplete="off" placeholder={t("example")} value={props.name}
            onChange={(event) => props.onChange(event.target.value)} />
        )}
      </Field>
      <section aria-labelledby="ideas">
        <h3 id="ideas" className="mb-2 text-xs font-medium text-soft">{t("ideas")}</h3>
        <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
          {IDEAS.map((idea) => (
            <button key={idea} type="button" onClick={() => props.onChange(t(`idea.${idea}`))}
              className="rounded-2xl border bg-raised p-4 text-left transition-colors hover:border-line-strong">
              <span className="block font-medium">{t(`idea.${idea}`)}</span>
              <span className="mt-0.5 block text-xs text-soft">{t(`ideaText.${idea}`)}</span>
            </button>
          ))}
        </div>
      </section>
    </>
  );
}
