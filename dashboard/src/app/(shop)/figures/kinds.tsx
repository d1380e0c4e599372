"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { useWords } from "@/components/words";
import { useFormats } from "@/shell/formats";

import { Card } from "./card";
import type { Report } from "./queries";

const FIRST = 6;

/** What was sold by kind: a bar for these days, and a thin mark for where the days before ended. */
export function Kinds({ report, length }: { report: Report; length: number }) {
  const t = useTranslations("figures");
  const { kind } = useWords();
  const { money } = useFormats();
  const [all, setAll] = useState(false);
  const { kinds } = report;
  const most = Math.max(1, ...kinds.flatMap((one) => [one.minor, one.before_minor]));
  const wide = (minor: number) => `${(Math.max(0, minor) / most) * 100}%`;
  return (
    <Card title={t("kinds")} table="kinds">
      {kinds.length === 0 && <p className="px-4 pb-4 text-soft">{t("noKinds")}</p>}
      {kinds.length > 0 && (
        <ul className="flex flex-col gap-3 px-4 pb-4">
          {(all ? kinds : kinds.slice(0, FIRST)).map((one) => (
            <li key={one.category}>
              <div className="flex items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate">{one.category ? kind(one.category) : t("gonePieces")}</span>
                <span className="font-medium">{money(one.minor)}</span>
              </div>
              <div aria-hidden className="relative my-1 h-2 rounded-full bg-ink/8">
                <div className="h-full rounded-full bg-green" style={{ width: wide(one.minor) }} />
                {one.before_minor > 0 && <div className="absolute -inset-y-0.5 w-0.5 bg-ink" style={{ left: `calc(${wide(one.before_minor)} - 2px)` }} />}
              </div>
              <p className="text-xs text-soft">
                {t("pieces", { count: one.pieces })} · {t("piecesBefore", { days: length, count: one.before_pieces, sum: money(one.before_minor) })}
              </p>
            </li>
          ))}
        </ul>
      )}
      {kinds.length > FIRST && (
        <div className="border-t px-2 py-1">
          <Button look="link" size="sm" onClick={() => setAll(!all)}>{t(all ? "fewerKinds" : "allKinds", { count: kinds.length })}</Button>
        </div>
      )}
    </Card>
  );
}
