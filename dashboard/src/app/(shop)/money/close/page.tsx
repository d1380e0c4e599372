import type { Metadata } from "next";
import { Suspense } from "react";

import { CloseDay } from "./close-day";

export const metadata: Metadata = { title: "Close the day" };

export default function Page() {
  return <Suspense><CloseDay /></Suspense>;
}
