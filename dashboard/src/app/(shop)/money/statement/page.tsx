import type { Metadata } from "next";
import { Suspense } from "react";

import { ImportStatement } from "./import-statement";

export const metadata: Metadata = { title: "Import a statement" };

export default function Page() {
  return <Suspense><ImportStatement /></Suspense>;
}
