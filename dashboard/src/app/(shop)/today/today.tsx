"use client";

import { useTranslations } from "use-intl";

import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { PageHead } from "@/shell/page";

import { LatestOrders } from "./latest-orders";
import { Sold } from "./sold";
import { ToGoLive } from "./to-go-live";
import { Waits } from "./waits";

/** What an owner sees first: what was sold, what waits, and what came in last. */
export function Today() {
  const t = useTranslations("today");
  const boutique = useBoutique();
  const { day } = useFormats();
  return (
    <>
      <PageHead title={boutique.name} above={day(new Date().toISOString())} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-280 grid-cols-1 gap-4 p-4 wide:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] wide:gap-6 wide:p-6">
          <div className="flex min-w-0 flex-col gap-4 wide:gap-6">
            <Sold />
            <ToGoLive />
            <Waits />
          </div>
          <section aria-labelledby="latest">
            <h2 id="latest" className="mb-2 px-1 text-xs font-medium text-soft">{t("latest")}</h2>
            <LatestOrders />
          </section>
        </div>
      </main>
    </>
  );
}
