"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";

import { client } from "@/api/client";
import { isProblem } from "@/api/problem";
import { toast } from "@/components/ui/toaster";
import { useBoutiquePath } from "@/shell/boutique";

import { shrink } from "./add/shrink";
import { formOf } from "./add/use-photo";
import { usePiecesChanged } from "./queries";

const PICTURES = "/boutiques/{boutique_id}/products/{product_id}/pictures";

/** What an owner does with a piece's pictures; each tells what went wrong, and true when it worked. */
export function usePictures(pieceId: string) {
  const t = useTranslations();
  const boutique = useBoutiquePath();
  const changed = usePiecesChanged();
  const [busy, setBusy] = useState(false);
  const path = { ...boutique, product_id: pieceId };

  async function done(work: () => Promise<{ error?: unknown }>): Promise<boolean> {
    setBusy(true);
    try {
      const { error } = await work();
      if (error) throw error;
      await changed();
      return true;
    } catch (error) {
      toast.error(isProblem(error) ? (error.errors?.[0]?.remedy ?? error.detail) : t("pieces.notSent"));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return {
    busy,
    /** One after the other: a slow network carries one at a time. */
    add: async (files: File[]) => {
      for (const file of files) {
        const photo = await shrink(file);
        const added = await done(() => client.POST(PICTURES, {
          params: { path }, body: { picture: "", colour: "" }, bodySerializer: () => formOf(photo, {}, file.name),
        }));
        if (!added) return;
      }
    },
    arrange: (ids: string[]) => done(() => client.PUT("/boutiques/{boutique_id}/products/{product_id}/picture-order", {
      params: { path }, body: { picture_ids: ids },
    })),
    paint: (id: string, colour: string | null) => done(() => client.PATCH(`${PICTURES}/{picture_id}`, {
      params: { path: { ...path, picture_id: id } }, body: { colour },
    })),
    remove: (id: string) => done(() => client.DELETE(`${PICTURES}/{picture_id}`, {
      params: { path: { ...path, picture_id: id } },
    })),
  };
}
