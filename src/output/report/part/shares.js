/* shares.js: each segment's share of the customers and of what they bring: two bars joined by bands, so that
 * disproportion is seen at a glance; and the table of the segments. */
'use strict';

/* A band from its place in the upper bar to that in the lower one. */
function bandPath({ x0, w0, y0, x1, w1, y1 }) {
  const bend = (y1 - y0) * 0.55;
  const right0 = x0 + Math.max(0.5, w0);
  const right1 = x1 + Math.max(0.5, w1);
  return (
    `M${r1(x0)},${r1(y0)}L${r1(right0)},${r1(y0)}C${r1(right0)},${r1(y0 + bend)} ${r1(right1)},${r1(y1 - bend)} ${r1(right1)},${r1(y1)}` +
    `L${r1(x1)},${r1(y1)}C${r1(x1)},${r1(y1 - bend)} ${r1(x0)},${r1(y0 + bend)} ${r1(x0)},${r1(y0)}Z`
  );
}

/* Where the parts begin and how wide they are; what is below 0 has no width. What is hidden leaves its room empty. */
function layOut(parts, from, width) {
  const sizes = parts.map((part) => Math.max(0, part || 0));
  const all = sumOf(parts) === null ? Math.max(1, sumOf(sizes)) : sumOf(sizes) || 1;
  let x = from;
  return sizes.map((size) => {
    const place = { x, w: (size / all) * width };
    x += place.w;
    return place;
  });
}

function sharePart({ x, w }, y, height, index, share) {
  const label = percentWords(share);
  const room = w - textWidth(label, true);
  return [
    w > 0.5 ? draw('rect', { x: r1(x), y, width: r1(Math.max(1, w - 1.5)), height, fill: hue(index), class: 'hit' }) : null,
    room > 5 ? paintedText(x + Math.min(7, room / 2 - 0.75), y + height / 2 + 4.5, label, 'bold', null, onHue(index)) : null,
  ];
}

/* Over the upper bar number and name where they fit, else the name, else the number. */
function shareHead({ x, w }, y, index) {
  const number = String(summary.segments[index].segment);
  const fits = (words) => wrap(words, Math.max(1, w - 3)).length <= 3 && pieces(words).every((piece) => textWidth(piece.trim()) <= w - 3);
  const words = [`${number}\u00a0${nameOf(index)}`, nameOf(index)].find(fits);
  if (!words) return w > textWidth(number) ? [text(x + Math.max(0, w / 2 - 1), y, number, 'bold little', 'middle')] : [];
  return wrap(words, w - 3).map((line, i, lines) => text(x, y - (lines.length - 1 - i) * 15, line));
}

function shareLines(index) {
  const segment = summary.segments[index];
  return [
    nameOf(index),
    `${say('customers')}: ${count(segment.size)} (${percent(segment.share)})`,
    hasShares([segment]) ? `${capital(valueWord())}: ${worth(segment.value_total)} (${percent(segment.value_share)})` : '',
  ];
}

/* What the bars are of, and of how much: beside them, or above and below where it is narrow. */
function shareTitles({ narrow, left, height, y0, y1, valued }) {
  const { customers, value } = summary;
  if (narrow) {
    return [
      text(0, y0 - 8, `${say('customers')} ${count(customers)}`, 'bold'),
      valued ? text(0, y1 + height + 17, `${capital(valueWord())} ${worth(value.total)}`, 'bold') : null,
    ];
  }
  const titled = (y, words, amount) => {
    const lines = wrap(words, left - 8, true);
    return [lines.map((line, i) => text(0, y + 15 * (i + 1), line, 'bold')), text(0, y + 16 + 15 * lines.length, amount, 'soft')];
  };
  return [titled(y0, say('customers'), countWords(customers)), valued ? titled(y1, capital(valueWord()), worth(value.total)) : null];
}

