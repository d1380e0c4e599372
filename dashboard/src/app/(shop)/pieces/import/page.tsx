import type { Metadata } from "next";
import { Suspense } from "react";

import { ImportPieces } from "./import-pieces";

export const metadata: Metadata = { title: "Import pieces" };

export default function Page() {
  return <Suspense><ImportPieces /></Suspense>;
}
