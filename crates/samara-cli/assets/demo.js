/* The examples of the demo page: a press puts their text into the search box. */
(() => {
  const search = /** @type {HTMLElement & { value: string }} */ (document.querySelector('samara-search'));
  for (const button of document.querySelectorAll('.examples button')) {
    button.addEventListener('click', () => {
      search.value = button.textContent ?? '';
      search.focus();
    });
  }
})();
