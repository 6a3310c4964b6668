/* report.js: the sections of the page, drawn from the summary alone. A part
 * that the summary lacks leaves its section out, with a sentence. */
'use strict';

/* ---- The head: what, when, how much, and the verdict ---- */

function titleOf() {
  return say(summary.segments ? 'title' : summary.clusters ? 'title_clusters' : 'title_features');
}

/* The earliest first and the latest last of all tables with dates. */
function dataSpan() {
  const tables = Object.values(summary.rows);
  const firsts = tables.map((t) => t.first).filter(Boolean).sort();
  const lasts = tables.map((t) => t.last).filter(Boolean).sort();
  const parts = [];
  if (firsts.length) parts.push(say('span', { first: day(firsts[0]), last: day(lasts[lasts.length - 1]) }));
  if (summary.as_of) parts.push(say('as_of', { day: day(summary.as_of) }));
  return parts.join(' · ');
}

/* Of plain numbers; those of an apply are not the model's. */
function rowCount() {
  const { clusters, drift } = summary;
  return drift ? drift.customers_now : clusters.rows;
}

function keyFigures() {
  const { customers, totals, value, segments, clusters, features } = summary;
  const figures = [];
  const add = (key, text) => figures.push(make('div', {}, make('dd', {}, text), make('dt', {}, say(key))));
  if (customers !== undefined) add('figure_customers', count(customers));
  else if (clusters) add('figure_rows', count(rowCount()));
  if (totals) add(totals.purchases === 1 ? 'figure_purchase' : 'figure_purchases', count(totals.purchases));
  if (value) {
    add('figure_value', compact(value.total, isMoney() ? moneyStyle() : {}));
    add('figure_mean', valueFormat([perHead(value.total, customers)])(perHead(value.total, customers)));
  }
  if (segments) add(segments.length > 1 ? 'figure_segments' : 'figure_segment', count(segments.length));
  else if (clusters) add(clusters.k > 1 ? 'figure_clusters' : 'figure_cluster', count(clusters.k));
  else if (features) add('figure_features', count(features.columns.length));
  return make('dl', { class: 'figures' }, figures);
}

/* The verdict where evidence was gathered; else Kaufman & Rousseeuw's reading of the mean silhouette. Of an apply it is the fit's. */
function separation(clusters) {
  const s = clusters.silhouette;
  if (clusters.verdict) return [verdictHead()];
  if (s === null || clusters.k < 2) return [];
  const word = s > 0.7 ? 'strong' : s > 0.5 ? 'reasonable' : s > 0.25 ? 'weak' : 'none';
  const values = { s: fixed(2)(s) };
  return [summary.drift ? say('separated_' + word, values) : say('separation_' + word, values)];
}

function segmentsVerdict() {
  const { segments, customers } = summary;
  if (segments.length === 1) return [say('verdict_one', { customers: count(customers) })];
  const words = [say('verdict_segments', { customers: count(customers), k: count(segments.length) })];
  const top = segments.reduce((a, b) => (b.value_total > a.value_total ? b : a)); /* the first, but in an apply */
  const biggest = segments.reduce((a, b) => (b.size > a.size ? b : a));
  if (isPart(top.value_share)) {
    words.push(say('verdict_first', { name: top.names[lang], share: percent(top.share), value: percent(top.value_share) }));
  } else if (segments.filter((s) => s.size === biggest.size).length === 1) {
    words.push(say('verdict_biggest', { name: biggest.names[lang], share: percent(biggest.share) }));
  }
  return words;
}

function tiersVerdict() {
  const tiers = summary.tiers || [];
  const best = tiers.slice(0, Math.min(2, Math.floor(tiers.length / 2))).filter((tier) => tier.size);
  const sum = (key) => best.reduce((total, tier) => total + tier[key], 0);
  if (!best.length || !hasShares(best) || !isPart(sum('value_share'))) return [];
  return [say('verdict_tiers', { share: percent(sum('share')), value: percent(sum('value_share')),
    names: joinNames(best.map((tier) => tier.names[lang])) })];
}

function riskVerdict() {
  const gone = (summary.lifecycle || []).filter((row) => row.stage === 'at_risk' || row.stage === 'lost');
  const sum = (key) => gone.reduce((total, row) => total + row[key], 0);
  if (!gone.length || !sum('size')) return [];
  const known = hasShares(gone) && isPart(sum('value_share'));
  return [say(known ? 'verdict_risk' : 'verdict_risk_plain', {
    share: percent(sum('share')), value: known ? percent(sum('value_share')) : '' })];
}

function verdict() {
  const { segments, clusters, customers, features, drift } = summary;
  const fits = drift ? [driftSentence(drift)] : [];
  if (segments) return [...segmentsVerdict(), ...tiersVerdict(), ...riskVerdict(), ...separation(clusters), ...fits];
  if (clusters) {
    return [say(clusters.k > 1 ? 'verdict_clusters' : 'verdict_cluster', { rows: count(rowCount()), k: clusters.k }),
      ...separation(clusters), ...fits];
  }
  if (!features) return [];
  return [say('verdict_features', { features: count(features.columns.length), customers: count(customers) })];
}

