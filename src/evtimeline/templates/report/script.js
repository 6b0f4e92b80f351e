"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const reveal = (selector) => all(selector).forEach((each) => { each.hidden = false; });
  const find = one("#find"), shown = one("#shown"), reset = one("#reset"), none = one("#none");
  const tip = one("#tip"), scroll = one(".scroll"), lanes = one(".lanes");
  const chips = all(".count");
  const ledgers = all("details.ledger");
  const ledgerOf = (number) => document.getElementById("m" + number);

  // Filter: every part of a milestone carries its number; a part without one is never hidden.
  const parts = new Map(ledgers.map((each) => [each.dataset.m, []]));
  all("[data-m]").forEach((each) => parts.get(each.dataset.m).push(each));
  const rows = new Map(all("tr[data-m]").map((each) => [each.dataset.m, each]));
  const texts = new Map();
  const textOf = (ledger) => {
    if (!texts.has(ledger)) texts.set(ledger, (ledger.dataset.names + " " + ledger.textContent).toLowerCase());
    return texts.get(ledger);
  };
  const filter = () => {
    const words = find.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = new Set(chips.filter((chip) => chip.ariaPressed === "true").map((chip) => chip.dataset.status));
    let count = 0;
    for (const ledger of ledgers) {
      const number = ledger.dataset.m;
      const right = !wanted.size || wanted.has(rows.get(number).dataset.status);
      const fits = right && (!words.length || words.every((word) => textOf(ledger).includes(word)));
      count += fits;
      for (const part of parts.get(number)) part.toggleAttribute("hidden", !fits);
    }
    all(".lanes ul").forEach((list) => {
      const heading = list.previousElementSibling;
      const empty = !one(".lane:not([hidden])", list);
      if (heading && heading.classList.contains("group")) heading.hidden = empty;
    });
    shown.textContent = shown.dataset.text.replace("{n}", count).replace("{m}", ledgers.length);
    reset.hidden = !words.length && !wanted.size;
    none.hidden = count > 0;
  };
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); };

  // Zoom: the lanes become wider than their box, which scrolls; the middle stays where it was.
  let zoom = 1;
  const steps = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24];
  const level = () => {
    const width = one(".track").getBoundingClientRect().width;
    const fit = [4, 8, 16, 32, 64].filter((most) => most * 72 <= width).length - 1;
    lanes.dataset.level = Math.max(0, fit);
  };
  const labelWidth = () => {
    const name = one(".name");
    return getComputedStyle(one(".lane")).display === "block" ? 0 : name.getBoundingClientRect().width;
  };
  const zoomTo = (next, share) => {
    const label = labelWidth(), box = scroll.clientWidth - label;
    const middle = share ?? (scroll.scrollLeft + box / 2) / (lanes.clientWidth - label);
    zoom = next;
    lanes.style.setProperty("--zoom", zoom);
    scroll.scrollLeft = middle * (lanes.clientWidth - label) - box / 2;
    level();
  };
  const zoomBy = (direction) => {
    const next = steps[steps.indexOf(zoom) + direction];
    if (next) zoomTo(next);
  };
  const todayAt = () => parseFloat(one(".grid .today").getAttribute("x1")) / 100;
  const zooms = {
    in: () => zoomBy(1), out: () => zoomBy(-1), fit: () => zoomTo(1), today: () => zoomTo(Math.max(zoom, 4), todayAt()),
  };
  const zoomKeys = { "+": "in", "=": "in", "-": "out", "_": "out", "0": "fit" };

  // The tip: what a lane or a sign of a chart rests on, in the words of the source.
  let anchor = null;
  const put = (lines, rect) => {
    tip.replaceChildren(...lines.filter(([, text]) => text).map(([name, text]) => {
      const line = document.createElement(name);
      line.textContent = text;
      line.dir = "auto";
      return line;
    }));
    tip.hidden = !tip.childElementCount;
    place(rect);
  };
  const place = (rect) => {
    const box = tip.getBoundingClientRect();
    const under = rect.bottom + 8 + box.height < innerHeight;
    tip.style.left = Math.max(8, Math.min(rect.left, innerWidth - box.width - 8)) + "px";
    tip.style.top = Math.max(8, under ? rect.bottom + 8 : rect.top - box.height - 8) + "px";
  };
  const hide = () => { tip.hidden = true; anchor = null; };
  const follow = () => { if (anchor && !tip.hidden) place(anchor.getBoundingClientRect()); else hide(); };
  const textIn = (root, selector) => one(selector, root)?.textContent ?? "";
  const tellLane = (lane, rect) => put([
    ["b", textIn(lane, ".name a")], ["span", one(".track", lane).getAttribute("aria-label")],
    ["div", textIn(lane, ".say")], ["span", textIn(lane, ".by")],
  ], rect);
  const tellSign = (sign) => {
    const claim = document.getElementById("c" + sign.dataset.c);
    const title = textIn(ledgerOf(sign.closest(".trace").dataset.m), "h3");
    const said = claim ? [["span", one("div", claim).textContent], ["div", textIn(claim, "q")]] : [];
    put([["b", title], ...said], sign.getBoundingClientRect());
  };
  const highlight = (number, area = one(".large .area")) => {
    if (!area) return;
    area.classList.toggle("focus", number !== null);
    all(".trace", area).forEach((trace) => trace.classList.toggle("on", trace.dataset.m === number));
  };
  const tellTrace = (key) => {
    const number = key.closest("li").dataset.m;
    highlight(number);
    const lane = one(`.lane[data-m="${number}"]`);
    if (lane) tellLane(lane, key.getBoundingClientRect());
  };
  const step = (key, direction) => {
    const signs = all(`.large .trace[data-m="${key.closest("li").dataset.m}"] use`)
      .sort((a, b) => parseFloat(a.getAttribute("x")) - parseFloat(b.getAttribute("x")));
    if (!signs.length) return;
    const last = signs.length - 1, now = signs.findIndex((each) => each.classList.contains("at"));
    const next = signs[now < 0 ? (direction > 0 ? 0 : last) : Math.min(last, Math.max(0, now + direction))];
    signs.forEach((each) => each.classList.toggle("at", each === next));
    tellSign(next);
  };

  const over = (event) => {
    const target = event.target;
    if (!(target instanceof Element) || target.closest("#tip")) return;
    anchor = null;
    const sign = target.closest("use[data-c]"), trace = target.closest(".trace"), lane = target.closest(".lane"), key = target.closest(".key");
    if (trace) highlight(trace.dataset.m, trace.closest(".area"));
    else if (!key) all(".area.focus").forEach((area) => highlight(null, area));
    if (sign) tellSign(sign);
    else if (trace) tellLaneAt(trace.dataset.m, event);
    else if (lane && !target.closest(".name")) tellLane(lane, pointOf(event));
    else if (key) tellTrace(key);
    else hide();
  };
  const pointOf = (event) => ({ left: event.clientX + 10, top: event.clientY - 4, bottom: event.clientY + 8 });
  const tellLaneAt = (number, event) => {
    const lane = one(`.lane[data-m="${number}"]`);
    if (lane) tellLane(lane, pointOf(event));
  };
  const focused = (event) => {
    const lane = event.target.closest(".lane"), key = event.target.closest(".key");
    if (!event.target.matches(":focus-visible")) return;
    if (lane) tellLane(lane, event.target.getBoundingClientRect());
    else if (key) tellTrace(key);
    else return hide();
    anchor = event.target;
  };
  const left = (event) => {
    const key = event.target.closest(".key");
    if (key) highlight(null);
    all("use.at").forEach((each) => each.classList.remove("at"));
    if (event.target.closest(".lane, .key")) hide();
  };
  const pressed = (event) => {
    const key = event.target.closest?.(".key");
    if (event.key === "Escape") hide();
    else if (key && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      event.preventDefault();
      step(key, event.key === "ArrowRight" ? 1 : -1);
    } else if (zoomKeys[event.key] && event.target.closest?.(".scroll, .zoom") && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      zooms[zoomKeys[event.key]]();
    }
  };

  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const ledger = target && target.closest("details");
    if (!ledger) return;
    ledger.open = true;
    target.scrollIntoView();
    (target === ledger ? one("summary", ledger) : target).focus?.({ preventScroll: true });
  };
  const toggleAll = (event) => {
    const button = event.currentTarget, open = button.dataset.on !== "1";
    ledgers.forEach((each) => { if (!each.hidden) each.open = open; });
    button.dataset.on = open ? "1" : "";
    button.textContent = open ? button.dataset.close : button.dataset.open;
  };

  if (!ledgers.length) return;
  reveal(".tools, .zoom, .keys, #all");
  chips.forEach((chip) => {
    chip.disabled = false;
    chip.addEventListener("click", () => { chip.ariaPressed = String(chip.ariaPressed !== "true"); filter(); });
  });
  find.addEventListener("input", soon);
  reset.addEventListener("click", () => {
    find.value = "";
    chips.forEach((chip) => { chip.ariaPressed = "false"; });
    filter();
    find.focus();
  });
  all("[data-zoom]").forEach((button) => button.addEventListener("click", () => zooms[button.dataset.zoom]()));
  scroll.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1 : -1);
  }, { passive: false });
  one("#all").addEventListener("click", toggleAll);
  document.addEventListener("pointerover", over);
  document.addEventListener("focusin", focused);
  document.addEventListener("focusout", left);
  document.addEventListener("keydown", pressed);
  document.addEventListener("scroll", follow, { capture: true, passive: true });
  addEventListener("hashchange", openTarget);
  addEventListener("resize", level);
  level();
  filter();
  openTarget();
})();
