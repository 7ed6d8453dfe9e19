// What is done with answers: copy, link, feedback, files; and questions that are changed and asked again.
(() => {
  "use strict";
  const page = window.ReportQA;

  async function copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without a secure connection the browser has no clipboard for scripts; the old way still works.
      const field = page.make("textarea", { value: text, className: "unseen" });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    const shown = button.closest(".menu") ? button.closest(".menu").querySelector("summary") : button;
    closeMenus();
    shown.dataset.words = shown.dataset.words || shown.textContent;
    shown.textContent = "Copied";
    setTimeout(() => { shown.textContent = shown.dataset.words; }, 1600);
    shown.focus();
    page.say("Copied");
  }

  function link(question) {
    const address = new URL(location.pathname, location.origin);
    address.searchParams.set("q", question);
    return address.href;
  }

  function closeMenus(but = null) {
    document.querySelectorAll(".menu[open]").forEach((menu) => { if (menu !== but) menu.open = false; });
  }

  function judge(form) {
    const turn = Number(form.closest(".turn").dataset.turn);
    const verdict = form.querySelector("input:checked").value;
    page.send({ do: "judge", turn, verdict, comment: form.querySelector("textarea").value }, "errand");
  }

  // A field in place of the words, to change them and ask again.
  function revise(turn, place, words, toOrder) {
    const field = page.make("textarea", { className: "revise", value: words, rows: Math.min(6, Math.ceil(words.length / 76) || 1) });
    field.setAttribute("aria-label", "Change and ask again");
    const again = page.make("button", { type: "submit", className: "strong", textContent: "Ask again" });
    const cancel = page.make("button", { type: "button", className: "quiet", textContent: "Cancel" });
    const form = page.make("form", { className: "revision" }, field, cancel, again);
    const before = [...place.childNodes];
    const leave = () => {
      place.replaceChildren(...before);
      place.querySelector("button").focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!field.value.trim()) return;
      page.lookAt(turn);
      page.send(toOrder(field.value));
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        form.requestSubmit();
      } else if (event.key === "Escape") leave();
    });
    cancel.addEventListener("click", leave);
    place.replaceChildren(form);
    field.focus();
  }

  function edit(button) {
    const turn = button.closest(".turn");
    const number = Number(turn.dataset.turn);
    if (button.matches(".edit")) {
      revise(number, turn.querySelector(".ask"), turn.dataset.question, (question) => ({ do: "revise", turn: number, question }));
    } else {
      const line = button.closest(".searched");
      revise(number, line, line.querySelector("span").textContent, (search) => (
        { do: "revise", turn: number, question: turn.dataset.question, search }));
    }
  }

  function save(file) {
    const bytes = Uint8Array.from(atob(file.data), (letter) => letter.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type: file.type }));
    page.make("a", { href: address, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  function reply(text) {
    const said = JSON.parse(text);
    if (said.data) save(said);
    if (said.judged) {
      const form = document.querySelector(`#turn-${said.judged} .feedback`);
      if (form) form.replaceWith(page.make("span", { className: "thanks", textContent: "Noted, thank you." }));
      page.say("Noted, thank you.");
    }
    if (said.failure) fail(said.failure);
  }

  function fail(words) {
    const open = document.querySelector(".menu[open] .items") || document.querySelector(".hint");
    open.querySelectorAll(".problem").forEach((old) => old.remove());
    const problem = page.make("p", { className: "problem", textContent: words });
    problem.setAttribute("role", "alert");
    open.append(problem);
  }

  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest(".menu"));
    const target = event.target.closest(".copy, .link, .edit, .research, .export");
    if (!target) return;
    if (target.matches(".copy")) copy(target.dataset.copy, target);
    else if (target.matches(".link")) copy(link(target.dataset.link), target);
    else if (target.matches(".export")) {
      page.send({ do: "export", form: target.dataset.form }, "errand");
      closeMenus();
    } else edit(target);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".feedback form")) return;
    event.preventDefault();
    judge(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  Object.assign(page, { reply });
})();
