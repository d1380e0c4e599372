"use client";

import { UserRoundCheck } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";

import { CustomerPicker } from "./customer-picker";
import { useLists } from "./queries";

/** Customers ticked one by one; they are kept as a list, which other campaigns may go to as well. */
export function ByHand(props: { campaign: string; listId: string | null; onChoose: (listId: string) => void }) {
  const t = useTranslations("campaigns.hand");
  const [picking, setPicking] = useState(false);
  const list = useLists().data?.items.find((one) => one.id === props.listId && one.source === "manual");
  return (
    <>
      {list && <p className="flex items-center gap-2 text-green-ink"><UserRoundCheck aria-hidden className="size-5 shrink-0" /> {t("chosen", { count: list.members })}</p>}
      <div><Button look={list ? "outline" : "main"} size="sm" onClick={() => setPicking(true)}>{t(list ? "again" : "pick")}</Button></div>
      {picking && (
        <CustomerPicker name={t("listName", { campaign: props.campaign })} onClose={() => setPicking(false)}
          onPicked={(id) => { setPicking(false); props.onChoose(id); }} />
      )}
    </>
  );
}
