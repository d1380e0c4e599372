"use client";

import { useState } from "react";

import { later } from "@/components/later";

import type { SheetProps } from "./sheet-dialog";

const SheetDialog = later(() => import("./sheet-dialog").then((part) => part.SheetDialog));

/** Rises from the bottom on a phone, and stands in the middle on a wide screen. */
export function Sheet(props: SheetProps) {
  const [asked, setAsked] = useState(props.open);
  if (props.open && !asked) setAsked(true);
  return asked ? <SheetDialog {...props} /> : null;
}
