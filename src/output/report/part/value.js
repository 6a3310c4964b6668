/* value.js: how what customers bring is spread over them, and the tiers that are cut from it. */
'use strict';

/* The share of value of the first customers, between the points that are told. */
function lorenzAt(points, share) {
  const i = Math.max(
    1,
    points.findIndex(([x]) => x >= share - 1e-9),
  );
  const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (share - x0)) / (x1 - x0);
}

/* What is hidden, of so few customers, is not drawn. */
const isNumbers = (row) => row.every((v) => typeof v === 'number');

const NEARLY = 1.2;

/* The first customers are whole ones: where these are more than is said of them, nothing is said. */
function topsOf({ top, customers }) {
  return (top || [])
    .filter((t) => t.customers <= NEARLY * t.share * customers)
    .map((t) => [t.share, t.value_share])
    .filter(isNumbers);
}

function lorenzPicture(width) {
  const { lorenz } = summary;
  const points = lorenz.points.filter(isNumbers);
  const height = onPaper ? width * 0.66 : Math.min(width * 0.8, 340);
  const [left, right, top, bottom] = [42, 14, 8, 38];
  const highest = Math.max(1, ...points.map(([, y]) => y)); /* over 1 where others return more than they buy */
  const x = (v) => left + v * (width - left - right);
  const y = (v) => top + (1 - v / highest) * (height - top - bottom);
  const quarters = [0, 0.25, 0.5, 0.75, 1];
  const labelled = topsOf(lorenz).map(([share, value], i) => {
    const words = say('lorenz_top', { share: percentWords(share), value: percentWords(value) });
    return told(
      draw(
        'g',
        {},
        draw('circle', { class: 'hit', cx: r1(x(share)), cy: r1(y(value)), r: 5, fill: 'var(--ink)', stroke: 'var(--paper)', 'stroke-width': 1.5 }),
        text(x(share) + 10, y(value) + (i > 1 ? 18 : 9), words, 'bold halo'),
      ),
      [say('lorenz_top', { share: percentWords(share), value: percent(value) })],
    );
  });
  return picture(
    width,
    height,
    say('lorenz_label', { value: valueWord() }),
    quarters.map((v) => [
      draw('line', { x1: left, x2: width - right, y1: r1(y(v)), y2: r1(y(v)), stroke: 'var(--grid)' }),
      text(left - 6, y(v) + 4, shareBy(v, 0), 'soft little', 'end'),
      text(x(v), height - bottom + 16, shareBy(v, 0), 'soft little', v === 0 ? 'start' : v === 1 ? 'end' : 'middle'),
    ]),
    text(x(0.5), height - 4, say('lorenz_axis'), 'soft little', 'middle'),
    draw('line', { x1: left, y1: r1(y(0)), x2: width - right, y2: r1(y(1)), stroke: 'var(--mid)', 'stroke-dasharray': '4 3' }),
    text(x(0.98), y(0.46) + 4, say('lorenz_even'), 'soft little halo', 'end'),
    draw('path', { d: 'M' + points.map(([a, b]) => `${r1(x(a))},${r1(y(b))}`).join('L'), fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2.5 }),
    labelled,
  );
}

function lorenzTable(lorenz) {
  const points = lorenz.points.filter(isNumbers);
  const at = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
  return table(
    say('lorenz_title', { value: valueWord() }),
    [
      { head: say('lorenz_axis'), cell: (share) => shareBy(share, 0) },
      { head: say('lorenz_what', { value: valueWord() }), number: true, cell: (share) => percent(lorenzAt(points, share)) },
    ],
    at,
  );
}

/* ---- Tiers ---- */

function tierNames(codes) {
  const named = (code) => ((summary.tiers || []).find((t) => t.tier === code) || { names: { [lang]: code } }).names[lang];
  return joinNames(codes.map(named));
}

function stageNameOf(code) {
  return ((summary.lifecycle || []).find((row) => row.stage === code) || { names: { [lang]: code } }).names[lang];
}

