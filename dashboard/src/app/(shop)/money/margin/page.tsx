import type { Metadata } from "next";
import { Suspense } from "react";

import { MarginPage } from "./margin";

export const metadata: Metadata = { title: "Profit" };

export default function Page() {
  return <Suspense><MarginPage /></Suspense>;
}
