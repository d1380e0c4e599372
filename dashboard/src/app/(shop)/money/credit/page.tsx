import type { Metadata } from "next";
import { Suspense } from "react";

import { Credit } from "./credit";

export const metadata: Metadata = { title: "Who owes" };

export default function Page() {
  return <Suspense><Credit /></Suspense>;
}
