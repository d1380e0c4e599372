"use client";

import { CloudOff } from "lucide-react";
import { type ReactNode, useDeferredValue } from "react";
import { useTranslations } from "use-intl";

import type { Rows } from "@/api/pages";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SkeletonRows } from "@/components/ui/skeleton";

/** A list with what stands in its place while it loads, fails or is empty. */
export function RowList<Row extends { id: string }>(props: {
  of: Rows<Row>;
  row: (row: Row) => ReactNode;
  empty: ReactNode;
  label: string;
}) {
  const t = useTranslations("common");
  const { of: list } = props;
  if (list.loading) return <SkeletonRows />;
  if (list.failed) {
    return (
      <Empty picture={<CloudOff aria-hidden />} text={t("noAnswer")}
        action={<Button look="outline" onClick={list.retry}>{t("retry")}</Button>} />
    );
  }
  if (list.rows.length === 0) return <>{props.empty}</>;
  return (
    <>
      <ShownRows rows={list.rows} row={props.row} label={props.label} />
      {list.more && (
        <div className="grid place-items-center p-4">
          <Button look="outline" busy={list.loadingMore} onClick={list.more}>{t("more")}</Button>
        </div>
      )}
    </>
  );
}

const FIRST = 12; // more than a phone shows at once

/** The rows that are seen come first; the others follow without keeping a tap waiting. */
function ShownRows<Row extends { id: string }>(props: { rows: Row[]; row: (row: Row) => ReactNode; label: string }) {
  const all = useDeferredValue(true, false);
  const rows = all ? props.rows : props.rows.slice(0, FIRST);
  return (
    <ul aria-label={props.label} className="divide-y">
      {rows.map((row) => (
        <li key={row.id}>{props.row(row)}</li>
      ))}
    </ul>
  );
}
