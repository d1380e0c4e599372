"use client";

import { Bookmark, BookmarkPlus, Pencil, UsersRound } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { later } from "@/components/later";
import { useUrl } from "@/shell/url";

import { areSame, changesFor, opensWith, paramsOf } from "./params";
import { PARAMS, type Screen, useViews, type View } from "./queries";
import { tellOfStale } from "./stale";

const ViewSheet = later(() => import("./view-sheet").then((part) => part.ViewSheet));
const CHIP = "flex h-10 shrink-0 items-center gap-1.5 rounded-full border px-3.5 text-base font-medium transition-colors duration-150 [&_svg]:size-4";

/** The views of a screen as a row of chips, and the way to keep the filters that are chosen now. */
export function Views({ screen }: { screen: Screen }) {
  const t = useTranslations();
  const { params, change } = useUrl();
  const names = PARAMS[screen];
  const all = useViews();
  const views = all.views?.filter((one) => one.screen === screen);
  const now = paramsOf(params, names);
  const shown = views?.find((one) => areSame(one.params, now));
  const [editing, setEditing] = useState<View | "new" | null>(null);
  const show = (view: View) => {
    tellOfStale(view, t);
    change(changesFor(view.params, names), "replace");
  };
  useOpening(views, all.fresh, show, Object.keys(now).length === 0 && !params.get("id"));
  const unkept = !shown && Object.keys(now).length > 0;
  if (!views?.length && !unkept) return null;
  return (
    <>
      <div role="group" aria-label={t("common.views")} className="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 [scrollbar-width:none]">
        {views?.map((view) => (
          <button key={view.id} type="button" aria-pressed={view === shown}
            onClick={() => (view === shown ? change(changesFor({}, names), "replace") : show(view))}
            className={cn(CHIP, view === shown ? "border-green bg-green-soft text-green-ink" : "border-line bg-raised hover:bg-paper")}>
            {view.shared ? <UsersRound aria-hidden /> : <Bookmark aria-hidden />} {view.name}
          </button>
        ))}
        {shown && (
          <button type="button" aria-label={t("common.changeView", { name: shown.name })} onClick={() => setEditing(shown)}
            className={cn(CHIP, "-ml-1 border-transparent px-3 text-soft hover:bg-ink/4")}>
            <Pencil aria-hidden />
          </button>
        )}
        {unkept && (
          <button type="button" onClick={() => setEditing("new")} className={cn(CHIP, "border-dashed border-line-strong text-green-ink hover:bg-paper")}>
            <BookmarkPlus aria-hidden /> {t("common.keepView")}
          </button>
        )}
      </div>
      {editing && (
        <ViewSheet screen={screen} view={editing === "new" ? undefined : editing} now={now} others={views ?? []} onClose={() => setEditing(null)} />
      )}
    </>
  );
}

/** Shows what the screen opens with, once, where its address asks for nothing else. */
function useOpening(views: View[] | undefined, fresh: boolean, show: (view: View) => void, plain: boolean) {
  const done = useRef(false);
  useEffect(() => {
    if (done.current || !views) return;
    const first = opensWith(views);
    done.current = fresh || !plain || first !== undefined; // what was told last may not know of it yet
    if (first && plain) show(first);
  }, [views, fresh, show, plain]);
}
