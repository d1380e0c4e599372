import type { Metadata } from "next";
import { Suspense } from "react";

import { KeptPage } from "./kept";

export const metadata: Metadata = { title: "How long it is kept" };

export default function Page() {
  return <Suspense><KeptPage /></Suspense>;
}
