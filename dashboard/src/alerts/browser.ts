import type { Schemas } from "@/api/client";
import { forgetDevices } from "./kept-device";

type NewDevice = Schemas["NewDevice"];

/** Whether this browser can be alerted: `install` on an iPhone means that the page is not yet on the home screen. */
export type Support = "yes" | "install" | "blocked" | "no";

const WORKER = "/alerts-worker.js";

export function support(): Support {
  const pushes = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (pushes) return Notification.permission === "denied" ? "blocked" : "yes";
  return /iPhone|iPad/.test(navigator.userAgent) ? "install" : "no";
}

/** Where this browser is reached now, if it is: what the API knows the device by. */
export async function subscribed(): Promise<PushSubscription | null> {
  if (support() !== "yes") return null;
  const registration = await navigator.serviceWorker.getRegistration(WORKER);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Asks the person, and subscribes; null where she says no. Only ever after a tap. */
export async function subscribe(pushKey: string, language: "en" | "sw"): Promise<NewDevice | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  await navigator.serviceWorker.register(WORKER, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  if (before && !isOf(before, pushKey)) await before.unsubscribe(); // our key was made anew
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(pushKey) });
  return asDevice(made, language);
}

export async function unsubscribe(): Promise<void> {
  await (await subscribed())?.unsubscribe();
}

export function asDevice(of: PushSubscription, language: "en" | "sw"): NewDevice {
  const { keys } = of.toJSON();
  return {
    endpoint: of.endpoint,
    keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" },
    device: deviceName(navigator.userAgent),
    language,
  };
}

/** What a person calls the device: “Chrome, Android”. */
export function deviceName(agent: string): string {
  const browsers: [RegExp, string][] = [
    [/Edg/, "Edge"], [/SamsungBrowser/, "Samsung Internet"], [/OPR|Opera/, "Opera"], [/Firefox|FxiOS/, "Firefox"],
    [/Chrome|CriOS/, "Chrome"], [/Safari/, "Safari"],
  ];
  const systems: [RegExp, string][] = [
    [/Android/, "Android"], [/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Windows/, "Windows"], [/Mac OS/, "Mac"], [/Linux/, "Linux"],
  ];
  const named = [browsers, systems].map((known) => known.find(([mark]) => mark.test(agent))?.[1]);
  return named.filter(Boolean).join(", ") || "Browser";
}

function isOf(subscription: PushSubscription, pushKey: string): boolean {
  const key = subscription.options.applicationServerKey;
  if (!key) return true; // not told by this browser
  const mine = bytes(pushKey);
  return new Uint8Array(key).every((byte, at) => byte === mine[at]);
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** No more alerts on this browser, of whichever boutique; its push service tells the API at the next one. */
export async function endAlerts(): Promise<void> {
  forgetDevices();
  await unsubscribe();
}
