// Draws a chart from the cells of a table that stands on the page anyway.
//
//   <figure data-chart="line" data-chart-table="by-month">
//     <figcaption>People covered, month by month</figcaption>
//   </figure>
//   <table id="by-month">…</table>
//
// data-chart is "line" or "bar". Without data-chart-table the table is the one in the figure, else
// the next on the page. The first cell of a row names it; every other column whose heading does
// not say data-chart-skip is a series. A cell's number is its data-value, else its text as the
// language of the page writes numbers. Without this script the table says it all.
"use strict";

(() => {
  const drawn = new Map(); // figure -> {chart, observer}
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const language = document.documentElement.lang || "id";
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(language, {
    notation: "compact",
    maximumFractionDigits: 1,
  });
  const separators = Object.fromEntries(
    new Intl.NumberFormat(language).formatToParts(12345.6).map(({ type, value }) => [type, value]),
  );
  const UNITS = [
    { sign: /%$/, write: (written) => `${written}%` },
    { sign: /^-?Rp/, write: (written) => `Rp${written}` },
    { sign: /^/, write: (written) => written },
  ];
  const SHAPES = ["circle", "rect", "triangle", "diamond"];
  const LINES = ["solid", "dashed", "dotted", [8, 3, 2, 3]];

  const words = (element) => element.textContent.trim().replace(/\s+/g, " ");

  /** The number in a cell; null where it has none. */
  function value(cell) {
    const exact = cell?.dataset.value ?? cell?.querySelector("data[value]")?.value;
    if (exact !== undefined) return exact === "" ? null : Number(exact);
    const digits = (cell ? words(cell) : "")
      .replace(/^(-?)Rp\s*/, "$1")
      .replace(/\s*%$/, "")
      .replaceAll(separators.group, "")
      .replace(separators.decimal, ".");
    return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : null;
  }

  function tableOf(figure) {
    const named = figure.dataset.chartTable;
    if (named) return document.getElementById(named);
    return (
      figure.querySelector("table") ??
      [...document.querySelectorAll("table")].find(
        (table) => figure.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING,
      )
    );
  }

  /** Names of the rows, series of numbers, and how their unit is written. */
  function read(table) {
    const headings = [...(table.tHead?.rows[0]?.cells ?? [])];
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const columns = headings
      .map((heading, column) => ({ heading, column }))
      .slice(1)
      .filter(({ heading }) => !("chartSkip" in heading.dataset));
    const told = rows.filter((row) => columns.some(({ column }) => value(row.cells[column]) !== null));
    const first = told[0]?.cells[columns[0]?.column];
    return {
      names: told.map((row) => words(row.cells[0])),
      series: columns.map(({ heading, column }) => ({
        name: words(heading),
        values: told.map((row) => value(row.cells[column])),
      })),
      unit: UNITS.find(({ sign }) => sign.test(first ? words(first) : "")),
    };
  }

  function colours(figure) {
    const style = getComputedStyle(figure);
    const named = (name) => style.getPropertyValue(name).trim();
    return {
      ink: named("--ink"),
      soft: named("--ink-soft"),
      line: named("--line"),
      paper: named("--paper"),
      series: [1, 2, 3, 4].map((count) => named(`--chart-${count}`)),
      typeface: style.fontFamily,
    };
  }

  function options(figure, { names, series, unit }) {
    const { ink, soft, line, paper, series: shades, typeface } = colours(figure);
    const text = { color: soft, fontFamily: typeface, fontSize: 13 };
    const kind = figure.dataset.chart === "bar" ? "bar" : "line";
    const caption = figure.querySelector("figcaption");
    return {
      animation: !calm.matches,
      color: shades,
      textStyle: { fontFamily: typeface },
      aria: { enabled: true, label: { description: caption ? words(caption) : "" } },
      grid: { left: 8, right: 16, top: series.length > 1 ? 48 : 16, bottom: 8, containLabel: true },
      legend: {
        show: series.length > 1, left: 0, top: 0, padding: 0, itemGap: 20, textStyle: { ...text, color: ink },
      },
      tooltip: {
        trigger: "axis",
        renderMode: "richText", // the other mode writes HTML with styles in it
        confine: true,
        backgroundColor: paper,
        borderColor: line,
        textStyle: { ...text, color: ink },
        axisPointer: { type: kind === "bar" ? "shadow" : "line", lineStyle: { color: soft } },
        valueFormatter: (each) => (each == null ? "–" : unit.write(number.format(each))),
      },
      xAxis: {
        type: "category",
        data: names,
        boundaryGap: kind === "bar",
        axisLabel: { ...text, hideOverlap: true },
        axisLine: { lineStyle: { color: line } },
        axisTick: { show: false },
      },
      yAxis: {
        type: "value",
        splitNumber: 4,
        axisLabel: { ...text, formatter: (each) => unit.write(short.format(each)) },
        splitLine: { lineStyle: { color: line } },
      },
      series: series.map(({ name, values }, index) => ({
        type: kind,
        name,
        data: values,
        symbol: SHAPES[index % SHAPES.length], // told apart without colour
        symbolSize: 7,
        showSymbol: names.length <= 24,
        lineStyle: { width: 2.5, type: LINES[index % LINES.length] },
        barMaxWidth: 40,
      })),
    };
  }

  function draw(figure) {
    const table = tableOf(figure);
    const told = table && read(table);
    if (!told || told.names.length < 2 || told.series.length === 0) return;
    let place = figure.querySelector(".chart-place");
    if (!place) {
      place = document.createElement("div");
      place.className = "chart-place";
      figure.append(place);
    }
    if (!drawn.has(figure)) {
      const chart = echarts.init(place, null, { renderer: "svg" });
      const observer = new ResizeObserver(() => chart.resize());
      observer.observe(place);
      drawn.set(figure, { chart, observer });
    }
    drawn.get(figure).chart.setOption(options(figure, told), true);
  }

  function drawAll() {
    for (const [figure, { chart, observer }] of drawn) {
      if (figure.isConnected) continue;
      observer.disconnect();
      chart.dispose();
      drawn.delete(figure);
    }
    document.querySelectorAll("figure[data-chart]").forEach(draw);
  }

  dark.addEventListener("change", drawAll);
  calm.addEventListener("change", drawAll);
  document.addEventListener("htmx:after:swap", drawAll);
  document.fonts?.ready.then(drawAll);
})();
