"use client";

import { useTranslations } from "use-intl";

import type { Agents } from "./queries";

/** What agents called lately, the most called first. */
export function Calls({ of }: { of: Agents }) {
  const t = useTranslations("agents");
  const named = (tool: string) => (t.has(`tools.${tool}` as never) ? t(`tools.${tool}` as never) : tool);
  return (
    <section aria-labelledby="agents-calls" className="flex flex-col gap-3">
      <h2 id="agents-calls" className="font-medium">{t("calls.title")}</h2>
      {of.calls === 0 ? <p className="text-soft">{t("calls.none", { days: of.days })}</p> : (
        <>
          <p className="text-soft">{t("calls.sum", { count: of.calls, days: of.days, refused: of.refused })}</p>
          <ul aria-labelledby="agents-calls" className="divide-y overflow-hidden rounded-2xl border bg-surface">
            {of.tools.map((one) => (
              <li key={one.tool} className="flex items-center gap-3 px-4 py-3">
                <span className="min-w-0 flex-1 wrap-anywhere">{named(one.tool)}</span>
                <span className="shrink-0 font-medium tabular-nums">{one.calls}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