function logo() {
  return make('span', { class: 'logo', 'aria-hidden': 'true' }, [0, 1, 2, 3].map((i) => tile(shade(i))));
}

function toggleLanguage() {
  lang = lang === 'zh' ? 'en' : 'zh';
  render();
  document.getElementById('language').focus();
}

function masthead(sections) {
  const other = lang === 'zh' ? 'en' : 'zh';
  const link = (s) => make('li', {}, make('a', { href: '#' + s.id }, s.querySelector('h2').textContent));
  const { segments } = summary;
  return make('header', { class: 'masthead' },
    make('div', { class: 'topline' }, logo(), make('span', { class: 'brand' }, 'Tesela'),
      make('span', { class: 'buttons' },
        make('button', { type: 'button', onclick: () => window.print() }, say('print')),
        make('button', { type: 'button', id: 'language', lang: other, onclick: toggleLanguage }, say('other_language')))),
    make('h1', {}, titleOf()),
    dataSpan() ? paragraph(dataSpan(), 'span') : null,
    keyFigures(),
    make('div', { class: 'opening' },
      make('p', { class: 'verdict' }, verdict().join(say('sentence_gap'))),
      segments && segments.length > 1 ? make('div', { class: 'mosaics' },
        mosaic(say('mosaic_customers'), segments, 'share'),
        summary.value && hasShares(segments) ? mosaic(say('mosaic_value'), segments, 'value_share') : null) : null),
    segments ? make('ul', { class: 'legend' }, segments.map((s, i) => make('li', {}, segmentName(s, i)))) : null,
    make('nav', { 'aria-label': say('contents') }, make('ul', {}, sections.map(link))));
}

/* ---- Segments ---- */

/* What customers did next, by the segments as they were before: a figure with its interval. */
function withRange(show, figure, low, high) {
  if (figure === null || figure === undefined) return NOTHING;
  const range = low === null || high === null ? null : make('small', {}, say('range', { low: show(low), high: show(high) }));
  return make('span', { class: 'ranged' }, show(figure), range);
}

function nextColumns() {
  const { next, segments } = summary;
  const known = segments.map((s) => s.next).filter(Boolean);
  if (!next || !known.length) return [];
  const amounts = known.flatMap((n) => [n.value_mean, n.value_high]);
  const amount = countsLines() ? alike(amounts, 3) : money(amounts);
  const of = (s) => s.next || {};
  return [
    [{ head: say('col_next_bought', { days: days(next.days) }), number: true,
      cell: (s) => withRange(percent, of(s).rate, of(s).low, of(s).high) }, percent(next.rate)],
    [{ head: say(countsLines() ? 'col_next_lines' : 'col_next_spend'), number: true,
      cell: (s) => withRange(amount, of(s).value_mean, of(s).value_low, of(s).value_high) }, amount(next.value_mean)],
  ];
}

/* Which days these were, what the segments told of them, and who came new. */
function nextWords() {
  const { next } = summary;
  if (!next) return null;
  const map = next.methods.find((m) => m.method === 'rfm_map');
  const apart = map ? next.eta2 - map.eta2 : null;
  const against = apart === null || apart === undefined ? 'next_telling'
    : Math.abs(apart) <= 0.01 ? 'next_alike' : apart > 0 ? 'next_better' : 'next_worse';
  const values = { eta: fixed(2)(next.eta2), auc: fixed(2)(next.auc), map: map ? fixed(2)(map.eta2) : '',
    area: map ? fixed(2)(map.auc) : '' };
  const former = (next.former || []).map((s) => say('next_one', { name: s.names[lang], n: count(s.size), rate: percent(s.rate) }));
  const period = !nextColumns().length ? 'next_others' : next.refitted ? 'next_period' : 'next_applied';
  return paragraph([say(period, { cut: day(next.cut), days: days(next.days) }),
    former.length ? say('next_former', { list: joinNames(former) }) : '',
    !next.refitted ? say('next_untested', values) : next.telling ? say(against, values) : say('next_nothing', values),
    countsLines() ? say('next_new_lines', { n: count(next.new_size), value: count(next.new_value) })
      : say('next_new', { n: count(next.new_size), value: money([next.new_value])(next.new_value) })].filter(Boolean).join(say('sentence_gap')));
}

/* The outcomes that the table has room for; the others are in the summary. */
const OUTCOMES_SHOWN = 3;

function outcomeHead(outcome) {
  return say('col_outcome', { name: outcome.label[lang] });
}

/* A rate or a mean, with the interval. */
function outcomeText(outcome) {
  if (!outcome.known) return NOTHING;
  const value = 'mean' in outcome ? outcome.mean : outcome.rate;
  const show = 'mean' in outcome ? alike([value, outcome.low, outcome.high], 3) : percent;
  return outcome.low === null ? show(value) : say('outcome_interval', { value: show(value), low: show(outcome.low), high: show(outcome.high) });
}

