import { createDecipheriv, createECDH, createHmac, type ECDH, randomBytes } from "node:crypto";

import { expect, type Page, test } from "@playwright/test";

import { API, customer, signIn } from "./people";
import { faults } from "./usable";

type Shown = { title: string; body: string; tag: string; path: string; boutique_id: string };

/** A browser's push service is beyond the network: its subscription is made at the sandbox's, with keys of the test. */
class Browser {
  private readonly keys: ECDH = createECDH("prime256v1");
  private readonly auth = randomBytes(16);
  private endpoint = "";

  constructor(private readonly page: Page) {
    this.keys.generateKeys();
  }

  async install(): Promise<void> {
    await this.page.context().grantPermissions(["notifications"]);
    const keys = { p256dh: this.keys.getPublicKey("base64url"), auth: this.auth.toString("base64url") };
    await this.page.exposeFunction("subscribeAtSandbox", async (application_server_key: string) => {
      const answer = await this.page.request.post(`${API}/sandbox/push/subscriptions`, { data: { application_server_key } });
      this.endpoint = ((await answer.json()) as { endpoint: string }).endpoint;
      return this.endpoint;
    });
    await this.page.addInitScript((given) => {
      const subscribed = (endpoint: string) => ({
        endpoint, options: {}, toJSON: () => ({ keys: given }),
        unsubscribe: () => { localStorage.removeItem("test.endpoint"); return Promise.resolve(true); },
      });
      Object.assign(PushManager.prototype, {
        getSubscription: () => {
          const kept = localStorage.getItem("test.endpoint");
          return Promise.resolve(kept ? subscribed(kept) : null);
        },
        subscribe: async (options: { applicationServerKey: Uint8Array }) => {
          const key = btoa(String.fromCharCode(...options.applicationServerKey)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
          const endpoint = await (window as unknown as { subscribeAtSandbox: (key: string) => Promise<string> }).subscribeAtSandbox(key);
          localStorage.setItem("test.endpoint", endpoint);
          return subscribed(endpoint);
        },
      });
    }, keys);
  }

  /** What arrived, decrypted as RFC 8291 has it. */
  async arrived(): Promise<Shown[]> {
    const answer = await this.page.request.get(`${this.endpoint}/messages`);
    return ((await answer.json()) as { body: string }[]).map((one) => JSON.parse(this.decrypted(Buffer.from(one.body, "base64url"))) as Shown);
  }

  private decrypted(body: Buffer): string {
    const salt = body.subarray(0, 16);
    const sender = body.subarray(21, 21 + 65);
    const sealed = body.subarray(21 + 65);
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), this.keys.getPublicKey(), sender]);
    const secret = expand(mac(this.auth, this.keys.computeSecret(sender)), info, 32);
    const root = mac(salt, secret);
    const opening = createDecipheriv("aes-128-gcm", expand(root, Buffer.from("Content-Encoding: aes128gcm\0"), 16),
      expand(root, Buffer.from("Content-Encoding: nonce\0"), 12));
    opening.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
    return plain.subarray(0, plain.lastIndexOf(2)).toString();
  }

  /** Hands what arrived to the page's own worker, as the browser does. */
  async deliver(told: Shown): Promise<void> {
    const cdp = await this.page.context().newCDPSession(this.page);
    const registration = new Promise<string>((found) => {
      cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const one = registrations.find(({ isDeleted }) => !isDeleted);
        if (one) found(one.registrationId);
      });
    });
    await cdp.send("ServiceWorker.enable");
    const origin = new URL(this.page.url()).origin;
    await cdp.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registration, data: JSON.stringify(told) });
  }
}

const mac = (key: Buffer, data: Buffer) => createHmac("sha256", key).update(data).digest();
const expand = (key: Buffer, info: Buffer, length: number) => mac(key, Buffer.concat([info, Buffer.from([1])])).subarray(0, length);

test("an owner is alerted with the app closed, once she has said yes to it", async ({ page }) => {
  test.setTimeout(150_000);
  const browser = new Browser(page);
  await browser.install();
  await signIn(page);

  // given: alerts are turned on for this device
  await page.goto("/settings?part=alerts");
  await expect(page.getByText(/does not wait for you to look/)).toBeVisible();
  await page.getByRole("button", { name: "Turn alerts on" }).click();
  await expect(page.getByLabel("Alerts arrive here")).toBeChecked();
  await page.getByRole("button", { name: "Send a trial" }).click();
  await expect.poll(async () => (await browser.arrived()).map((one) => one.title)).toEqual(["Alerts are on"]);

  // when: a customer asks for a person
  const phone = await customer(page, "Achieng Test");
  await phone.ask("Hi");
  await phone.ask("I want to talk to a person");

  // then: the alert has arrived, and the worker shows it
  await expect.poll(async () => (await browser.arrived()).map((one) => one.title)).toContain("Achieng Test wants a person");
  const told = (await browser.arrived()).find((one) => one.title.startsWith("Achieng"))!;
  await browser.deliver(told);
  const shown = () => page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body }) => ({ title, body }));
  });
  await expect.poll(shown).toEqual([{ title: told.title, body: told.body }]);

  // and it leads to the chat, in that boutique
  await page.goto(`${told.path}&boutique=${told.boutique_id}`);
  await expect(page.getByRole("heading", { name: "Achieng Test" })).toBeVisible();
});

test("a kind is switched off, and alerts on this device end with the session", async ({ page }) => {
  const browser = new Browser(page);
  await browser.install();
  await signIn(page, "staff");
  await page.goto("/settings?part=alerts");
  await page.getByRole("button", { name: "Turn alerts on" }).click();
  await expect(page.getByLabel("Alerts arrive here")).toBeChecked();

  const lowStock = page.getByRole("switch", { name: /^Low stock/ }).first();
  await lowStock.click();
  await expect(lowStock).not.toBeChecked();
  await page.reload();
  await expect(page.getByRole("switch", { name: /^Low stock/ }).first()).not.toBeChecked();
  await page.getByRole("switch", { name: /^Low stock/ }).first().click();
  // what goes to the owner's phone is the owner's to choose
  const byWhatsApp = page.getByRole("list", { name: /^By WhatsApp/ }).getByRole("switch");
  await expect(byWhatsApp.first()).toBeVisible();
  for (const one of await byWhatsApp.all()) await expect(one).toBeDisabled();

  await page.getByLabel("Alerts arrive here").click();
  await expect(page.getByRole("button", { name: "Turn alerts on" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the alerts can be set by everyone: ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await signIn(page);
    await page.goto("/settings?part=alerts");
    await expect(page.getByRole("switch").first()).toBeVisible();
    expect(await faults(page)).toEqual([]);
  });
}
