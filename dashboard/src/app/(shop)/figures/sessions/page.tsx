import type { Metadata } from "next";
import { Suspense } from "react";

import { TalksPage } from "./talks";

export const metadata: Metadata = { title: "Talks" };

export default function Page() {
  return <Suspense><TalksPage /></Suspense>;
}