function segmentsTable() {
  const { segments, customers, value } = summary;
  const totals = valueFormat(segments.map((s) => s.value_total));
  const means = valueFormat(segments.map((s) => perHead(s.value_total, s.size)));
  const columns = [
    { head: say('col_segment'), cell: segmentName },
    { head: say('col_customers'), number: true, cell: (s) => count(s.size) },
    { head: say('col_share'), class: 'bars', cell: (s) => bar(s.share, 'customers') },
  ];
  const foot = [say('total'), count(customers), bar(1)];
  const add = (column, total) => (columns.push(column), foot.push(total));
  if (value) add({ head: say('col_value'), number: true, cell: (s) => totals(s.value_total) }, totals(value.total));
  if (value && hasShares(segments)) {
    add({ head: say('col_value_share'), class: 'bars', cell: (s) => bar(s.value_share, 'value') }, bar(1));
  }
  if (value) {
    add({ head: say('col_mean'), number: true, cell: (s) => means(perHead(s.value_total, s.size)) },
      means(perHead(value.total, customers)));
  }
  nextColumns().forEach(([column, total]) => add(column, total));
  (summary.outcomes || []).slice(0, OUTCOMES_SHOWN).forEach((all, i) => add({ head: outcomeHead(all), number: true,
    cell: (s) => outcomeText(s.outcomes[i]) }, outcomeText(all)));
  add({ head: say('col_confidence'), number: true, cell: (s) => fixed(2)(s.confidence_mean) }, '');
  return table(say('section_segments'), columns, segments, { foot });
}

/* Effects are measured on the features' transformed scale. Where a few very
 * large values pull the mean to the other side, mean and effect say opposite
 * things: this one is not to be taken as high or low. */
function isSkewed({ mean, effect }, all) {
  return Math.abs(effect) >= 0.05 && Math.sign(mean - all) === -Math.sign(effect) && Math.abs(mean - all) > 0.1 * Math.abs(all);
}

function traitLine(trait) {
  const column = summary.features.columns.find((c) => c.name === trait.name);
  const show = meanFormat(column, [trait.mean, trait.mean_all]);
  const values = { mean: show(trait.mean), all: show(trait.mean_all) };
  return make('li', { class: trait.effect >= 0 ? 'up' : 'down' },
    make('span', { class: 'arrow', 'aria-hidden': 'true' }, trait.effect >= 0 ? '▲' : '▼'),
    make('span', {}, featureName(trait.name)),
    make('span', { class: 'against' }, say('card_against', values)));
}

/* What a segment stands out by: not what is as it is for all, when rounded. */
function traitsBlock(segment) {
  const traits = segment.traits.filter((trait) => trait.mean !== null && Math.abs(trait.effect) >= 0.05 &&
    !isSkewed(trait, trait.mean_all));
  return traits.length ? make('div', { class: 'traits' }, make('h4', {}, say('card_traits')),
    make('ul', {}, traits.slice(0, 4).map(traitLine))) : null;
}

/* Of an apply, what the rule catches now, and what it caught when the model was fitted. */
function ruleBlock(segment, index) {
  if (!segment.rule) return null;
  const then = summary.drift && summary.drift.segments[index];
  const shares = (key, p, c) => paragraph(say(key, { p: percent(p), c: percent(c) }), 'fine');
  return make('div', { class: 'rule' }, make('h4', {}, say('card_rule')), paragraph(segment.rules[lang], 'words'),
    summary.target ? null : shares(then ? 'card_now' : 'card_precision', segment.precision, segment.coverage),
    then && then.precision_then !== undefined ? shares('card_then', then.precision_then, then.coverage_then) : null);
}

function segmentCard(segment, index) {
  return make('article', { class: 'card', '--tile': shadeOf(segment, index) },
    make('h3', {}, make('span', { class: 'badge' }, String(segment.segment)), segment.names[lang]),
    make('ul', { class: 'sizes' },
      make('li', {}, make('b', {}, count(segment.size)), ' ' + say('card_size', { share: percent(segment.share) })),
      hasShares([segment]) ? make('li', {}, make('b', {}, percent(segment.value_share)), ' ' + say('card_value')) : null),
    traitsBlock(segment), ruleBlock(segment, index));
}

function compareFigure(height, rows) {
  return figure(say(hasShares(rows) ? 'chart_compare' : 'customers_share'), height, compareChart(rows));
}

/* A model's segments keep the numbers of its fit, whatever they bring now. */
function segmentsIntro() {
  const { segments, value, drift, clusters, outcomes } = summary;
  const { placed, places = 'unknown', set_apart: apart } = clusters || {};
  return [say(drift ? 'numbered_fit' : placed ? 'placed_' + places : value ? 'numbered_value' : 'numbered_size'),
    ...(apart ? [say('numbered_apart')] : []),
    ...(value && hasShares(segments) ? [say('intro_bars')] : []), say(summary.target ? 'target_confidence' : 'intro_confidence'),
    ...(outcomes || []).filter((o) => o.held_out).map((o) => say('outcome_held', { name: o.label[lang] }))].join(say('sentence_gap'));
}

