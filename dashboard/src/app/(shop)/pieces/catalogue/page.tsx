import type { Metadata } from "next";
import { Suspense } from "react";

import { CataloguePage } from "./catalogue";

export const metadata: Metadata = { title: "Catalogue" };

export default function Page() {
  return <Suspense><CataloguePage /></Suspense>;
}
