"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, LoaderCircle } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { cn } from "@/components/cn";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { Bubble } from "./bubble";
import { estimate, linesOf } from "./lines";
import { NoteBubble } from "./note-bubble";
import { useNotes } from "./queries";
import { useMessages } from "./use-messages";

const NEAR_PX = 400; // of an end: the messages before or after are read

/** The chat as WhatsApp shows it: the latest below, a line for each day; only what is seen is drawn. */
export function History(props: { id: string; at: string | null; onLatest: () => void; onQuoted: (id: string) => void }) {
  const t = useTranslations("chats");
  const { day, dayKey } = useFormats();
  const messages = useMessages(props.id, props.at);
  const notes = useNotes(props.id);
  const [atEnd, setAtEnd] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(
    () => linesOf(messages.rows, notes, { dayKey, whole: messages.earlier === null && !messages.loadingEarlier, open: !messages.atLatest }),
    [messages.rows, notes, dayKey, messages.earlier, messages.loadingEarlier, messages.atLatest],
  );
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    getItemKey: (index) => lines[index]?.key ?? index,
    estimateSize: (index) => estimate(lines[index]),
    anchorTo: "end", // earlier messages come without a jump
    followOnAppend: true,
    overscan: 8,
    paddingStart: 16,
    paddingEnd: 16,
  });
  const placed = useRef(false);
  const byHand = useRef(false); // who scrolls herself is left where she is
  const followed = useRef(props.at === null);
  const found = props.at ? lines.findIndex((line) => line.key === props.at) : -1;
  const total = list.getTotalSize();
  useEffect(() => {
    if (lines.length === 0) return;
    // Again when a picture has come and grown.
    if (found >= 0 && !byHand.current) list.scrollToIndex(found, { align: "center" });
    else if (!placed.current || followed.current) list.scrollToEnd();
    placed.current = true;
  }, [lines.length, total, list, found]);

  function takeOver() {
    byHand.current = true;
  }

  function look() {
    const element = box.current;
    if (!element || !placed.current) return;
    const isAtEnd = list.isAtEnd(120);
    followed.current = isAtEnd && (found < 0 || byHand.current);
    setAtEnd(isAtEnd);
    if (element.scrollTop < NEAR_PX) messages.earlier?.();
    if (element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX) messages.later?.();
  }

  return (
    <div className="relative min-h-0 flex-1 bg-wall">
      <div ref={box} onScroll={look} onWheel={takeOver} onPointerDown={takeOver} onKeyDown={takeOver} role="log" aria-label={t("history")} tabIndex={0}
        className="h-full overflow-y-auto px-3 focus-visible:-outline-offset-2 wide:px-8">
        {messages.loading && <Loading />}
        {messages.failed && <p role="alert" className="py-8 text-center text-soft">{t("gone")}</p>}
        <div className="relative w-full" style={{ height: list.getTotalSize() }}>
          {list.getVirtualItems().map((item) => {
            const line = lines[item.index];
            if (!line) return null;
            return (
              <div key={item.key} ref={list.measureElement} data-index={item.index} data-line={line.key}
                className="absolute inset-x-0 top-0" style={{ transform: `translateY(${item.start}px)` }}>
                {line.day && (
                  <p className="mx-auto my-3 w-fit rounded-lg bg-surface px-3 py-1 text-xs text-soft">{day(line.day)}</p>
                )}
                {line.note ? <NoteBubble note={line.note} /> : null}
                {line.message ? (
                  <div className={cn("rounded-2xl", line.key === props.at && "bg-green-soft outline-4 outline-green-soft")}>
                    <Bubble message={line.message} first={line.first} onQuoted={props.onQuoted} />
                  </div>
                ) : null}
              </div>
            );
          })}
        </div>
      </div>
      {messages.loadingEarlier && (
        <LoaderCircle role="status" aria-label={t("earlier")} className="absolute left-1/2 top-3 size-6 animate-spin text-soft" />
      )}
      {(!atEnd || !messages.atLatest) && (
        <Button look="outline" size="small" aria-label={t("toEnd")}
          onClick={() => {
            takeOver();
            if (messages.atLatest) list.scrollToEnd();
            else props.onLatest();
          }}
          className="absolute bottom-4 right-4 shadow-lift">
          <ChevronDown aria-hidden />
        </Button>
      )}
    </div>
  );
}

function Loading() {
  return (
    <div aria-busy className="flex flex-col gap-3 py-4">
      <Skeleton className="h-14 w-3/5 rounded-2xl" />
      <Skeleton className="h-24 w-2/3 self-end rounded-2xl" />
      <Skeleton className="h-10 w-2/5 rounded-2xl" />
    </div>
  );
}
