"use client";

import { useTranslations } from "use-intl";

/** When people read, by the hour of the day. */
export function Hours({ counts }: { counts: number[] }) {
  const t = useTranslations("campaigns.results");
  const most = Math.max(1, ...counts);
  const best = counts.indexOf(Math.max(...counts));
  return (
    <div className="p-4">
      <p className="mb-3">{t("bestHour", { hour: `${String(best).padStart(2, "0")}:00` })}</p>
      <div role="img" aria-label={t("hours")} className="flex h-24 items-end gap-0.5">
        {counts.map((count, hour) => (
          <span key={hour} className={hour === best ? "flex-1 rounded-t bg-green" : "flex-1 rounded-t bg-green/35"} style={{ height: `${Math.max(2, (count / most) * 100)}%` }} />
        ))}
      </div>
      <div aria-hidden className="mt-1 flex justify-between text-xs text-soft"><span>00</span><span>06</span><span>12</span><span>18</span><span>23</span></div>
    </div>
  );
}
