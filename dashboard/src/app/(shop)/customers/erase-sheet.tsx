"use client";

import { CircleCheck } from "lucide-react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";
import { forgetOpened } from "@/everywhere/recent";
import { useBoutiquePath } from "@/shell/boutique";

import { CUSTOMER, useCustomersChanged } from "./queries";

type Counts = Record<string, number>;

/** Says what will go and what stays, asks once, and reports what went. */
export function EraseSheet(props: { id: string; name: string; onClose: () => void; onErased: () => void }) {
  const t = useTranslations();
  const path = useBoutiquePath();
  const changed = useCustomersChanged();
  const erase = api.useMutation("post", `${CUSTOMER}/erase`);
  const done = erase.data;
  const close = () => {
    if (done) { forgetOpened(path.boutique_id, props.id); void changed(); props.onErased(); } else props.onClose();
  };
  return (
    <Sheet open onOpenChange={close} title={t(done ? "customers.erased" : "customers.eraseWho", { name: props.name })} close={t("common.close")}
      footer={done
        ? <Button onClick={close}>{t("common.close")}</Button>
        : <Button look="danger" busy={erase.isPending} onClick={() => erase.mutate({ params: { path: { ...path, customer_id: props.id } } })}>{t("customers.eraseNow")}</Button>}>
      {done ? (
        <div role="status" className="flex flex-col gap-4">
          <p className="flex items-center gap-2 font-medium"><CircleCheck aria-hidden className="size-5 text-green-ink" /> {t("customers.erasedText")}</p>
          <Counted title={t("customers.went")} counts={{ ...done.removed, files: done.files }} />
          <Counted title={t("customers.stays")} counts={done.kept} />
        </div>
      ) : (
        <div className="flex flex-col gap-3">
          <p>{t("customers.eraseText")}</p>
          <p className="text-soft">{t("customers.eraseKeeps")}</p>
          {erase.error ? <p role="alert" className="rounded-2xl bg-red-soft p-4 text-red">{isProblem(erase.error) ? erase.error.detail : t("common.failed")}</p> : null}
        </div>
      )}
    </Sheet>
  );
}

function Counted({ title, counts }: { title: string; counts: Counts }) {
  const t = useTranslations("customers.tables");
  const shown = Object.entries(counts).filter(([table, count]) => count > 0 && t.has(table as never));
  if (shown.length === 0) return null;
  return (
    <section>
      <h3 className="text-xs font-medium text-soft">{title}</h3>
      <ul className="mt-1 divide-y">
        {shown.map(([table, count]) => (
          <li key={table} className="flex justify-between py-2"><span>{t(table as never)}</span><span className="tabular-nums">{count}</span></li>
        ))}
      </ul>
    </section>
  );
}
