"use client";

import { Eye } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { AskReason } from "@/platform/works/asking";
import { Json } from "@/platform/works/json";
import { Section } from "@/shell/detail";

import { useReveal } from "./queries";

/** What was sent, masked; unmasked for a reason, until the page is left. */
export function Payload({ eventId, masked }: { eventId: number; masked: unknown }) {
  const t = useTranslations("works.webhooks");
  const [open, setOpen] = useState(false);
  const reveal = useReveal();
  const shown = reveal.data?.payload;
  const look = (reason: string) => reveal.mutate({ params: { path: { event_id: eventId } }, body: { reason } }, { onSuccess: () => setOpen(false) });
  return (
    <Section title={t("payload")}>
      {!shown && <p className="border-b px-4 py-2 text-xs text-soft">{t("masked")}</p>}
      <Json of={shown ?? masked} label={t("payload")} />
      {!shown && (
        <div className="border-t p-3">
          <Button look="outline" className="w-full" onClick={() => setOpen(true)}><Eye aria-hidden /> {t("reveal")}</Button>
        </div>
      )}
      <AskReason open={open} onOpenChange={setOpen} title={t("reveal")} text={t("revealText")} action={t("revealNow")}
        busy={reveal.isPending} error={reveal.error} onGiven={look} />
    </Section>
  );
}
