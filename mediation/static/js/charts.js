// Bars drawn from the table that stands below them; the library is fetched only where there is one.

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function numbersOf(table) {
  const rows = [...table.tBodies[0].rows];
  const column = (n) => rows.map((row) => Number(row.cells[n]?.textContent.replace(/[^\d.-]/g, "") ?? 0));
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    all: column(1),
    part: rows[0]?.cells.length > 2 ? column(2) : null,
  };
}

// The last bar carries its numbers in words of its own, so that one can be read exactly.
const lastValue = {
  id: "lastValue",
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    chart.data.datasets.forEach((dataset, n) => {
      const bar = chart.getDatasetMeta(n).data.at(-1);
      const part = dataset.part;
      ctx.font = `700 18px ${chart.options.font.family}`;
      ctx.textAlign = "center";
      ctx.fillStyle = part ? "#fff" : token("--ink");
      if (!part || (bar.base - bar.y > 26 && bar.width > 26)) {
        ctx.fillText(String(dataset.data.at(-1)), bar.x, part ? bar.y + 22 : bar.y - 8);
      }
    });
  },
};

// An unfinished month is outlined with a broken line.
const unfinished = {
  id: "unfinished",
  afterDatasetsDraw(chart, _, options) {
    if (!options.on) return;
    const bar = chart.getDatasetMeta(0).data.at(-1);
    const { ctx } = chart;
    ctx.save();
    ctx.fillStyle = token("--sheet");
    ctx.strokeStyle = token("--ink");
    ctx.lineWidth = 2;
    ctx.clearRect(bar.x - bar.width / 2 - 1, bar.y - 1, bar.width + 2, bar.base - bar.y + 1);
    ctx.fillRect(bar.x - bar.width / 2, bar.y, bar.width, bar.base - bar.y);
    ctx.setLineDash([7, 5]);
    const part = chart.data.datasets[1] && chart.getDatasetMeta(1).data.at(-1);
    const foot = part ? part.y : bar.base;
    ctx.strokeRect(bar.x - bar.width / 2 + 1, bar.y, bar.width - 2, foot - bar.y);
    ctx.restore();
    part?.draw(ctx);
  },
};

function bars(numbers) {
  const looks = { grouped: false, categoryPercentage: 0.72, barPercentage: 1, borderWidth: 2 };
  const all = {
    ...looks, data: numbers.all, order: 2,
    backgroundColor: token("--sheet"), borderColor: token("--ink"),
    borderSkipped: "bottom",
  };
  const part = {
    ...looks, data: numbers.part, order: 1, part: true,
    backgroundColor: token("--dai"), borderColor: token("--dai"),
  };
  return numbers.part ? [all, part] : [all];
}

function draw(section) {
  const family = getComputedStyle(document.body).fontFamily;
  const numbers = numbersOf(section.querySelector("table"));
  const font = { size: 18, family };
  const ticks = { color: token("--ink-2"), font };
  section.querySelector("[data-chart-room]").hidden = false;
  section.querySelector("[data-chart-legend]").hidden = false;
  section.querySelector("[data-chart-table]").open = false;
  new window.Chart(section.querySelector("canvas"), {
    type: "bar",
    data: { labels: numbers.labels, datasets: bars(numbers) },
    plugins: [unfinished, lastValue],
    options: {
      animation: false,
      events: [],
      font: { family },
      maintainAspectRatio: false,
      layout: { padding: { top: 26 } },
      plugins: {
        legend: { display: false },
        tooltip: { enabled: false },
        unfinished: { on: "unfinished" in section.dataset },
      },
      scales: {
        x: { grid: { display: false }, border: { color: token("--ink"), width: 2 }, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 8 } },
        y: { beginAtZero: true, grace: 0, border: { display: false }, grid: { color: token("--hair") }, ticks: { ...ticks, maxTicksLimit: 5, precision: 0 } },
      },
    },
  });
}

const sections = [...document.querySelectorAll("[data-chart]")];
if (sections.length) {
  const library = document.createElement("script");
  library.src = sections[0].dataset.library;
  library.addEventListener("load", () => sections.forEach(draw));
  document.head.append(library);
}
