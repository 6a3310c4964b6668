/* picture.js: the customers as a picture: a mosaic of recency and frequency, whose tiles are so many customers each, and
 * a map of the first two principal components, whose hexagons are as large as many are there. */
'use strict';

/* ---- The mosaic ---- */

/* "≤ 30", "31–60", "> 180" of upper limits, the last of which is open. */
function limitNames(limits) {
  return limits.map((limit, i) => {
    const before = i ? limits[i - 1] : null;
    if (limit === null) return i ? '> ' + count(before) : say('any');
    if (before === null) return limit === 1 ? '1' : '≤ ' + count(limit);
    return before + 1 === limit ? count(limit) : count(before + 1) + '–' + count(limit);
  });
}

/* 1, 2 or 5 times a power of ten customers a tile, so that there are about 400 of them. */
function customersPerTile(cells) {
  const all = cells.reduce((sum, cell) => sum + cell.n, 0);
  for (let power10 = 1; ; power10 *= 10) {
    const found = [1, 2, 5].map((n) => n * power10).find((n) => all / n <= 450);
    if (found) return found;
  }
}

/* How many tiles each segment has in a cell, by largest remainder; one at least where there is anybody. Behind the last
 * segment those of whom it is hidden. */
function tilesOf({ n, segments }, each) {
  const told = (segments || []).map((size) => size || 0);
  return shareOut([...told, Math.max(0, (n || 0) - sumOf(told))], each);
}

