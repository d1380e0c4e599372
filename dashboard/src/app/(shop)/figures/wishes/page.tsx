import type { Metadata } from "next";
import { Suspense } from "react";

import { WishesPage } from "./wishes";

export const metadata: Metadata = { title: "Asked for in vain" };

export default function Page() {
  return <Suspense><WishesPage /></Suspense>;
}