/* Rows with names, sizes and perhaps value: tiers, stages, phases, classes. */
function gradeTable(caption, head, rows, cuts) {
  const { value } = summary;
  const valued = value && rows.some((r) => typeof r.value_total === 'number');
  const totals = worthColumn(rows.map((r) => r.value_total));
  const most = Math.max(...rows.map((r) => r.value_total || 0));
  const length = (r) =>
    r.value_total > 0
      ? make('span', { class: 'length', '--share': ((100 * Math.max(0, r.value_total || 0)) / (most || 1)).toFixed(1) + '%', 'aria-hidden': 'true' })
      : null;
  const columns = [
    { head, cell: (r) => r.names[lang] },
    { head: say('customers'), number: true, cell: (r) => count(r.size) },
    { head: say('col_share_short'), number: true, class: 'on-wide', cell: (r) => percent(r.share) },
    ...(valued ? [{ head: withUnit(capital(valueWord()), totals.unit), number: true, cell: (r) => totals.show(r.value_total) }] : []),
    ...(valued && hasShares(rows)
      ? [
          { head: '', class: 'lengths', cell: length },
          { head: say('col_value_share', { value: valueWord() }), number: true, cell: (r) => percent(r.value_share) },
        ]
      : []),
  ];
  if (cuts && rows.some((r) => typeof r.lowest === 'number')) {
    const lowest = worthColumn(rows.map((r) => r.lowest));
    columns.push({
      head: withUnit(say('col_from'), lowest.unit),
      number: true,
      cell: (r) => (typeof r.lowest === 'number' ? (r.above ? '> ' : '') + lowest.show(r.lowest) : NOTHING),
    });
  }
  return table(caption, columns, rows, { kind: 'grades' });
}

/* Segments by tiers or stages: how many customers of the row are in which. */
function crossTable(caption, rows, key, code) {
  return table(
    caption,
    [
      { head: say('col_segment'), cell: (s, i) => segmentName(i) },
      ...rows.map((row) => ({ head: row.names[lang], number: true, cell: (s) => count(own(s[key] || {}, row[code]) === undefined ? 0 : s[key][row[code]]) })),
    ],
    summary.segments,
    { foot: [say('total'), ...rows.map((row) => count(row.size))] },
  );
}

function tiersFigure() {
  const { tiers, tiering, score, segments } = summary;
  const told = !tiering ? [] : tiering.of === 'score' ? [tiering.words, score && score.words] : [tiering.words];
  return fig(
    say('tiers_title'),
    told
      .filter(Boolean)
      .map((words) => sentence(words[lang]))
      .join(say('sentence_gap')) || null,
    gradeTable(say('tiers_title'), say('col_tier'), tiers, true),
    segments.length > 1 ? details(say('cross_tiers'), crossTable(say('cross_tiers'), tiers, 'tiers', 'tier')) : null,
  );
}

function valueFinding() {
  const { lorenz, tiers } = summary;
  const tops = lorenz ? topsOf(lorenz) : [];
  const top = tops.find(([share]) => share === 0.05) || tops[0];
  if (top && tops.every(([, part]) => isPart(part))) return say('value_top', { share: percentWords(top[0]), part: percentWords(top[1]), value: valueWord() });
  const filled = (tiers || []).filter((t) => t.size);
  if (filled.length === 1) return say('all_in_one', { name: filled[0].names[lang] });
  return filled.length && isPart(filled[0].value_share) && filled[0].value_share > filled[0].share
    ? say('value_tier', { name: filled[0].names[lang], share: percentWords(filled[0].share), part: percentWords(filled[0].value_share), value: valueWord() })
    : say('value_title');
}

function valueSection() {
  const { lorenz, tiers, segments } = summary;
  if (!segments || (!lorenz && !tiers)) return null;
  const curve =
    lorenz && fig(say('lorenz_title', { value: valueWord() }), say('lorenz_what', { value: valueWord() }), chart(lorenzPicture, 0.41), behind(lorenzTable(lorenz)));
  const graded = tiers && tiersFigure();
  return section(
    'value',
    valueFinding(),
    lorenz ? say('value_lede', { value: valueWord() }) : null,
    curve && graded ? make('div', { class: 'two right' }, curve, graded) : curve || graded,
  );
}
