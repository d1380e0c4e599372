"use client";

import { useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";

import { toast } from "@/components/ui/toaster";

import { useClosing, type Wish } from "./queries";

const TO_UNDO_MS = 6_000;

export const keyOf = (wish: Wish) => `${wish.kind} ${wish.subject}`;

/** Takes wishes off the list, and tells the shop's records once nobody can take that back any more. */
export function useDismissing() {
  const t = useTranslations();
  const { close } = useClosing();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Map<string, { wish: Wish; timer: ReturnType<typeof setTimeout> }>());

  const show = (wish: Wish) => setHidden((before) => new Set([...before].filter((key) => key !== keyOf(wish))));
  const send = (wish: Wish) => {
    waiting.current.delete(keyOf(wish));
    void close(wish, "dismissed").catch(() => toast.error(t("common.failed"))).finally(() => show(wish));
  };
  const latest = useRef(send);
  useEffect(() => { latest.current = send; });
  useEffect(() => {
    const sendAll = () => [...waiting.current.values()].forEach(({ wish, timer }) => {
      clearTimeout(timer);
      latest.current(wish);
    });
    window.addEventListener("pagehide", sendAll);
    return () => {
      window.removeEventListener("pagehide", sendAll);
      sendAll();
    };
  }, []);

  const undo = (wish: Wish) => {
    clearTimeout(waiting.current.get(keyOf(wish))?.timer);
    waiting.current.delete(keyOf(wish));
    show(wish);
  };
  const dismiss = (wish: Wish) => {
    setHidden((before) => new Set([...before, keyOf(wish)]));
    waiting.current.set(keyOf(wish), { wish, timer: setTimeout(() => latest.current(wish), TO_UNDO_MS) });
    toast(t("wishes.dismissed"), { duration: TO_UNDO_MS, action: { label: t("common.undo"), onClick: () => undo(wish) } });
  };
  return { hidden, dismiss };
}
