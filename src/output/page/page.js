// Rows and what they speak of on the map show each other, and heads of columns sort. Without this, the
// names in the table still lead to their areas.
(() => {
  "use strict";
  const svg = document.querySelector(".crop");
  const rowOf = (number) => document.getElementById("row-" + number);
  let shown = null;
  let outlines = [];

  // An area's own path; a circle about a mark, whose callout does not count.
  function outline(element, name) {
    let shape;
    if (element.tagName === "path") {
      shape = element.cloneNode(false);
      shape.removeAttribute("id");
      shape.removeAttribute("data-row");
    } else {
      const boxes = [...element.children].filter((c) => c.tagName === "path").map((c) => c.getBBox());
      if (!boxes.length) return;
      const x0 = Math.min(...boxes.map((b) => b.x)), x1 = Math.max(...boxes.map((b) => b.x + b.width));
      const y0 = Math.min(...boxes.map((b) => b.y)), y1 = Math.max(...boxes.map((b) => b.y + b.height));
      shape = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      shape.setAttribute("cx", (x0 + x1) / 2);
      shape.setAttribute("cy", (y0 + y1) / 2);
      shape.setAttribute("r", Math.max(x1 - x0, y1 - y0) / 2 + 6);
    }
    shape.setAttribute("class", name);
    (element.closest("[clip-path]") || svg).append(shape);
    outlines.push(shape);
  }

  function show(number) {
    if (number === shown) return;
    if (shown && rowOf(shown)) rowOf(shown).classList.remove("on");
    outlines.forEach((shape) => shape.remove());
    outlines = [];
    shown = number;
    if (!number) return;
    if (rowOf(number)) rowOf(number).classList.add("on");
    for (const name of ["around", "around2"])
      svg.querySelectorAll('[data-row="' + number + '"]').forEach((element) => outline(element, name));
  }

  const rowAt = (event) => {
    const found = event.target.closest("[data-row]");
    return found ? found.dataset.row : null;
  };
  document.addEventListener("pointerover", (event) => show(rowAt(event)));
  document.addEventListener("focusin", (event) => show(rowAt(event)));
  svg.addEventListener("click", (event) => {
    const row = rowAt(event) && rowOf(rowAt(event));
    const link = row && row.querySelector("a");
    if (link) {
      link.focus();
      row.scrollIntoView({ block: "center" });
    }
  });

  const keyOf = (row, column) => row.cells[column].dataset.sort || row.cells[column].textContent;
  function sort(head) {
    const body = head.closest("table").tBodies[0];
    const down = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    head.parentNode.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down < 0 ? "descending" : "ascending");
    const rows = [...body.rows];
    rows.sort((a, b) => down * compare(keyOf(a, head.cellIndex), keyOf(b, head.cellIndex)));
    body.append(...rows);
  }
  document.querySelectorAll("thead th").forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  });

  // An animation follows its style alone; the slider only sets the time of what moves.
  const slider = document.getElementById("day");
  if (slider) {
    const pause = document.getElementById("pause");
    const said = document.querySelector("output[for=day]");
    const days = [...document.querySelectorAll(".days li")];
    const begins = days.map((day) => Number(day.dataset.begins) * 1000);
    const moving = () => svg.getAnimations({ subtree: true });
    let at = -1;
    const tell = (day) => {
      if (day === at) return;
      if (at >= 0) days[at].removeAttribute("aria-current");
      at = day;
      days[at].setAttribute("aria-current", "date");
      slider.value = at;
      said.textContent = days[at].querySelector("time").textContent;
      slider.setAttribute("aria-valuetext", said.textContent);
    };
    // With the system's wish for less motion an animation begins late, which is a negative delay; before its
    // beginning it has no time.
    const seek = (day) => {
      moving().forEach((one) => {
        const { delay, duration } = one.effect.getTiming();
        one.currentTime = (begins[day] + 1 + delay + duration) % duration;
      });
      tell(day);
    };
    const follow = () => {
      const one = moving()[0];
      if (one) {
        const timing = one.effect.getComputedTiming();
        const now = (one.currentTime - timing.delay) % timing.duration;
        tell(begins.findLastIndex((begin) => begin <= now));
      }
      if (!pause.checked) requestAnimationFrame(follow);
    };
    addEventListener("beforeprint", () => {
      pause.checked = true;
      seek(days.length - 1);
    });
    slider.hidden = false;
    slider.addEventListener("input", () => {
      pause.checked = true;
      seek(Number(slider.value));
    });
    slider.addEventListener("keydown", (event) => { // at its end a key moves nothing
      if (/^(Arrow|Home|End|Page)/.test(event.key)) pause.checked = true;
    });
    pause.addEventListener("change", follow);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      pause.checked = true;
      seek(days.length - 1);
    }
    follow();
  }
})();
