/* cards.js: who is in each segment, what they did next, and what to do with them. */
'use strict';

const STABLE_FROM = [
  [0.85, 'high'],
  [0.75, 'valid'],
  [0.6, 'pattern'],
  [0.5, 'doubtful'],
  [-Infinity, 'dissolved'],
]; /* Hennig 2007 */

function stableWord(jaccard) {
  return STABLE_FROM.find(([from]) => jaccard >= from)[1];
}

/* Whom there is nothing to tell of: no purchase, for which one line has room; or nobody, now. */
function isSilent(segment) {
  return (segment.code === 'POTENTIAL' || segment.size === 0) && summary.segments.length > 1;
}

/* ---- The rule, as data ---- */

/* A bound as it is printed: money, days and counts whole. */
function boundText(name, threshold) {
  const { unit, form } = columnOf(name) || {};
  if (unit === 'currency') return withMark(format(threshold, { maximumFractionDigits: 2 }));
  return unit === 'share' || unit === 'probability' || (form && form !== 'number') ? percent(threshold) : format(threshold, { maximumFractionDigits: 4 });
}

/* What a number of this feature is at least, where it is over a whole one. */
const isCounted = (name) => ['orders', 'days', 'units', 'products', 'lines'].includes((columnOf(name) || {}).unit);

/* low: over it; high: at most. Said in words of the feature's own where there are some; else by its name. */
function rangeWords({ name, label, low, high }) {
  const kind = low === undefined ? 'below' : high === undefined ? 'above' : 'within';
  const values = {
    feature: featureName(name, label),
    low: low === undefined ? '' : boundText(name, low),
    high: high === undefined ? '' : boundText(name, high),
    next: low === undefined ? '' : isCounted(name) ? count(Math.floor(low) + 1) : boundText(name, low),
  };
  const special = `rule_${name}_${kind}`;
  const few = kind === 'within' ? special : special + '_' + (kind === 'below' ? high : low);
  return [few, special].filter((key) => own(STRINGS.en, key)).map((key) => say(key, values))[0] || say('rule_' + kind, values);
}

/* Bounds of one feature are one range; all else stands by itself. */
function joinRanges(conditions) {
  const ranges = [];
  for (const { name, label, operator, threshold, level, or_unknown: unknown = false } of conditions) {
    const end = { '>': 'low', '<=': 'high' }[operator];
    if (!end) {
      ranges.push({ name, label, operator, unknown, equal: level === undefined ? threshold : level });
      continue;
    }
    const same = ranges.find((range) => range.name === name && range.operator === undefined);
    const range = same || { name, label, unknown };
    if (!same) ranges.push(range);
    range.unknown = range.unknown && unknown;
    range[end] = threshold;
  }
  return ranges;
}

/* Of one alone, a number or a level. */
function equalWords({ name, label, equal }) {
  const level = typeof equal === 'number' ? boundText(name, equal) : String(equal);
  const special = `rule_${name}_equal`;
  return known(special + '_', equal) || (own(STRINGS.en, special) ? say(special, { level }) : say('rule_is', { feature: featureName(name, label), level }));
}

const SAID_OF = { '!=': 'rule_is_not', known: 'rule_known', unknown: 'rule_unknown' };

function conditionWords(range) {
  const { name, label, operator, unknown, low, high, equal } = range;
  /* Of purchases, over 1 and at most 2 is 2. */
  const one = own(STRINGS.en, `rule_${name}_equal`) && Math.floor(low) + 1 === Math.floor(high) ? Math.floor(high) : equal;
  const words =
    operator === undefined && one === undefined
      ? rangeWords(range)
      : typeof one === 'boolean'
        ? say(one ? 'rule_yes' : 'rule_no', { feature: featureName(name, label) })
        : own(SAID_OF, operator)
          ? say(SAID_OF[operator], { feature: featureName(name, label), level: String(equal) })
          : equalWords({ name, label, equal: one });
  return unknown ? say('rule_or_unknown', { words }) : words;
}

const sameRange = (a) => (b) => JSON.stringify(a) === JSON.stringify(b);

/* What sets apart those whom it is among, what all alternatives ask for, line by line, and then the alternatives: in one
 * line where each asks for one thing. */
