/* evidence.js: what kind of segments these are and how far they can be trusted: the
 * verdict with its reasons, each segment's stability, and what every index says of
 * every k. It is there only where evidence was gathered. */
'use strict';

const STABLE_FROM = [[0.85, 'high'], [0.75, 'valid'], [0.6, 'pattern'], [0.5, 'doubtful'], [-Infinity, 'dissolved']]; /* Hennig 2007 */
const NEAR_INDEX = 0.01; /* an index this near to the best leaves the choice open; of Calinski–Harabasz this share */

/* Agreements are rounded down: 1.00 is said of what is the same. */
function agreementText(value) {
  return fixed(2)(value === null || value === undefined ? null : Math.floor(value * 100 + 1e-9) / 100);
}

function verdictHead() {
  const { verdict } = summary.clusters;
  return say(summary.drift ? 'verdict_of_fit' : 'verdict_word', { word: verdict.headline[lang] });
}

/* ---- The segments, one by one ---- */

function stableReading(jaccard) {
  const [, word] = STABLE_FROM.find(([from]) => jaccard >= from);
  return make('span', { class: 'level ' + (word === 'high' || word === 'valid' ? 'stable' : word === 'pattern' ? 'shifted' : 'drifted') },
    say('stable_' + word));
}

function stabilityTable(segments) {
  const known = (s) => s.jaccard !== undefined && s.jaccard !== null;
  return table(say('stability_title'), [
    { head: say('col_segment'), cell: segmentName },
    { head: say('col_jaccard'), number: true, cell: (s) => agreementText(s.jaccard) },
    { head: say('col_reading'), class: 'reading', cell: (s) => (known(s) ? stableReading(s.jaccard) : s.jaccard === undefined ? say('stable_rule') : NOTHING) },
    { head: say('col_within'), number: true, cell: (s) => agreementText(s.within) },
    { head: say('col_across'), number: true, cell: (s) => agreementText(s.across) },
  ], segments);
}

/* ---- What every index says of every k ---- */

/* better: of two values; choice: the k that a rule of its own takes, where there is one. */
function indices({ evidence }) {
  return [
    { key: 'silhouette', head: 'col_silhouette', error: 'silhouette_error', show: () => fixed(3) },
    { key: 'calinski_harabasz', head: 'col_ch', show: (values) => alike(values, 4), share: true },
    { key: 'agreement', head: 'col_agreement', error: 'agreement_error', show: () => agreementText },
    { key: 'prediction_strength', head: 'col_strength', error: 'prediction_strength_error', show: () => fixed(2), choice: evidence.prediction_strength_best },
    { key: 'gap', head: 'col_gap', error: 'gap_error', show: () => fixed(3), choice: evidence.gap_best },
  ];
}

/* The k of an index, and those that are about as good. */
function choiceOf(index, candidates) {
  const known = candidates.filter((c) => typeof c[index.key] === 'number');
  if (index.choice !== undefined) return { k: index.choice, near: [] };
  if (!known.length) return { k: null, near: [] };
  const best = known.reduce((a, b) => (b[index.key] > a[index.key] ? b : a));
  const least = index.share ? best[index.key] * (1 - NEAR_INDEX) : best[index.key] - NEAR_INDEX;
  return { k: best.k, near: known.filter((c) => c !== best && c[index.key] >= least).map((c) => c.k) };
}

function choicesTable(clusters) {
  const { natural } = clusters.evidence;
  const rows = indices(clusters).map((index) => ({ name: say(index.head), ...choiceOf(index, clusters.candidates) }));
  const words = (k) => (k === null ? NOTHING : k === 1 ? say('one_cluster') : String(k));
  rows.push({ name: say('natural_test'), k: natural.k, near: [], text: natural.k > 1 ? say(natural.at_limit ? 'natural_least' : 'natural_k', { k: natural.k }) : say('natural_none') });
  return table(say('choices_title'), [
    { head: say('col_index'), cell: (row) => row.name },
    { head: say('col_choice'), cell: (row) => row.text || words(row.k) },
    { head: say('col_near'), cell: (row) => (row.near.length ? joinNames(row.near.map(String)) : NOTHING) },
  ], rows);
}

/* The mean plus and minus two standard errors. */
function withError(show, value, error) {
  if (typeof value !== 'number' || !error) return show(value);
  return make('span', { class: 'ranged' }, show(value), make('small', {}, '± ' + fixed(3)(2 * error)));
}

function isChosen(clusters) {
  return (c) => clusters.method !== 'anchored' && c.k === clusters.k;
}

