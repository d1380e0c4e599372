"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { Skeleton } from "@/components/ui/skeleton";
import { LANGUAGES } from "@/i18n";
import { useBoutique } from "@/shell/boutique";

import type { Chosen } from "../trying/customer-choice";
import { AsCustomer } from "./as-customer";
import { InstagramCard } from "./instagram-card";
import { Notes, useVariables } from "./notes";
import { SmsBubble } from "./sms-bubble";
import { type Asked, type Language, type Preview, usePreview } from "./use-preview";
import { WhatsAppBubble } from "./whatsapp-bubble";

/** The message on WhatsApp, as SMS and on Instagram, side by side, while it is written.

    Without `language` it can be switched here, and without `customerId` the customer chosen. */
export function MessagePreview({ language, customerId, ...asked }: Asked) {
  const t = useTranslations("automationPreview");
  const [switched, switchTo] = useState<Language>(asked.content.text.en ? "en" : "sw");
  const [chosen, choose] = useState<Chosen | null>(null);
  const found = usePreview({ ...asked, language: language ?? switched, customerId: customerId ?? chosen?.id });
  return (
    <section aria-label={t("title")} className="@container flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        {!language && (
          <Segmented label={t("language")} value={switched} onChange={switchTo}
            segments={(Object.keys(LANGUAGES) as Language[]).map((value) => ({ value, label: LANGUAGES[value] }))} />
        )}
        {!customerId && <AsCustomer chosen={chosen} onChoose={choose} />}
      </div>
      {found.isEmpty ? <Quiet>{t("empty")}</Quiet>
        : found.isError ? <Failed error={found.error} onRetry={() => void found.refetch()} />
        : found.data ? <Shown preview={found.data} content={asked.content} stale={found.isPlaceholderData} />
        : <Waiting />}
    </section>
  );
}

function Shown({ preview, content, stale }: { preview: Preview; content: Asked["content"]; stale: boolean }) {
  const t = useTranslations("automationPreview");
  const boutique = useBoutique();
  const variable = useVariables();
  const { whatsapp, sms, instagram, outside } = preview;
  return (
    <div className={cn("flex flex-col gap-4 transition-opacity duration-150", stale && "opacity-60")} aria-busy={stale}>
      <p className="text-xs text-soft">{told(preview, t)}</p>
      {preview.lacks && <Notice tone="waits">{t("lacks", { variable: variable(preview.lacks) })}</Notice>}
      <div className="grid grid-cols-1 items-start gap-4 @xl:grid-cols-2 @4xl:grid-cols-3">
        {whatsapp && <Channel name="WhatsApp"><WhatsAppBubble shown={whatsapp} label={t("whatsapp")} wantsPicture={content.image !== "none"} /></Channel>}
        {sms && <Channel name="SMS"><SmsBubble shown={sms} shop={boutique.name} label={t("sms")} /></Channel>}
        {outside && <Channel name={t("outside")}><WhatsAppBubble shown={outside} label={t("outside")} wantsPicture={false} /></Channel>}
        {instagram && <Channel name="Instagram"><InstagramCard shown={instagram} label={t("instagram")} /></Channel>}
      </div>
      <Notes preview={preview} />
    </div>
  );
}

function told(preview: Preview, t: ReturnType<typeof useTranslations<"automationPreview">>): string {
  const name = preview.customer_name ?? t("noName");
  if (!preview.customer_id) return t("asExample", { name });
  return preview.is_example ? t("asHerExample", { name }) : t("asHer", { name });
}

function Channel({ name, children }: { name: string; children: ReactNode }) {
  return <div className="min-w-0"><p className="mb-1.5 px-1 text-xs font-medium text-soft">{name}</p>{children}</div>;
}

function Quiet({ children }: { children: ReactNode }) {
  return <p className="rounded-2xl border border-dashed p-6 text-center text-soft">{children}</p>;
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations("automationPreview");
  const c = useTranslations("common");
  const refused = isProblem(error) && error.status === 422; // what is wrong is told beside its field
  if (refused) return <Quiet>{t("refused")}</Quiet>;
  return <Notice tone="waits" action={<Button size="sm" look="quiet" onClick={onRetry}>{c("retry")}</Button>}>{t("failed")}</Notice>;
}

function Waiting() {
  return (
    <div aria-busy="true" className="grid grid-cols-1 gap-4 @xl:grid-cols-2 @4xl:grid-cols-3">
      {["whatsapp", "sms", "instagram"].map((one) => <Skeleton key={one} className="h-56 rounded-2xl" />)}
    </div>
  );
}