function segmentsSection() {
  const { segments, value } = summary;
  if (!segments) return null;
  const several = segments.length > 1;
  const rows = segments.map((s) => ({ ...s, label: s.segment + ' ' + s.names[lang] }));
  const unknown = value && value.total === null;
  return section('segments',
    several ? paragraph(segmentsIntro()) : null,
    several && !value ? paragraph(say('no_value'), 'gone') : null,
    unknown ? paragraph(say('unknown_value'), 'gone') : null,
    value && !unknown && !hasShares(segments) ? paragraph(say('no_shares'), 'gone') : null,
    segments.some((s) => s.value_share < 0) ? paragraph(say('negative_shares'), 'gone') : null,
    segmentsTable(),
    nextWords(),
    several ? compareFigure(90 + 46 * rows.length, rows) : null,
    several && summary.clusters && summary.clusters.tree ? paragraph(treeWords(summary.clusters.tree)) : null,
    several ? make('div', { class: 'cards' }, segments.map(segmentCard)) : null);
}

/* Which demographics tell the segments: a sentence, and a table of rules where they tell anything, folded where it is
   little. */
function descriptorsSection() {
  const { descriptors } = summary;
  if (!descriptors) return null;
  const { sentence, verdict, leaves } = descriptors;
  const rules = table(say('section_descriptors'), [
      { head: say('col_who'), cell: (l) => l.rule[lang] },
      { head: say('col_customers'), number: true, cell: (l) => count(l.rows) },
      { head: say('col_share'), class: 'bars', cell: (l) => bar(l.share, 'customers') },
      { head: say('col_likely'), number: true, cell: (l) => String(l.segment) },
      { head: say('col_likely_share'), number: true, cell: (l) => percent(l.segment_share) },
    ], leaves);
  return section('descriptors', paragraph(say('descriptors_say', { text: sentence[lang] })),
    verdict === 'nothing' ? null : verdict === 'little' ? folded(say('descriptors_rules'), rules) : rules);
}

function groupsSection() {
  const { groups, tree } = summary.clusters || {};
  if (!groups) return null;
  return section('groups', summary.drift ? paragraph(say('of_fit', driftThen())) : null, tree && groups.length > 1 ? paragraph(treeWords(tree)) : null, table(say('section_groups'), [
    { head: say('col_cluster'), cell: (g) => String(g.cluster) },
    { head: say('col_rows'), number: true, cell: (g) => count(g.size) },
    { head: say('col_share'), class: 'bars', cell: (g) => bar(g.share, 'customers') },
    { head: say('col_rule'), cell: (g) => (g.rule ? g.rules[lang] : NOTHING) },
    { head: say('col_precision'), number: true, cell: (g) => percent(g.precision) },
    { head: say('col_coverage'), number: true, cell: (g) => percent(g.coverage) },
  ], groups));
}

/* ---- The heat table ---- */

function heatCell(show, cell, all) {
  if (cell.mean === null) return make('span', { class: 'heat none' }, NOTHING);
  if (isSkewed(cell, all)) {
    return make('span', { class: 'heat none', title: say('skewed_words', { effect: signed(cell.effect) }) },
      show(cell.mean), make('small', {}, signed(cell.effect) + '*'));
  }
  const strength = Math.min(1, Math.abs(cell.effect || 0) / 2);
  const words = cell.effect === null ? null : say('effect', { effect: signed(cell.effect) });
  return make('span', { class: 'heat ' + (cell.effect >= 0 ? 'above' : 'below'), '--strength': strength.toFixed(3), title: words },
    show(cell.mean), make('small', {}, cell.effect === null ? '' : signed(cell.effect)));
}

function apartSection() {
  const { profile, segments } = summary;
  if (!profile || !profile.length || segments.length === 1) return null;
  const show = profile.map((f) => meanFormat(f, [f.mean_all, ...f.segments.map((cell) => cell.mean)]));
  const columns = [{ head: say('col_feature'), cell: (f) => make('span', { title: f.name }, featureName(f.name)) }];
  segments.forEach((segment, i) => columns.push({
    head: make('span', { class: 'heathead' }, tile(shadeOf(segment, i)), segment.segment + ' ' + segment.names[lang]),
    class: 'heatcell', cell: (f, row) => heatCell(show[row], f.segments[i], f.mean_all),
  }));
  columns.push({ head: say('col_all'), class: 'heatcell', cell: (f, row) => show[row](f.mean_all) });
  const legend = make('p', { class: 'heatlegend' }, say('heat_low'),
    [-2, -1, 0, 1, 2].map((e) => make('span', { class: 'heat ' + (e >= 0 ? 'above' : 'below'), '--strength': String(Math.abs(e) / 2) },
      e ? signed(e) : '0')), say('heat_high'));
  return section('apart', paragraph(say('intro_apart')), legend, table(say('section_apart'), columns, profile, { even: true }));
}

