"use client";

import { BellRing, MessageCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Copyable } from "@/components/copyable";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useWords } from "@/components/words";
import { useFormats } from "@/shell/formats";

import { type LeftCart, useCart, useInBoutique, useRecover } from "./queries";
import { RecoverNow } from "./recover-now";

/** What is in the cart, and a reminder; or why none may be sent, with its words to copy. */
export function CartSheet({ cart, onClose }: { cart: LeftCart; onClose: () => void }) {
  const t = useTranslations();
  const { money, when } = useFormats();
  const { colour } = useWords();
  const { data } = useCart(cart.customer_id);
  const header = useInBoutique();
  const recover = useRecover();
  const result = recover.data;
  const remind = () => recover.mutate({ params: { header, path: { cart_id: cart.cart_id } } }, {
    onSuccess: (made) => { if (made.sent) toast.success(t("carts.sent")); },
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} close={t("common.close")}
      title={cart.customer_name ?? cart.phone ?? t("chats.customer")}
      footer={
        <div className="flex flex-wrap gap-2 *:flex-1">
          {cart.conversation_id && (
            <Button asChild look="outline"><Link href={`/chats?id=${cart.conversation_id}`}><MessageCircle aria-hidden /> {t("carts.chat")}</Link></Button>
          )}
          <Button busy={recover.isPending} disabled={result?.sent === true || cart.reminded_at !== null} onClick={remind}>
            <BellRing aria-hidden /> {t("carts.remind")}
          </Button>
        </div>
      }>
      <div className="flex flex-col gap-4">
        <p className="text-soft">{t("carts.changed", { at: when(cart.changed_at) })}</p>
        {!data && <SkeletonRows count={2} />}
        {data && (
          <ul aria-label={t("carts.inCart")} className="divide-y rounded-2xl border">
            {data.items.map((line) => (
              <li key={line.variant_id} className="flex items-baseline gap-3 px-4 py-3">
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{line.name}</span>
                  <span className="block text-xs text-soft">{line.quantity} × {colour(line.colour)}, {line.size}</span>
                </span>
                <span className="tabular-nums">{money(line.total_minor)}</span>
              </li>
            ))}
            <li className="flex items-baseline gap-3 px-4 py-3 font-semibold">
              <span className="flex-1">{t("carts.total")}</span>
              <span className="tabular-nums">{money(data.total_minor || cart.total_minor)}</span>
            </li>
          </ul>
        )}
        {result && !result.sent && result.why_not && (
          <>
            <Notice tone="waits">{t(`carts.whyNot.${result.why_not}`)}</Notice>
            <Copyable label={t("carts.words")} text={result.whatsapp_text} />
          </>
        )}
        <RecoverNow cartId={cart.cart_id} />
        {(result?.sent || cart.reminded_at) && <p role="status" className="text-green-ink">{t("carts.isReminded")}</p>}
      </div>
    </Sheet>
  );
}
