"use client";

import { useEffect } from "react";
import { Toaster as Sonner } from "sonner";

/** Toasts in the colours of the page; sonner's own rich colours lack contrast. */
export function ToasterBox({ onReady }: { onReady: () => void }) {
  useEffect(onReady, [onReady]);
  return (
    <Sonner
      position="top-center"
      offset={12}
      style={{ fontFamily: "inherit" }} // it brings the system's
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "flex w-full items-center gap-3 rounded-2xl bg-ink px-4 py-3 text-base text-paper shadow-lift",
          title: "font-medium",
          description: "opacity-80",
          icon: "[&_svg]:size-5",
          actionButton: "ml-auto rounded-lg px-3 py-2 font-semibold underline underline-offset-4",
        },
      }}
    />
  );
}
