// What every part of the page's script needs: orders to the server, colours, words for screen readers. No network.
window.ReportQA = (() => {
  "use strict";
  const COLOURS = "report-qa.colours";
  const system = matchMedia("(prefers-color-scheme: dark)");
  let waiting = "";

  // Storage can be switched off, or full; the page works without it.
  function recall(key, area = localStorage) {
    try { return area.getItem(key) || ""; } catch { return ""; }
  }

  function keep(key, value, area = localStorage) {
    try {
      if (value) area.setItem(key, value);
      else area.removeItem(key);
    } catch { /* Nothing is kept then. */ }
  }

  function send(order, button = "obey") {
    waiting = JSON.stringify(order);
    document.getElementById(button).click();
  }

  function paint() {
    const dark = recall(COLOURS) ? recall(COLOURS) === "dark" : system.matches;
    document.documentElement.dataset.colours = dark ? "dark" : "light";
    if (document.body && document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
    document.dispatchEvent(new CustomEvent("report-qa:colours"));
  }

  function choose(colours) {
    keep(COLOURS, colours);
    paint();
  }

  function say(words) {
    document.querySelector("#said").textContent = words;
  }

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  paint();
  system.addEventListener("change", paint);
  addEventListener("DOMContentLoaded", () => {
    paint();
    // Gradio sets its own class by the system's colours; the person's choice goes before it.
    new MutationObserver(paint).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  });

  return {
    send, recall, keep, choose, say, make,
    order: () => waiting,
    colours: () => recall(COLOURS),
    glide: (element, block) => element.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block }),
    narrow: () => matchMedia("(max-width: 860px)").matches,
  };
})();
