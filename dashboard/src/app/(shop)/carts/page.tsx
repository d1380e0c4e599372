import type { Metadata } from "next";
import { Suspense } from "react";

import { Carts } from "./carts";

export const metadata: Metadata = { title: "Carts" };

export default function Page() {
  return <Suspense><Carts /></Suspense>;
}
