"use client";

import type { ReactNode } from "react";

import { Picture } from "@/components/picture";
import { useWords } from "@/components/words";

import type { OrderData } from "./queries";

export type OrderItemData = OrderData["items"][number];

/** A piece of an order: picture, name, colour and size, and beside it what the screen says of it. */
export function OrderPiece({ item, below, aside }: { item: OrderItemData; below?: ReactNode; aside?: ReactNode }) {
  const { colour } = useWords();
  return (
    <>
      <div className="flex items-center gap-3">
        <Picture url={item.picture_url} srcset={item.picture_srcset} />
        <div className="min-w-0 flex-1">
          <p className="font-medium">{item.name}</p>
          <p className="text-xs text-soft">{colour(item.colour)} · {item.size}</p>
        </div>
        {aside}
      </div>
      {below}
    </>
  );
}
