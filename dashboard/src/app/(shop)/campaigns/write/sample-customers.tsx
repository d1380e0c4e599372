"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";

import type { Preview, Written } from "../queries";
import { SampleMessage } from "./sample-message";

/** Ten real customers, drawn by lot: the message that each would get, and why these pieces. */
export function SampleCustomers({ id, preview, message }: { id: string; preview: Preview | undefined; message: Written["message"] }) {
  const t = useTranslations("campaigns.sample");
  const [open, setOpen] = useState<string | null>(null);
  if (!preview) return <Skeleton className="h-40 rounded-2xl" />;
  if (preview.sample.length === 0) return <p className="rounded-2xl border border-dashed p-6 text-center text-soft">{t("none")}</p>;
  return (
    <section aria-labelledby={`sample-${id}`}>
      <h3 id={`sample-${id}`} className="mb-2 px-1 text-xs font-medium text-soft">{t("title", { count: preview.sample.length })}</h3>
      <ul className="divide-y overflow-hidden rounded-2xl border bg-surface">
        {preview.sample.map((one) => {
          const shown = one.customer_id === open;
          return (
            <li key={one.customer_id}>
              <button type="button" aria-expanded={shown} onClick={() => setOpen(shown ? null : one.customer_id)}
                className="flex min-h-16 w-full items-center gap-3 px-4 py-2.5 text-left hover:bg-ink/4 focus-visible:-outline-offset-2">
                <Avatar name={one.name ?? "?"} className="size-10" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{one.name ?? t("noName")}</span>
                  <span className="block truncate text-xs text-soft">{one.pieces.map((piece) => piece.name).join(", ")}</span>
                </span>
                {one.variant && <Badge>{one.variant}</Badge>}
                <ChevronDown aria-hidden className={cn("size-5 text-soft transition-transform duration-150", shown && "rotate-180")} />
              </button>
              {shown && <div className="bg-paper px-4 pb-4 pt-2"><SampleMessage customer={one} message={message} /></div>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
