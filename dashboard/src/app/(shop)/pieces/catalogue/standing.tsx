"use client";

import { MoreVertical, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { later } from "@/components/later";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useBoutique, useBoutiquePath } from "@/shell/boutique";
import { useFormats } from "@/shell/formats";

import { type Connected, isUnderWay, usePush, useRead } from "./queries";

const ChangeSheet = later(() => import("./change-sheet").then((part) => part.ChangeSheet));

/** How far the catalogue has come, when it was last compared, and what can be done with all of it. */
export function Standing({ catalogue }: { catalogue: Connected }) {
  const t = useTranslations("catalogue");
  const owner = useBoutique().role === "owner";
  const { when } = useFormats();
  const [changing, setChanging] = useState(false);
  return (
    <section aria-labelledby="catalogue-standing" className="flex flex-col gap-4 rounded-2xl border bg-surface p-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 id="catalogue-standing" className="text-lg font-semibold break-words">{catalogue.name || catalogue.catalogue_id}</h2>
          <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
            <State catalogue={catalogue} />
            <span>{catalogue.read_at ? t("readAt", { at: when(catalogue.read_at) }) : t("neverRead")}</span>
          </div>
        </div>
        {owner && <Whole onChange={() => setChanging(true)} />}
      </div>
      <Progress catalogue={catalogue} />
      {catalogue.problem_code && <Problem catalogue={catalogue} />}
      {changing && <ChangeSheet current={catalogue.catalogue_id} onClose={() => setChanging(false)} />}
    </section>
  );
}

function State({ catalogue }: { catalogue: Connected }) {
  const t = useTranslations("catalogue.states");
  if (catalogue.state === "refused") return <Badge tone="risk">{t("refused")}</Badge>;
  if (catalogue.push_again_at) return <Badge tone="waits">{t("waits")}</Badge>;
  return isUnderWay(catalogue) ? <Badge tone="waits">{t("working")}</Badge> : <Badge tone="good">{t("upToDate")}</Badge>;
}

function Progress({ catalogue: { counts } }: { catalogue: Connected }) {
  const t = useTranslations("catalogue");
  const format = useFormatter();
  const share = counts.items === 0 ? 0 : counts.approved / counts.items;
  return (
    <div className="flex flex-col gap-2">
      <p className="tabular-nums">
        <span className="text-2xl font-semibold">{format.number(counts.approved)}</span>{" "}
        <span className="text-soft">{t("ofItems", { count: counts.items })}</span>
      </p>
      <div role="progressbar" aria-label={t("progress")} aria-valuemin={0} aria-valuemax={counts.items} aria-valuenow={counts.approved}
        className="h-2 overflow-hidden rounded-full bg-sunk">
        <div className="h-full bg-green transition-[width] duration-200" style={{ width: `${share * 100}%` }} />
      </div>
      {counts.waiting + counts.in_review > 0 && (
        <p className="text-xs text-soft">{t("onTheWay", { waiting: counts.waiting, review: counts.in_review })}</p>
      )}
    </div>
  );
}

const REMEDIES = ["190", "200", "10", "100", "80014", "80009", "setup", "batch", "not_shown"] as const;

function Problem({ catalogue }: { catalogue: Connected }) {
  const t = useTranslations("catalogue");
  const path = useBoutiquePath();
  const owner = useBoutique().role === "owner";
  const { when } = useFormats();
  const push = usePush();
  const known = REMEDIES.find((code) => code === catalogue.problem_code);
  return (
    <Notice tone={catalogue.state === "refused" ? "risk" : "waits"}
      action={owner && <Button look="outline" size="sm" busy={push.isPending} onClick={() => push.mutate({ params: { path }, body: { everything: false } })}>{t("tryAgain")}</Button>}>
      {t(known ? `problems.${known}` : "problems.other")}
      {(!known || known === "batch") && catalogue.problem && <span className="block text-xs">{t("metaSays", { words: catalogue.problem })}</span>}
      {catalogue.push_again_at && <span className="block text-xs">{t("pushAgainAt", { at: when(catalogue.push_again_at) })}</span>}
    </Notice>
  );
}

function Whole({ onChange }: { onChange: () => void }) {
  const t = useTranslations("catalogue");
  const path = useBoutiquePath();
  const push = usePush();
  const read = useRead();
  const told = {
    onError: (error: unknown) => void toast.error(isProblem(error) ? error.detail : t("failed")),
  };
  return (
    <div className="-mr-2 -mt-2 flex">
      <Button look="quiet" size="icon" aria-label={t("compare")} busy={read.isPending}
        onClick={() => read.mutate({ params: { path } }, { ...told, onSuccess: () => void toast.success(t("comparing")) })}>
        {!read.isPending && <RefreshCw aria-hidden />}
      </Button>
      <Menu align="end" trigger={<Button look="quiet" size="icon" aria-label={t("more")}><MoreVertical aria-hidden /></Button>}>
        <MenuItem onSelect={() => push.mutate({ params: { path }, body: { everything: false } }, { ...told, onSuccess: () => void toast.success(t("sending")) })}>{t("sendNow")}</MenuItem>
        <MenuItem onSelect={() => push.mutate({ params: { path }, body: { everything: true } }, { ...told, onSuccess: () => void toast.success(t("sending")) })}>{t("sendAll")}</MenuItem>
        <MenuItem onSelect={onChange}>{t("change")}</MenuItem>
      </Menu>
    </div>
  );
}
