"use client";

import { ChevronDown } from "lucide-react";
import { Fragment, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useFormats } from "@/shell/formats";

import { Bubble } from "./bubble";
import { type ChatMessage, useMessages } from "./queries";

const NEAR_PX = 120; // of the end: what comes is followed

/** The chat as WhatsApp shows it: the latest below, a line for each day. */
export function History({ id }: { id: string }) {
  const t = useTranslations();
  const { day, dayKey } = useFormats();
  const messages = useMessages(id);
  const shown = [...messages.rows].reverse();
  const byId = new Map(shown.map((message) => [message.id, message]));
  const { box, atEnd, toEnd, onScroll, keepPlace } = useFollowing(shown.at(-1)?.id, shown[0]?.id);

  return (
    <div className="relative min-h-0 flex-1 bg-wall">
      <div ref={box} onScroll={onScroll} role="log" aria-label={t("chats.history")} tabIndex={0}
        className="flex h-full flex-col overflow-y-auto px-3 py-4 focus-visible:-outline-offset-2 wide:px-8">
        <div className="mt-auto" />
        {messages.loading && <Loading />}
        {messages.more && (
          <Button look="outline" size="sm" busy={messages.loadingMore} className="mb-4 self-center"
            onClick={() => { keepPlace(); messages.more?.(); }}>
            {t("chats.earlier")}
          </Button>
        )}
        {shown.map((message, index) => {
          const before = shown[index - 1];
          const newDay = !before || dayKey(before.created_at) !== dayKey(message.created_at);
          return (
            <Fragment key={message.id}>
              {newDay && (
                <p className="my-3 self-center rounded-lg bg-surface px-3 py-1 text-xs text-soft">
                  {day(message.created_at)}
                </p>
              )}
              <Bubble message={message} first={newDay || !sameSpeaker(before, message)}
                answered={message.reply_to_id ? byId.get(message.reply_to_id) : undefined} />
            </Fragment>
          );
        })}
      </div>
      {!atEnd && (
        <Button look="outline" size="small" aria-label={t("chats.toEnd")} onClick={toEnd}
          className="absolute bottom-4 right-4 shadow-lift">
          <ChevronDown aria-hidden />
        </Button>
      )}
    </div>
  );
}

function sameSpeaker(one: ChatMessage | undefined, two: ChatMessage): boolean {
  return one?.author === two.author;
}

function Loading() {
  return (
    <div aria-busy className="flex flex-col gap-3">
      <Skeleton className="h-14 w-3/5 rounded-2xl" />
      <Skeleton className="h-24 w-2/3 self-end rounded-2xl" />
      <Skeleton className="h-10 w-2/5 rounded-2xl" />
    </div>
  );
}

/** Stays at the end while new messages come, and where it was while earlier ones do. */
function useFollowing(last: string | undefined, first: string | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const place = useRef<number | null>(null); // distance from the end before earlier ones come
  const followed = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });

  useLayoutEffect(() => {
    if (followed.current) toEnd();
  }, [last]);
  useLayoutEffect(() => {
    if (box.current && place.current !== null) box.current.scrollTop = box.current.scrollHeight - place.current;
    place.current = null;
  }, [first]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // Pictures grow when they have come.
    const loaded = () => followed.current && toEnd();
    element.addEventListener("load", loaded, true);
    return () => element.removeEventListener("load", loaded, true);
  }, []);

  return {
    box,
    atEnd,
    toEnd,
    onScroll: () => {
      const element = box.current;
      if (!element) return;
      followed.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      setAtEnd(followed.current);
    },
    keepPlace: () => {
      if (box.current) place.current = box.current.scrollHeight - box.current.scrollTop;
    },
  };
}
