"use client";

import { useRef, useState } from "react";

import { client } from "@/api/client";
import { newKey } from "@/api/once";
import { useBoutiquePath } from "@/shell/boutique";

import { type NewPiece, usePiecesChanged } from "../queries";
import { formOf } from "./use-photo";

/** Creates the piece and adds its photo. Tried again after a failure, neither happens twice. */
export function useCreate() {
  const path = useBoutiquePath();
  const changed = usePiecesChanged();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const made = useRef<{ of: string; key: string; id?: string }>({ of: "", key: "" });

  async function create(piece: NewPiece, photo: Blob | null, colour: string): Promise<string | null> {
    setBusy(true);
    setProblem(null);
    try {
      // The same form again is the same piece; a mended one is another call.
      const of = JSON.stringify(piece);
      if (made.current.of !== of) made.current = { of, key: newKey() };
      made.current.id ??= await post(piece, made.current.key);
      if (photo) await addPhoto(made.current.id, photo, colour);
      await changed();
      return made.current.id;
    } catch (error) {
      setProblem(error);
      return null;
    } finally {
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
