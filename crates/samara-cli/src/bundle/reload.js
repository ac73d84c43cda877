// Reloads the page of `samara serve` when the documents have been built anew.
(async () => {
  const version = async () => (await fetch('/-samara/version')).text();
  const first = await version();
  setInterval(async () => {
    if (await version().catch(() => first) !== first) location.reload();
  }, 1000);
})();
