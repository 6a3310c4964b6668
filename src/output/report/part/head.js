/* head.js: the first page: what was found in one line, the verdict, what changed, and what to do first. */
'use strict';

/* ---- What, when, of whom ---- */

function titleOf() {
  return say(summary.segments ? 'title' : summary.clusters ? 'title_clusters' : 'title_features');
}

/* The earliest first and the latest last of all tables with dates. */
function dataSpan() {
  const tables = Object.values(summary.rows);
  const firsts = tables
    .map((t) => t.first)
    .filter(Boolean)
    .sort();
  const lasts = tables
    .map((t) => t.last)
    .filter(Boolean)
    .sort();
  return firsts.length ? { first: day(firsts[0]), last: day(lasts[lasts.length - 1]) } : null;
}

function whatLine() {
  const span = dataSpan();
  return [
    titleOf(),
    summary.as_of ? say('as_of', { day: day(summary.as_of) }) : '',
    span ? say('span', span) : '',
    summary.customers !== undefined ? say('of_customers', { n: count(summary.customers) }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/* Of plain numbers; those of an apply are not the model's. */
function rowCount() {
  const { clusters, drift } = summary;
  return drift ? drift.customers_now : clusters.rows;
}

/* By how much a segment's share of the value is above its share of the customers. */
const excessOf = ({ value_share: value, share }) => (isPart(value) && typeof share === 'number' ? value - share : -1);

/* The segment that brings most beyond its size, as its place. */
function topSegment() {
  const { segments } = summary;
  return segments.reduce((best, s, i) => (excessOf(s) > excessOf(segments[best]) ? i : best), 0);
}

const LEAST_EXCESS = 0.02; /* less is nothing to begin with */

function biggestSegment() {
  const { segments } = summary;
  if (sumOf(segments.map((s) => s.size)) === null) return -1;
  const at = segments.reduce((best, s, i) => (s.size > segments[best].size ? i : best), 0);
  return segments.filter((s) => s.size === segments[at].size).length === 1 ? at : -1;
}

function segmentsHeadline() {
  const { segments, customers } = summary;
  if (segments.length === 1) return say('headline_one', { customers: countWords(customers) });
  const top = segments[topSegment()];
  if (excessOf(top) >= LEAST_EXCESS) {
    const who = oneIn(top.share) || say('headline_who', { share: percentWords(top.share) });
    return say('headline_value', { who: capital(who), share: percentWords(top.value_share), value: valueWord() });
  }
  const biggest = biggestSegment();
  const words = { customers: countWords(customers), k: count(segments.length) };
  return biggest < 0 ? say('headline_segments', words) : say('headline_biggest', { ...words, name: nameOf(biggest), share: percentWords(segments[biggest].share) });
}

function headline() {
  const { segments, clusters, features, customers } = summary;
  if (segments) return segmentsHeadline();
  if (clusters) return say(clusters.k > 1 ? 'headline_clusters' : 'headline_cluster', { rows: countWords(rowCount()), k: clusters.k });
  return features ? say('headline_features', { features: count(features.columns.length), customers: countWords(customers) }) : titleOf();
}

/* ---- Who brings it ---- */

function topWords(place) {
  const { customers, value, segments } = summary;
  const segment = segments[place];
  return capital(
    say(isSpend() ? 'lead_spent' : 'lead_worth', {
      n: countWords(segment.size),
      name: nameOf(place),
      value: valueWord(),
      each: worth(perHead(segment.value_total, segment.size)),
      all: worth(perHead(value.total, customers)),
    }),
  );
}

/* Where else value comes from, and whether they came back. */
function secondWords(top) {
  const { segments, next } = summary;
  const others = segments.map((s, i) => i).filter((i) => i !== top && isPart(segments[i].value_share) && segments[i].value_share > 0.1);
  if (!others.length) return '';
  const at = others.reduce((a, b) => (segments[b].value_share > segments[a].value_share ? b : a));
  const { size, value_share: share, next: came } = segments[at];
  const words = { share: percentWords(share), value: valueWord(), n: countWords(size), name: nameOf(at) };
  return next && came && typeof came.rate === 'number'
    ? say('lead_second_came', { ...words, cut: day(next.cut), rate: percentWords(came.rate), days: days(next.days) })
    : say('lead_second', words);
}

function tiersWords() {
  const tiers = summary.tiers || [];
  const best = tiers.slice(0, Math.min(2, Math.floor(tiers.length / 2))).filter((tier) => tier.size !== 0);
  const sum = (key) => sumOf(best.map((tier) => tier[key]));
  if (!best.length || !hasShares(best) || !isPart(sum('value_share'))) return '';
  return say('lead_tiers', {
    share: percent(sum('share')),
    value: percentWords(sum('value_share')),
    word: valueWord(),
    names: joinNames(best.map((tier) => tier.names[lang])),
  });
}

function riskWords() {
  const gone = (summary.lifecycle || []).filter((row) => row.stage === 'at_risk' || row.stage === 'lost');
  const sum = (key) => sumOf(gone.map((row) => row[key]));
  if (!gone.length || !sum('size')) return '';
  const known = hasShares(gone) && isPart(sum('value_share'));
  return say(known ? 'lead_risk' : 'lead_risk_plain', { share: percentWords(sum('share')), word: valueWord(), value: known ? percentWords(sum('value_share')) : '' });
}

function lead() {
  const { segments, value, drift } = summary;
  const words = [];
  if (segments && segments.length > 1) {
    const top = topSegment();
    if (value && typeof value.total === 'number' && isPart(segments[top].value_share) && excessOf(segments[top]) >= 0) words.push(topWords(top), secondWords(top));
    if (!summary.next) words.push(tiersWords(), riskWords());
  }
  if (drift) words.push(sentence(drift.sentence[lang]));
  return words.filter(Boolean).join(say('sentence_gap'));
}

/* ---- The verdict ---- */

/* Kaufman and Rousseeuw's reading of the mean silhouette, where no evidence was gathered. */
function separation({ silhouette: s, k }) {
  if (s === null || k < 2) return null;
  const word = s > 0.7 ? 'strong' : s > 0.5 ? 'reasonable' : s > 0.25 ? 'weak' : 'none';
  return make('p', { class: 'proof' }, say((summary.drift ? 'separated_' : 'separation_') + word, { s: fixed(2)(s) }));
}

function verdictHead() {
  return say(summary.drift ? 'verdict_of_fit' : 'verdict_word', { word: summary.clusters.verdict.headline[lang] });
}

/* What kind of segments these are, and what that means: by the verdict alone. */
function proof() {
  const { clusters } = summary;
  if (!clusters) return null;
  const { verdict } = clusters;
  if (!verdict) return separation(clusters);
  const agreed =
    typeof verdict.agreement === 'number' ? say(verdict.agreement >= 0.75 ? 'proof_agreement' : 'proof_apart', { agreement: agreement(verdict.agreement) }) : '';
  const kind = known('proof_', verdict.word) || '';
  return make(
    'p',
    { class: 'proof' },
    make('b', {}, verdictHead()),
    ' ',
    [agreed, kind].filter(Boolean).join(say('sentence_gap')),
    ' ',
    make('a', { href: '#evidence' }, say('to_evidence')),
  );
}

/* ---- What changed, what to do first ---- */

const SIGNS = { revenue: (c) => c.value >= c.before, grew: () => true, shrank: () => false, quiet: () => false, returned: () => true };

/* What is told of each kind of change: the key of its phrase. */
const CHANGES = {
  revenue: (c) => (c.before > 0 ? (c.value >= c.before ? 'change_more' : 'change_less') : 'change_revenue'),
  grew: () => 'change_grew',
  shrank: () => 'change_shrank',
  quiet: (c) => (c.between_orders ? 'change_between' : 'change_quiet'),
  returned: (c) => (c.between_orders ? 'change_back' : 'change_returned'),
  new: () => 'change_new',
};

/* And of a second figure, where there is one. */
const CHANGED_BESIDES = {
  revenue: (c) => (typeof c.share === 'number' ? 'change_share' : null),
  returned: (c) => (c.second ? 'change_second' : null),
  new: (c) => (c.lapsed ? 'change_lapsed' : null),
};

function changeWords(change) {
  const key = own(CHANGES, change.kind);
  if (!key) return null; /* of a newer engine */
  const besides = own(CHANGED_BESIDES, change.kind);
  const n = (name) => countWords(change[name]);
  const values = {
    name: typeof change.segment === 'number' ? groupName(change.segment) : '',
    who: typeof change.segment === 'number' ? groupQuoted(change.segment) : '',
    value: (change.kind === 'revenue' ? spent : worth)(change.value),
    by: change.kind === 'revenue' ? percentWords(Math.abs(change.value / change.before - 1)) : typeof change.by === 'number' ? count(Math.abs(change.by)) : NOTHING,
    share: percentWords(change.share),
    n: n('count'),
    size: n('size'),
    joined: n('joined'),
    left: n('left'),
    second: n('second'),
    lapsed: n('lapsed'),
  };
  const second = besides && besides(change);
  if (!isTold(key(change), values)) return null;
  return [bold(key(change), values), second && isTold(second, values) ? [say('sentence_gap'), say(second, values)] : null];
}

/* What to do first: the key of its phrase. */
const FIRST = {
  keep: (step) => (step.returns ? 'first_keep_returning' : 'first_keep'),
  call: (step) => (step.stage === 'at_risk' ? (step.size === 1 ? 'first_call_risk_one' : 'first_call_risk') : 'first_call'),
  second_order: (step) => (typeof step.rate === 'number' ? 'first_second_rate' : 'first_second'),
  win_back: () => 'first_win_back',
  first_order: () => 'first_order',
};

function firstWords(step) {
  const key = own(FIRST, step.kind);
  const values = {
    n: countWords(step.size),
    name: typeof step.segment === 'number' ? nameOf(step.segment) : '',
    rate: percentWords(step.rate),
    days: count(step.days),
    tiers: tierNames(step.tiers || []),
    stage: stageNameOf(step.stage),
    value: worth(step.value),
  };
  return key && isTold(key(step), values) ? bold(key(step), values) : null;
}

/* Rows of a sign and what is told; the sign of those that have none is their number. */
function listOf(kind, rows) {
  return make(
    kind,
    {},
    rows.filter(([, words]) => words).map(([sign, words], i) => make('li', {}, make('span', { class: 'mark' }, sign || String(i + 1)), make('div', {}, words))),
  );
}

function sideBlock(title, list) {
  return list.children.length ? make('section', {}, make('h2', {}, title), list) : null;
}

function side() {
  const { changes = [], first = [], history } = summary;
  const since = history && history.moves.length ? day(history.moves[history.moves.length - 1].from, 'dayMonth') : '';
  const sign = (c) => (SIGNS[c.kind] ? (SIGNS[c.kind](c) ? '▲' : '▼') : '+');
  const blocks = [
    sideBlock(
      say(since ? 'changed_since' : 'changed', { day: since }),
      listOf(
        'ul',
        changes.map((c) => [sign(c), changeWords(c)]),
      ),
    ),
    sideBlock(
      say('first_title'),
      listOf(
        'ol',
        first.map((step) => [null, firstWords(step)]),
      ),
    ),
  ].filter(Boolean);
  return blocks.length ? make('div', { class: 'side' }, blocks) : null;
}

/* ---- All of it ---- */

function logo() {
  const { brand } = settings;
  if (brand && brand.logo) return make('img', { src: brand.logo, alt: brand.name || '' });
  return draw(
    'svg',
    { width: 18, height: 18, viewBox: '0 0 18 18', 'aria-hidden': 'true' },
    [
      [0, 0, 1],
      [10, 0, 0],
      [0, 10, 0],
      [10, 10, 1],
    ].map(([x, y, dark]) => draw('rect', { x, y, width: 8, height: 8, fill: dark ? 'var(--accent, var(--ink))' : 'var(--mid)' })),
  );
}

function topLine() {
  const brand = (settings.brand && settings.brand.name) || 'Tesela';
  return make(
    'header',
    { class: 'top' },
    make('span', { class: 'brand' }, logo(), make('span', {}, brand)),
    make('span', { class: 'what' }, whatLine()),
    make(
      'span',
      { class: 'tools' },
      make('button', { type: 'button', id: 'language', lang: lang === 'zh' ? 'en' : 'zh-CN', onclick: toggleLanguage }, say('other_language')),
      make('button', { type: 'button', id: 'theme', onclick: toggleTheme }, say(isDark() ? 'light' : 'dark')),
      make('button', { type: 'button', onclick: () => window.print() }, say('print')),
    ),
  );
}

function firstPage() {
  const { segments } = summary;
  const words = lead();
  const verdict = proof();
  const beside = side();
  return [
    make('div', { class: verdict && words ? 'opening' : 'opening alone' }, make('h1', {}, headline()), words ? make('p', { class: 'lead' }, words) : null, verdict),
    segments || beside
      ? make(
          'div',
          { class: beside ? 'first' : 'first alone' },
          segments ? make('div', {}, segments.length > 1 ? sharesFigure() : null, glance()) : make('div', {}),
          beside,
        )
      : null,
  ];
}

function contents(sections) {
  return make(
    'nav',
    { class: 'toc', 'aria-label': say('contents') },
    sections.map((s) => make('a', { href: '#' + s.id }, s.getAttribute('data-short'))),
  );
}
