// Keys of the editor's desk. Every step is a form or a link of the page: without this they are
// clicked. A key acts in the row that has the focus, else on the page.
const cases = [...document.querySelectorAll("[data-case]")];

const row = () => document.activeElement?.closest("[data-case]") ?? null;

const go = (steps) => {
  if (!cases.length) return;
  const at = cases.indexOf(row());
  const next = at < 0 ? (steps > 0 ? 0 : cases.length - 1) : at + steps;
  cases[Math.min(Math.max(next, 0), cases.length - 1)].focus();
};

const find = (key) => {
  const wanted = `[data-key="${key}"]`;
  const here = row()?.querySelector(wanted) ?? row()?.closest(".telling")?.querySelector(`.telling-acts ${wanted}`);
  if (here) return here;
  return [...document.querySelectorAll(wanted)].find((e) => !e.closest("[data-case]")) ?? null;
};

const act = (element) => {
  if (element.tagName === "INPUT") {
    if (element.closest("details")) element.closest("details").open = true;
    element.focus();
  } else if (element.tagName === "SUMMARY") {
    element.parentElement.open = true;
    element.parentElement.querySelector("textarea, input:not([type=hidden])")?.focus();
  } else {
    element.click();
  }
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const field = event.target.closest("input, textarea, select");
  if (event.key === "Escape" && field) {
    (row() ?? document.getElementById("main")).focus();
    return;
  }
  if (field) return;
  if (event.key === "j" || event.key === "k") {
    go(event.key === "j" ? 1 : -1);
  } else if (event.key === "?") {
    const keys = document.querySelector(".keys");
    if (keys) keys.open = !keys.open;
  } else {
    const found = /^[a-z]$/.test(event.key) ? find(event.key) : null;
    if (!found) return;
    act(found);
  }
  event.preventDefault();
});

if (location.hash) document.getElementById(location.hash.slice(1))?.focus();
