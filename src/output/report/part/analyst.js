/* analyst.js: the part for those who look closer, folded until it is asked for: every feature by segment, the rules, the
 * tree, the sweep, and what else was computed. */
'use strict';

/* ---- Every feature by segment ---- */

function heatCell(show, cell, all) {
  if (typeof cell.mean !== 'number') return make('span', { class: 'cell' }, NOTHING);
  if (isSkewed(cell, all)) {
    return make('span', { class: 'cell', title: say('skewed_words', { effect: signed(cell.effect) }) }, show(cell.mean), make('small', {}, signed(cell.effect) + '*'));
  }
  const strength = Math.min(1, Math.abs(cell.effect || 0) / 2);
  return make(
    'span',
    {
      class: 'cell ' + (cell.effect >= 0 ? 'above' : 'below'),
      '--strength': strength.toFixed(3),
      title: typeof cell.effect === 'number' ? say('effect', { effect: signed(cell.effect) }) : null,
    },
    show(cell.mean),
    typeof cell.effect === 'number' ? make('small', {}, signed(cell.effect)) : null,
  );
}

/* Those of the profile first; then all others, as the summary has them. */
function allFeatures() {
  const { profile = [], means = [] } = summary;
  return [
    ...profile,
    ...means.filter(({ name }) => !profile.some((f) => f.name === name)).map((f) => ({ ...f, unit: (columnOf(f.name) || {}).unit, form: (columnOf(f.name) || {}).form })),
  ];
}

function heatPart() {
  const { segments } = summary;
  if (!segments || segments.length === 1) return null;
  const features = allFeatures();
  if (!features.length) return null;
  const show = features.map((f) => featureFormat(f, [f.mean_all, ...f.segments.map((cell) => cell.mean)]));
  return [
    paragraph(say('heat_words'), 'note'),
    table(
      say('part_title_heat'),
      [
        { head: say('col_feature'), cell: (f) => make('span', { title: f.name }, featureName(f.name)) },
        ...segments.map((s, i) => ({ head: segmentName(i), cell: (f, row) => heatCell(show[row], f.segments[i], f.mean_all) })),
        { head: say('col_all'), cell: (f, row) => show[row](f.mean_all) },
      ],
      features,
      { kind: 'heat' },
    ),
  ];
}

/* ---- The rules ---- */

function rulesPart() {
  const { segments, clusters } = summary;
  if (!segments || segments.length === 1 || !segments.some((s) => s.rule)) return null;
  const lift = (s) => (typeof s.precision === 'number' && s.share ? s.precision / s.share : null);
  return [
    clusters && clusters.tree ? paragraph(treeWords(clusters.tree), 'note') : null,
    table(
      say('part_title_rules'),
      [
        { head: say('col_segment'), cell: (s, i) => segmentName(i) },
        {
          head: say('col_rule'),
          class: 'text',
          cell: (s) => [s.rule ? capital(s.rules[lang]) : NOTHING, s.condition ? make('small', {}, make('code', {}, s.condition)) : null],
        },
        { head: say('col_precision'), number: true, cell: (s) => percent(s.precision) },
        { head: say('col_coverage'), number: true, cell: (s) => percent(s.coverage) },
        { head: say('col_lift'), number: true, cell: (s) => fixed(1)(lift(s)) },
      ],
      segments,
    ),
    paragraph(say('rules_reading'), 'note'),
  ];
}

/* ---- How sure ---- */

function confidencePart() {
  const { segments } = summary;
  if (!segments || segments.length === 1) return null;
  return [
    paragraph(say(summary.target ? 'target_confidence' : 'confidence_words'), 'note'),
    table(
      say('part_title_confidence'),
      [
        { head: say('col_segment'), cell: (s, i) => segmentName(i) },
        { head: say('col_code'), cell: (s) => make('code', {}, s.code) },
        { head: say('customers'), number: true, cell: (s) => count(s.size) },
        { head: say('col_confidence'), number: true, cell: (s) => fixed(2)(s.confidence_mean) },
      ],
      segments,
    ),
  ];
}

const PARTS = [
  ['heat', heatPart],
  ['rules', rulesPart],
  ['tree', () => treePart()],
  ['confidence', confidencePart],
  ['sweep', sweepPart],
  ['churn', churnPart],
  ['rfm', rfmPart],
];

function analystSection() {
  if (settings.audience === 'executive') return null;
  const parts = PARTS.map(([key, build]) => [key, build()]).filter(([, built]) => built);
  if (!parts.length) return null;
  const built = section(
    'analyst',
    say('analyst_title'),
    say('analyst_lede'),
    parts.map(([key, part]) => {
      const box = folded(say('part_title_' + key), part);
      box.id = 'part-' + key;
      return box;
    }),
  );
  built.classList.add('analyst');
  return built;
}
