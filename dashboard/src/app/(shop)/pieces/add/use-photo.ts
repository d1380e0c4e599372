"use client";

import { useEffect, useState } from "react";

import { client, type Schemas } from "@/api/client";
import { useBoutiquePath } from "@/shell/boutique";

import { shrink } from "./shrink";

export type Suggestion = Schemas["Suggestion"];

/** The photo of the new piece, and what the eye of the service sees in it. */
export function usePhoto(onSeen: (seen: Suggestion) => void) {
  const path = useBoutiquePath();
  const [photo, setPhoto] = useState<Blob | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [looking, setLooking] = useState(false);
  useEffect(() => () => { if (url) URL.revokeObjectURL(url); }, [url]);

  async function take(file: File) {
    const small = await shrink(file);
    setPhoto(small);
    setUrl(URL.createObjectURL(small));
    setLooking(true);
    const { data } = await client.POST("/boutiques/{boutique_id}/products/suggestions", {
      params: { path },
      body: { picture: "" }, // written by the serializer
      bodySerializer: () => formOf(small),
    }).finally(() => setLooking(false));
    if (data) onSeen(data); // without a suggestion the form is filled in by hand
  }

  return { photo, url, looking, take };
}

export function formOf(photo: Blob, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  form.append("picture", photo, "piece.jpg");
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
