"use client";

import { MessageCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { useBoutique } from "@/shell/boutique";
import { DetailHead } from "@/shell/detail";

import { CustomerPanel } from "../chats/customer-panel";
import { useCustomer } from "../chats/queries";
import { CustomerMenu } from "./customer-menu";
import { Log } from "./log";
import { RevealPhone } from "./phone";
import { Taste } from "./taste";

/** All that the shop knows of one customer; owners see her number and who else saw it. */
export function CustomerDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations();
  const owner = useBoutique().role === "owner";
  const { data: customer } = useCustomer(id);
  const name = customer?.name ?? t(customer ? "customers.nameless" : "customers.one");
  return (
    <>
      <DetailHead title={name} onClose={onClose} actions={customer && owner && <CustomerMenu id={id} name={name} onErased={onClose} />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 pb-8 wide:p-6">
          {customer && (
            <div className="flex flex-wrap gap-2">
              {customer.conversation_id && (
                <Button asChild look="outline"><Link href={`/chats?id=${customer.conversation_id}`}><MessageCircle aria-hidden /> {t("customers.chat")}</Link></Button>
              )}
              {owner && customer.phone && <RevealPhone id={id} />}
            </div>
          )}
          <CustomerPanel id={id} />
          {customer && <Taste id={id} />}
          {customer && owner && <Log id={id} />}
        </div>
      </div>
    </>
  );
}
