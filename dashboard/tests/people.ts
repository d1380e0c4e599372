import { expect, type Page, test } from "@playwright/test";

/** Where API and sandbox are, if another host serves the pages (BASE_URL). */
export const API = process.env.API_URL ?? "";

type Login = { email: string; password: string; name: string; boutique: string; role: "owner" | "staff" | "platform_admin" };

/** Tests that only look have the demo's second shop, so that they may run beside those that do something. */
const ownShop = () => (test.info().project.name === "looking" ? 1 : 0);

/** The demo's people, as the page itself reads them. */
export async function login(page: Page, role: Login["role"], nth = ownShop()): Promise<Login> {
  const config = (await (await page.request.get(`${API}/config.json`)).json()) as { demo_logins: Login[] };
  const found = config.demo_logins.filter((one) => one.role === role)[role === "platform_admin" ? 0 : nth];
  if (!found) throw new Error(`the demo offers no ${role}`);
  return found;
}

// The service counts sign-ins, and rightly refuses the eleventh: later tests go on with the session.
const sessions = new Map<string, [string, string][]>();

export async function signIn(page: Page, role: Login["role"] = "owner", nth = ownShop()): Promise<void> {
  const { name, email, password } = await login(page, role, nth);
  const kept = sessions.get(email);
  if (kept) {
    await page.goto("/icon.svg"); // of the app's origin, and no app that would look for a session
    await page.evaluate((items) => items.forEach(([key, value]) => localStorage.setItem(key, value)), kept);
    await page.goto("/");
  } else {
    await page.goto("/icon.svg");
    // Whoever was signed in is no more.
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("sb-")).forEach((key) => localStorage.removeItem(key)));
    await page.goto("/sign-in");
    if (API) await fillIn(page, email, password); // a host of its own knows of no demo
    else await page.getByRole("button", { name }).click();
  }
  const first = role === "platform_admin" ? "Boutiques" : "Sold today";
  await expect(page.getByRole("heading", { name: first })).toBeVisible();
  const items = await page.evaluate(() => Object.entries({ ...localStorage }).filter(([key]) => key.startsWith("sb-")));
  sessions.set(email, items);
}

export async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** The names of what the browser keeps of a person's pages. */
export async function kept(page: Page): Promise<string[]> {
  return (await page.evaluate(() => Object.keys(localStorage))).filter((name) => /^dukani\.(seen|known|me)/.test(name));
}

/** Follows the link of the mail that invites her, and chooses a password: she is in the shop then. */
export async function acceptInvitation(page: Page, email: string): Promise<Page> {
  let link: string | undefined;
  await expect.poll(async () => {
    const mails = (await (await page.request.get(`${API}/sandbox/mails`)).json()) as { to: string[]; text: string }[];
    link = /https?:\S+/.exec(mails.find((mail) => mail.to.includes(email))?.text ?? "")?.[0];
    return link;
  }, { timeout: 30_000 }).toBeTruthy();
  await page.goto(link ?? "");
  await page.getByLabel("New password", { exact: true }).fill("maridadi-2026");
  await page.getByRole("button", { name: "Save the password" }).click();
  await expect(page.getByRole("heading", { name: "Sold today" })).toBeVisible();
  return page;
}

/** A photo of a garment from the sandbox. */
export async function photo(page: Page, nth = 0) {
  const samples = (await (await page.request.get("/sandbox/phone/api/samples")).json()) as { name: string }[];
  const sample = samples[nth];
  if (!sample) throw new Error("the sandbox has no photo");
  const answer = await page.request.get(`/sandbox/phone/api/samples/${sample.name}`);
  return { name: "photo.jpg", mimeType: "image/jpeg", buffer: await answer.body() };
}

type Screen = { messages: { author: string; text?: string }[]; prompts: { checkout_request_id: string }[]; sms: { text: string }[] };

const LOOKS = { intervals: [150] };
const STILL_MS = 700; // the messages of one answer arrive closer together

/** A customer's phone in the sandbox, writing to the owner's boutique. */
export class Phone {
  constructor(private readonly page: Page, private readonly account: string, readonly number: string, readonly name: string) {}

  async write(text: string): Promise<void> {
    const before = (await this.look()).messages.length;
    await this.page.request.post(`${API}/sandbox/phone/api/messages`, {
      data: { account: this.account, contact: this.number, profile_name: this.name, kind: "text", text },
    });
    await expect.poll(async () => (await this.look()).messages.length, LOOKS).toBeGreaterThan(before);
  }

  /** Writes, and waits until the shop has answered and is still again. */
  async ask(text: string): Promise<Screen> {
    const before = (await this.look()).messages.length;
    await this.write(text);
    let seen = 0;
    let since = 0;
    await expect.poll(async () => {
      const { messages } = await this.look();
      if (messages.length !== seen) [seen, since] = [messages.length, Date.now()];
      return seen > before + 1 && messages.at(-1)?.author !== "shopper" && Date.now() - since >= STILL_MS;
    }, { ...LOOKS, timeout: 30_000, message: `an answer to “${text}”` }).toBe(true);
    return this.look();
  }

  /** Says in these words what is wanted, agrees to what the shop sums up, and pays. */
  async buy(...words: string[]): Promise<void> {
    for (const said of [...words, "yes", "yes", "yes"]) {
      const { messages } = await this.ask(said);
      if (/M-Pesa prompt .* is on its way/.test(messages.at(-1)?.text ?? "")) break;
    }
    const prompts = async () => (await this.look()).prompts.length || this.said(); // what it shows instead, if it fails
    await expect.poll(prompts, { ...LOOKS, timeout: 30_000, message: "a prompt of M-Pesa" }).toEqual(expect.any(Number));
    await this.pay();
    await expect.poll(() => this.said(), { ...LOOKS, timeout: 30_000 }).toContain("DK-");
  }

  async pay(): Promise<void> {
    const { prompts } = await this.look();
    const id = prompts.at(-1)?.checkout_request_id;
    if (!id) throw new Error(`no prompt is on the phone, which shows:\n${await this.said()}`);
    await this.page.request.post(`${API}/sandbox/phone/api/prompts/${id}`, { data: { outcome: "pin", pin: "1234" } });
  }

  async look(): Promise<Screen> {
    const answer = await this.page.request.get(`${API}/sandbox/phone/api/chat`, {
      params: { account: this.account, contact: this.number },
    });
    return (await answer.json()) as Screen;
  }

  async said(): Promise<string> {
    return (await this.look()).messages.map((one) => one.text ?? "").join("\n");
  }
}

/** A new customer of the boutique that the owner of the demo signs in to. */
export async function customer(page: Page, name: string): Promise<Phone> {
  const owner = await login(page, "owner");
  const known = (await (await page.request.get(`${API}/sandbox/phone/api/boutiques`)).json()) as { key: string; name: string }[];
  const shop = known.find((one) => owner.boutique.includes(one.name)) ?? known[0];
  if (!shop) throw new Error("the sandbox has no boutique");
  const digits = String(Math.floor(Math.random() * 1e6)).padStart(6, "0");
  return new Phone(page, shop.key, `+254711${digits}`, name);
}
