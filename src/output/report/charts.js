/* charts.js: the figures: the mosaic by hand, the rest by Chart.js. Beside each
 * stands a table with the same numbers. */
'use strict';

let charts = [];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/* A canvas that is drawn once it stands in the page. */
function figure(title, height, config) {
  const canvas = make('canvas', { role: 'img', 'aria-label': title });
  const box = make('figure', { class: 'chart' }, make('figcaption', {}, title),
    make('div', { class: 'canvas', '--height': height + 'px' }, canvas));
  charts.push({ canvas, config, chart: null });
  return box;
}

function drawCharts() {
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  Chart.defaults.color = colour('--ink-soft');
  Chart.defaults.borderColor = colour('--line');
  Chart.defaults.animation = false;
  Chart.defaults.maintainAspectRatio = false;
  for (const entry of charts) {
    if (entry.chart) entry.chart.destroy();
    entry.chart = new Chart(entry.canvas, entry.config());
  }
}

function dropCharts() {
  charts.forEach((entry) => entry.chart && entry.chart.destroy());
  charts = [];
}

/* Long names are cut on the axis; the tooltip has them whole. */
function shorten(text, length) {
  const letters = Array.from(text);
  return letters.length > length ? letters.slice(0, length - 1).join('') + '…' : text;
}

/* Shares of a total that is not above 0 are not known. */
function hasShares(rows) {
  return rows.some((row) => row.value_share !== null);
}

/* Whether a sentence can say it: where some totals are below 0, others are more than all. */
function isPart(share) {
  return share !== null && share >= 0 && share <= 1;
}

/* Two bars a row: share of the customers, share of the value; none where that is below 0. */
function compareChart(rows) {
  const hasValue = hasShares(rows);
  const set = (label, key, paint) => ({
    label, data: rows.map((row) => (row[key] === null ? null : row[key])), backgroundColor: colour(paint),
    borderRadius: 2, barPercentage: 0.86, categoryPercentage: 0.72,
  });
  return () => ({
    type: 'bar',
    data: {
      labels: rows.map((row) => row.label),
      datasets: [set(say('customers_share'), 'share', '--customers')].concat(
        hasValue ? [set(say('value_share'), 'value_share', '--value')] : []),
    },
    options: {
      indexAxis: 'y',
      scales: {
        x: { min: 0, ticks: { callback: (v) => percentBy(v, { maximumFractionDigits: 1 }) }, grid: { drawBorder: false } },
        y: {
          grid: { display: false },
          ticks: { color: colour('--ink'), callback: (v) => shorten(rows[v].label, innerWidth < 700 ? 14 : 44) },
        },
      },
      plugins: {
        legend: { position: 'bottom', labels: { boxWidth: 12, boxHeight: 12 } },
        tooltip: { callbacks: { label: (at) => at.dataset.label + ': ' + percent(at.raw) } },
      },
    },
  });
}

/* Marks the chosen k by a line from top to bottom. */
function chosenLine(index) {
  return {
    id: 'chosen',
    beforeDatasetsDraw(chart) {
      const { ctx, chartArea, scales } = chart;
      const x = scales.x.getPixelForValue(index);
      ctx.save();
      ctx.strokeStyle = colour('--ink-soft');
      ctx.setLineDash([3, 4]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.restore();
    },
  };
}

function sweepChart(clusters) {
  const rows = clusters.candidates;
  const chosen = rows.findIndex((row) => row.k === clusters.k);
  const set = (label, key, paint, dash) => ({
    label, yAxisID: key, data: rows.map((row) => row[key]), borderColor: colour(paint), backgroundColor: colour(paint),
    borderDash: dash, borderWidth: 2, tension: 0, spanGaps: true,
    pointRadius: rows.map((row, i) => (i === chosen ? 7 : 3)),
  });
  const axis = (label, side) => ({
    position: side, title: { display: true, text: label }, grid: { drawOnChartArea: side === 'left', drawBorder: false },
    ticks: { callback: (v) => format(v, { maximumSignificantDigits: 3, notation: 'compact' }) },
  });
  const hasSilhouette = rows.some((row) => row.silhouette !== null);
  return () => ({
    type: 'line',
    data: {
      labels: rows.map((row) => row.k),
      datasets: (hasSilhouette ? [set(say('col_silhouette'), 'silhouette', '--customers')] : []).concat(
        [set(say('col_inertia'), 'inertia', '--value', [6, 4])]),
    },
    options: {
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { title: { display: true, text: 'k' }, grid: { display: false } },
        ...(hasSilhouette ? { silhouette: axis(say('col_silhouette'), 'left') } : {}),
        inertia: axis(say('col_inertia'), hasSilhouette ? 'right' : 'left'),
      },
      plugins: {
        legend: { position: 'bottom', labels: { boxWidth: 28, boxHeight: 1 } },
        tooltip: {
          callbacks: {
            title: (at) => 'k = ' + at[0].label,
            label: (at) => at.dataset.label + ': ' + format(at.raw, { maximumSignificantDigits: 4 }),
          },
        },
      },
    },
    plugins: [chosenLine(chosen)],
  });
}

/* ---- The mosaic: a hundred tiles, shared out by largest remainder ---- */

function shareOut(shares) {
  const positive = shares.map((share) => Math.max(0, share || 0));
  const sum = positive.reduce((a, b) => a + b, 0) || 1;
  const exact = positive.map((share) => (share / sum) * 100);
  const tiles = exact.map(Math.floor);
  const order = exact.map((_, i) => i).sort((a, b) => exact[b] - tiles[b] - (exact[a] - tiles[a]) || a - b);
  for (let i = 0, left = 100 - tiles.reduce((a, b) => a + b, 0); i < left; i += 1) tiles[order[i % order.length]] += 1;
  return tiles;
}

function mosaic(title, segments, key) {
  const tiles = shareOut(segments.map((segment) => segment[key]));
  const label = segments.map((s, i) => say('mosaic_label', { name: s.names[lang], n: tiles[i] })).join('; ');
  return make('figure', { class: 'mosaic' },
    make('div', { class: 'tiles', role: 'img', 'aria-label': title + '. ' + label },
      tiles.flatMap((n, i) => Array.from({ length: n }, () => tile(shadeOf(segments[i], i))))),
    make('figcaption', {}, title));
}