function ruleLines(parts, among) {
  const ways = parts.map(joinRanges);
  const shared = ways[0].filter((range) => ways.every((way) => way.some(sameRange(range))));
  const rest = ways.map((way) => way.filter((range) => !shared.some(sameRange(range))).map(conditionWords));
  const lines = [...joinRanges(among), ...shared].map(conditionWords);
  if (ways.length > 1 && rest.every((way) => way.length === 1)) lines.push(rest.flat().join(say('rule_or')));
  else if (ways.length > 1) rest.forEach((way, i) => lines.push(say(i ? 'rule_or_else' : 'rule_either', { way: way.join(say('rule_and')) })));
  return lines.map(capital);
}

/* Of an apply, what the rule catches now, and what it caught when the model was fitted. */
function ruleFigures(segment, index) {
  const { target, drift } = summary;
  const then = drift && drift.segments[index];
  const fine = (key, p, c) => (typeof p === 'number' ? paragraph(say(key, { precision: percentWords(p), coverage: percentWords(c) }), 'fine') : null);
  if (target) return null;
  if (then)
    return [fine('rule_now', segment.precision, segment.coverage), then.precision_then !== undefined ? fine('rule_then', then.precision_then, then.coverage_then) : null];
  return segment.precision === 1 && segment.coverage === 1 ? paragraph(say('rule_exact'), 'fine') : fine('rule_right', segment.precision, segment.coverage);
}

function ruleBlock(segment, index) {
  const parts = segment.rule_parts;
  if (!segment.rule && !(parts && parts.length)) return null;
  return make(
    'div',
    {},
    make('h4', {}, say('card_rule')),
    parts && parts.length
      ? make(
          'ul',
          {},
          ruleLines(parts, segment.rule_among || []).map((line) => make('li', {}, line)),
        )
      : paragraph(capital(segment.rules[lang])),
    ruleFigures(segment, index),
  );
}

/* ---- What sets them apart, where nothing else is told ---- */

/* Effects are measured on the features' transformed scale. Where a few very
 * large values pull the mean to the other side, mean and effect say opposite
 * things: this one is not to be taken as high or low. */
function isSkewed({ mean, effect }, all) {
  return Math.abs(effect) >= 0.05 && Math.sign(mean - all) === -Math.sign(effect) && Math.abs(mean - all) > 0.1 * Math.abs(all);
}

function traitLine(trait) {
  const show = featureFormat(columnOf(trait.name) || {}, [trait.mean, trait.mean_all]);
  return make('li', {}, say('trait', { feature: featureName(trait.name), mean: show(trait.mean), all: show(trait.mean_all) }));
}

const TRAITS_SHOWN = 4;

function traitsBlock(segment) {
  const traits = segment.traits.filter((t) => typeof t.mean === 'number' && Math.abs(t.effect) >= 0.05 && !isSkewed(t, t.mean_all));
  return traits.length ? make('div', {}, make('h4', {}, say('card_traits')), make('ul', {}, traits.slice(0, TRAITS_SHOWN).map(traitLine))) : null;
}

/* ---- A card ---- */

function numbersBlock(segment) {
  const { value } = summary;
  const cell = (figure, ...words) =>
    make(
      'div',
      {},
      make('b', {}, figure),
      words.map((word) => make('span', {}, word)),
    );
  const valued = value && typeof segment.value_total === 'number';
  return make(
    'div',
    { class: 'nums' },
    cell(count(segment.size), say('card_customers'), percent(segment.share)),
    valued ? cell(worth(segment.value_total), valueWord(), hasShares([segment]) ? percent(segment.value_share) : '') : null,
    valued ? cell(worth(perHead(segment.value_total, segment.size)), say('card_each')) : null,
  );
}

function cameBlock(segment) {
  const { next } = summary;
  const came = segment.next;
  if (!next || !came || typeof came.rate !== 'number') return null;
  const bar = (share) => (100 * share).toFixed(2) + '%';
  const each = typeof came.value_mean === 'number' ? say(countsLines() ? 'card_came_lines' : 'card_came_spent', { each: spent(came.value_mean) }) : '';
  return make(
    'div',
    {},
    make('h4', {}, say('card_next', { days: days(next.days), cut: day(next.cut, 'dayMonth') })),
    make('div', { class: 'meter', 'aria-hidden': 'true' }, make('i', { '--share': bar(came.rate) }), make('s', { '--share': bar(next.rate) })),
    make('p', {}, bold('card_came', { rate: percentWords(came.rate) }), each),
    paragraph(say('card_interval', { low: percentWords(came.low), high: percentWords(came.high) }), 'fine'),
  );
}

