"use client";

import { onlineManager } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";

const listen = (changed: () => void) => onlineManager.subscribe(changed);

/** Says that there is no network; the platform's pages are of no boutique whose hour could be told. */
export function PlatformOffline() {
  const t = useTranslations("auth");
  const online = useSyncExternalStore(listen, () => onlineManager.isOnline(), () => true);
  if (online) return null;
  return (
    <p role="status" className="flex shrink-0 items-center gap-2 bg-amber-soft px-4 py-2 text-xs text-amber">
      <CloudOff aria-hidden className="size-4 shrink-0" /> {t("offlineError")}
    </p>
  );
}
