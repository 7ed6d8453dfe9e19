// Joins chips to source cards, folds and unfolds passages, asks example questions. No network, no storage.
(() => {
  "use strict";
  let cameFrom = null;

  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const glide = (element, block) => element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block });

  function showTurn(number) {
    document.querySelectorAll(".sources").forEach((group) => {
      group.hidden = group.dataset.turn !== number;
    });
  }

  function openSource(chip) {
    const card = document.getElementById(chip.getAttribute("href").slice(1));
    if (!card) return;
    cameFrom = chip;
    showTurn(card.closest(".sources").dataset.turn);
    document.querySelectorAll(".card.lit").forEach((other) => other.classList.remove("lit"));
    document.querySelectorAll(".chip[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    card.classList.add("lit");
    document.querySelectorAll(`.chip[href="#${card.id}"]`).forEach((same) => same.setAttribute("aria-current", "true"));
    document.body.classList.add("sheet");
    card.focus({ preventScroll: true });
    glide(card, "start");
  }

  function closeSheet() {
    document.body.classList.remove("sheet");
    if (cameFrom && cameFrom.isConnected) cameFrom.focus();
  }

  function unfold(button) {
    const open = button.closest(".card").classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    if (!button.dataset.more) button.dataset.more = button.textContent;
    button.textContent = open ? button.dataset.less : button.dataset.more;
  }

  function ask(question) {
    const field = document.querySelector("#question textarea, #question input");
    field.value = question;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.querySelector("#question .submit-button").click(), 50);
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest(".chip, .more, .example, .close, .scrim");
    if (!target) return;
    if (target.matches(".chip")) {
      event.preventDefault();
      openSource(target);
    } else if (target.matches(".more")) unfold(target);
    else if (target.matches(".example")) ask(target.dataset.ask);
    else closeSheet();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.body.classList.contains("sheet")) closeSheet();
  });

  // A new turn comes to the top of the conversation, so that its answer is read from the start.
  let seen = "";
  function follow() {
    const turns = document.querySelectorAll("#conversation .turn");
    const last = turns[turns.length - 1];
    const state = last ? `${last.id} ${last.querySelector(".pending") ? "asked" : "answered"}` : "";
    if (state === seen) return;
    seen = state;
    document.body.classList.remove("sheet");
    if (last) glide(last, "start");
  }

  function dress() {
    const view = document.getElementById("conversation");
    if (!view) return false;
    view.setAttribute("role", "log");
    view.setAttribute("aria-live", "polite");
    view.setAttribute("aria-label", "Conversation");
    view.tabIndex = 0;
    const source = document.getElementById("source");
    source.setAttribute("role", "complementary");
    source.setAttribute("aria-label", "Sources");
    const question = document.querySelector("#question textarea, #question input");
    if (question) question.setAttribute("aria-label", "Your question");
    const submit = document.querySelector("#question .submit-button");
    if (submit) submit.setAttribute("aria-label", "Ask");
    new MutationObserver(follow).observe(view, { childList: true, subtree: true });
    return true;
  }

  const waiting = new MutationObserver(() => dress() && waiting.disconnect());
  waiting.observe(document.documentElement, { childList: true, subtree: true });
})();
