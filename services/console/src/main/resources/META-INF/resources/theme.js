// Runs before the page is drawn, so that a theme that was chosen does not flash in the other one first.
(() => {
  try {
    const chosen = localStorage.getItem('rationale.theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch {
    // Without storage the system's theme holds.
  }
})();
