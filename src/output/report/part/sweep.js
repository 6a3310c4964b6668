/* sweep.js: what every index says of every number of clusters. */
'use strict';

const NEAR_INDEX = 0.01; /* an index this near to the best leaves the choice open; of Calinski–Harabasz this share */

/* choice: the k that a rule of its own takes, where there is one. */
function indices({ evidence }) {
  return [
    { key: 'silhouette', head: 'col_silhouette', error: 'silhouette_error', show: () => fixed(3) },
    { key: 'calinski_harabasz', head: 'col_ch', show: (values) => alike(values, 4), share: true },
    { key: 'agreement', head: 'col_agreement', error: 'agreement_error', show: () => agreement },
    { key: 'prediction_strength', head: 'col_strength', error: 'prediction_strength_error', show: () => fixed(2), choice: evidence.prediction_strength_best },
    { key: 'gap', head: 'col_gap', error: 'gap_error', show: () => fixed(3), choice: evidence.gap_best },
  ];
}

/* The k of an index, and those that are about as good. */
function choiceOf(index, candidates) {
  const told = candidates.filter((c) => typeof c[index.key] === 'number');
  if (index.choice !== undefined) return { k: index.choice, near: [] };
  if (!told.length) return { k: null, near: [] };
  const best = told.reduce((a, b) => (b[index.key] > a[index.key] ? b : a));
  const least = index.share ? best[index.key] * (1 - NEAR_INDEX) : best[index.key] - NEAR_INDEX;
  return { k: best.k, near: told.filter((c) => c !== best && c[index.key] >= least).map((c) => c.k) };
}

function choicesTable(clusters) {
  const { natural } = clusters.evidence;
  const rows = indices(clusters).map((index) => ({ name: say(index.head), ...choiceOf(index, clusters.candidates) }));
  const words = (k) => (k === null ? NOTHING : k === 1 ? say('one_cluster') : String(k));
  rows.push({
    name: say('natural_test'),
    k: natural.k,
    near: [],
    text: natural.k > 1 ? say(natural.at_limit ? 'natural_least' : 'natural_k', { k: natural.k }) : say('natural_none'),
  });
  return table(
    say('choices_title'),
    [
      { head: say('col_index'), cell: (row) => row.name },
      { head: say('col_choice'), cell: (row) => row.text || words(row.k) },
      { head: say('col_near'), cell: (row) => (row.near.length ? joinNames(row.near.map(String)) : NOTHING) },
    ],
    rows,
  );
}

/* The mean plus and minus two standard errors. */
function withError(show, value, error) {
  if (typeof value !== 'number' || !error) return show(value);
  return [show(value), make('small', { class: 'range' }, '± ' + fixed(3)(2 * error))];
}

function isChosen(clusters) {
  return (c) => clusters.method !== 'anchored' && c.k === clusters.k;
}

function chosenMark(clusters) {
  const { evidence } = clusters;
  const chosen = isChosen(clusters);
  return (c) => [
    chosen(c) ? make('span', { class: 'mark-word' }, say('chosen_mark')) : null,
    evidence && evidence.natural.k > 1 && evidence.natural.k === c.k ? make('span', { class: 'mark-word' }, say('natural_mark')) : null,
  ];
}

function judgedTable(clusters) {
  const { candidates } = clusters;
  const chosen = isChosen(clusters);
  const mark = chosenMark(clusters);
  const column = (key, head, show, error) => ({ head: say(head), number: true, cell: (c) => withError(show, c[key], error ? c[error] : null) });
  return table(
    say('judged_title'),
    [
      { head: say('col_k'), cell: (c) => [String(c.k) + ' ', mark(c)] },
      ...indices(clusters).map((index) => column(index.key, index.head, index.show(candidates.map((c) => c[index.key])), index.error)),
      column('simplified_silhouette', 'col_simplified', fixed(3)),
      column(
        'bic',
        'col_bic',
        alike(
          candidates.map((c) => c.bic),
          5,
        ),
      ),
      column('davies_bouldin', 'col_db', fixed(3)),
      ...(candidates.some((c) => typeof c.dunn === 'number') ? [column('dunn', 'col_dunn', (v) => format(v, { maximumSignificantDigits: 3 }))] : []),
      column(
        'inertia',
        'col_inertia',
        alike(
          candidates.map((c) => c.inertia),
          5,
        ),
      ),
      { head: say('col_smallest'), number: true, cell: (c) => percent(c.smallest_share) },
    ],
    candidates,
    { rowClass: (c) => (chosen(c) ? 'chosen' : null) },
  );
}

function sweepTable(clusters) {
  const inertia = alike(
    clusters.candidates.map((c) => c.inertia),
    5,
  );
  const ch = alike(
    clusters.candidates.map((c) => c.calinski_harabasz),
    5,
  );
  const mark = chosenMark({ ...clusters, evidence: null });
  return table(
    say('chart_sweep'),
    [
      { head: say('col_k'), cell: (c) => [String(c.k) + ' ', mark(c)] },
      { head: say('col_silhouette'), number: true, cell: (c) => fixed(3)(c.silhouette) },
      { head: say('col_inertia'), number: true, cell: (c) => inertia(c.inertia) },
      { head: say('col_ch'), number: true, cell: (c) => ch(c.calinski_harabasz) },
      { head: say('col_db'), number: true, cell: (c) => fixed(3)(c.davies_bouldin) },
      { head: say('col_smallest'), number: true, cell: (c) => percent(c.smallest_share) },
    ],
    clusters.candidates,
    { rowClass: (c) => (isChosen(clusters)(c) ? 'chosen' : null) },
  );
}

