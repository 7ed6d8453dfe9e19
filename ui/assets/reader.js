// The report's page: search, deep links, citations to copy, contents. No network; of storage only the colours chosen in the chat.
(() => {
  "use strict";
  // The colours chosen in the chat; storage can be switched off.
  try { document.documentElement.dataset.colours = localStorage.getItem("report-qa.colours") || ""; } catch { /* The system's, then. */ }
  const SHORTEST = 2;
  const DELAY_MS = 150;
  const BLOCKS = "p, td, th, dt, dd, figcaption, h1, h2, h3, h4, h5, h6";
  const get = (id) => document.getElementById(id);
  const report = document.querySelector(".report");
  const find = get("find");
  const places = [...report.querySelectorAll(".place")];
  const sections = [...report.querySelectorAll("section")];
  let hits = [];
  let current = -1;

  // One character in, one character out, so that offsets stay true.
  const LIKE = { "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " ", "\u202f": " " };
  function fold(text) {
    return Array.from({ length: text.length }, (_, at) => {
      const like = LIKE[text[at]] || text[at];
      const plain = like.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
      return plain.length === 1 ? plain : like;
    }).join("");
  }

  // The searchable texts: each block with its text nodes, so that a match may cross a link.
  function readBlocks() {
    const walker = document.createTreeWalker(report, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".actions") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const blocks = new Map();
    while (walker.nextNode()) {
      const block = walker.currentNode.parentElement.closest(BLOCKS);
      if (block) blocks.set(block, [...(blocks.get(block) || []), walker.currentNode]);
    }
    return [...blocks].map(([block, nodes]) => ({ block, nodes, text: fold(nodes.map((node) => node.data).join("")) }));
  }

  function matches(text, terms) {
    const found = [];
    for (const term of terms) {
      for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) found.push([at, at + term.length]);
    }
    found.sort((a, b) => a[0] - b[0]);
    return found.filter(([start], number) => number === 0 || start >= found[number - 1][1]);
  }

  // Wraps one match; from the end to the start, so that the offsets before it stay true.
  function wrap(nodes, start, end) {
    const marks = [];
    let offset = nodes.reduce((sum, node) => sum + node.data.length, 0);
    for (const node of [...nodes].reverse()) {
      offset -= node.data.length;
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, node.data.length);
      if (from >= to) continue;
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      const mark = document.createElement("mark");
      range.surroundContents(mark);
      marks.unshift(mark);
    }
    return marks;
  }

  function clearMarks() {
    for (const mark of report.querySelectorAll("mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    hits = [];
    current = -1;
  }

  // The phrase as it is typed; where it stands nowhere, the places that hold all of its words.
  function search() {
    const asked = fold(find.value.trim().replace(/\s+/g, " "));
    clearMarks();
    const active = asked.length >= SHORTEST;
    if (active) mark(asked);
    get("search").classList.toggle("asked", active);
    document.documentElement.classList.toggle("searching", active);
    filter(active);
    countInContents(active);
    if (hits.length) step(0, hits.findIndex(([first]) => first.getBoundingClientRect().top >= 0));
    else announce(active);
    get("previous").disabled = get("next").disabled = hits.length < 2;
  }

  function mark(asked) {
    const blocks = readBlocks();
    const words = asked.split(" ").filter((word) => word.length >= SHORTEST);
    let terms = [asked];
    let wanted = blocks;
    if (!blocks.some(({ text }) => text.includes(asked)) && words.length > 1) {
      const held = new Map();
      for (const { block, text } of blocks) {
        const place = block.closest(".place");
        held.set(place, `${held.get(place) || ""} ${text}`);
      }
      terms = words;
      wanted = blocks.filter(({ block }) => {
        const text = held.get(block.closest(".place"));
        return words.every((word) => text.includes(word));
      });
    }
    hits = wanted.flatMap(({ nodes, text }) =>
      matches(text, terms).reverse().map(([start, end]) => wrap(nodes, start, end)).reverse());
  }

  // Places without a match are hidden, and so are the rows of tables and lists around rows with one.
  function filter(active) {
    const only = active && hits.length > 0 && get("only").checked;
    for (const place of places) {
      place.hidden = only && !place.querySelector("mark");
      const rows = [...place.querySelectorAll("tbody tr, dl > div")];
      const some = rows.some((row) => row.querySelector("mark"));
      for (const row of rows) row.hidden = only && some && !row.querySelector("mark");
    }
    for (const section of sections) section.hidden = only && !section.querySelector("mark");
  }

  function countInContents(active) {
    for (const link of document.querySelectorAll(".contents a")) {
      const section = get(link.hash.slice(1)).closest("section");
      const firsts = new Set(hits.map(([first]) => first));
      const count = [...section.querySelectorAll("mark")].filter((found) => firsts.has(found)).length;
      link.querySelector(".hits")?.remove();
      if (count) link.insertAdjacentHTML("beforeend", ` <span class="hits">${count}</span>`);
      link.parentElement.hidden = active && hits.length > 0 && !count;
    }
  }

  function announce(active) {
    const count = hits.length;
    get("found").textContent = !active ? "" : count ? `${current + 1} of ${count}` : "No match";
  }

  function step(by, to = (current + by + hits.length) % hits.length) {
    if (!hits.length) return;
    hits[current]?.forEach((found) => found.classList.remove("now"));
    current = Math.max(to, 0);
    hits[current].forEach((found) => found.classList.add("now"));
    hits[current][0].scrollIntoView({ block: "center", inline: "nearest" });
    announce(true);
  }

  // A search that is given up leaves the reader at the match it was at.
  function leaveSearch() {
    const at = hits[current]?.[0].closest(".place, section");
    find.value = "";
    search();
    at?.scrollIntoView({ block: "center" });
  }

  function openPlace(focus) {
    const target = get(decodeURIComponent(location.hash.slice(1)));
    document.querySelectorAll(".lit").forEach((place) => place.classList.remove("lit"));
    if (!target || !report.contains(target)) return;
    if (target.closest("[hidden]")) leaveSearch();
    const ref = target.dataset.ref;
    if (ref) places.filter((place) => place.dataset.ref === ref).forEach((place) => place.classList.add("lit"));
    target.scrollIntoView({ block: "start" });
    if (focus) target.focus({ preventScroll: true });
  }

  async function copy(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Over plain HTTP from another machine there is no clipboard to write to.
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    get("said").textContent = `Copied: ${text}`;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy citation"; }, 1800);
  }

  function showContents(open) {
    get("contents").classList.toggle("open", open);
    get("contents-button").setAttribute("aria-expanded", String(open));
  }

  // The section being read is marked in the contents.
  function follow() {
    const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
    const edge = get("search").closest(".bar").offsetHeight + 60;
    const passed = [...links.keys()].filter((id) => get(id).offsetParent && get(id).getBoundingClientRect().top < edge);
    for (const [id, link] of links) {
      if (id !== passed[passed.length - 1]) link.removeAttribute("aria-current");
      else if (!link.hasAttribute("aria-current")) {
        link.setAttribute("aria-current", "true");
        link.scrollIntoView({ block: "nearest" });
      }
    }
  }

  let waiting = 0;
  find.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, DELAY_MS);
  });
  get("only").addEventListener("change", () => {
    filter(find.value.trim().length >= SHORTEST);
    if (hits.length) step(0, current);
  });
  get("search").addEventListener("submit", (event) => event.preventDefault());
  get("previous").addEventListener("click", () => step(-1));
  get("next").addEventListener("click", () => step(1));
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") leaveSearch();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
    } else if (event.key === "Escape" && get("contents").classList.contains("open")) {
      showContents(false);
      get("contents-button").focus();
    }
  });
  get("contents-button").addEventListener("click", () => showContents(!get("contents").classList.contains("open")));
  get("contents").addEventListener("click", (event) => { if (event.target.closest("a")) showContents(false); });
  report.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
  addEventListener("hashchange", () => openPlace(true));
  let asked = false;
  addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; follow(); });
  }, { passive: true });

  document.documentElement.classList.add("live");
  if (location.hash) openPlace(true);
  follow();
})();