function sharesPicture(width) {
  const { segments, value } = summary;
  const valued = value && hasShares(segments);
  const narrow = width < 560;
  const left = narrow ? 0 : 92;
  const height = narrow ? 30 : 36;
  const y0 = narrow ? 22 : 50;
  const y1 = y0 + height + (narrow ? 52 : 64);
  const places = (shares) => layOut(shares, left, width - left);
  const upper = places(segments.map((s) => s.share));
  const lower = valued ? places(segments.map((s) => s.value_share)) : [];
  const band = (i) => bandPath({ x0: upper[i].x, w0: upper[i].w - 1.5, y0: y0 + height, x1: lower[i].x, w1: lower[i].w - 1.5, y1 });
  const number = (i) => (upper[i].w > 14 ? text(upper[i].x + upper[i].w / 2, y0 + height + 14, String(segments[i].segment), 'bold little', 'middle') : null);
  const parts = segments.map((s, i) => {
    const below = valued ? [draw('path', { d: band(i), fill: hue(i), opacity: 0.2 }), sharePart(lower[i], y1, height, i, s.value_share)] : [];
    const head = narrow ? number(i) : shareHead(upper[i], y0 - 8, i);
    return told(draw('g', {}, below, sharePart(upper[i], y0, height, i, s.share), head), shareLines(i), i);
  });
  const frame = (shares, y) =>
    sumOf(shares) === null ? draw('rect', { x: left + 0.5, y: y + 0.5, width: width - left - 1, height: height - 1, fill: 'none', stroke: 'var(--line)' }) : null;
  const frames = [
    frame(
      segments.map((s) => s.share),
      y0,
    ),
    valued
      ? frame(
          segments.map((s) => s.value_share),
          y1,
        )
      : null,
  ];
  const bottom = (valued ? y1 : y0) + height + (narrow ? 22 : 12);
  return picture(width, bottom, say(valued ? 'shares_label' : 'shares_customers'), frames, shareTitles({ narrow, left, height, y0, y1, valued }), parts);
}

function sharesFigure() {
  const { segments, value } = summary;
  return make(
    'div',
    {},
    make('h2', { class: 'small' }, say(value && hasShares(segments) ? 'shares_title' : 'shares_customers', { value: valueWord() })),
    chart(sharesPicture),
  );
}

/* ---- The table ---- */

/* The outcomes that the table has room for; the others are in the summary. */
const OUTCOMES_SHOWN = 3;

/* A rate or a mean, with the interval. */
function outcomeCell(outcome) {
  if (!outcome || !outcome.known) return NOTHING;
  const value = 'mean' in outcome ? outcome.mean : outcome.rate;
  const show = 'mean' in outcome ? alike([value, outcome.low, outcome.high], 3) : percent;
  return withRange(show, value, outcome.low, outcome.high);
}

/* By how many customers a segment has grown in the last month. */
function growth() {
  const { history, segments } = summary;
  if (!history || !history.moves.length) return null;
  const { from, counts } = history.moves[history.moves.length - 1];
  const by = segments.map((s, j) => moreThan(sumOf(counts.map((row) => row[j])), sumOf(counts[j])));
  return { from, by, all: sumOf(counts[segments.length]) };
}

function growthCell(n) {
  return make('span', { class: n > 0 ? 'rise' : n < 0 ? 'fall' : null }, format(n, { signDisplay: 'exceptZero', maximumFractionDigits: 0 }));
}

function valueColumns() {
  const { segments, customers, value } = summary;
  if (!value || typeof value.total !== 'number') return [];
  const each = (s) => perHead(s.value_total, s.size);
  const totals = worthColumn(segments.map((s) => s.value_total));
  const means = worthColumn(segments.map(each));
  const narrowly = hasShares(segments) ? 'on-wide' : '';
  return [
    [{ head: withUnit(capital(valueWord()), totals.unit), number: true, class: narrowly, cell: (s) => totals.show(s.value_total) }, totals.show(value.total)],
    ...(hasShares(segments) ? [[{ head: say('col_value_share', { value: valueWord() }), number: true, cell: (s) => percent(s.value_share) }, percentWords(1)]] : []),
    [{ head: withUnit(say('col_each'), means.unit), number: true, class: 'on-wide', cell: (s) => means.show(each(s)) }, means.show(perHead(value.total, customers))],
  ];
}

