// When something is to be put right, the box that says so is read and seen first.

document.querySelector("[data-summary]")?.focus();
