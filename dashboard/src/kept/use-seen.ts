"use client";

import { usePathname } from "next/navigation";
import { type RefObject, useEffect } from "react";

import { whenStill } from "@/components/later";

import { keepSeen } from "./seen";

const AGAIN_MS = 1_500;

/** Keeps each page once it is whole, and as it was when the person left it. */
export function useSeen(frame: RefObject<HTMLElement | null>): void {
  const path = usePathname();
  useEffect(() => {
    const keep = () => !frame.current || keepSeen(frame.current);
    const timer = setInterval(() => whenStill(() => {
      if (keep()) clearInterval(timer);
    }), AGAIN_MS);
    const hidden = () => {
      if (document.visibilityState === "hidden") keep();
    };
    document.addEventListener("visibilitychange", hidden);
    window.addEventListener("pagehide", keep);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("pagehide", keep);
    };
  }, [path, frame]);
}