function shareOut(segments, each) {
  const n = sumOf(segments);
  const all = Math.max(n ? 1 : 0, Math.round(n / each));
  const exact = segments.map((size) => (n ? (size / n) * all : 0));
  const tiles = exact.map(Math.floor);
  const order = exact.map((size, i) => [size - tiles[i], i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  order.slice(0, all - sumOf(tiles)).forEach(([, i]) => {
    tiles[i] += 1;
  });
  return tiles;
}

function cellLines(cell, names) {
  return [
    `${say('grid_recency')} ${names.r[cell.r]} · ${say('grid_frequency')} ${names.f[cell.f]}`,
    `${say('customers')}: ${count(cell.n)}`,
    typeof cell.value === 'number' && summary.value ? `${capital(valueWord())}: ${worth(cell.value)}` : '',
    ...(cell.segments || []).map((n, i) => (n ? `${nameOf(i)}: ${count(n)}` : '')),
  ];
}

function gridCell(cell, box, size, each, names) {
  const perRow = Math.max(1, Math.floor((box.width - 9) / (size + 1)));
  const hues = tilesOf(cell, each).flatMap((n, i) => Array(n).fill(i));
  return told(
    draw(
      'g',
      {},
      draw('rect', { class: 'hit', x: r1(box.x), y: r1(box.y), width: r1(box.width), height: r1(box.height), fill: 'transparent', stroke: 'var(--line)' }),
      text(box.x + 5, box.y + 14, count(cell.n), 'little soft'),
      hues.map((i, at) =>
        draw('rect', {
          x: r1(box.x + 5 + (at % perRow) * (size + 1)),
          y: r1(box.y + 20 + Math.floor(at / perRow) * (size + 1)),
          width: size,
          height: size,
          fill: i < summary.segments.length ? hue(i) : 'var(--bar)',
        }),
      ),
    ),
    cellLines(cell, names),
  );
}

function gridPicture(width) {
  const { recency, frequency, cells } = summary.grid;
  const each = customersPerTile(cells);
  const names = { r: limitNames(recency), f: limitNames(frequency) };
  const left = Math.max(...names.r.map((name) => textWidth(name, true))) + 10;
  const across = (width - left) / frequency.length;
  const size = across > 88 ? 7.5 : across > 72 ? 6.2 : across > 60 ? 5 : 4.2;
  const perRow = Math.max(1, Math.floor((across - 9) / (size + 1)));
  let y = 40;
  const rows = recency.map((limit, r) => {
    const own = cells.filter((cell) => cell.r === r);
    const most = Math.max(1, ...own.map((cell) => Math.ceil(Math.max(1, Math.round(cell.n / each)) / perRow)));
    const height = 25 + most * (size + 1);
    const line = [text(0, y + 15, names.r[r], 'bold'), own.map((cell) => gridCell(cell, { x: left + cell.f * across, y, width: across, height }, size, each, names))];
    y += height;
    return line;
  });
  return picture(
    width,
    y + 2,
    say('grid_label'),
    text(left, 12, say('grid_frequency'), 'soft little'),
    names.f.map((name, f) => text(left + (f + 0.5) * across, 30, name, 'bold', 'middle')),
    rows,
  );
}

function gridTable() {
  const { recency, frequency, cells } = summary.grid;
  const names = limitNames(frequency);
  const at = (r, f) => cells.find((cell) => cell.r === r && cell.f === f);
  return table(
    say('grid_title'),
    [
      { head: say('grid_corner'), cell: (r) => limitNames(recency)[r] },
      ...frequency.map((limit, f) => ({ head: names[f], number: true, cell: (r) => count((at(r, f) || { n: 0 }).n) })),
    ],
    recency.map((limit, r) => r),
  );
}

function legendOf(shown) {
  return make('div', { class: 'legend' }, shown.map(segmentName));
}

function gridFigure(shown) {
  const { cells } = summary.grid;
  const each = customersPerTile(cells);
  return fig(
    say('grid_title'),
    say(each === 1 ? 'grid_what_one' : 'grid_what', { n: count(each) }),
    legendOf(shown),
    make('small', {}, say('grid_recency') + ' ↓'),
    chart(gridPicture, 0.52),
    behind(gridTable()),
  );
}

/* ---- The map ---- */

const SAID_LOADING = 0.45;

/* What the axis says towards its end: "more recently, buys more often". */
function axisWords({ loadings, share }) {
  const said = loadings.filter(({ loading }) => Math.abs(loading) >= SAID_LOADING).sort((a, b) => Math.abs(b.loading) - Math.abs(a.loading));
  const words = said.map(
    ({ name, label, loading }) => known(loading > 0 ? 'more_' : 'less_', name) || say(loading > 0 ? 'axis_more' : 'axis_less', { feature: label[lang] }),
  );
  return say('axis_words', { words: words.join(say('list_comma')), share: percentWords(share) });
}

function hexagon(x, y, radius) {
  return [0, 1, 2, 3, 4, 5]
    .map((corner) => (Math.PI / 3) * corner + Math.PI / 6)
    .map((angle) => `${r1(x + radius * Math.cos(angle))},${r1(y + radius * Math.sin(angle))}`)
    .join(' ');
}

/* Lines of text along the left side, from below upwards. */
function upwards(words, height) {
  return wrap(words, height).map((line, i, all) =>
    draw('text', { class: 'soft little', transform: `translate(${13 + 14 * (i - all.length + 1) + 14 * (all.length - 1)},0) rotate(-90)`, 'text-anchor': 'end' }, line),
  );
}

const MARK_APART = 24;

/* Where the segments' marks stand: at their medians, or beside them where two would lie on each other. */
function placesOf(medians, x, y, { left, right, bottom }) {
  const marks = medians.map((at, i) => (at && typeof at[0] === 'number' ? { i, x: x(at[0]), y: y(at[1]) } : null)).filter(Boolean);
  const within = (v, low, high) => Math.min(high - MARK_APART / 2, Math.max(low + MARK_APART / 2, v));
  for (let round = 0; round < 50; round++) {
    marks.forEach((a, i) =>
      marks.slice(i + 1).forEach((b) => {
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        if (Math.abs(dx) >= MARK_APART || Math.abs(dy) >= MARK_APART) return;
        const key = Math.abs(dx) > Math.abs(dy) ? 'x' : 'y';
        const push = (Math.sign(b[key] - a[key]) || 1) * (MARK_APART - Math.abs(b[key] - a[key])) * 0.5;
        a[key] -= push;
        b[key] += push;
      }),
    );
    marks.forEach((mark) => Object.assign(mark, { x: within(mark.x, left, right), y: within(mark.y, 0, bottom) }));
  }
  return marks;
}

function mapPicture(width) {
  const {
    size,
    axes,
    hexagons,
    medians,
    extent: [left, right, low, high],
  } = summary.map;
  const pad = 0.3;
  const scaleAt = (margin) => (width - margin) / (right - left + 2 * pad);
  const tallAt = (margin) => Math.min(420, Math.round((high - low + 2 * pad) * scaleAt(margin)));
  const margin = 6 + 14 * wrap(axisWords(axes[1]), tallAt(20)).length;
  const tall = tallAt(margin);
  const scale = Math.min(scaleAt(margin), tall / (high - low + 2 * pad));
  const wide = (right - left + 2 * pad) * scale;
  const x = (v) => margin + (width - margin - wide) / 2 + (v - left + pad) * scale;
  const y = (v) => tall - (v - low + pad) * scale;
  const most = Math.max(...hexagons.map(([, , n]) => n));
  const below = wrap(axisWords(axes[0]), width - margin);
  return picture(
    width,
    tall + 12 + 15 * below.length,
    say('map_label'),
    draw('rect', { x: margin, y: 0.5, width: r1(width - margin - 0.5), height: tall, fill: 'none', stroke: 'var(--line)' }),
    hexagons.map(([q, r, n, segment]) =>
      told(
        draw('polygon', {
          class: 'hit',
          fill: hue(segment),
          points: hexagon(x(size * Math.sqrt(3) * (q + r / 2)), y(size * 1.5 * r), size * scale * 0.97 * Math.max(0.26, Math.sqrt(n / most))),
        }),
        [`${say('customers')}: ${count(n)}`, say('map_mostly', { name: nameOf(segment) })],
        segment,
      ),
    ),
    placesOf(medians, x, y, { left: margin, right: width, bottom: tall }).map(({ i, x: cx, y: cy }) =>
      draw(
        'g',
        {},
        draw('rect', { x: r1(cx - 11), y: r1(cy - 11), width: 22, height: 22, rx: 4, fill: 'var(--paper)', stroke: 'var(--ink)', 'stroke-width': 1.5 }),
        tagMark(cx - 8.5, cy - 8.5, i),
      ),
    ),
    below.map((line, i) => text(width, tall + 18 + 15 * i, line, 'soft little', 'end')),
    upwards(axisWords(axes[1]), tall),
  );
}

function loadingsTable() {
  const { axes } = summary.map;
  return table(
    say('map_loadings'),
    [
      { head: say('col_feature'), cell: ({ name, label }) => featureName(name, label) },
      ...axes.map((axis, d) => ({ head: say('map_axis', { d: d + 1, share: percent(axis.share) }), number: true, cell: (row, i) => fixed(2)(axis.loadings[i].loading) })),
    ],
    axes[0].loadings,
  );
}

function mapFigure(title) {
  const { axes, rows } = summary.map;
  const features = joinNames(axes[0].loadings.map(({ label }) => label[lang]));
  const many = axes[0].loadings.length > 4;
  const { verdict } = summary.clusters || {};
  return fig(
    title,
    say(many ? 'map_what_many' : 'map_what', { share: percentWords(axes[0].share + axes[1].share), features, n: count(axes[0].loadings.length) }),
    chart(mapPicture, 0.44),
    make(
      'p',
      { class: 'note' },
      [
        verdict && verdict.word === 'reproducible' ? say('map_continuum') : '',
        typeof rows === 'number' && rows < summary.customers ? say('map_rows', { n: count(rows), all: count(summary.customers) }) : '',
      ]
        .filter(Boolean)
        .join(say('sentence_gap')),
    ),
    behind(loadingsTable()),
  );
}

/* ---- The section ---- */

const OFTEN_AT_LEAST = 0.1; /* of the customers: what fewer bring tells little of all */

/* How many bought once, and what those bring who bought often. */
function pictureFinding() {
  const { grid, customers: all } = summary;
  if (!grid) return say('map_title');
  const value = grid.cells.reduce((sum, cell) => sum + (cell.value || 0), 0);
  const part = (holds) => grid.cells.filter((cell) => holds(cell.f)).reduce(([n, v], cell) => [n + cell.n, v + (cell.value || 0)], [0, 0]);
  const [once] = part((f) => grid.frequency[f] === 1);
  const enough = grid.frequency.map((limit, f) => f).filter((f) => f > 0 && part((g) => g >= f)[0] >= OFTEN_AT_LEAST * all);
  if (grid.cells.some((cell) => cell.n === null) || !enough.length || !once || !(value > 0)) return say('picture_title');
  const often = enough[enough.length - 1];
  const [many, brought] = part((f) => f >= often);
  return isPart(brought / value)
    ? say('picture_once', {
        once: percentWords(once / all),
        often: percentWords(many / all),
        times: count(grid.frequency[often - 1] + 1),
        share: percentWords(brought / value),
        value: valueWord(),
      })
    : say('picture_title');
}

function pictureSection() {
  const { grid, map, segments } = summary;
  if (!segments || segments.length === 1 || (!grid && !map)) return null;
  const shown = segments.map((s, i) => i).filter((i) => !isSilent(segments[i]));
  return section(
    'picture',
    pictureFinding(),
    null,
    grid && map ? make('div', { class: 'two left' }, gridFigure(shown), mapFigure(say('map_title'))) : grid ? gridFigure(shown) : mapFigure(null),
  );
}
