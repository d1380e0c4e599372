"use client";

import { useTranslations } from "use-intl";

import { Avatar } from "@/components/ui/avatar";
import { Row } from "@/components/ui/row";
import { useFormats } from "@/shell/formats";

import type { ListedCustomer } from "./queries";

export function CustomerRow(props: { customer: ListedCustomer; open?: boolean; onOpen: () => void }) {
  const t = useTranslations("customers");
  const { money, when } = useFormats();
  const { customer } = props;
  const known = [...customer.sizes, ...customer.tags.map((tag) => `#${tag}`)].join(" · ");
  return (
    <Row open={props.open} onOpen={props.onOpen}
      before={<Avatar name={customer.name ?? ""} className="size-12" />}
      title={customer.name ?? t("nameless")}
      aside={customer.spent_minor > 0 && <span className="font-medium tabular-nums">{money(customer.spent_minor)}</span>}
      below={[customer.phone, known].filter(Boolean).join(" · ")}
      belowAside={
        <span>{customer.last_order_at ? `${t("orders", { count: customer.orders })} · ${when(customer.last_order_at)}` : t("noOrder")}</span>
      } />
  );
}
