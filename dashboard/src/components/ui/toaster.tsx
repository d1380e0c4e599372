"use client";

import type { ExternalToast } from "sonner";

import { later } from "@/components/later";

let isThere = () => {};
const there = new Promise<void>((done) => { isThere = done; });
const Box = later(() => import("./toaster-box").then((part) => part.ToasterBox));

/** Where toasts are shown. It comes when the page is still, so a toast may have to wait for it. */
export function Toaster() {
  return <Box onReady={isThere} />;
}

type Show = (text: string, more?: ExternalToast) => void;
type Kind = "message" | "success" | "error";

const show = (kind: Kind): Show => (text, more) => {
  void Promise.all([import("sonner"), there]).then(([{ toast: sonner }]) => sonner[kind](text, more));
};

/** A word about what has been done, which goes away by itself. */
export const toast: Show & { success: Show; error: Show } = Object.assign(show("message"), {
  success: show("success"), error: show("error"),
});
