"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";

import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import { Section } from "@/shell/detail";
import { useFormats } from "@/shell/formats";

import { CustomerNotes } from "./customer-notes";
import { CustomerTags } from "./customer-tags";
import { type Customer, useCustomer } from "./queries";
import { Sizes } from "./sizes";

/** What the shop knows of the customer it talks with. */
export function CustomerPanel({ id }: { id: string }) {
  const t = useTranslations("chats.about");
  const { money } = useFormats();
  const { data: customer, error } = useCustomer(id);
  if (!customer) {
    return error ? <p role="alert" className="text-soft">{t("gone")}</p>
      : <div aria-busy className="space-y-4">{[0, 1, 2].map((n) => <Skeleton key={n} className="h-24 rounded-2xl" />)}</div>;
  }
  return (
    <div className="flex flex-col gap-5">
      <div className="flex items-center gap-3">
        <Avatar name={customer.name ?? ""} className="size-12" />
        <div className="min-w-0">
          <p className="truncate text-lg font-semibold">{customer.name ?? t("nameless")}</p>
          <p className="text-xs text-soft">{customer.phone} {customer.language && `· ${t(`language.${customer.language}`)}`}</p>
        </div>
      </div>
      <dl className="grid grid-cols-2 gap-2 *:rounded-2xl *:border *:p-3">
        <div><dt className="text-xs text-soft">{t("spent")}</dt><dd className="text-lg font-semibold">{money(customer.spent_minor)}</dd></div>
        <div><dt className="text-xs text-soft">{t("orders")}</dt><dd className="text-lg font-semibold">{customer.paid_orders}</dd></div>
      </dl>
      <CustomerTags customer={customer} />
      <CustomerNotes key={customer.id} customer={customer} />
      <Sizes sizes={customer.sizes} />
      <Orders customer={customer} />
      <Consent customer={customer} />
    </div>
  );
}

function Orders({ customer }: { customer: Customer }) {
  const t = useTranslations("chats.about");
  const { money, when } = useFormats();
  if (customer.last_orders.length === 0) return null;
  return (
    <Section title={t("lastOrders")}>
      <ul className="divide-y">
        {customer.last_orders.map((order) => (
          <li key={order.id}>
            <Link href={`/orders?filter=all&id=${order.id}`} className="flex min-h-12 items-center gap-2 px-4 py-2 hover:bg-ink/4">
              <span className="flex-1 font-medium">{order.number}</span>
              <span className="text-xs text-soft">{when(order.created_at)}</span>
              <span>{money(order.total_minor)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Consent({ customer }: { customer: Customer }) {
  const t = useTranslations("chats.about");
  const { full } = useFormats();
  return (
    <Section title={t("consent")}>
      <div className="flex flex-col gap-2 p-4">
        <Badge tone={customer.may_write ? "good" : "risk"} className="w-fit">{t(customer.may_write ? "mayWrite" : "stopped")}</Badge>
        <Badge tone={customer.may_market ? "good" : "plain"} className="w-fit">{t(customer.may_market ? "mayMarket" : "noMarketing")}</Badge>
        {customer.consents.map((line) => (
          <p key={line.created_at + line.purpose} className="text-xs text-soft">
            {t(`said.${line.purpose}.${line.granted ? "yes" : "no"}`)} · {full(line.created_at)}
            {line.words && <span className="block text-ink">“{line.words}”</span>}
          </p>
        ))}
      </div>
    </Section>
  );
}
