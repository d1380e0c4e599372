"use client";

import { Clock, Coins, TriangleAlert, UsersRound } from "lucide-react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import type { Preview, PreviewProgress } from "../queries";
import { useLasting } from "../use-lasting";

/** Live: who gets it, who does not and why, what it costs, and when the last message leaves. */
export function PreviewPanel({ preview, seen, waiting, failed }: { preview: Preview | undefined; seen: PreviewProgress | null; waiting: boolean; failed: boolean }) {
  const t = useTranslations("campaigns.preview");
  const { money, full } = useFormats();
  const lasting = useLasting();
  if (failed && !preview) return <Notice tone="waits">{t("failed")}</Notice>;
  if (!preview) {
    return (
      <div className="flex flex-col gap-2">
        {seen && <p className="px-1 text-soft">{t("seen", told(seen))}</p>}
        <Skeleton className="h-64 rounded-2xl" />
      </div>
    );
  }
  const left = preview.left_out.filter((one) => one.customers > 0);
  return (
    <section aria-label={t("title")} aria-busy={waiting || undefined}
      className={cn("flex flex-col gap-4 rounded-2xl border bg-surface p-4 transition-opacity duration-150 xl:border-0 xl:p-0", waiting && "opacity-60")}>
      <div>
        <h3 className="text-xs font-medium text-soft">{t("title")}</h3>
        <p className="mt-1 flex items-baseline gap-2">
          <span className="text-2xl font-semibold tracking-tight">{preview.recipients.toLocaleString("en-KE")}</span>
          <span className="text-soft">
            {seen ? t("seen", told(seen)) : t("of", { count: preview.audience })}
          </span>
        </p>
        <div aria-hidden className="mt-2 h-2 overflow-hidden rounded-full bg-ink/10">
          <div className="h-full rounded-full bg-green transition-[width] duration-300"
            style={{ width: `${preview.audience ? (preview.recipients / preview.audience) * 100 : 0}%` }} />
        </div>
      </div>
      <ul className="flex flex-col gap-2.5">
        <Fact icon={<Coins aria-hidden />} name={t("cost")}
          told={preview.cost_minor === null ? t("tokens", { count: preview.tokens }) : t("tokensWorth", { count: preview.tokens, sum: money(preview.cost_minor) })} />
        <Fact icon={<Clock aria-hidden />} name={t("finished")}
          told={preview.ends_at && preview.first_at
            ? t("finishedAt", { at: full(preview.ends_at), lasts: lasting(preview.lasts_minutes) })
            : preview.recipients > 0 ? t("noHour") : t("never")} />
      </ul>
      {left.length > 0 && (
        <div>
          <h3 className="mb-1.5 flex items-center gap-1.5 text-xs font-medium text-soft"><UsersRound aria-hidden className="size-4" /> {t("leftOut")}</h3>
          <ul className="flex flex-col gap-1.5">
            {left.map((one) => (
              <li key={one.reason} className="flex items-baseline gap-3">
                <span className="min-w-0 flex-1">{t(`why.${one.reason}`)}</span>
                <span className="font-medium">{one.customers.toLocaleString("en-KE")}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {preview.recipients > 0 && (preview.fewer_pieces > 0 || preview.fewer_matches > 0) && (
        <p className="flex items-start gap-2 rounded-xl bg-amber-soft p-3 text-xs text-amber">
          <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />
          <span>
            {preview.fewer_pieces > 0 && t("fewerPieces", { count: preview.fewer_pieces })}{" "}
            {preview.fewer_matches > 0 && t("fewerMatches", { count: preview.fewer_matches })}
          </span>
        </p>
      )}
    </section>
  );
}

function Fact(props: { icon: React.ReactNode; name: string; told: string }) {
  return (
    <li className="flex items-start gap-3 [&_svg]:mt-0.5 [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-green-ink">
      {props.icon}
      <div className="min-w-0">
        <p className="text-xs text-soft">{props.name}</p>
        <p className="font-medium">{props.told}</p>
      </div>
    </li>
  );
}

function told({ seen, audience }: PreviewProgress) {
  return { seen: seen.toLocaleString("en-KE"), audience: audience.toLocaleString("en-KE") };
}
