"use client";

import { ArrowLeft, Eye, Pause } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api, type Schemas } from "@/api/client";
import { Mark } from "@/components/brand";
import { later } from "@/components/later";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { usePlatformFormats } from "@/platform/formats";
import { PlatformHead } from "@/platform/head";
import { Findings, StateBadge } from "@/platform/health";
import { BoutiqueUsage } from "@/platform/usage";
import { Section } from "@/shell/detail";
import { useUrl } from "@/shell/url";

import { Days } from "./days";
import { Done } from "./done";
import { Keys } from "./keys";
import { LookNotice } from "./look-notice";
import { People } from "./people";
import { BOUTIQUE, useAnew, usePlatformBoutique, useRefused } from "./queries";

const LookSheet = later(() => import("./look-sheet").then((part) => part.LookSheet));
const PauseSheet = later(() => import("./pause-sheet").then((part) => part.PauseSheet));
type Shown = Schemas["PlatformBoutiquePage"];

/** One boutique as the platform sees it: what is wrong, its keys, and what is done about it. */
export function BoutiquePage() {
  const t = useTranslations();
  const { params } = useUrl();
  const id = params.get("id");
  const { data, error, refetch } = usePlatformBoutique(id);
  if (data) return <Boutique key={data.id} boutique={data} />;
  return (
    <>
      <PlatformHead title={t("platform.places.boutiques")} />
      <main className="min-h-0 flex-1 overflow-y-auto bg-surface">
        {id && !error ? <SkeletonRows /> : (
          <Empty picture={<Mark />} text={t(id ? "platformShops.failed" : "platformShops.noneFound")}
            action={id
              ? <Button onClick={() => void refetch()}>{t("common.retry")}</Button>
              : <Button asChild><Link href="/platform">{t("platformShops.back")}</Link></Button>} />
        )}
      </main>
    </>
  );
}

function Boutique({ boutique }: { boutique: Shown }) {
  const t = useTranslations("platformShops");
  const [open, setOpen] = useState<"look" | "pause" | null>(null);
  const sheet = (name: "look" | "pause") => ({ open: open === name, onOpenChange: (yes: boolean) => setOpen(yes ? name : null) });
  return (
    <>
      <PlatformHead
        title={boutique.name}
        above={<Link href="/platform" className="inline-flex min-h-6 items-center gap-1 hover:underline"><ArrowLeft aria-hidden className="size-4" /> {t("back")}</Link>}>
        <div className="mt-1 flex flex-wrap items-center gap-2">
          <StateBadge state={boutique.state} findings={boutique.findings} />
          <Button size="sm" look="outline" disabled={boutique.my_look !== null} onClick={() => setOpen("look")}><Eye aria-hidden /> {t("look.do")}</Button>
          <Button size="sm" look="outline" onClick={() => setOpen("pause")}><Pause aria-hidden /> {t("pause.do")}</Button>
        </div>
      </PlatformHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-280 grid-cols-1 gap-5 p-4 wide:grid-cols-2 wide:gap-6 wide:p-6">
          <div className="flex min-w-0 flex-col gap-5">
            {boutique.my_look && <LookNotice boutique={boutique} look={boutique.my_look} />}
            <Pauses boutique={boutique} />
            {boutique.findings.length > 0
              ? <Section title={t("health")}><Findings findings={boutique.findings} /></Section>
              : <p className="rounded-2xl border bg-surface p-4 text-soft">{t("allWell")}</p>}
            <Keys boutique={boutique} />
          </div>
          <div className="flex min-w-0 flex-col gap-5">
            <BoutiqueUsage boutiqueId={boutique.id} />
            <Days days={boutique.days} />
            <People persons={boutique.persons} />
            <Done done={boutique.done} />
          </div>
        </div>
      </main>
      <LookSheet boutique={boutique} {...sheet("look")} />
      <PauseSheet boutique={boutique} {...sheet("pause")} />
    </>
  );
}

function Pauses({ boutique }: { boutique: Shown }) {
  const t = useTranslations("platformShops.pause");
  const { full } = usePlatformFormats();
  const anew = useAnew();
  const lift = api.useMutation("post", `${BOUTIQUE}/pauses/end`, {
    onSuccess: async () => { await anew(); toast.success(t("lifted")); },
    onError: useRefused(),
  });
  return (
    <>
      {boutique.pauses.map((one) => (
        <Notice key={one.provider ?? "all"} tone="waits"
          action={(
            <Button size="sm" look="outline" busy={lift.isPending}
              onClick={() => lift.mutate({ params: { path: { boutique_id: boutique.id } }, body: { provider: one.provider } })}>
              {t("lift")}
            </Button>
          )}>
          <p className="font-medium">{t("inForce")}: {one.provider ? t(`channels.${one.provider}`) : t("whole")}</p>
          <p className="break-words">{one.reason}</p>
          <p className="text-xs">{t("since", { when: full(one.paused_at) })}</p>
        </Notice>
      ))}
      {boutique.paused_at && <p className="px-1 text-soft">{t(boutique.pauses.length > 0 ? "byOwner" : "byOwnerOnly")}</p>}
    </>
  );
}
