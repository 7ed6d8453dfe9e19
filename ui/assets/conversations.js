// Keeps conversations in this browser: only the questions, which are asked again when one is opened.
(() => {
  "use strict";
  const page = window.ReportQA;
  const MOST = 50;
  // The server asks no more than this again.
  const MOST_TURNS = 60;
  const LONGEST = 20000;
  const CURRENT = "report-qa.current";

  const shelf = () => `report-qa.conversations.${document.querySelector(".rail").dataset.report}`;

  function all() {
    try {
      const kept = JSON.parse(page.recall(shelf()) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => Array.isArray(one.turns) && one.turns.length) : [];
    } catch { return []; }
  }

  const current = () => page.recall(CURRENT, sessionStorage);
  const setCurrent = (id) => page.keep(CURRENT, id, sessionStorage);

  function store(kept) {
    page.keep(shelf(), kept.length ? JSON.stringify(kept.slice(0, MOST)) : "");
    list();
  }

  function save(answered) {
    const turns = answered.filter((turn) => turn.question.length <= LONGEST).slice(-MOST_TURNS);
    if (!turns.length) return;
    if (!current()) setCurrent(`${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`);
    const others = all().filter((one) => one.id !== current());
    store([{ id: current(), asked: Date.now(), turns }, ...others]);
  }

  function list() {
    const items = all().map((one) => {
      const title = one.turns[0].question.trim();
      const count = one.turns.length === 1 ? "1 question" : `${one.turns.length} questions`;
      const day = new Date(one.asked).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
      const open = page.make("button", { type: "button", className: "reopen", title },
        page.make("span", { textContent: title }), page.make("small", { textContent: `${count}, ${day}` }));
      open.dataset.id = one.id;
      if (one.id === current()) open.setAttribute("aria-current", "true");
      const remove = page.make("button", { type: "button", className: "delete", textContent: "×" });
      remove.dataset.id = one.id;
      remove.setAttribute("aria-label", `Delete “${title}”`);
      return page.make("li", {}, open, remove);
    });
    document.querySelector(".kept").replaceChildren(...items);
  }

  function reopen(id) {
    const found = all().find((one) => one.id === id);
    if (!found) return false;
    setCurrent(id);
    page.send({ do: "reopen", turns: found.turns });
    list();
    return true;
  }

  function fresh(order) {
    setCurrent("");
    page.send(order);
    list();
    page.closeDrawer();
  }

  function remove(id) {
    const next = document.querySelector(`.kept .delete:not([data-id="${id}"])`);
    store(all().filter((one) => one.id !== id));
    if (id === current()) fresh({ do: "new" });
    (next && document.querySelector(`.delete[data-id="${next.dataset.id}"]`) || document.getElementById("new")).focus();
  }

  // Deleting everything takes a second press of the button, which says so.
  function forget(button) {
    if (!button.dataset.armed) {
      button.dataset.armed = "yes";
      button.textContent = `Delete all ${all().length}? Press again`;
      return;
    }
    disarm(button);
    store([]);
    fresh({ do: "new" });
    document.getElementById("new").focus();
  }

  function disarm(button) {
    delete button.dataset.armed;
    button.textContent = "Delete all";
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest("#new, .reopen, .kept .delete, .forget");
    if (!target) return;
    if (target.matches("#new")) fresh({ do: "new" });
    else if (target.matches(".forget")) forget(target);
    else if (target.matches(".delete")) remove(target.dataset.id);
    else if (reopen(target.dataset.id)) page.closeDrawer();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches(".forget")) disarm(event.target);
  });

  Object.assign(page, { save, list, fresh, reopenCurrent: () => Boolean(current()) && reopen(current()) });
})();
