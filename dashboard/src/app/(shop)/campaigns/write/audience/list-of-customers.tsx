"use client";

import { useTranslations } from "use-intl";

import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { useLists } from "./queries";
import { RadioRow } from "./radio-row";

/** The lists that were picked by hand or came of a file. */
export function ListOfCustomers({ chosen, onChoose }: { chosen: string | null; onChoose: (id: string) => void }) {
  const t = useTranslations("campaigns.lists");
  const { when } = useFormats();
  const { data } = useLists();
  if (!data) return <Skeleton className="h-14 rounded-xl" />;
  if (data.items.length === 0) return <p className="text-soft">{t("none")}</p>;
  return (
    <div role="radiogroup" aria-label={t("title")}>
      {data.items.map((one) => (
        <RadioRow key={one.id} group="list" chosen={one.id === chosen} onChoose={() => onChoose(one.id)} name={one.name}
          text={t(`from.${one.source}`, { when: when(one.created_at) })} aside={t("members", { count: one.members })} />
      ))}
    </div>
  );
}