function stabilityBlock({ jaccard }) {
  if (typeof jaccard !== 'number') return null;
  return make('div', { class: 'inline' }, make('h4', {}, say('card_stability')), make('p', {}, agreement(jaccard) + ' ' + say('stable_' + stableWord(jaccard))));
}

function adviceBlock({ advice }) {
  if (!advice) return null;
  const part = (key) => (advice[key] ? make('div', {}, make('h4', {}, say('card_' + key)), paragraph(sentence(advice[key][lang]))) : null);
  return make('div', { class: 'advice' }, part('do'), part('avoid'));
}

function card(segment, index) {
  const { traits } = called[index];
  return make(
    'article',
    { class: 'card', '--hue': hue(index) },
    make('header', {}, tag(index), make('h3', {}, nameOf(index), traits ? make('small', {}, traits) : null), make('code', { title: say('card_code') }, segment.code)),
    numbersBlock(segment),
    cameBlock(segment),
    ruleBlock(segment, index),
    segment.next && summary.next ? null : traitsBlock(segment),
    stabilityBlock(segment),
    adviceBlock(segment),
  );
}

function silentLine(segment, index) {
  const share = hasShares([segment]) ? say('silent_value', { value: worth(segment.value_total), word: valueWord() }) : '';
  return make('p', { class: 'rest', '--hue': hue(index) }, bold('silent', { name: nameOf(index), n: countWords(segment.size) }), share, say('full_stop'));
}

/* ---- The section ---- */

/* Of an apply: how many of these customers, and of those that the model was fitted on. */
function treeWords({ leaves, agreement: fits, cost_ratio: ratio }) {
  if (summary.target) return say('target_tree');
  const now = summary.drift && summary.segments ? summary.drift.agreement_now : undefined;
  const { set_apart: apart, rows } = summary.clusters;
  const key = !summary.drift
    ? !summary.segments
      ? 'tree_words_rows'
      : apart && typeof rows === 'number'
        ? 'tree_words_apart'
        : 'tree_words'
    : typeof now === 'number'
      ? 'tree_words_now'
      : 'tree_words_then';
  return say(key, {
    leaves: count(leaves),
    n: count(rows),
    agreement: percentWords(fits),
    now: percentWords(now),
    price: typeof ratio === 'number' ? format(100 * Math.max(0, ratio - 1), { maximumSignificantDigits: 2 }) + '%' : NOTHING,
  });
}

function cardsLede() {
  const { clusters, next, segments } = summary;
  return [
    clusters && clusters.tree ? treeWords(clusters.tree) : '',
    next && typeof next.rate === 'number' && segments.some((s) => s.next && typeof s.next.rate === 'number')
      ? say('cards_next', { cut: day(next.cut), all: percentWords(next.rate) })
      : '',
    segments.some((s) => typeof s.jaccard === 'number') ? say('cards_stability') : '',
  ]
    .filter(Boolean)
    .join(say('sentence_gap'));
}

const FIRST_PAGE_HOLDS = 9; /* of more segments it runs over, and the cards go on where it ends */

function cardsSection() {
  const { segments } = summary;
  if (!segments || segments.length === 1) return null;
  const shown = segments.map((s, i) => i).filter((i) => !isSilent(segments[i]));
  const built = section(
    'cards',
    say(segments.some((s) => s.advice) ? 'cards_do' : 'cards_title'),
    cardsLede(),
    make(
      'div',
      { class: (shown.length % 3 === 1 && shown.length < 5) || shown.length === 2 ? 'cards pair' : 'cards' },
      shown.map((i) => card(segments[i], i)),
    ),
    segments.map((s, i) => (isSilent(s) && s.size !== 0 ? silentLine(s, i) : null)),
  );
  return segments.length <= FIRST_PAGE_HOLDS ? onNewPage(built) : built;
}
