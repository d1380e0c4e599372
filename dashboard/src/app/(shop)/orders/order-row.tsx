"use client";

import { useTranslations } from "use-intl";

import { Badge } from "@/components/ui/badge";
import { Row } from "@/components/ui/row";
import { Picture } from "@/components/picture";
import { useFormats } from "@/shell/formats";

import { orderState, toneOf } from "./order-state";
import type { OrderRowData } from "./queries";

export function OrderRow(props: { order: OrderRowData; open?: boolean; onOpen: () => void }) {
  const t = useTranslations("orders");
  const { money, when } = useFormats();
  const { order } = props;
  const state = orderState(order);
  const more = order.pieces > 1 ? ` ${t("andMore", { count: order.pieces - 1 })}` : "";
  return (
    <Row
      open={props.open}
      onOpen={props.onOpen}
      before={<Picture url={order.picture_url} srcset={order.picture_srcset} />}
      title={order.customer_name ?? t("customer")}
      aside={<span className="font-medium">{money(order.total_minor)}</span>}
      below={<>{when(order.created_at)} · {order.first_item}{more}</>}
      belowAside={<Badge tone={toneOf(state)}>{t(`state.${state}`)}</Badge>}
    />
  );
}
