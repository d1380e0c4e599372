// Lighthouse of pages of a running demo, as on a phone: `node measure.mjs BASE_URL RUNS`. The first is
// an empty page of the same server, beside which the shop's window stands.
// Prints one JSON object by page, each value the median of the runs.
import { existsSync } from "node:fs";

import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const [base, runs = "3"] = process.argv.slice(2);
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FIGURES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];

if (!base) throw new Error("say where the demo is: node measure.mjs http://127.0.0.1:8000");
if (!existsSync(CHROMIUM)) throw new Error(`no browser at ${CHROMIUM}: CHROMIUM says where it is`);

const browser = await puppeteer.launch({
  executablePath: CHROMIUM,
  headless: true,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const measured = {};
  for (const path of ["/storefront/empty.html", "/s/zuri", "/sign-in"]) measured[path] = await measure(path);
  await signIn();
  for (const path of ["/", "/pieces"]) measured[path] = await measure(path);
  console.log(JSON.stringify(measured));
} finally {
  await browser.close();
}

/** With an empty cache and the standard throttling of a phone; who is signed in stays so. */
async function measure(path) {
  const page = await browser.newPage();
  const found = [];
  for (let run = 0; run < Number(runs); run += 1) {
    const { lhr } = await lighthouse(`${base}${path}`, { onlyCategories: CATEGORIES, logLevel: "error" }, undefined, page);
    if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
    found.push(lhr);
  }
  await page.close();
  const scores = CATEGORIES.map((name) => [name, median(found.map((one) => Math.round(one.categories[name].score * 100)))]);
  const figures = FIGURES.map((name) => [name, median(found.map((one) => one.audits[name].numericValue))]);
  const machine = median(found.map((one) => one.environment.benchmarkIndex));
  return { ...Object.fromEntries([...scores, ...figures]), machine };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

async function signIn() {
  const config = await (await fetch(`${base}/config.json`)).json();
  const owner = config.demo_logins?.find((one) => one.role === "owner");
  if (!owner) throw new Error(`${base} is no demo: it offers no owner`);
  const page = await browser.newPage();
  await page.goto(`${base}/sign-in`);
  await page.type("input[type=email]", owner.email);
  await page.type("input[autocomplete=current-password]", owner.password);
  await page.click("button[type=submit]");
  await page.waitForFunction(() => location.pathname === "/" && document.querySelector("main h2"), { timeout: 30_000 });
  await page.close();
}