function nextColumn() {
  const { next, segments } = summary;
  if (!next || !segments.some((s) => s.next)) return [];
  return [[{ head: say('col_came', { days: days(next.days) }), number: true, cell: (s) => percentWords((s.next || {}).rate) }, percentWords(next.rate)]];
}

function glance() {
  const { segments, customers, outcomes = [] } = summary;
  const grown = growth();
  const columns = [
    [{ head: say('col_segment'), cell: (s, i) => segmentName(i) }, say('total')],
    [{ head: say('customers'), number: true, cell: (s) => count(s.size) }, count(customers)],
    [{ head: say('col_share'), number: true, class: 'on-wide', cell: (s) => percent(s.share) }, percentWords(1)],
    ...valueColumns(),
    ...nextColumn(),
    ...outcomes
      .slice(0, OUTCOMES_SHOWN)
      .map((all, i) => [{ head: say('col_outcome', { name: all.label[lang] }), number: true, cell: (s) => outcomeCell(s.outcomes[i]) }, outcomeCell(all)]),
    ...(grown ? [[{ head: say('col_since', { day: day(grown.from, 'dayMonth') }), number: true, cell: (s, i) => growthCell(grown.by[i]) }, growthCell(grown.all)]] : []),
  ];
  return [
    table(
      say('glance_title'),
      columns.map(([column]) => column),
      segments,
      { kind: 'glance', foot: columns.map(([, total]) => total) },
    ),
    glanceNotes(),
  ];
}

/* Findings of the tables by which money that is none may stand in the sums. */
const UNTAKEN = ['refund_column', 'unsold_rows', 'negative_quantity', 'opposite_rows'];

/* What the money is of, and what has been taken off it, or not. */
function moneyWords(span) {
  const { quality = {}, data_quality: { findings = [] } = {} } = summary;
  const found = (kind) => findings.some((f) => f.kind === kind);
  const values = { ...span, value: capital(valueWord()), what: joinNames(UNTAKEN.filter(found).map((kind) => say('untaken_' + kind))) };
  const words = [say(values.what ? 'note_untaken' : quality.returns > 0 ? 'note_net' : quality.returns === 0 ? 'note_no_returns' : 'note_span', values)];
  if (found('amount_level')) words.push(say('note_amount_level'));
  return words;
}

/* Of what the figures are, and where they are not what one would take them for. */
function glanceNotes() {
  const { segments, value, next, outcomes = [], drift } = summary;
  const span = dataSpan();
  const words = [];
  if (isSpend() && span) words.push(...moneyWords(span));
  if (nextColumn().length) words.push(say('note_came', { cut: day(next.cut), days: days(next.days) }));
  if (!value && segments.length > 1) words.push(say('no_value'));
  if (value && value.total === null) words.push(say('unknown_value'));
  if (value && value.total !== null && !hasShares(segments)) words.push(say('no_shares'));
  if (segments.some((s) => s.value_share < -0.005)) words.push(say('negative_shares'));
  outcomes.filter((o) => o.held_out).forEach((o) => words.push(say('outcome_held', { name: o.label[lang] })));
  if (outcomes.length) words.push(say('note_outcomes'));
  if (drift) words.push(say('numbered_fit'));
  if (summary.privacy && summary.privacy.min_cell) words.push(say('hidden_cells', { n: count(summary.privacy.min_cell) }));
  return words.length ? make('p', { class: 'note' }, words.join(say('sentence_gap'))) : null;
}
