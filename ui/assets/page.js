// Starts the page, follows the conversation, and reads questions from its address.
(() => {
  "use strict";
  const page = window.ReportQA;
  let seen = "";
  let looked = 0;
  let asked = 0;

  const field = () => document.querySelector("#question textarea, #question input");

  function ask(question) {
    field().value = question;
    field().dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.querySelector("#question .submit-button").click(), 50);
  }

  function about(ref) {
    page.send({ do: "about", ref });
    focusWhenFilled(20);
  }

  // The server begins the question; the cursor goes behind it.
  function focusWhenFilled(tries) {
    if (field().value) {
      field().focus();
      field().setSelectionRange(field().value.length, field().value.length);
    } else if (tries) setTimeout(() => focusWhenFilled(tries - 1), 100);
  }

  // A new turn comes to the top of the conversation, so that its answer is read from the start.
  function follow() {
    const turns = [...document.querySelectorAll("#conversation .turn")];
    const state = turns.map((turn) => `${turn.dataset.question}|${turn.dataset.search}|${turn.dataset.state}`).join("\n");
    document.body.classList.toggle("talking", turns.length > 0);
    if (state === seen) return;
    seen = state;
    page.closeSheet();
    page.showSources();
    const last = turns[turns.length - 1];
    if (!last) return;
    const done = last.dataset.state === "done";
    page.glide(looked && turns[looked - 1] ? turns[looked - 1] : last, "start");
    if (!done) {
      asked = asked || Date.now();
      return;
    }
    asked = 0;
    looked = 0;
    page.save(turns.map((turn) => ({ question: turn.dataset.question, search: turn.dataset.search })));
    page.say(["value", "says", "failure"].map((part) => last.querySelector(`.${part}`)).filter(Boolean)
      .map((part) => part.textContent).join(". "));
  }

  setInterval(() => {
    const elapsed = document.querySelector(".pending .elapsed");
    const seconds = Math.round((Date.now() - asked) / 1000);
    if (elapsed && asked && seconds > 1) elapsed.textContent = `${seconds} s`;
  }, 1000);

  function name(element, role, label) {
    element.setAttribute("role", role);
    element.setAttribute("aria-label", label);
  }

  function dress() {
    const view = document.getElementById("conversation");
    name(view, "log", "Conversation");
    // The whole conversation is written anew with each turn; only the new answer is read out, by say().
    view.setAttribute("aria-live", "off");
    view.tabIndex = 0;
    name(document.getElementById("source"), "complementary", "Sources");
    name(document.getElementById("sources"), "tabpanel", "Sources");
    name(document.getElementById("reader"), "tabpanel", "Report");
    field().setAttribute("aria-label", "Your question");
    document.querySelector("#question .submit-button").setAttribute("aria-label", "Ask");
    const said = page.make("div", { id: "said", className: "unseen" });
    said.setAttribute("role", "status");
    const preview = page.make("div", { id: "preview", className: "preview", hidden: true });
    preview.setAttribute("role", "tooltip");
    document.querySelector(".gradio-container").append(said, preview, page.make("div", { className: "scrim" }));
    document.querySelectorAll("[name=colours]").forEach((choice) => { choice.checked = choice.value === page.colours(); });
    new MutationObserver(follow).observe(view, { childList: true, subtree: true });
  }

  function closeDrawer() {
    if (!document.body.classList.contains("drawn")) return;
    document.body.classList.remove("drawn");
    const button = document.querySelector(".drawer");
    button.setAttribute("aria-expanded", "false");
    button.focus();
  }

  function openDrawer(button) {
    document.body.classList.add("drawn");
    button.setAttribute("aria-expanded", "true");
    document.getElementById("new").focus();
  }

  // Called by Gradio once the page's events are wired; hidden components may come a moment later.
  function ready() {
    if (!document.getElementById("obey") || !document.getElementById("errand")) {
      setTimeout(ready, 50);
      return;
    }
    dress();
    page.list();
    const wanted = new URLSearchParams(location.search);
    // Read once: what is asked from then on is kept with the conversation, and loading the page again shows that.
    if (wanted.has("q") || wanted.has("about")) history.replaceState(null, "", location.pathname);
    if (wanted.get("q")) page.fresh({ do: "ask", question: wanted.get("q") });
    else if (wanted.get("about")) about(wanted.get("about"));
    else page.reopenCurrent();
    document.documentElement.dataset.ready = "yes";
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest(".example, .more-examples, .drawer, .scrim");
    if (!target) return;
    if (target.matches(".example")) ask(target.dataset.ask);
    else if (target.matches(".more-examples")) page.send({ do: "more", page: Number(target.dataset.page) });
    else if (target.matches(".drawer")) openDrawer(target);
    else closeDrawer();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[name=colours]")) page.choose(event.target.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDrawer();
  });

  Object.assign(page, { ready, about, closeDrawer, lookAt: (turn) => { looked = turn; } });
})();
