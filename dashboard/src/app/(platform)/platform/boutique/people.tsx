"use client";

import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { usePlatformFormats } from "@/platform/formats";
import { Section } from "@/shell/detail";

export function People({ persons }: { persons: Schemas["PersonOfBoutique"][] }) {
  const t = useTranslations("platformShops.people");
  const { when } = usePlatformFormats();
  return (
    <Section title={t("title")}>
      {persons.length === 0 && <p className="p-4 text-soft">{t("none")}</p>}
      <ul className="divide-y">
        {persons.map((one) => (
          <li key={one.user_id} className="flex min-h-14 flex-wrap items-center gap-x-3 px-4 py-2">
            <span className="min-w-0 flex-1 break-all font-medium">{one.email}</span>
            <span className="text-xs text-soft">
              {t(one.role)}, {one.confirmed ? (one.last_sign_in_at ? t("lastIn", { when: when(one.last_sign_in_at) }) : t("never")) : t("invited")}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
