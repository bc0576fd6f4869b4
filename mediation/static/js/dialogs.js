// A yes-or-no at a desk. On a phone, and without scripts, the link leads to a page that asks the same.

const wide = window.matchMedia("(min-width: 768px)");

for (const opener of document.querySelectorAll("[data-dialog]")) {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog?.showModal) continue;
  opener.hidden = false;
  opener.addEventListener("click", (event) => {
    if (opener.href && !wide.matches) return;
    event.preventDefault();
    dialog.showModal();
  });
}
