"use client";

import { useEffect } from "react";
import { Toaster as Sonner } from "sonner";

/**
 * Toasts in the colours of the page; sonner's own rich colours lack contrast.
 *
 * They stand above the bar at a thumb's reach, and what is under one can be tapped through it: only
 * its button takes a tap, so no toast is in anybody's way.
 */
export function ToasterBox({ onReady }: { onReady: () => void }) {
  useEffect(onReady, [onReady]);
  return (
    <Sonner
      position="bottom-center"
      offset={24}
      mobileOffset={{ bottom: "calc(5.5rem + env(safe-area-inset-bottom))", left: 12, right: 12 }}
      style={{ fontFamily: "inherit" }} // it brings the system's
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "pointer-events-none flex w-full items-center gap-3 rounded-2xl bg-ink px-4 py-3 text-base text-paper shadow-lift",
          title: "font-medium",
          description: "opacity-80",
          icon: "[&_svg]:size-5",
          actionButton: "pointer-events-auto ml-auto rounded-lg px-3 py-2 font-semibold underline underline-offset-4",
        },
      }}
    />
  );
}
