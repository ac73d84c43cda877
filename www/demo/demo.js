/* The demo page: examples put their text into the search box; language and colours change all boxes at once. */
(() => {
  const boxes = /** @type {NodeListOf<HTMLElement & { value: string, theme: string }>} */ (
    document.querySelectorAll('samara-search')
  );

  for (const button of document.querySelectorAll('.examples button')) {
    button.addEventListener('click', () => {
      boxes[0].value = button.textContent ?? '';
      boxes[0].focus();
    });
  }

  /**
   * @param {string} id of a select
   * @param {(box: HTMLElement & { theme: string }, value: string) => void} apply
   */
  const choose = (id, apply) =>
    document.getElementById(id)?.addEventListener('change', (event) => {
      for (const box of boxes) apply(box, /** @type {HTMLSelectElement} */ (event.target).value);
    });
  choose('language', (box, lang) => {
    box.lang = lang;
  });
  choose('theme', (box, theme) => {
    box.theme = theme === 'own' ? '' : theme;
    box.classList.toggle('own', theme === 'own');
  });
})();
