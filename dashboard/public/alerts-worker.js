// Shows alerts while no page is open. The browser keeps this worker and wakes it for each push.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const told = read(event.data);
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.body,
      tag: told.tag, // the same alert again takes the place of the first
      icon: "/alert-icon.png",
      badge: "/alert-badge.png",
      data: { path: told.path, boutique_id: told.boutique_id },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data ?? {}));
});

/** What the server told; a push that cannot be read is shown all the same, as browsers demand. */
function read(data) {
  const plain = { title: "Dukani", body: "", tag: "dukani", path: "/" };
  if (!data) return plain;
  try {
    return { ...plain, ...data.json() };
  } catch (error) {
    console.warn("an alert could not be read", error);
    return plain;
  }
}

async function open({ path, boutique_id: boutique }) {
  const url = new URL(typeof path === "string" ? path : "/", self.location.origin);
  // Never another site, whatever was pushed.
  if (url.origin !== self.location.origin) url.href = self.location.origin;
  if (boutique) url.searchParams.set("boutique", boutique);
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((one) => "navigate" in one);
  if (!page) return self.clients.openWindow(url.href);
  await page.focus();
  return page.navigate(url.href);
}
