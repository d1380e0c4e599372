"use client";

import { ArrowLeft, CloudOff, Megaphone, Pencil, Plus, Trash2, UsersRound } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";

import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useLanguage } from "@/i18n";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";

import { type Segment, SEGMENTS, useAudiencesChanged, useSegments } from "../../campaigns/write/audience/queries";
import { SegmentSheet } from "../../campaigns/write/audience/segment-sheet";

/** Groups of customers that were kept, said in words; campaigns are sent to them. */
export function Segments() {
  const t = useTranslations();
  const owner = useBoutique().role === "owner";
  const { data, isError, refetch } = useSegments();
  const [open, setOpen] = useState<Segment | "new" | null>(null);
  const begin = owner && <Button onClick={() => setOpen("new")}><Plus aria-hidden /> {t("campaigns.segments.new")}</Button>;
  return (
    <>
      <header className="flex min-h-16 shrink-0 items-center gap-1 border-b bg-surface px-2 pt-[env(safe-area-inset-top)] wide:px-5">
        <Button asChild look="quiet" size="icon"><Link href="/customers" aria-label={t("common.back")}><ArrowLeft aria-hidden /></Link></Button>
        <h1 className="min-w-0 flex-1 truncate text-lg font-semibold">{t("customers.groups")}</h1>
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">
          {!data && (isError
            ? <Empty picture={<CloudOff aria-hidden />} text={t("common.noAnswer")} action={<Button look="outline" onClick={() => void refetch()}>{t("common.retry")}</Button>} />
            : <SkeletonRows />)}
          {data && data.items.length === 0 && <Empty picture={<UsersRound aria-hidden />} text={t(owner ? "customers.noGroups" : "customers.noGroupsYet")} action={begin} />}
          {data && data.items.length > 0 && (
            <>
              <ul aria-label={t("customers.groups")} className="divide-y overflow-hidden rounded-2xl border bg-surface">
                {data.items.map((one) => <SegmentRow key={one.id} segment={one} owner={owner} onEdit={() => setOpen(one)} />)}
              </ul>
              <div>{begin}</div>
            </>
          )}
        </div>
      </main>
      {open && <SegmentSheet segment={open === "new" ? null : open} onClose={() => setOpen(null)} onKept={() => setOpen(null)} />}
    </>
  );
}

function SegmentRow({ segment, owner, onEdit }: { segment: Segment; owner: boolean; onEdit: () => void }) {
  const t = useTranslations();
  const { language } = useLanguage();
  const path = useBoutiquePath();
  const changed = useAudiencesChanged();
  const remove = api.useMutation("delete", `${SEGMENTS}/{segment_id}`, {
    onSuccess: () => void changed(),
    onError: (error) => void toast.error(isProblem(error) ? error.detail : t("common.failed")),
  });
  return (
    <li className="flex flex-col gap-3 p-4">
      <div>
        <p className="font-medium">{segment.name}</p>
        {segment.said && <p className="mt-1 text-soft">{segment.said[language]}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button asChild look="outline" size="sm"><Link href={`/customers?group=${segment.id}`}><UsersRound aria-hidden /> {t("customers.showThese")}</Link></Button>
        {owner && (
          <>
            <Button asChild look="outline" size="sm"><Link href="/campaigns/write"><Megaphone aria-hidden /> {t("customers.toCampaign")}</Link></Button>
            <Button look="quiet" size="sm" aria-label={t("campaigns.segments.edit", { name: segment.name })} onClick={onEdit}><Pencil aria-hidden /> {t("customers.edit")}</Button>
            <Button look="quiet" size="sm" busy={remove.isPending} aria-label={t("customers.removeGroup", { name: segment.name })}
              onClick={() => remove.mutate({ params: { path: { ...path, segment_id: segment.id } } })}><Trash2 aria-hidden /></Button>
          </>
        )}
      </div>
    </li>
  );
}
