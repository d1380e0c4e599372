import type { Metadata } from "next";
import { Suspense } from "react";

import { ExportPage } from "./export";

export const metadata: Metadata = { title: "Everything as a file" };

export default function Page() {
  return <Suspense><ExportPage /></Suspense>;
}
