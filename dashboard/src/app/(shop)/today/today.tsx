"use client";

import { useTranslations } from "use-intl";

import { later, useStill } from "@/components/later";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";
import { PageHead } from "@/shell/page";

import { useGoLive } from "../settings/queries";
import { LatestOrders } from "./latest-orders";
import { Sold } from "./sold";
import { ToGoLive } from "./to-go-live";
import { Waits } from "./waits";

const PlanOnToday = later(() => import("../settings/plan-used").then((part) => part.PlanOnToday));

/** What an owner sees first: what was sold, what waits, and what came in last. */
export function Today() {
  const t = useTranslations("today");
  const boutique = useBoutique();
  const { day } = useFormats();
  const owner = boutique.role === "owner";
  const { isPending } = useGoLive(owner);
  const still = useStill();
  // What is missing before the shop can sell stands above what waits, and must not push it down.
  const settled = !owner || !isPending;
  return (
    <>
      <PageHead title={boutique.name} above={day(new Date().toISOString())} />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-280 grid-cols-1 gap-4 p-4 wide:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] wide:gap-6 wide:p-6">
          <div className="flex min-w-0 flex-col gap-4 wide:gap-6">
            <Sold />
            {settled ? <><ToGoLive /><Waits /></> : <SkeletonRows count={3} />}
            {owner && still && <PlanOnToday />}
          </div>
          {settled && (
            <section aria-labelledby="latest">
              <h2 id="latest" className="mb-2 px-1 text-xs font-medium text-soft">{t("latest")}</h2>
              <LatestOrders />
            </section>
          )}
        </div>
      </main>
    </>
  );
}
