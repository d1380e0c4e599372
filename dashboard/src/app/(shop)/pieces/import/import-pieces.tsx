"use client";

import { ArrowLeft, CloudOff, FileSpreadsheet } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

import { isProblem } from "@/api/problem";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Skeleton } from "@/components/ui/skeleton";
import { useBoutique } from "@/shell/boutique";
import { useUrl } from "@/shell/url";

import { Choose } from "./choose";
import { Columns } from "./columns";
import { Found } from "./found";
import { Progress } from "./progress";
import { isWorking, useImport } from "./queries";

/** A list of pieces from a spreadsheet: chosen, its columns named, tried, imported. */
export function ImportPieces() {
  const t = useTranslations("imports");
  const { params, change } = useUrl();
  const id = params.get("id");
  if (useBoutique().role !== "owner") {
    return <main className="grid flex-1 place-items-center"><Empty picture={<FileSpreadsheet aria-hidden />} text={t("ownersOnly")} /></main>;
  }
  if (id) return <OneImport key={id} id={id} onOther={() => change({ id: null })} />;
  return <Frame step={t("steps.choose")}><Choose onTaken={(taken) => change({ id: taken })} /></Frame>;
}

function OneImport({ id, onOther }: { id: string; onOther: () => void }) {
  const t = useTranslations();
  const { data: one, isError, error, refetch } = useImport(id);
  if (!one) {
    return (
      <Frame step="">
        {isError
          ? <Empty picture={<CloudOff aria-hidden />} text={t(isProblem(error) ? "imports.gone" : "common.noAnswer")}
              action={<div className="flex gap-2"><Button look="outline" onClick={() => void refetch()}>{t("common.retry")}</Button><Button onClick={onOther}>{t("imports.another")}</Button></div>} />
          : <div aria-busy className="space-y-4">{[0, 1, 2].map((n) => <Skeleton key={n} className="h-24 rounded-2xl" />)}</div>}
      </Frame>
    );
  }
  if (one.status === "ready") return <Columns one={one} frame={(rest) => <Frame step={t("imports.steps.columns")} name={one.file_name} {...rest} />} />;
  if (isWorking(one)) return <Frame step={t(`imports.steps.${one.status as "checking" | "importing" | "picturing"}`)} name={one.file_name}><Progress one={one} /></Frame>;
  return <Found one={one} onOther={onOther} frame={(rest) => <Frame step={t(`imports.steps.${one.status as "checked" | "imported" | "stopped"}`)} name={one.file_name} {...rest} />} />;
}

export type FrameOf = (rest: { children: ReactNode; footer?: ReactNode }) => ReactNode;

/** The page around a step: the way back, where one is, and the next action under it. */
function Frame(props: { step: string; name?: string; children: ReactNode; footer?: ReactNode }) {
  const t = useTranslations();
  const router = useRouter();
  return (
    <div className="fixed inset-0 z-30 flex min-h-0 flex-1 flex-col bg-paper wide:static">
      <header className="flex min-h-16 shrink-0 items-center gap-1 border-b bg-surface px-2 pt-[env(safe-area-inset-top)] wide:px-5">
        <Button look="quiet" size="icon" aria-label={t("common.back")} onClick={() => router.push("/pieces")}><ArrowLeft aria-hidden /></Button>
        <div className="min-w-0 flex-1">
          <h1 className="truncate text-lg font-semibold">{props.step || t("imports.title")}</h1>
          {props.name && <p className="truncate text-xs text-soft">{props.name}</p>}
        </div>
      </header>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-4 p-4 pb-8">{props.children}</div>
      </main>
      {props.footer && (
        <footer className="shrink-0 border-t bg-surface px-4 pb-[max(0.75rem,env(safe-area-inset-bottom))] pt-3">
          <div className="mx-auto flex max-w-160 flex-wrap gap-2 wide:justify-end">{props.footer}</div>
        </footer>
      )}
    </div>
  );
}
