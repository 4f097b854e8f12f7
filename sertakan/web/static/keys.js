// Keys for work that repeats: an element with data-key="n" is pressed by that key alone.
// Never while something is typed or a modifier is held; #keys-off turns them off, and that stays.
"use strict";

(() => {
  const STORED = "keys-off";
  const toggle = document.getElementById("keys-off");

  const off = () => {
    try {
      return localStorage.getItem(STORED) === "1";
    } catch {
      return false;
    }
  };

  if (toggle) {
    toggle.hidden = false;
    toggle.setAttribute("aria-pressed", String(off()));
    toggle.addEventListener("click", () => {
      try {
        localStorage.setItem(STORED, off() ? "0" : "1");
      } catch {
        return;
      }
      toggle.setAttribute("aria-pressed", String(off()));
    });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea");
    if (off() || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
      return;
    }
    const meant = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (meant) {
      event.preventDefault();
      meant.click();
    }
  });
})();
