import type { Metadata } from "next";

import { SearchTester } from "./search-tester";

export const metadata: Metadata = { title: "Try the search" };

export default function Page() {
  return <SearchTester />;
}
