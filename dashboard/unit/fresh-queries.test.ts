import { QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";

import { FreshQueries } from "@/api/fresh-queries";

/** A query that is shown, and a hand on each of its answers. */
function shown(queries: FreshQueries) {
  const asked: ((answer: string) => void)[] = [];
  const observer = new QueryObserver<string>(queries, {
    queryKey: ["pieces"], queryFn: () => new Promise((answer) => asked.push(answer)), staleTime: 60_000, retry: false,
  });
  observer.subscribe(() => undefined);
  return { asked, current: () => observer.getCurrentResult().data };
}

const aMoment = () => new Promise((done) => setTimeout(done, 5));

test("what changed while it was asked for the first time is asked once more", async () => {
  const queries = new FreshQueries();
  const { asked, current } = shown(queries);

  void queries.invalidateQueries({ queryKey: ["pieces"] });
  void queries.invalidateQueries({ queryKey: ["pieces"] });
  asked[0]?.("from before");
  await aMoment();

  expect(current()).toBe("from before"); // shown meanwhile
  expect(asked).toHaveLength(2);
  asked[1]?.("from after");
  await aMoment();
  expect(current()).toBe("from after");
  expect(asked).toHaveLength(2);
});

test("nothing is asked again where it must not begin anew", async () => {
  const queries = new FreshQueries();
  const { asked } = shown(queries);

  void queries.invalidateQueries({ queryKey: ["pieces"] }, { cancelRefetch: false });
  asked[0]?.("it");
  await aMoment();

  expect(asked).toHaveLength(1);
});
