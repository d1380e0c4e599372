"use client";

import { ShoppingBasket } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { RowList } from "@/components/rows";
import { Empty } from "@/components/ui/empty";
import { Segmented } from "@/components/ui/segmented";
import { PageHead } from "@/shell/page";
import { useChoice } from "@/shell/url";

import { CartRow } from "./cart-row";
import { CartSheet } from "./cart-sheet";
import { CartStats } from "./cart-stats";
import { HOURS, type LeftCart, useLeftCarts } from "./queries";

/** Carts that were filled and left, what became of others, and a reminder with one tap. */
export function Carts() {
  const t = useTranslations("carts");
  const [hours, choose] = useChoice("hours", HOURS);
  const carts = useLeftCarts(hours);
  const [open, setOpen] = useState<LeftCart | null>(null);
  return (
    <>
      <PageHead title={t("title")}>
        <Segmented label={t("since")} value={hours} onChange={choose}
          segments={HOURS.map((value) => ({ value, label: t("hours", { count: Number(value) }) }))} />
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4">
          <CartStats hours={hours} />
          <section aria-labelledby="left-carts">
            <h2 id="left-carts" className="mb-2 px-1 text-xs font-medium text-soft">{t("left")}</h2>
            <div className="overflow-hidden rounded-2xl border bg-surface">
              <RowList of={carts} label={t("left")} row={(cart) => <CartRow cart={cart} onOpen={() => setOpen(cart)} />}
                empty={<Empty picture={<ShoppingBasket aria-hidden />} text={t("none")} />} />
            </div>
          </section>
        </div>
      </main>
      {open && <CartSheet key={open.id} cart={open} onClose={() => setOpen(null)} />}
    </>
  );
}
