// Says once that the page is on a screen: previews and most bots run no script.
const told = () => {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", told);
  fetch(document.body.dataset.opened, { method: "POST", keepalive: true }).catch(() => undefined);
};
if (document.body.dataset.opened) {
  document.addEventListener("visibilitychange", told);
  told();
}
