"use client";

import { useRef, useState } from "react";

import { client } from "@/api/client";
import { newKey } from "@/api/once";
import { useBoutiquePath } from "@/shell/boutique";

import { type NewPiece, usePiecesChanged } from "../queries";
import type { Sent } from "./use-draft";
import { formOf } from "./use-photo";

/** Creates the piece and adds its photo. Tried again after a failure, neither happens twice. */
export function useCreate(sent: Sent, keepSent: (now: Sent) => void) {
  const path = useBoutiquePath();
  const changed = usePiecesChanged();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const running = useRef(false);

  async function create(piece: NewPiece, photo: Blob | null, colour: string): Promise<string | null> {
    if (running.current) return null; // a second tap
    running.current = true;
    setBusy(true);
    setProblem(null);
    try {
      // The same form again is the same piece; a mended one is another call. Once the piece is
      // there, only its photo is still to be sent.
      const of = JSON.stringify(piece);
      const call = sent.id || sent.of === of ? sent : { of, key: newKey() };
      keepSent(call);
      const id = call.id ?? (await post(piece, call.key));
      keepSent({ ...call, id });
      if (photo) await addPhoto(id, photo, colour);
      await changed();
      return id;
    } catch (error) {
      setProblem(error);
      return null;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }

  async function post(piece: NewPiece, key: string): Promise<string> {
    const { data, error } = await client.POST("/boutiques/{boutique_id}/products", {
      params: { path, header: { "idempotency-key": key } },
      body: piece,
    });
    if (!data) throw error;
    return data.id;
  }

  async function addPhoto(id: string, photo: Blob, colour: string) {
    const { error } = await client.POST("/boutiques/{boutique_id}/products/{product_id}/pictures", {
      params: { path: { ...path, product_id: id } },
      body: { picture: "", colour },
      bodySerializer: () => formOf(photo, { colour }),
    });
    if (error) throw error;
  }

  return { create, busy, problem };
}
