"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { Sheet } from "@/components/ui/sheet";

import type { Preview, Sample, Written } from "../queries";
import { SampleMessage } from "./sample-message";
import { useCollage } from "./use-collage";

/** The pictures that real customers would get, side by side; one opens the whole message. */
export function SampleCollages({ preview, message }: { preview: Preview | undefined; message: Written["message"] }) {
  const t = useTranslations();
  const [open, setOpen] = useState<Sample | null>(null);
  if (!preview || preview.sample.length === 0) return null;
  return (
    <section aria-labelledby="collages" className="rounded-2xl border bg-surface p-4">
      <h3 id="collages" className="font-medium">{t("campaigns.write.review.collages", { count: preview.sample.length })}</h3>
      <p className="mt-0.5 text-xs text-soft">{t("campaigns.write.review.collagesText")}</p>
      <ul className="mt-3 grid grid-cols-2 gap-3 sm:grid-cols-3">
        {preview.sample.map((one) => <li key={one.customer_id}><Collage customer={one} onOpen={() => setOpen(one)} /></li>)}
      </ul>
      {open && (
        <Sheet open onOpenChange={() => setOpen(null)} close={t("common.close")}
          title={t("campaigns.write.review.collageOf", { name: open.name ?? t("campaigns.sample.noName") })}>
          <SampleMessage customer={open} message={message} />
        </Sheet>
      )}
    </section>
  );
}

function Collage({ customer, onOpen }: { customer: Sample; onOpen: () => void }) {
  const t = useTranslations("campaigns");
  const picture = useCollage(customer.pieces.map((piece) => piece.product_id));
  const name = customer.name ?? t("sample.noName");
  return (
    <button type="button" onClick={onOpen} aria-label={t("write.review.collageOf", { name })} className="group block w-full rounded-xl text-left">
      {picture
        ? <img src={picture} alt="" loading="lazy" decoding="async" className="aspect-[3/2] w-full rounded-xl bg-sunk object-cover" />
        : <span className="block aspect-[3/2] w-full animate-pulse rounded-xl bg-sunk" />}
      <span className="mt-1 block truncate text-xs font-medium group-hover:underline">{name}</span>
    </button>
  );
}
