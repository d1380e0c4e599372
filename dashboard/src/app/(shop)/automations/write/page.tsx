import type { Metadata } from "next";
import { Suspense } from "react";

import { Write } from "./write";

export const metadata: Metadata = { title: "Automation" };

export default function Page() {
  return <Suspense><Write /></Suspense>;
}
