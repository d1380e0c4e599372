"use client";

import { MessageCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { DetailHead } from "@/shell/detail";

import { CustomerPanel } from "../chats/customer-panel";
import { useCustomer } from "../chats/queries";

/** All that the shop knows of one customer. */
export function CustomerDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations();
  const { data: customer } = useCustomer(id);
  return (
    <>
      <DetailHead title={customer ? customer.name ?? t("customers.nameless") : t("customers.one")} onClose={onClose}
        actions={customer?.conversation_id && (
          <Button asChild look="outline" size="sm">
            <Link href={`/chats?id=${customer.conversation_id}`}><MessageCircle aria-hidden /> {t("customers.chat")}</Link>
          </Button>
        )} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-5 p-4 pb-8 wide:p-6">
          <CustomerPanel id={id} />
        </div>
      </div>
    </>
  );
}
