// A form is sent once: the button says that it is being kept, and a second press does nothing.
// The server takes care of it as well; without scripts nothing is lost.

function lock(form, button) {
  form.dataset.sent = "yes";
  const words = document.body.dataset.saving;
  const said = button?.querySelector("span") ?? button;
  if (!button || !words) return;
  button.dataset.said = said.textContent;
  said.textContent = words;
  button.setAttribute("aria-disabled", "true");
}

function unlock(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('[aria-disabled="true"][data-said]')) {
    (button.querySelector("span") ?? button).textContent = button.dataset.said;
    button.removeAttribute("aria-disabled");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  lock(form, event.submitter);
});

// Coming back with the browser's own button finds the form ready again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(unlock);
});
