// Before anything is drawn: the theme that the reader chose.
(function () {
  try {
    var theme = localStorage.getItem("questc-theme");
    if (theme) document.documentElement.setAttribute("data-theme", theme);
  } catch (error) { /* a browser that stores nothing follows the system */ }
})();
