// Keys in the analyst's table: arrows (or j and k) go from row to row, Home and End to the ends.
const links = [...document.querySelectorAll("[data-rows] tbody a[data-row]")];
const steps = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

document.querySelector("[data-rows]")?.addEventListener("keydown", (event) => {
  const at = links.indexOf(document.activeElement);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const ends = { Home: 0, End: links.length - 1 };
  const to = event.key in ends ? ends[event.key] : at + (steps[event.key] ?? 0);
  if (to === at || !links[to]) return;
  event.preventDefault();
  links[to].focus();
});
