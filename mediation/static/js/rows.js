// Repeated rows of a form: one more, or one less. Names are numbered again, as the server counts them.

function rowsOf(group) {
  return [...group.querySelectorAll(":scope > [data-row]")];
}

function renumber(group) {
  const name = group.dataset.rows;
  const number = new RegExp(`^${name}-\\d+`);
  rowsOf(group).forEach((row, index, all) => {
    for (const part of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = part.getAttribute(attribute);
        if (value) {
          const renamed = value.split(" ").map((word) => word.replace(number, `${name}-${index}`));
          part.setAttribute(attribute, renamed.join(" "));
        }
      }
    }
    row.querySelector("[data-row-number]").textContent = String(index + 1);
    row.querySelector("[data-row-remove]").hidden = all.length < 2;
  });
}

function empty(row) {
  for (const field of row.querySelectorAll("input, textarea, select")) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = false;
    else field.value = "";
    field.removeAttribute("aria-invalid");
  }
  row.querySelectorAll(".error").forEach((words) => words.remove());
  row.querySelectorAll(".wrong").forEach((field) => field.classList.remove("wrong"));
}

function prepare(group) {
  const add = group.querySelector(":scope > [data-row-add]");
  add.hidden = false;
  renumber(group);
  add.addEventListener("click", () => {
    const last = rowsOf(group).at(-1);
    const row = last.cloneNode(true);
    // A radio that shares its name with the last row would take that one's mark away.
    row.querySelectorAll("[name]").forEach((field) => field.removeAttribute("checked"));
    row.querySelectorAll("[name]").forEach((field) => {
      field.name = field.name.replace(/-\d+/, "-" + rowsOf(group).length);
    });
    empty(row);
    last.after(row);
    renumber(group);
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-row-remove]");
    if (!button || rowsOf(group).length < 2) return;
    button.closest("[data-row]").remove();
    renumber(group);
    add.focus();
  });
}

document.querySelectorAll("[data-rows]").forEach((group) => {
  if (rowsOf(group).length) prepare(group);
});
