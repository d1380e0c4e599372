"use client";

import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { Mark } from "@/components/brand";
import { Empty } from "@/components/ui/empty";
import { SkeletonRows } from "@/components/ui/skeleton";
import { PlatformHead } from "@/platform/head";

/** All boutiques of the installation. */
export function Boutiques() {
  const t = useTranslations("platform");
  const found = api.useQuery("get", "/platform/boutiques");
  const items = found.data?.items ?? [];
  return (
    <>
      <PlatformHead title={t("places.boutiques")} />
      <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
        {!found.data && <SkeletonRows />}
        {found.data && items.length === 0 && <Empty picture={<Mark />} text={t("boutiques.none")} />}
        <ul className="divide-y">
          {items.map((one) => (
            <li key={one.id} className="flex min-h-16 flex-col justify-center px-4">
              <span className="font-medium">{one.name}</span>
              <span className="text-xs text-soft">{one.slug}</span>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