/* ---- Tiers and lifecycle ---- */

function gradeTable(caption, head, rows, cuts) {
  const { value } = summary;
  const columns = [
    { head, cell: (r) => r.names[lang] },
    { head: say('col_customers'), number: true, cell: (r) => count(r.size) },
    { head: say('col_share'), number: true, cell: (r) => percent(r.share) },
  ];
  if (value) {
    const totals = valueFormat(rows.map((r) => r.value_total));
    columns.push({ head: say('col_value'), number: true, cell: (r) => totals(r.value_total) });
  }
  if (value && hasShares(rows)) {
    columns.push({ head: say('col_value_share'), number: true, cell: (r) => percent(r.value_share) });
  }
  if (cuts && rows.some((r) => r.lowest !== null)) {
    const lowest = valueFormat(rows.map((r) => r.lowest));
    columns.push({ head: say('col_from'), number: true, cell: (r) => (r.above ? '> ' : '') + lowest(r.lowest) });
  }
  return table(caption, columns, rows);
}

function crossCell(size, all) {
  if (size === null || all === null) return make('span', { class: 'heat none' }, count(size)); /* hidden, as of too few */
  if (!size) return make('span', { class: 'heat none' }, '0');
  return make('span', { class: 'heat share', '--strength': (size / all).toFixed(3) },
    count(size), make('small', {}, percent(size / all)));
}

/* Segments against tiers or stages: counts, tinted by their share of the row. */
function crossTable(caption, rows, key, code) {
  const columns = [{ head: say('col_segment'), cell: segmentName }];
  rows.forEach((row) => columns.push({
    head: row.names[lang], class: 'heatcell', cell: (s) => crossCell(s[key][row[code]], s.size) }));
  const foot = [say('total'), ...rows.map((row) => count(row.size))];
  return [make('h3', {}, caption), paragraph(say('cross_note'), 'fine'), table(caption, columns, summary.segments, { foot, even: true })];
}

function gradesSection(id, rows, code, intro) {
  const named = rows.map((row) => ({ ...row, label: row.names[lang] }));
  const filled = named.filter((row) => row.size);
  const several = filled.length > 1;
  return section(id, paragraph(several ? intro : say('all_in_one', { name: filled[0].label })),
    make('div', { class: 'beside' }, gradeTable(say('section_' + id), say('col_' + code), rows, code === 'tier'),
      several ? compareFigure(70 + 44 * rows.length, named) : null),
    several && summary.segments.length > 1 ? crossTable(say('cross_' + id), rows, id, code) : null);
}

function tiersSection() {
  const { tiers, segments, value, tiering, score } = summary;
  if (!segments || !tiers) return null; /* a note says so */
  const told = !tiering ? [] : tiering.of === 'score' ? [tiering.words, score.words] : [tiering.words];
  const intro = tiering ? told.map((words) => words[lang] + say('full_stop')).join(' ')
    : say('intro_tiers', { value: featureName(value.name) });
  return gradesSection('tiers', tiers, 'tier', intro);
}

/* The phases say little where each is a stage of that name. */
function phasesTable() {
  const { lifecycle, lifecycle_phases: phases } = summary;
  const stages = (phase) => lifecycle.filter((row) => row.phase === phase.phase && row.size).map((row) => row.names[lang]);
  const told = phases.filter((phase) => stages(phase).length > 1);
  if (!told.length) return [];
  const rows = phases.map((phase) => ({ ...phase, stages: stages(phase) }));
  return [make('h3', {}, say('phases')), paragraph(say('intro_phases', { list: rows.filter((row) => row.size)
    .map((row) => say('phase_one', { name: row.names[lang], list: row.stages.join(say('list_comma')) })).join(say('list_semicolon')) }), 'fine'),
  gradeTable(say('phases'), say('col_phase'), rows, false)];
}

function lifecycleSection() {
  const { lifecycle, segments, gap_p90_days: gap } = summary;
  if (!segments || !lifecycle) return null;
  const built = gradesSection('lifecycle', lifecycle, 'stage',
    gap === null ? say('intro_lifecycle_plain') : say('intro_lifecycle', { days: days(gap) }));
  built.append(...phasesTable());
  return built;
}

/* ---- Who is likely to leave ---- */

function churnTable(churn) {
  const rows = churn.stages.map((row) => ({ ...row, names: summary.lifecycle.find((s) => s.stage === row.stage).names }));
  const amount = valueFormat(rows.map((row) => row.value_at_risk));
  const columns = [
    { head: say('col_stage'), cell: (r) => r.names[lang] },
    { head: say('col_customers'), number: true, cell: (r) => count(r.size) },
    { head: say('col_risk'), number: true, cell: (r) => percent(r.risk_mean) },
  ];
  if (churn.value) columns.push({ head: say('col_value_at_risk'), number: true, cell: (r) => amount(r.value_at_risk) });
  return table(say('section_churn'), columns, rows);
}

