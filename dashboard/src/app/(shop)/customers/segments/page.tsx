import type { Metadata } from "next";
import { Suspense } from "react";

import { Segments } from "./segments";

export const metadata: Metadata = { title: "Groups of customers" };

export default function Page() {
  return <Suspense><Segments /></Suspense>;
}
