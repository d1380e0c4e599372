"use client";

import { useTranslations } from "use-intl";

import { Card } from "./card";
import type { Totals } from "./queries";

type Times = Totals["answers"];
const SOON_S = 30;

/** How long customers waited for an answer, by who gave it. */
export function Answers({ times }: { times: Times }) {
  const t = useTranslations("figures");
  const all = { assistant: sum(times, "assistant"), person: sum(times, "person") };
  const soon = sum(times.filter((one) => one.within_s !== null && one.within_s <= SOON_S), "assistant");
  const none = all.assistant + all.person === 0;
  return (
    <Card title={t("answers")} table="answers">
      {none ? <p className="px-4 pb-4 text-soft">{t("noAnswers")}</p> : (
        <div className="px-4 pb-4">
          {all.assistant > 0 && <p className="pb-2 text-soft">{t("soon", { share: Math.round((soon / all.assistant) * 100), seconds: SOON_S })}</p>}
          <table className="w-full table-fixed">
            <thead className="text-xs text-soft">
              <tr>
                <th scope="col" className="py-1 text-left font-medium">{t("waited")}</th>
                <th scope="col" className="py-1 pl-3 text-left font-medium">{t("byAssistant", { count: all.assistant })}</th>
                <th scope="col" className="py-1 pl-3 text-left font-medium">{t("byPeople", { count: all.person })}</th>
              </tr>
            </thead>
            <tbody>
              {times.map((one) => (
                <tr key={one.within_s ?? "longer"}>
                  <th scope="row" className="py-1 text-left font-normal">{within(t, one.within_s)}</th>
                  <Share part={one.assistant} of={all.assistant} />
                  <Share part={one.person} of={all.person} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

/** A part of all; where there is nothing at all, it is no part of it. */
function Share({ part, of }: { part: number; of: number }) {
  const share = of > 0 ? (part / of) * 100 : 0;
  return (
    <td className="py-1 pl-3">
      <span className="flex items-center gap-2">
        <span aria-hidden className="h-2 min-w-0 flex-1 overflow-hidden rounded-full bg-ink/8">
          <span className="block h-full rounded-full bg-green" style={{ width: `${share}%` }} />
        </span>
        <span className="w-11 shrink-0 text-right text-xs">{of > 0 ? `${Math.round(share)} %` : "–"}</span>
      </span>
    </td>
  );
}

function within(t: ReturnType<typeof useTranslations<"figures">>, seconds: number | null): string {
  if (seconds === null) return t("longer");
  if (seconds < 60) return t("withinSeconds", { count: seconds });
  return seconds < 3600 ? t("withinMinutes", { count: seconds / 60 }) : t("withinHours", { count: seconds / 3600 });
}

function sum(times: Times, who: "assistant" | "person"): number {
  return times.reduce((before, one) => before + one[who], 0);
}
