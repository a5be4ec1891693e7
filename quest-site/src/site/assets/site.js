// What the pages do beyond being read: search, filters, the theme, and moving about in large graphs. Everything works on files that are
// opened from disk, so data comes as scripts, and only when it is needed.
(function () {
  "use strict";
  var up = document.body.getAttribute("data-up") || "";

  function element(name, properties, children) {
    var made = document.createElement(name);
    Object.keys(properties || {}).forEach(function (key) { made[key] = properties[key]; });
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  function load(source) {
    document.head.append(element("script", { src: source }));
  }

  // The theme: as the system has it, light, dark.
  (function () {
    var button = document.getElementById("theme");
    var names = ["system", "light", "dark"];
    var root = document.documentElement;
    function show() {
      button.textContent = "Theme: " + (root.getAttribute("data-theme") || "system");
    }
    button.addEventListener("click", function () {
      var now = names.indexOf(root.getAttribute("data-theme") || "system");
      var next = names[(now + 1) % names.length];
      if (next === "system") root.removeAttribute("data-theme");
      else root.setAttribute("data-theme", next);
      try {
        if (next === "system") localStorage.removeItem("questc-theme");
        else localStorage.setItem("questc-theme", next);
      } catch (error) { /* for this page alone, then */ }
      show();
    });
    show();
  })();

  // On a narrow screen, what stands before the content begins closed.
  if (window.matchMedia("(max-width: 50rem)").matches) {
    Array.prototype.forEach.call(document.querySelectorAll(".menu"), function (menu) { menu.removeAttribute("open"); });
  }

  // Search: names and ids, best first.
  (function () {
    var input = document.getElementById("search");
    var results = document.getElementById("search-results");
    var status = document.getElementById("search-status");
    var form = input.form;
    var index = null, asked = false;

    window.questcIndex = function (rows) { index = rows; look(); };

    function score(row, word) {
      var id = row[1].toLowerCase(), title = row[0] ? row[0].toLowerCase() : id;
      if (id === word || title === word) return 0;
      if (title.startsWith(word) || id.startsWith(word)) return 1;
      if (title.includes(" " + word) || id.includes("-" + word) || id.includes(":" + word)) return 2;
      if (title.includes(word) || id.includes(word)) return 3;
      return -1;
    }

    function look() {
      var word = input.value.trim().toLowerCase();
      if (!word || !index) {
        results.hidden = true;
        status.textContent = "";
        return;
      }
      var found = [];
      index.forEach(function (row, at) {
        var points = score(row, word);
        if (points >= 0) found.push([points, at, row]);
      });
      found.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
      results.replaceChildren.apply(results, found.slice(0, 20).map(function (one) {
        var row = one[2];
        return element("li", {}, [element("a", { href: up + row[3] }, [
          row[0] || row[1], " ", element("small", { textContent: row[2] + (row[0] ? " · " + row[1] : "") })
        ])]);
      }));
      if (!found.length) results.append(element("li", { textContent: "Nothing is called that." }));
      results.hidden = false;
      status.textContent = found.length === 1 ? "1 result" : found.length + " results";
    }

    function ask() {
      if (!asked) { asked = true; load(up + "search.js"); }
    }

    input.addEventListener("focus", ask);
    input.addEventListener("input", function () { ask(); look(); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var first = results.querySelector("a");
      if (first && !results.hidden) first.click();
    });
    form.addEventListener("keydown", function (event) {
      var links = Array.prototype.slice.call(results.querySelectorAll("a"));
      var at = links.indexOf(document.activeElement);
      if (event.key === "Escape") {
        results.hidden = true;
        input.focus();
      } else if (event.key === "ArrowDown" && links.length && !results.hidden) {
        event.preventDefault();
        links[Math.min(at + 1, links.length - 1)].focus();
      } else if (event.key === "ArrowUp" && at >= 0) {
        event.preventDefault();
        if (at === 0) input.focus(); else links[at - 1].focus();
      }
    });
    document.addEventListener("click", function (event) {
      if (!form.contains(event.target)) results.hidden = true;
    });
    document.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
      if (event.key === "/" && !typing) { event.preventDefault(); input.focus(); }
    });
  })();

  // What the schema says of a field, when somebody points at its name.
  (function () {
    var asked = false;
    window.questcFields = function (words) {
      Array.prototype.forEach.call(document.querySelectorAll("a.field"), function (link) {
        var href = link.getAttribute("href").slice(up.length);
        if (words[href]) link.title = words[href];
      });
    };
    document.addEventListener("pointerover", function (event) {
      if (asked || !event.target.closest("a.field")) return;
      asked = true;
      load(up + "fields.js");
    });
  })();

  // Lists of ids and their filters: name, id, address, values for each filter, references, problems.
  var lists = {}, waiting = {};
  window.questcList = function (name, rows) {
    lists[name] = rows;
    (waiting[name] || []).forEach(function (then) { then(rows); });
    delete waiting[name];
  };

  function withList(place, then) {
    var name = place.getAttribute("data-list");
    if (lists[name]) { then(lists[name]); return; }
    if (waiting[name]) { waiting[name].push(then); return; }
    waiting[name] = [then];
    load(place.getAttribute("data-src"));
  }

  // What a form asks for; nothing if it asks for nothing.
  function wanted(form) {
    var text = form.elements.text.value.trim().toLowerCase();
    var tests = [];
    if (text) tests.push(function (row) { return row[0].toLowerCase().includes(text) || row[1].toLowerCase().includes(text); });
    Array.prototype.forEach.call(form.elements, function (control) {
      var match = /^(\d+)(-min|-max)?$/.exec(control.name);
      if (!match || control.value === "") return;
      var at = Number(match[1]), value = control.value;
      tests.push(function (row) {
        var values = row[3][at];
        if (match[2] === "-min") return values.some(function (one) { return Number(one) >= Number(value); });
        if (match[2] === "-max") return values.some(function (one) { return Number(one) <= Number(value); });
        return values.includes(value);
      });
    });
    return tests.length ? function (row) { return tests.every(function (test) { return test(row); }); } : null;
  }

  function onFilter(form, then) {
    form.addEventListener("input", then);
    form.addEventListener("reset", function () { setTimeout(then, 0); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
  }

  Array.prototype.forEach.call(document.querySelectorAll(".browser"), function (place) {
    var form = place.querySelector(".filters"), status = place.querySelector(".status");
    var body = place.querySelector("tbody");
    var first = { rows: Array.prototype.slice.call(body.children), words: status.textContent };
    var columns = Number(place.getAttribute("data-columns")), most = 200;
    var prefix = place.getAttribute("data-up");
    onFilter(form, function () {
      var test = wanted(form);
      if (!test) {
        body.replaceChildren.apply(body, first.rows);
        status.textContent = first.words;
        return;
      }
      withList(place, function (rows) {
        var found = rows.filter(test);
        body.replaceChildren.apply(body, found.slice(0, most).map(function (row) {
          var cells = [
            element("td", {}, [element("a", { href: prefix + row[2], textContent: row[0] })]),
            element("td", {}, [element("code", { textContent: row[1] })])
          ];
          row[3].slice(0, columns).forEach(function (values) { cells.push(element("td", { textContent: values.join(", ") })); });
          cells.push(element("td", { className: "number", textContent: row[4] }));
          cells.push(element("td", { className: "number", textContent: row[5] }));
          return element("tr", {}, cells);
        }));
        status.textContent = found.length + " of " + rows.length + (found.length > most ? ", the first " + most + " are shown." : ".");
      });
    });
  });

  // A picture that is wider than the screen begins with its middle, where the first box is.
  Array.prototype.forEach.call(document.querySelectorAll(".graph"), function (graph) {
    graph.scrollLeft = (graph.scrollWidth - graph.clientWidth) / 2;
  });

  // The graph of everything.
  Array.prototype.forEach.call(document.querySelectorAll(".whole"), function (place) {
    var canvas = place.querySelector(".canvas"), svg = canvas.querySelector("svg");
    var form = place.querySelector(".filters"), status = place.querySelector(".status");
    var whole = svg.viewBox.baseVal, full = { x: 0, y: 0, width: whole.width, height: whole.height };
    canvas.classList.add("ready");
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    var view = { x: 0, y: 0, scale: 1 };

    function size() { return { width: canvas.clientWidth || 1, height: canvas.clientHeight || 1 }; }
    var printing = false;
    function draw() {
      if (printing) return;
      var box = size();
      svg.setAttribute("viewBox", [view.x, view.y, box.width / view.scale, box.height / view.scale].join(" "));
    }
    function fit() {
      var box = size();
      return Math.min(box.width / full.width, box.height / full.height);
    }
    function all() {
      view.scale = Math.min(fit(), 1.5);
      var box = size();
      view.x = (full.width - box.width / view.scale) / 2;
      view.y = (full.height - box.height / view.scale) / 2;
      draw();
    }
    // As large as fits, but so that it can be read.
    function begin() {
      if (fit() >= 0.6) { all(); return; }
      view.scale = 0.85;
      var first = null, top = Infinity;
      Object.keys(nodes).forEach(function (href) {
        var y = nodes[href].getBBox().y;
        if (y < top) { top = y; first = nodes[href]; }
      });
      if (first) show(first);
      view.y = 0;
      draw();
    }
    function zoom(by, x, y) {
      var box = size();
      if (x === undefined) { x = box.width / 2; y = box.height / 2; }
      var scale = Math.min(4, Math.max(Math.min(fit(), 1) * 0.5, view.scale * by));
      view.x += x / view.scale - x / scale;
      view.y += y / view.scale - y / scale;
      view.scale = scale;
      draw();
    }
    function show(node) {
      var box = node.getBBox(), room = size();
      view.x = box.x + box.width / 2 - room.width / view.scale / 2;
      view.y = box.y + box.height / 2 - room.height / view.scale / 2;
      draw();
    }
    Array.prototype.forEach.call(place.querySelectorAll("[data-zoom]"), function (button) {
      button.addEventListener("click", function () {
        var what = button.getAttribute("data-zoom");
        if (what === "all") all(); else zoom(what === "in" ? 1.4 : 1 / 1.4);
      });
    });
    canvas.addEventListener("wheel", function (event) {
      event.preventDefault();
      var frame = canvas.getBoundingClientRect();
      if (event.ctrlKey || event.deltaMode === 1 || Math.abs(event.deltaY) >= 50) {
        zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - frame.left, event.clientY - frame.top);
      } else {
        view.x += event.deltaX / view.scale;
        view.y += event.deltaY / view.scale;
        draw();
      }
    }, { passive: false });
    var drag = null;
    canvas.addEventListener("pointerdown", function (event) {
      drag = { x: event.clientX, y: event.clientY, moved: false };
    });
    window.addEventListener("pointermove", function (event) {
      if (!drag) return;
      var x = event.clientX - drag.x, y = event.clientY - drag.y;
      if (!drag.moved && Math.abs(x) + Math.abs(y) < 5) return;
      drag = { x: event.clientX, y: event.clientY, moved: true };
      view.x -= x / view.scale;
      view.y -= y / view.scale;
      draw();
    });
    window.addEventListener("pointerup", function () {
      if (drag && drag.moved) {
        var stop = function (event) { event.preventDefault(); event.stopPropagation(); };
        canvas.addEventListener("click", stop, { capture: true, once: true });
        setTimeout(function () { canvas.removeEventListener("click", stop, { capture: true }); }, 0);
      }
      drag = null;
    });
    canvas.addEventListener("keydown", function (event) {
      var step = 80 / view.scale;
      var moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      if (moves[event.key]) {
        view.x += moves[event.key][0];
        view.y += moves[event.key][1];
        draw();
      } else if (event.key === "+" || event.key === "=") zoom(1.4);
      else if (event.key === "-") zoom(1 / 1.4);
      else if (event.key === "0") all();
      else return;
      event.preventDefault();
    });
    svg.addEventListener("focusin", function (event) {
      var link = event.target.closest("a");
      if (link && !drag) show(link);
    });
    window.addEventListener("resize", draw);
    // On paper, all of it stands at once.
    window.addEventListener("beforeprint", function () {
      printing = true;
      svg.setAttribute("viewBox", [0, 0, full.width, full.height].join(" "));
    });
    window.addEventListener("afterprint", function () {
      printing = false;
      draw();
    });

    var nodes = {};
    Array.prototype.forEach.call(svg.querySelectorAll("a.n"), function (link) {
      nodes[link.getAttribute("href")] = link;
    });
    onFilter(form, function () {
      var test = wanted(form);
      withList(place, function (rows) {
        var count = 0, only = null;
        rows.forEach(function (row) {
          var node = nodes["../" + row[2]], fits = !test || test(row);
          if (!node) return;
          if (fits) { count += 1; only = node; }
          node.classList.toggle("off", !fits);
        });
        Array.prototype.forEach.call(svg.querySelectorAll(".e, .label, .cluster, .missing"), function (edge) { edge.classList.toggle("off", !!test); });
        status.textContent = test ? count + " of " + rows.length + " fit." : "";
        if (test && count === 1) show(only);
      });
    });

    begin();
    // The address can say what to look at.
    var focus = /[?&]focus=([^&#]*)/.exec(location.search);
    if (focus) {
      Object.keys(nodes).forEach(function (href) {
        if (href.endsWith("/" + focus[1] + ".html")) {
          nodes[href].classList.add("found");
          view.scale = 1;
          show(nodes[href]);
        }
      });
    }
  });
})();
