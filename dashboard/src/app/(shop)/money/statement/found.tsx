"use client";

import { FileText } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { type Statement, useStatement } from "../queries";

type Count = Statement["counts"][number];

/** What was in a statement: known, left, and the lines that could not be read. */
export function Found({ id, again }: { id: string; again: boolean }) {
  const t = useTranslations("money");
  const { data: one, isError } = useStatement(id);
  if (isError) return <Empty picture={<FileText aria-hidden />} text={t("gone")} />;
  if (!one) return <Skeleton className="h-64 rounded-2xl" />;
  return (
    <>
      {again && <Notice tone="waits">{t("statement.again")}</Notice>}
      <section className="overflow-hidden rounded-2xl border bg-surface">
        <div className="p-4">
          <h2 className="break-words font-medium">{one.file_name}</h2>
          <p className="text-xs text-soft">{t("statement.found", { count: one.lines, fresh: one.new_lines })}</p>
        </div>
        <dl className="divide-y border-t">
          <Sum name={t("statement.matched")} of={one.counts.filter((it) => it.kind === "paid_in" && it.state === "matched")} />
          <Sum name={t("statement.left")} of={one.counts.filter((it) => it.kind === "paid_in" && it.state === "left")} />
          <Sum name={t("statement.setAside")} of={one.counts.filter((it) => it.kind === "paid_in" && it.state === "set_aside")} />
          <Sum name={t("statement.reversals")} of={one.counts.filter((it) => it.kind === "reversal")} />
          <Sum name={t("statement.noted")} of={one.counts.filter((it) => ["charge", "withdrawal", "paid_out"].includes(it.kind))} />
        </dl>
      </section>
      {one.bad.length > 0 && (
        <section className="rounded-2xl border bg-surface p-4">
          <h2 className="font-medium">{t("statement.bad", { count: one.bad.length })}</h2>
          <ul className="mt-2 space-y-1 text-soft">
            {one.bad.map((row) => <li key={row.line}>{t("statement.line", { line: row.line })}: {t(`statement.why.${row.why}`)}</li>)}
          </ul>
        </section>
      )}
      <div className="flex flex-wrap gap-2 *:flex-1">
        <Button asChild look={one.left > 0 ? "main" : "outline"}>
          <Link href={one.left > 0 ? "/money?filter=unclaimed&days=ever" : "/money"}>{t("statement.settleLeft", { count: one.left })}</Link>
        </Button>
        <Button asChild look="outline"><Link href="/money/statement">{t("statement.another")}</Link></Button>
      </div>
    </>
  );
}

function Sum(props: { name: string; of: Count[] }) {
  const { money } = useFormats();
  const lines = props.of.reduce((sum, one) => sum + one.lines, 0);
  if (lines === 0) return null;
  return (
    <div className="flex items-baseline gap-3 px-4 py-3">
      <dt className="min-w-0 flex-1">{props.name}</dt>
      <dd className="text-right tabular-nums"><span className="text-xs text-soft">{lines} × </span><span className="font-medium">{money(props.of.reduce((sum, one) => sum + one.sum_minor, 0))}</span></dd>
    </div>
  );
}