function judgedTable(clusters) {
  const { candidates, evidence } = clusters;
  const chosen = isChosen(clusters);
  const mark = (c) => [chosen(c) ? make('span', { class: 'mark' }, say('chosen_mark')) : null,
    evidence.natural.k > 1 && evidence.natural.k === c.k ? make('span', { class: 'mark' }, say('natural_mark')) : null];
  const column = (key, head, show, error) => ({ head: say(head), number: true, cell: (c) => withError(show, c[key], error ? c[error] : null) });
  return table(say('section_sweep'), [
    { head: say('col_k'), cell: (c) => [String(c.k) + ' ', mark(c)] },
    ...indices(clusters).map((index) => column(index.key, index.head, index.show(candidates.map((c) => c[index.key])), index.error)),
    column('simplified_silhouette', 'col_simplified', fixed(3)),
    column('bic', 'col_bic', alike(candidates.map((c) => c.bic), 5)),
    column('davies_bouldin', 'col_db', fixed(3)),
    ...(candidates.some((c) => typeof c.dunn === 'number') ? [column('dunn', 'col_dunn', (v) => format(v, { maximumSignificantDigits: 3 }))] : []),
    column('inertia', 'col_inertia', alike(candidates.map((c) => c.inertia), 5)),
    { head: say('col_smallest'), number: true, cell: (c) => percent(c.smallest_share) },
  ], candidates, { rowClass: (c) => (chosen(c) ? 'chosen' : null) });
}

/* One index over k, with its range as a band; a line stands at the natural groups, and at the k that was chosen. */
function indexChart(clusters, index) {
  const rows = clusters.candidates;
  const bound = (sign) => rows.map((row) => (typeof row[index.key] === 'number' ? row[index.key] + sign * 2 * (row[index.error] || 0) : null));
  const at = (k) => rows.findIndex((row) => row.k === k);
  const marks = [clusters.method !== 'anchored' ? at(clusters.k) : -1, clusters.evidence.natural.k > 1 ? at(clusters.evidence.natural.k) : -1];
  const show = index.show(rows.map((row) => row[index.key]));
  const lines = (paint, edge) => [{ data: rows.map((row) => row[index.key]), borderColor: paint, backgroundColor: paint, borderWidth: 2,
    spanGaps: true, pointRadius: rows.map((row, i) => (marks.includes(i) ? 5 : 2)) },
  ...(index.error ? [{ data: bound(-1), ...edge }, { data: bound(1), fill: '-1', ...edge }] : [])];
  return () => ({
    type: 'line',
    data: {
      labels: rows.map((row) => row.k),
      datasets: lines(colour('--customers'), { borderWidth: 0, pointRadius: 0, backgroundColor: colour('--customers') + '33' }),
    },
    options: {
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: { grid: { display: false }, ticks: { maxRotation: 0 } },
        y: { grid: { drawBorder: false }, ticks: { maxTicksLimit: 5, callback: (v) => format(v, { maximumSignificantDigits: 3, notation: 'compact' }) } },
      },
      plugins: {
        legend: { display: false },
        tooltip: { filter: (item) => item.datasetIndex === 0, callbacks: { title: (items) => (items.length ? 'k = ' + items[0].label : ''), label: (item) => say(index.head) + ': ' + show(item.raw) } },
      },
    },
    plugins: [...new Set(marks)].filter((i) => i >= 0).map((i) => ({ ...chosenLine(i), id: 'mark' + i })),
  });
}

function judgedSweep(clusters) {
  return [
    make('div', { class: 'multiples' }, indices(clusters).map((index) => figure(say(index.head), 170, indexChart(clusters, index)))),
    paragraph(say('multiples_words'), 'fine'),
    choicesTable(clusters),
    folded(say('judged_title'), judgedTable(clusters), paragraph(say('judged_words', {
      sample: count(clusters.evidence.sample_rows), silhouette: count(clusters.evidence.silhouette_rows),
      stability: count(clusters.evidence.stability_rows), replicates: count(clusters.evidence.replicates) }), 'fine')),
  ];
}

/* ---- The section ---- */

function evidenceSection() {
  const { clusters, segments } = summary;
  if (!clusters || !clusters.verdict) return null;
  const { verdict } = clusters;
  return section('evidence', paragraph(verdictHead(), 'strong'), summary.drift ? paragraph(say('of_fit', driftThen())) : null,
    make('ul', { class: 'notes' }, verdict.reasons_in[lang].map((reason) =>
      make('li', {}, reason.replace(/^[a-z]/, (letter) => letter.toUpperCase()) + say('full_stop')))),
    segments ? [make('h3', {}, say('stability_title')), stabilityTable(segments), paragraph(say('stability_words'), 'fine')] : null);
}

/* Who lies far from all others: nobody is named. */
function findingsSection() {
  const { findings } = summary;
  if (!findings || !findings.length) return null;
  return section('findings', make('ul', { class: 'notes' }, findings.map((f) => make('li', {}, f.words[lang] + say('full_stop')))),
    findings[0].kind === 'far' ? paragraph(say(findings[0].left_out ? 'findings_left_out' : 'findings_kept'), 'fine') : null);
}