/* One index over k, with its range as a band; a line stands at the natural groups, and at the k that was chosen. */
function indexPicture(clusters, index) {
  return (width) => {
    const rows = clusters.candidates.filter((row) => typeof row[index.key] === 'number');
    if (!rows.length) return picture(width, 20, say(index.head), text(0, 14, NOTHING, 'soft'));
    const error = (row) => 2 * (row[index.error] || 0);
    const low = Math.min(...rows.map((row) => row[index.key] - error(row)));
    const high = Math.max(...rows.map((row) => row[index.key] + error(row)));
    const [top, height, right] = [8, 90, 8];
    const show = index.show(rows.map((row) => row[index.key]));
    const left = 6 + Math.max(textWidth(show(high)), textWidth(show(low)));
    const ks = clusters.candidates.map((c) => c.k);
    const x = (k) => left + ((k - ks[0]) / Math.max(1, ks[ks.length - 1] - ks[0])) * (width - left - right);
    const y = (v) => top + height - ((v - low) / (high - low || 1)) * height;
    const edge = (sign) => rows.map((row) => `${r1(x(row.k))},${r1(y(row[index.key] + sign * error(row)))}`);
    const natural = clusters.evidence ? clusters.evidence.natural.k : 1;
    const marks = [...new Set([clusters.method !== 'anchored' ? clusters.k : 0, natural > 1 ? natural : 0])].filter((k) => ks.includes(k));
    return picture(
      width,
      top + height + 20,
      say(index.head),
      [low, high].map((v) => [
        draw('line', { x1: left, x2: width - right, y1: r1(y(v)), y2: r1(y(v)), stroke: 'var(--grid)' }),
        text(left - 5, y(v) + 4, show(v), 'soft little', 'end'),
      ]),
      marks.map((k) => draw('line', { x1: r1(x(k)), x2: r1(x(k)), y1: top, y2: top + height, stroke: 'var(--soft)', 'stroke-dasharray': '3 4' })),
      index.error ? draw('path', { d: 'M' + edge(1).concat(edge(-1).reverse()).join('L') + 'Z', fill: 'var(--bar)', 'fill-opacity': 0.25 }) : null,
      draw('path', { d: 'M' + edge(0).join('L'), fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2 }),
      rows.map((row) =>
        told(draw('circle', { class: 'hit', cx: r1(x(row.k)), cy: r1(y(row[index.key])), r: marks.includes(row.k) ? 5 : 3, fill: 'var(--ink)' }), [
          'k = ' + row.k,
          `${say(index.head)}: ${show(row[index.key])}`,
        ]),
      ),
      ks.filter((k, i) => ks.length < 12 || i % 2 === 0).map((k) => text(x(k), top + height + 15, String(k), 'soft little', 'middle')),
    );
  };
}

function multiplesOf(clusters, list) {
  return make(
    'div',
    { class: 'multiples' },
    list.map((index) => make('div', {}, make('h3', {}, say(index.head)), chart(indexPicture(clusters, index), 0.232))),
  );
}

/* Of whom, and by what, the sweep is, where it is beside the segments. */
function plainWords({ plain }) {
  return plain ? say(summary.customers === undefined ? 'plain_rows' : 'plain_customers', { rows: count(plain.rows), columns: count(plain.columns) }) : '';
}

function sweepPart() {
  const { clusters } = summary;
  if (!clusters) return null;
  const fit = summary.drift ? paragraph(say('of_fit', driftThen()), 'gone') : null;
  const several = clusters.candidates.length > 1;
  const words = (...list) => paragraph(list.filter(Boolean).join(say('sentence_gap')), 'note');
  if (!several) return [fit, words(say('sweep_one', { k: clusters.k }))];
  if (!clusters.evidence) {
    const plain = [
      { key: 'silhouette', head: 'col_silhouette', show: () => fixed(3) },
      { key: 'inertia', head: 'col_inertia', show: (values) => alike(values, 4) },
    ];
    return [
      fit,
      words(say('sweep_words'), plainWords(clusters), lang === 'en' && clusters.choice ? sentence(clusters.choice) : say('chosen', { k: clusters.k })),
      multiplesOf(
        clusters,
        plain.filter((index) => clusters.candidates.some((c) => typeof c[index.key] === 'number')),
      ),
      sweepTable(clusters),
    ];
  }
  const { evidence } = clusters;
  return [
    fit,
    words(clusters.method === 'anchored' ? say('judged_anchored', { places: say('drawn_' + (clusters.places || 'unknown')) }) : say('judged'), plainWords(clusters)),
    multiplesOf(clusters, indices(clusters)),
    paragraph(say('multiples_words'), 'note'),
    choicesTable(clusters),
    make('h3', {}, say('judged_title')),
    judgedTable(clusters),
    paragraph(
      say('judged_words', {
        sample: count(evidence.sample_rows),
        silhouette: count(evidence.silhouette_rows),
        stability: count(evidence.stability_rows),
        replicates: count(evidence.replicates),
      }),
      'note',
    ),
  ];
}
