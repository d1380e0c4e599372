import type { Metadata } from "next";
import { Suspense } from "react";

import { TimelinePage } from "./timeline";

export const metadata: Metadata = { title: "Timeline of automations" };

export default function Page() {
  return <Suspense><TimelinePage /></Suspense>;
}
