import type { Metadata } from "next";
import { Suspense } from "react";

import { ResultsPage } from "./results";

export const metadata: Metadata = { title: "Results of automations" };

export default function Page() {
  return <Suspense><ResultsPage /></Suspense>;
}
