import type { Metadata } from "next";
import { Suspense } from "react";

import { Log } from "./log";

export const metadata: Metadata = { title: "Decisions" };

export default function Page() {
  return <Suspense><Log /></Suspense>;
}
