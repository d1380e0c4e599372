"use client";

import { useLocale } from "use-intl";

import { formatsOf } from "@/shell/formats";

/** Times as whoever runs the installation reads them: in the time zone of this browser. */
export function usePlatformFormats() {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return formatsOf(useLocale(), "KES", timeZone);
}
