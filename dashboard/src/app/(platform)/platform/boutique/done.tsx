"use client";

import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { usePlatformFormats } from "@/platform/formats";
import { Section } from "@/shell/detail";

const NAMED = ["platform_paused", "platform_resumed", "platform_look_began", "platform_look_ended", "platform_looked_at",
  "provider_account_insert", "provider_account_update"] as const;

/** What platform admins did in the boutique; its owner reads the same. */
export function Done({ done }: { done: Schemas["DoneByPlatform"][] }) {
  const t = useTranslations("platformShops.done");
  const { full } = usePlatformFormats();
  return (
    <Section title={t("title")}>
      {done.length === 0 && <p className="p-4 text-soft">{t("none")}</p>}
      <ul className="divide-y">
        {done.map((one) => {
          const subject = one.subject === "boutique" ? t("whole") : one.subject.replace(/^(channel|provider_account):/, "");
          const action = NAMED.find((name) => name === one.action) ?? "other";
          return (
            <li key={`${one.at} ${one.action} ${one.subject} ${one.page}`} className="flex flex-col gap-0.5 px-4 py-2.5">
              <span><span className="break-all font-medium">{one.by ?? t("somebody")}</span> {t(`actions.${action}`, { subject, page: one.page ?? "" })}</span>
              {one.reason && <span className="break-words text-soft">{one.reason}</span>}
              <span className="text-xs text-soft">{full(one.at)}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
