import type { Metadata } from "next";
import { Suspense } from "react";

import { TaxPage } from "./tax";

export const metadata: Metadata = { title: "Tax" };

export default function Page() {
  return <Suspense><TaxPage /></Suspense>;
}
