// The chosen theme is set before the first paint. A file of its own, as the content security policy allows no inline script.
try {
  const chosen = localStorage.getItem("sigma.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Without storage the system's theme holds.
}
