// Joins chips to source cards, shows quotes beside chips, folds passages, opens the report in the panel.
(() => {
  "use strict";
  const page = window.ReportQA;
  let cameFrom = null;
  let leaving = 0;

  function showTurn(number) {
    document.querySelectorAll(".sources").forEach((group) => { group.hidden = group.dataset.turn !== number; });
  }

  function openSource(chip) {
    const card = document.getElementById(chip.getAttribute("href").slice(1));
    if (!card) return;
    showPanel("sources");
    showTurn(card.closest(".sources").dataset.turn);
    document.querySelectorAll(".card.lit, mark.lit").forEach((other) => other.classList.remove("lit"));
    document.querySelectorAll(".chip[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    card.classList.add("lit");
    const mark = card.querySelector(`mark[data-marker="${chip.dataset.marker}"]`) || card.querySelector("mark");
    if (mark) mark.classList.add("lit");
    const same = `.chip[href="#${card.id}"][data-marker="${chip.dataset.marker}"]`;
    document.querySelectorAll(same).forEach((other) => other.setAttribute("aria-current", "true"));
    openSheet(chip);
    card.focus({ preventScroll: true });
    page.glide(card, "start");
    if (mark && !inView(mark)) setTimeout(() => page.glide(mark, "center"), 350);
  }

  function inView(mark) {
    const frame = document.getElementById("sources").getBoundingClientRect();
    return mark.getBoundingClientRect().bottom < frame.top + frame.height;
  }

  function openSheet(from) {
    cameFrom = from;
    document.body.classList.add("sheet");
    if (page.narrow()) document.getElementById("chat").inert = true;
  }

  function closeSheet() {
    if (!document.body.classList.contains("sheet")) return;
    document.body.classList.remove("sheet");
    document.getElementById("chat").inert = false;
    if (cameFrom && cameFrom.isConnected) cameFrom.focus();
  }

  // The panel shows the sources or the report.
  function showPanel(name) {
    const reading = name === "report";
    document.body.classList.toggle("reading", reading);
    document.querySelector(".panel-head .new-tab").hidden = !reading;
    for (const tab of document.querySelectorAll(".panel-head [role=tab]")) {
      const chosen = (tab.id === "tab-report") === reading;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
  }

  function openReport(address, from) {
    const place = document.querySelector("#reader .frame");
    let frame = place.querySelector("iframe");
    showPanel("report");
    document.querySelector(".panel-head .new-tab").href = address;
    if (!frame) {
      frame = page.make("iframe", { title: "The report", src: address });
      frame.addEventListener("load", () => joinReader(frame));
      place.append(frame);
    } else frame.contentWindow.location.replace(address);
    openSheet(from);
    frame.focus();
  }

  // Links of the report that ask about a place act on this page instead of opening it again inside the frame.
  function joinReader(frame) {
    paintReader(frame);
    frame.contentDocument.addEventListener("keydown", (event) => { if (event.key === "Escape") closeSheet(); });
    frame.contentDocument.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      const ref = link && new URL(link.href).searchParams.get("about");
      if (!ref) return;
      event.preventDefault();
      cameFrom = null;
      closeSheet();
      page.about(ref);
    });
  }

  function paintReader(frame) {
    const root = frame.contentDocument && frame.contentDocument.documentElement;
    if (!root) return;
    root.dataset.colours = document.documentElement.dataset.colours;
    root.dataset.framed = "yes";
  }

  function unfold(button) {
    const open = button.closest(".card").classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    if (!button.dataset.more) button.dataset.more = button.textContent;
    button.textContent = open ? button.dataset.less : button.dataset.more;
  }

  // The quote and its place beside a chip, for the pointer and for the keyboard.
  function showPreview(chip) {
    clearTimeout(leaving);
    const box = document.getElementById("preview");
    box.replaceChildren(page.make("b", { textContent: chip.dataset.place }), `“${chip.dataset.quote}”`);
    box.hidden = false;
    const at = chip.getBoundingClientRect();
    const left = Math.max(16, Math.min(at.left - 12, innerWidth - box.offsetWidth - 16));
    const above = at.top - box.offsetHeight - 8;
    box.style.left = `${left}px`;
    box.style.top = `${above > 8 ? above : at.bottom + 8}px`;
    chip.setAttribute("aria-describedby", "preview");
  }

  function hidePreview() {
    clearTimeout(leaving);
    document.getElementById("preview").hidden = true;
    document.querySelectorAll(".chip[aria-describedby]").forEach((chip) => chip.removeAttribute("aria-describedby"));
  }

  document.addEventListener("mouseover", (event) => {
    const target = event.target.closest(".chip, .preview");
    if (target && target.matches(".chip")) showPreview(target);
    else if (target) clearTimeout(leaving);
  });
  document.addEventListener("mouseout", (event) => {
    if (event.target.closest(".chip, .preview")) leaving = setTimeout(hidePreview, 180);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".chip:focus-visible")) showPreview(event.target);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches(".chip")) hidePreview();
  });

  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const target = event.target.closest(".chip, .more, .open-report, #source .close, .scrim, [role=tab]");
    if (!target || !plain) return;
    if (target.matches(".chip")) {
      event.preventDefault();
      hidePreview();
      openSource(target);
    } else if (target.matches(".open-report")) {
      event.preventDefault();
      openReport(target.href, target);
    } else if (target.matches(".more")) unfold(target);
    else if (target.id === "tab-report") openReport(document.querySelector(".panel-head .new-tab").href, target);
    else if (target.id === "tab-sources") showPanel("sources");
    else closeSheet();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hidePreview();
      closeSheet();
    } else if (event.target.matches("[role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      const other = document.querySelector(".panel-head [role=tab][tabindex='-1']");
      other.click();
      other.focus();
    }
  });

  document.addEventListener("report-qa:colours", () => {
    const frame = document.querySelector("#reader iframe");
    if (frame) paintReader(frame);
  });

  Object.assign(page, { closeSheet, showSources: () => showPanel("sources") });
})();
