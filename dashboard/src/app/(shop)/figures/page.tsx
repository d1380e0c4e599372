import type { Metadata } from "next";
import { Suspense } from "react";

import { FiguresPage } from "./figures";

export const metadata: Metadata = { title: "Figures" };

export default function Page() {
  return <Suspense><FiguresPage /></Suspense>;
}
