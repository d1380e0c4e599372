import type { Metadata } from "next";

import { Write } from "./write";

export const metadata: Metadata = { title: "Campaign" };

export default function Page() {
  return <Write />;
}
