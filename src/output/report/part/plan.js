/* plan.js: tier by stage of life, with what is to be done: how many, what they bring, which action. */
'use strict';

/* Stages in the order of a customer's life; those that are treated alike stand together. */
const COLUMNS = [
  ['acquire', ['potential']],
  ['develop', ['new', 'reactivated']],
  ['maintain', ['active', 'mature']],
  ['at_risk', ['at_risk']],
  ['lost', ['lost']],
];

const matches = (codes, code) => codes === '*' || codes.split('|').some((one) => one.trim() === code);

/* The actions of a cell, those of most customers first. */
function actionsOf(tier, stages) {
  const rows = ((summary.strategies || {}).rows || []).filter((row) => row.size && matches(row.tier, tier) && stages.some((stage) => matches(row.lifecycle, stage)));
  /* A row of several tiers or stages has the size of all of them: behind those of this cell alone. */
  const exact = (row) => (row.tier === '*' || row.lifecycle === '*' || /\|/.test(row.tier + row.lifecycle) ? 0 : 1);
  return [...new Set(rows.sort((a, b) => exact(b) - exact(a) || b.size - a.size).map((row) => row.texts[lang]))];
}

/* Customers and value of a tier in some stages. */
function cellOf(tier, stages) {
  return summary.lifecycle
    .filter((row) => stages.includes(row.stage) && row.tiers)
    .map((row) => row.tiers[tier] || [null, null])
    .reduce(([n, value], [size, worthOf]) => [sumOf([n, size]), sumOf([value, size === 0 ? 0 : worthOf])], [0, 0]);
}

function planColumns() {
  const stage = (code) => summary.lifecycle.find((row) => row.stage === code);
  return COLUMNS.map(([code, stages]) => ({ code, stages: stages.filter(stage), rows: stages.map(stage).filter((row) => row && row.size !== 0) })).filter(
    (c) => c.rows.length,
  );
}

function isCalled(tier, column) {
  return (summary.first || []).some((step) => step.kind === 'call' && step.tiers.includes(tier.tier) && column.stages.includes(step.stage));
}

function planCell(tier, at, column, most, show) {
  const [n, value] = cellOf(at, column.stages);
  const head = say('plan_' + column.code);
  if (n === 0) return make('td', { class: 'nobody', 'data-head': head }, NOTHING);
  const actions = actionsOf(
    tier.tier,
    column.rows.map((row) => row.stage),
  );
  return make(
    'td',
    { class: isCalled(tier, column) ? 'call' : null, 'data-head': head, '--shade': n === null ? 0 : ((0.19 * Math.max(0, value)) / most).toFixed(3) },
    make('b', {}, count(n)),
    summary.value && n !== null ? make('span', { class: 'worth' }, show(value)) : null,
    actions.length ? make('em', {}, actions[0]) : null,
  );
}

/* What the stages of a column are called, where that is not the column's own name. */
function stagesOf({ code, rows }) {
  const names = rows.map((row) => row.names[lang]).join(say('list_comma'));
  return names === say('plan_' + code) ? '' : names;
}

function planTable(columns) {
  const { tiers } = summary;
  const cells = tiers.map((tier, at) => columns.map((column) => cellOf(at, column.stages)));
  const most = Math.max(1e-9, ...cells.flat().map(([, value]) => value));
  const filled = tiers.map((tier, i) => i).filter((i) => tiers[i].size !== 0);
  return table(
    say('nav_plan'),
    [
      {
        head: say('col_tier'),
        cell: (i) => [
          make('b', {}, tiers[i].names[lang]),
          make('small', {}, summary.value ? `${count(tiers[i].size)} · ${worth(tiers[i].value_total)}` : count(tiers[i].size)),
        ],
      },
      ...columns.map((column) => ({ head: [make('b', {}, say('plan_' + column.code)), stagesOf(column)], cell: (i) => planCell(tiers[i], i, column, most, worth) })),
    ],
    filled,
    { kind: 'plan' },
  );
}

/* "vip|gold" by what these are called; all of them by a word. */
function codeNames(codes, rows, key) {
  if (codes === '*') return say('all_of_them');
  return codes
    .split('|')
    .map((code) => {
      const row = (rows || []).find((r) => r[key] === code.trim());
      return row ? row.names[lang] : code.trim();
    })
    .join(say('list_comma'));
}

