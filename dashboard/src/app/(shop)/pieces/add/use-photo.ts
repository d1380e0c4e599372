"use client";

import { useEffect, useRef, useState } from "react";

import { client, type Schemas } from "@/api/client";
import { isProblem } from "@/api/problem";
import { useBoutiquePath } from "@/shell/boutique";

import { shrink } from "./shrink";

export type Suggestion = Schemas["Suggestion"];
type Looking = "no" | "yes" | "failed";

/** The photo of the new piece, and what the eye of the service sees in it. */
export function usePhoto(on: { taken: (photo: Blob) => void; seen: (seen: Suggestion) => void }) {
  const path = useBoutiquePath();
  const [photo, setPhoto] = useState<Blob | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [looking, setLooking] = useState<Looking>("no");
  const [refused, setRefused] = useState<string | null>(null);
  const latest = useRef<Blob | null>(null);
  useEffect(() => () => { if (url) URL.revokeObjectURL(url); }, [url]);

  function show(taken: Blob | null) {
    latest.current = taken;
    setPhoto(taken);
    setUrl(taken && URL.createObjectURL(taken));
    setLooking("no");
    setRefused(null);
  }

  async function take(file: File) {
    const small = await shrink(file);
    show(small);
    on.taken(small);
    setLooking("yes");
    const { data, error } = await client.POST("/boutiques/{boutique_id}/products/suggestions", {
      params: { path },
      body: { picture: "" }, // written by the serializer
      bodySerializer: () => formOf(small, {}, file.name),
    }).catch((lost: unknown) => ({ data: undefined, error: lost }));
    if (latest.current !== small) return; // another was taken meanwhile
    if (data) {
      setLooking("no");
      on.seen(data);
    } else if (isProblem(error) && error.status < 500) {
      show(null); // no picture: what was wrong with it stands in its place
      setRefused(error.errors?.[0]?.remedy ?? error.detail);
    } else setLooking("failed"); // the form is filled in by hand, and the photo stays
  }

  return { photo, url, looking, refused, take, show };
}

/** The upload; the name is for the person, who reads it where a picture is refused. */
export function formOf(photo: Blob, fields: Record<string, string> = {}, name = "piece.jpg"): FormData {
  const form = new FormData();
  form.append("picture", photo, name);
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  return form;
}
