import type { Metadata } from "next";
import { Suspense } from "react";

import { AgentsPage } from "./agents";

export const metadata: Metadata = { title: "Other agents" };

export default function Page() {
  return <Suspense><AgentsPage /></Suspense>;
}