/* The whole table of strategies: those of most value first. */
function strategiesTable() {
  const { strategies, tiers, lifecycle, segments } = summary;
  const rows = [...strategies.rows].sort((a, b) => (b.value_total || 0) - (a.value_total || 0) || b.size - a.size);
  const part = (key, head, list, code) => (rows.some((r) => r[key] !== '*') ? [{ head: say(head), cell: (r) => codeNames(r[key], list, code) }] : []);
  return table(
    say('plan_title'),
    [
      ...part('segment', 'col_segment', segments, 'code'),
      ...part('tier', 'col_tier', tiers, 'tier'),
      ...part('lifecycle', 'col_stage', lifecycle, 'stage'),
      { head: say('customers'), number: true, cell: (r) => count(r.size) },
      ...(summary.value && hasShares(rows) ? [{ head: say('col_value_share', { value: valueWord() }), number: true, cell: (r) => percent(r.value_share) }] : []),
      { head: say('col_action'), class: 'text', cell: (r) => r.texts[lang] },
    ],
    rows,
  );
}

function strategiesNote() {
  const { strategies } = summary;
  const idle = strategies ? strategies.unset.reduce((sum, cell) => sum + cell.size, 0) : 0;
  return idle ? say('strategies_unset', { n: count(idle) }) : '';
}

/* The same stages in few groups, where a group has several. */
function phasesTable() {
  const { lifecycle, lifecycle_phases: phases = [] } = summary;
  const stages = (phase) => lifecycle.filter((row) => row.phase === phase.phase && row.size).map((row) => row.names[lang]);
  if (!phases.some((phase) => stages(phase).length > 1)) return null;
  const list = phases.filter((phase) => phase.size).map((phase) => say('phase_one', { name: phase.names[lang], list: stages(phase).join(say('list_comma')) }));
  return [
    make('h3', {}, say('phases')),
    paragraph(say('phases_words', { list: list.join(say('list_semicolon')) }), 'note'),
    gradeTable(say('phases'), say('col_phase'), phases),
  ];
}

function planFinding() {
  const { first = [], lifecycle } = summary;
  const call = first.find((step) => step.kind === 'call');
  if (call && typeof call.size === 'number' && typeof call.value === 'number')
    return say(call.stage !== 'at_risk' ? 'plan_call' : call.size === 1 ? 'plan_call_risk_one' : 'plan_call_risk', {
      n: countWords(call.size),
      tiers: tierNames(call.tiers),
      value: worth(call.value),
      stage: stageNameOf(call.stage),
    });
  const filled = lifecycle.filter((row) => row.size);
  if (filled.length === 1) return say('all_in_one', { name: filled[0].names[lang] });
  const risk = lifecycle.find((row) => row.stage === 'at_risk' && row.size);
  return risk ? say('plan_risk', { n: countWords(risk.size), share: percentWords(risk.share) }) : say('plan_title');
}

function rhythm() {
  const { gap_p90_days: gap } = summary;
  return typeof gap === 'number' ? say('plan_rhythm', { days: days(gap) }) : say('plan_rhythm_plain');
}

function planSection() {
  const { lifecycle, tiers, segments, strategies } = summary;
  if (!segments || !lifecycle) return null;
  const columns = planColumns();
  const crossed = tiers && columns.length > 1 && lifecycle.every((row) => row.tiers);
  const stages = gradeTable(say('stages_title'), say('col_stage'), lifecycle);
  return section(
    'plan',
    planFinding(),
    [crossed ? say(strategies ? 'plan_lede' : 'plan_lede_plain', { value: valueWord() }) : '', rhythm()].filter(Boolean).join(say('sentence_gap')),
    make(
      'div',
      { class: 'fig' },
      crossed ? planTable(columns) : stages,
      strategiesNote() ? paragraph(strategiesNote(), 'note') : null,
      details(
        say('plan_more'),
        crossed ? stages : null,
        phasesTable(),
        segments.length > 1 ? crossTable(say('cross_stages'), lifecycle, 'lifecycle', 'stage') : null,
        strategies && strategies.rows.length ? strategiesTable() : null,
      ),
    ),
  );
}
