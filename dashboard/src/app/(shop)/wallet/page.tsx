import type { Metadata } from "next";
import { Suspense } from "react";

import { Wallet } from "./wallet";

export const metadata: Metadata = { title: "Message tokens" };

export default function Page() {
  return <Suspense><Wallet /></Suspense>;
}