function calibrationTable(check) {
  return [make('h3', {}, say('calibration')),
    paragraph(say(check.auc === null ? 'intro_calibration_plain' : 'intro_calibration', { auc: fixed(2)(check.auc), recency: fixed(2)(check.auc_recency),
      points: fixed(1)(100 * check.error) }), 'fine'),
    check.telling === false ? paragraph(say('churn_nothing')) : check.calibrated === false ? paragraph(say('churn_off')) : null,
    table(say('calibration'), [
      { head: say('col_customers'), number: true, cell: (r) => count(r.size) },
      { head: say('col_foretold'), number: true, cell: (r) => percent(r.risk_mean) },
      { head: say('col_came'), number: true, cell: (r) => percent(r.rate) },
    ], check.calibration)];
}

function churnSection() {
  const { churn, next, segments } = summary;
  if (!segments || !churn) return null;
  const most = churn.ranked.find((row) => row.share === 0.1);
  const part = most && churn.value_at_risk > 0 ? most.value_at_risk / churn.value_at_risk : null;
  const words = [say('intro_churn', { days: days(churn.days), share: percent(churn.risk_mean) })];
  if (part !== null) words.push(say('churn_ranked', { share: percent(part), value: featureName(churn.value) }));
  if (churn.value && churn.unvalued > 0) words.push(say('churn_unvalued', { customers: count(churn.unvalued) }));
  return section('churn', paragraph(words.join(say('sentence_gap'))), churnTable(churn),
    next && next.churn ? calibrationTable(next.churn) : null);
}

/* ---- What is laid down: rule sets, and what is to be done ---- */

/* "vip|gold" by what these are called; all of them by a word. */
function codeNames(codes, rows, key) {
  if (codes === '*') return say('all_of_them');
  return codes.split('|').map((code) => {
    const row = (rows || []).find((r) => r[key] === code.trim());
    return row ? row.names[lang] : code.trim();
  }).join(say('list_comma'));
}

function strategiesSection() {
  const { strategies, tiers, lifecycle, segments } = summary;
  if (!strategies || !strategies.rows.length) return null;
  const rows = [...strategies.rows].sort((a, b) => (b.value_total || 0) - (a.value_total || 0) || b.size - a.size);
  const columns = [];
  if (rows.some((r) => r.segment !== '*')) columns.push({ head: say('col_segment'), cell: (r) => codeNames(r.segment, segments, 'code') });
  if (rows.some((r) => r.tier !== '*')) columns.push({ head: say('col_tier'), cell: (r) => codeNames(r.tier, tiers, 'tier') });
  if (rows.some((r) => r.lifecycle !== '*')) columns.push({ head: say('col_stage'), cell: (r) => codeNames(r.lifecycle, lifecycle, 'stage') });
  columns.push({ head: say('col_customers'), number: true, cell: (r) => count(r.size) });
  if (summary.value && hasShares(rows)) columns.push({ head: say('col_value_share'), number: true, cell: (r) => percent(r.value_share) });
  columns.push({ head: say('col_action'), class: 'acting', cell: (r) => r.texts[lang] });
  const idle = strategies.unset.reduce((sum, cell) => sum + cell.size, 0);
  return section('strategies', paragraph(say('intro_strategies')), table(say('section_strategies'), columns, rows),
    idle ? paragraph(say('strategies_unset', { n: count(idle) }), 'fine') : null);
}

function rulesSection() {
  const { rules } = summary;
  if (!rules) return null;
  return section('rules', paragraph(say('intro_rules')), rules.map((set) => {
    const known = own(RULE_SETS, set.set);
    const title = known ? pick(known) : set.set;
    return [make('h3', {}, title), gradeTable(title, say('col_class'), set.classes),
      paragraph(say('rules_rest', { none: count(set.none), unknown: count(set.unknown) }), 'fine')];
  }));
}

/* ---- The sweep over k ---- */

function sweepTable(clusters) {
  const inertia = alike(clusters.candidates.map((c) => c.inertia), 5);
  const ch = alike(clusters.candidates.map((c) => c.calinski_harabasz), 5);
  const mark = (c) => (c.k === clusters.k ? make('span', { class: 'mark' }, say('chosen_mark')) : null);
  return table(say('chart_sweep'), [
    { head: say('col_k'), cell: (c) => [String(c.k) + ' ', mark(c)] },
    { head: say('col_silhouette'), number: true, cell: (c) => fixed(3)(c.silhouette) },
    { head: say('col_inertia'), number: true, cell: (c) => inertia(c.inertia) },
    { head: say('col_ch'), number: true, cell: (c) => ch(c.calinski_harabasz) },
    { head: say('col_db'), number: true, cell: (c) => fixed(3)(c.davies_bouldin) },
    { head: say('col_smallest'), number: true, cell: (c) => percent(c.smallest_share) },
  ], clusters.candidates, { rowClass: (c) => (c.k === clusters.k ? 'chosen' : null) });
}

