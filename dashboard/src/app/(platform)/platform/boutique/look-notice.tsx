"use client";

import { Eye } from "lucide-react";
import { useTranslations } from "use-intl";

import type { Schemas } from "@/api/client";
import { Button } from "@/components/ui/button";
import { usePlatformFormats } from "@/platform/formats";
import { enterLook, useLeave } from "@/platform/looking";

import { useAnew, useRefused } from "./queries";

/** A look that is open: into the dashboard again, or out of it. */
export function LookNotice(props: { boutique: Schemas["PlatformBoutique"]; look: Schemas["LookShown"] }) {
  const t = useTranslations("platformShops.look");
  const { time } = usePlatformFormats();
  const anew = useAnew();
  const leave = useLeave(props.boutique.id, { onLeft: () => void anew(), onError: useRefused() });
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 rounded-2xl border bg-surface p-4">
      <Eye aria-hidden className="size-5 shrink-0 text-soft" />
      <span className="min-w-0 flex-1">{t("under", { time: time(props.look.ends_at) })}</span>
      <Button size="sm" onClick={() => enterLook(props.boutique.id)}>{t("open")}</Button>
      <Button size="sm" look="outline" busy={leave.busy} onClick={leave.now}>{t("leave")}</Button>
    </div>
  );
}
