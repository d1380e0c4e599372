"use client";

import { useEffect, useRef, useState } from "react";

import { useBoutiquePath } from "@/shell/boutique";
import { kept } from "@/shell/kept";

import { askedPiece } from "./asked";
import type { Grid, Kind } from "./sizes";
import type { Suggestion } from "./use-photo";

/** What has been typed of the new piece. */
export type Draft = {
  seen: Suggestion | null;
  kind: Kind | null;
  colours: string[];
  name: string | null; // null: as suggested
  price: string;
  extra: string[]; // sizes besides the usual ones
  units: Grid;
};
/** The call that was sent last: the same again makes no second piece. */
export type Sent = { of: string; key: string; id?: string };

const NONE: Sent = { of: "", key: "" };
const EMPTY: Draft = { seen: null, kind: null, colours: [], name: null, price: "", extra: [], units: {} };

/**
 * The form of a new piece, kept on this device with its photo until the piece is on sale: a lost
 * connection, a call or a closed page loses nothing.
 */
export function useDraft(onPhoto: (photo: Blob) => void) {
  const { boutique_id } = useBoutiquePath();
  const keys = { draft: `piece/${boutique_id}`, photo: `piece-photo/${boutique_id}`, sent: `piece-sent/${boutique_id}` };
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [restored, setRestored] = useState(false);
  const [sent, setSent] = useState<Sent>(NONE);
  const ready = useRef(false);
  const given = useRef(onPhoto);

  useEffect(() => {
    let here = true;
    void Promise.all([kept.get<Draft>(keys.draft), kept.get<Blob>(keys.photo), kept.get<Sent>(keys.sent)])
      .then(([typed, photo, before]) => {
        if (!here) return;
        if (before) setSent(before);
        setDraft(typed ?? { ...EMPTY, ...askedPiece(window.location.search) }); // what was typed before is not lost
        if (photo) given.current(photo);
        setRestored(Boolean(typed ?? photo));
      })
      .catch((error: unknown) => console.warn("the device keeps no draft", error))
      .finally(() => { ready.current = true; });
    return () => { here = false; };
  }, [keys.draft, keys.photo, keys.sent]);

  const keep = (key: string, value: unknown) =>
    void kept.put(key, value).catch((error: unknown) => console.warn("the draft is not kept", error));

  return {
    draft,
    restored,
    sent,
    change: (changes: Partial<Draft> | ((now: Draft) => Partial<Draft>)) => setDraft((now) => {
      const next = { ...now, ...(typeof changes === "function" ? changes(now) : changes) };
      if (ready.current) keep(keys.draft, next);
      return next;
    }),
    keepPhoto: (photo: Blob) => keep(keys.photo, photo),
    keepSent: (now: Sent) => {
      setSent(now);
      keep(keys.sent, now);
    },
    forget: async () => {
      setSent(NONE);
      setDraft(EMPTY);
      setRestored(false);
      await Promise.all(Object.values(keys).map((key) => kept.remove(key))).catch((error: unknown) => console.warn(error));
    },
  };
}