/* Of an apply: how many of these customers, and of those that the model was fitted on. */
function treeWords({ leaves, agreement, cost_ratio: ratio }) {
  if (summary.target) return say('target_tree');
  const now = summary.drift && summary.segments ? summary.drift.agreement_now : undefined;
  const key = !summary.drift ? 'tree_words' : typeof now === 'number' ? 'tree_words_now' : 'tree_words_then';
  return say(key, { leaves: count(leaves), agreement: percent(agreement), now: percent(now === undefined ? null : now),
    price: percentBy(ratio === null ? null : Math.max(0, ratio - 1), { maximumSignificantDigits: 2 }) });
}

/* Of whom, and by what, the sweep is, where it is beside the segments. */
function plainWords({ plain }) {
  if (!plain) return null;
  return paragraph(say(summary.customers === undefined ? 'plain_rows' : 'plain_customers', { rows: count(plain.rows), columns: count(plain.columns) }), 'fine');
}

function sweepSection() {
  const { clusters } = summary;
  if (!clusters) return null;
  const several = clusters.candidates.length > 1;
  if (clusters.evidence && several) {
    return section('sweep', summary.drift ? paragraph(say('of_fit', driftThen())) : null,
      paragraph(clusters.method === 'anchored'
        ? say('intro_judged_anchored', { places: say('drawn_' + (clusters.places || 'unknown')) }) : say('intro_judged')), plainWords(clusters), judgedSweep(clusters));
  }
  return section('sweep', summary.drift ? paragraph(say('of_fit', driftThen())) : null,
    paragraph(several ? say('intro_sweep') : say('intro_sweep_one', { k: clusters.k })),
    several ? plainWords(clusters) : null,
    several ? paragraph(lang === 'en' && clusters.choice ? clusters.choice : say('chosen', { k: clusters.k }), 'strong') : null,
    make('div', { class: 'beside' }, sweepTable(clusters),
      several ? figure(say('chart_sweep'), 320, sweepChart(clusters)) : null));
}

/* ---- Data quality ---- */

function rowsTable(tables) {
  const columns = [
    { head: say('col_table'), cell: ([name]) => say('table_' + name) },
    { head: say('col_read'), number: true, cell: ([, t]) => count(t.read) },
    { head: say('col_used'), number: true, cell: ([, t]) => count(t.used) },
    { head: say('col_rejected'), number: true, cell: ([, t]) => count(t.rejected) },
    { head: say('col_used_share'), class: 'bars', cell: ([, t]) => bar(t.read ? t.used / t.read : null, 'customers') },
  ];
  if (tables.some(([, t]) => t.orphans)) {
    columns.push({ head: say('col_orphans'), number: true, cell: ([, t]) => count(t.orphans) });
  }
  return table(say('section_quality'), columns, tables);
}

function rejectsTable(tables) {
  const kinds = Object.keys(tables[0][1].rejected_by).filter((kind) => tables.some(([, t]) => t.rejected_by[kind]));
  if (!kinds.length) return make('div', {}, make('h3', {}, say('rejects_title')), paragraph(say('none_rejected')));
  const columns = [{ head: say('col_kind'), cell: (kind) => say('reject_' + kind) }];
  tables.forEach(([name, t]) => columns.push({
    head: say('table_' + name), number: true, cell: (kind) => count(t.rejected_by[kind]) }));
  return make('div', {}, make('h3', {}, say('rejects_title')), table(say('rejects_title'), columns, kinds));
}

function filesTable(tables) {
  const files = tables.flatMap(([name, t]) => t.files.map((file) => ({ ...file, table: name })));
  return make('div', {}, make('h3', {}, say('files_title')), table(say('files_title'), [
    { head: say('col_file'), cell: (f) => f.name },
    { head: say('col_table'), cell: (f) => say('table_' + f.table) },
    { head: say('col_rows'), number: true, cell: (f) => count(f.rows) },
    { head: say('col_bytes'), number: true, cell: (f) => bytes(f.bytes) },
  ], files));
}

function understood(tables) {
  const lists = tables.filter(([, t]) => t.understood.length).map(([name, t]) => [
    make('h4', {}, say('table_' + name)), make('ul', {}, (t.understood_in ? t.understood_in[lang] : t.understood).map((line) => make('li', {}, line)))]);
  return lists.length ? folded(say('understood_title'), lists) : null;
}

function noteStage(stage) {
  return 'table_' + stage in STRINGS.en ? say('table_' + stage) : stageName(stage);
}

function notesList() {
  const { notes } = summary;
  if (!notes.length) return null;
  return [make('h3', {}, say('notes_title')),
    make('ul', { class: 'notes' }, notes.map((n) => make('li', {}, make('b', {}, noteStage(n.stage)), ' ' + (n.text_in ? n.text_in[lang] : n.text))))];
}

