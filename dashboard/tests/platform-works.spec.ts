import { expect, type Page, test } from "@playwright/test";

import { API, signIn } from "./people";
import { atRest, faults } from "./usable";

const REASON = "the end-to-end test asks for it";

/** What goes wrong in the demo goes wrong once more: a job fails, a message cannot be handled, and so on. */
async function mishaps(page: Page): Promise<void> {
  expect((await page.request.post(`${API}/sandbox/mishaps`)).ok()).toBe(true);
}

async function at(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await atRest(page);
}

/** The part of the list of queues that is about one of them. */
const queue = (page: Page, name: string) => page.getByRole("main").getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });

test("a queue that is stuck is seen with its reason, and goes on", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, "platform_admin");
  await mishaps(page);

  // given the queue of replays stands still, and somebody asks for one
  await at(page, "/platform/queues");
  await queue(page, "Replays").getByRole("button", { name: "Pause Replays" }).click();
  await page.getByLabel("Why").fill(REASON);
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(queue(page, "Replays").getByText("Paused", { exact: true })).toBeVisible();
  await expect(page.getByText("Every queue moves.")).toBeVisible(); // nothing waits yet
  await page.waitForTimeout(3_000); // a worker looks for pauses every two seconds
  await at(page, "/platform/webhooks?kind=status");
  await page.getByRole("main").getByRole("listitem").getByRole("button").first().click();
  await page.getByRole("button", { name: "Replay", exact: true }).click();

  // when it has waited for longer than it may, then the page says so without being asked
  await at(page, "/platform/queues");
  await expect(page.getByRole("heading", { name: "Replays: stuck" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("One job waits, for")).toBeVisible();
  await expect(page.getByText(`It was paused by hand: ${REASON}`)).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // and when it is let go on, then it moves, and the replay is done
  await page.getByRole("status").getByRole("button", { name: "Let it go on" }).click();
  await expect(page.getByText("Every queue moves.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "Replays: stuck" })).toBeHidden();
});

test("a webhook is replayed, and who did it is kept", async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page, "platform_admin");
  await mishaps(page);

  // given a status that came before its message was known
  await at(page, "/platform/webhooks?kind=status&outcome=ignored");
  await page.getByRole("main").getByRole("listitem").getByRole("button").first().click();
  await expect(page.getByText("It was kept, and there was nothing to do about it.")).toBeVisible();
  const what = page.getByLabel("What was sent");
  await expect(what).not.toContainText("254711000950");

  // when it is replayed, then it is handled
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(page.getByText("It was handled. A replay changes nothing.")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/, by you/)).toHaveCount(1);

  // and a second replay changes nothing, and says so
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(page.getByText("It had been handled before, so nothing was changed.")).toBeVisible({ timeout: 30_000 });

  // it is shown as it came only for a reason
  await page.getByRole("button", { name: "Show it unmasked" }).click();
  await page.getByLabel("Why").fill(REASON);
  await page.getByRole("button", { name: "Show it", exact: true }).click();
  await expect(what).toContainText("254711000950");
  expect(await faults(page)).toEqual([]);
});

test("a failed job is run again", async ({ page }) => {
  await signIn(page, "platform_admin");
  await mishaps(page);
  await at(page, "/platform/jobs?queue=sending");
  const jobs = page.getByRole("main").getByRole("listitem");
  await expect(jobs.first()).toContainText("ConnectionTimeout");
  const before = await jobs.count();
  await jobs.first().getByRole("button").click();
  await expect(page.getByText("ConnectionTimeout: the database did not answer").last()).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Run it again", exact: true }).click();
  await expect(page.getByText("It runs again.")).toBeVisible();
  await expect(jobs).toHaveCount(before - 1);
});

test("what no turn could handle is answered after all, and what is settled is dismissed", async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page, "platform_admin");
  await mishaps(page);

  // given a message that failed, and what a retry would do
  await at(page, "/platform/letters");
  const letters = page.getByRole("main").getByRole("listitem");
  await expect(letters.first()).toBeVisible();
  const before = await letters.count();
  await letters.first().getByRole("button").click();
  await expect(page.getByText("The assistant has the chat again, and answers this message.")).toBeVisible();
  await expect(page.getByText("OperationalError: the model of this machine does not answer").last()).toBeVisible();

  // when it is retried, then it is off the list
  await page.getByRole("button", { name: "Try again", exact: true }).click();
  await expect(page.getByText("It is tried again.")).toBeVisible();
  await expect(letters).toHaveCount(before - 1);

  // a message that did not leave is dismissed for a reason
  await page.getByRole("button", { name: "Not sent" }).click();
  const unsent = page.getByRole("main").getByRole("listitem");
  await expect(unsent.filter({ hasText: "we open at nine" }).first()).toBeVisible();
  const waiting = await unsent.count();
  await unsent.first().getByRole("button").click();
  await page.getByRole("button", { name: "Nothing to do" }).click();
  await page.getByLabel("Why").fill(REASON);
  expect(await faults(page)).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Nothing to do" }).click();
  await expect(page.getByText("It is off the list.")).toBeVisible();
  await expect(unsent).toHaveCount(waiting - 1);
});