function qualitySection() {
  const tables = Object.entries(summary.rows);
  if (!tables.length) return section('quality', paragraph(say('intro_quality_none'), 'gone'), notesList());
  const rounded = tables.reduce((sum, [, t]) => sum + t.rounded, 0);
  return section('quality', paragraph(say('intro_quality')), rowsTable(tables),
    rounded ? paragraph(say('rounded', { n: count(rounded) })) : null,
    make('div', { class: 'halves' }, rejectsTable(tables), filesTable(tables)), understood(tables), notesList());
}

/* ---- How it was computed ---- */

/* An option's value as text; objects as "a 1, b 2". */
function optionText(value) {
  if (value === null) return NOTHING;
  if (typeof value === 'number') return format(value, { maximumSignificantDigits: 6, useGrouping: false });
  if (Array.isArray(value)) return value.map(optionText).join(', ') || NOTHING;
  if (typeof value === 'object') return Object.entries(value).map(([k, v]) => k + ' ' + optionText(v)).join(', ');
  return String(value);
}

function optionsTable() {
  const options = { ...(summary.features || {}).options, ...(summary.clusters || {}).options };
  if (!Object.keys(options).length) return null;
  return folded(say('options_title'), table(say('options_title'), [
    { head: say('col_setting'), cell: ([name]) => make('code', {}, name) },
    { head: '', number: true, cell: ([, value]) => optionText(value) },
  ], Object.entries(options)));
}

function settings() {
  const { features, clusters } = summary;
  const rows = [[say('set_version'), summary.version], [say('set_seed'), String(summary.seed)]];
  if (summary.as_of) {
    const from = summary.as_of_from && summary.as_of_from !== 'given' ? say('set_as_of_from', { table: say(`table_${summary.as_of_from}`) }) : '';
    rows.push([say('set_as_of'), from ? `${summary.as_of} (${from})` : summary.as_of]);
  }
  if (features) rows.push([say('set_vectors'), say('vectors', features)]);
  if (clusters) {
    rows.push([say('set_k'), String(clusters.k)], [say('set_columns'), count(clusters.columns)],
      [say(summary.drift ? 'set_silhouette_rows_then' : 'set_silhouette_rows'), count(clusters.silhouette_rows)]);
  }
  return [...rows, [say('set_kernel'), summary.kernel]];
}

/* Units of features, which are written in English; their definitions are in English alone. */
const UNITS_ZH = {
  days: '天', orders: '单', lines: '行', currency: '金额', units: '件', products: '种', nats: '奈特', share: '比例', visits: '次', minutes: '分钟',
  pages: '页', contacts: '次', complaints: '次', points: '分', probability: '概率', score: '得分', years: '年', interactions: '次', months: '个月',
};

function featuresTable() {
  const units = lang === 'zh' ? UNITS_ZH : {};
  const { features } = summary;
  if (!features) return null;
  return folded(say('features_title', { n: features.columns.length }), table(say('section_features'), [
    { head: say('col_feature'), cell: (f) => featureName(f.name) },
    { head: say('col_name'), cell: (f) => make('code', {}, f.name) },
    { head: say('col_group'), cell: (f) => say('group_' + f.group) },
    { head: say('col_unit'), cell: (f) => own(units, f.unit || '') || f.unit || '' },
    lang === 'en' && { head: say('col_definition'), cell: (f) => f.definition || '' },
  ].filter(Boolean), features.columns));
}

function computedSection() {
  const pair = (caption, head, last, rows) => table(caption, [
    { head, cell: ([name]) => name },
    { head: last, number: true, cell: ([, text]) => text },
  ], rows);
  const seconds = Object.entries(summary.seconds).map(([name, s]) => [stageName(name), fixed(2)(s)]);
  return section('computed', make('div', { class: 'beside' },
    pair(say('settings_title'), say('col_setting'), '', settings()),
    pair(say('seconds_title'), say('seconds_title'), say('col_seconds'), seconds)),
  optionsTable(), featuresTable());
}

/* ---- The page ---- */

function render() {
  dropCharts();
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  document.title = [titleOf(), summary.as_of].filter(Boolean).join(' · ') + ' · Tesela';
  const sections = [segmentsSection, targetSection, groupsSection, driftSection, successionSection, apartSection, descriptorsSection, tiersSection, lifecycleSection, churnSection, strategiesSection, rulesSection,
    evidenceSection, sweepSection, findingsSection,
    qualitySection, computedSection].map((build) => build()).filter(Boolean);
  document.getElementById('page').replaceChildren(
    make('a', { class: 'skip', href: '#content' }, say('skip')),
    masthead(sections),
    make('main', { id: 'content' }, sections),
    make('footer', {}, paragraph(say('footer', { version: summary.version }))));
  drawCharts();
  markScrolls();
}

/* Paper is white, whatever the screen is. */
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  drawCharts();
}

window.addEventListener('beforeprint', () => setTheme('light'));
window.addEventListener('afterprint', () => setTheme('screen'));
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawCharts);
window.addEventListener('resize', markScrolls);
render();
