/* drift.js: the section of a run that applied an earlier one's model: whether it still fits. It is there only where the
 * summary tells of it. */
'use strict';

const PSI_SHIFTED = 0.1; /* the marks of the index, as in the summary's levels */
const PSI_DRIFTED = 0.25;
const PSI_MOST = 1; /* where bars end */
const DRIFT_SHOWN = 12;

function driftCount(n) {
  const keys = summary.customers === undefined ? ['drift_row', 'drift_rows'] : ['drift_customer', 'drift_customers'];
  return say(keys[n === 1 ? 0 : 1], { n: count(n) });
}

/* The customers, or rows, that the model was fitted on. */
function driftThen() {
  return { then: driftCount(summary.drift.customers_then) };
}

/* What the model has, by whether it was fitted anew to these customers. */
function driftParts({ parts }) {
  const scored = columnOf('rfm_score') !== undefined;
  const has = { rfm: scored, tiers: summary.tiers, lifecycle: summary.lifecycle, names: summary.segments };
  const named = (what) =>
    Object.keys(parts)
      .filter((part) => has[part] && parts[part] === what)
      .map((part) => say('part_' + part));
  const anew = named('fitted');
  return (
    say('drift_kept', { parts: joinNames([say('part_recipe'), say('part_clusters'), ...named('frozen')]) }) +
    (anew.length ? say('sentence_gap') + say('drift_anew', { parts: joinNames(anew) }) : '')
  );
}

/* An index below a mark is not rounded up to it. */
function psiText(psi, digits = 3) {
  if (typeof psi !== 'number') return NOTHING;
  const half = 0.5 / 10 ** digits;
  const under = [PSI_SHIFTED, PSI_DRIFTED].some((mark) => psi < mark && psi >= mark - half);
  return fixed(digits)(under ? psi - half : psi);
}

function driftSegmentsTable(segments) {
  const distance = alike(
    segments.flatMap((s) => [s.distance_then, s.distance_now]),
    3,
  );
  return table(
    say('drift_segments'),
    [
      { head: say('col_segment'), cell: labelled },
      { head: say('col_size_then'), number: true, cell: (s) => count(s.size_then) },
      { head: say('col_size_now'), number: true, cell: (s) => count(s.size_now) },
      { head: say('col_share_then'), number: true, cell: (s) => percent(s.share_then) },
      { head: say('col_share_now'), number: true, cell: (s) => percent(s.share_now) },
      { head: say('col_change'), number: true, cell: (s) => signed((s.share_now - s.share_then) * 100) },
      { head: say('col_distance_then'), number: true, cell: (s) => distance(s.distance_then) },
      { head: say('col_distance_now'), number: true, cell: (s) => distance(s.distance_now) },
    ],
    segments,
  );
}

/* The segments taken together. */
function driftTogether(drift) {
  const reading = (level) => (level ? say('level_' + level) : NOTHING);
  const distance = alike([drift.distance_then, drift.distance_now], 3);
  return paragraph(
    say('drift_together', {
      psi: psiText(drift.segments_psi),
      sizes: reading(drift.segments_level),
      then: distance(drift.distance_then),
      now: distance(drift.distance_now),
      distances: reading(drift.distance_level),
    }),
    'note',
  );
}

function driftLevel(f) {
  return f.level ? make('span', { class: 'level ' + f.level }, say('level_' + f.level)) : NOTHING;
}

function driftFeaturesTable(caption, features) {
  return table(
    caption,
    [
      { head: say('col_feature'), cell: (f) => featureName(f.name) },
      { head: say('col_psi'), number: true, cell: (f) => psiText(f.psi) },
      { head: say('col_limit'), number: true, cell: (f) => fixed(3)(f.psi_limit) },
      { head: say('col_reading'), cell: driftLevel },
      { head: say('col_missing_then'), number: true, cell: (f) => percent(f.missing_then) },
      { head: say('col_missing_now'), number: true, cell: (f) => percent(f.missing_now) },
      { head: say('col_outside'), number: true, cell: (f) => percent(f.outside) },
    ],
    features,
  );
}

/* Bars with the two marks, named above. */
function psiPicture(features) {
  return (width) => {
    const row = 26;
    const labels = Math.min(width * 0.45, 10 + Math.max(...features.map((f) => textWidth(featureName(f.name)))));
    const names = features.map((f) => wrap(featureName(f.name), labels - 10));
    const most = Math.min(PSI_MOST, Math.max(0.4, ...features.map((f) => (f.psi || 0) * 1.1)));
    const plot = width - labels - 48;
    const x = (psi) => labels + (Math.min(psi, most) / most) * plot;
    let y = 26;
    const bars = features.map((f, i) => {
      const height = Math.max(row, names[i].length * 15 + 8);
      const middle = y + height / 2;
      y += height;
      return [
        names[i].map((line, j) => text(labels - 8, middle + 4.5 + (j - (names[i].length - 1) / 2) * 15, line, null, 'end')),
        told(
          draw(
            'g',
            {},
            draw('rect', {
              class: 'hit',
              x: labels,
              y: middle - 8,
              width: r1(Math.max(1, x(f.psi || 0) - labels)),
              height: 16,
              fill: f.level === 'drifted' ? 'var(--ink)' : 'var(--bar)',
            }),
            text(x(f.psi || 0) + 6, middle + 4.5, psiText(f.psi), 'little'),
          ),
          [featureName(f.name), `${say('col_psi')}: ${psiText(f.psi)}`, f.level ? say('level_' + f.level) : ''],
        ),
      ];
    });
    const mark = (psi, level, at) => [
      draw('line', { x1: r1(x(psi)), x2: r1(x(psi)), y1: 20, y2: y, stroke: 'var(--soft)', 'stroke-dasharray': '3 4' }),
      text(x(psi), 14, say('mark_' + level, { psi: format(psi) }), 'soft little', at),
    ];
    return picture(width, y + 4, say('chart_psi'), mark(PSI_SHIFTED, 'shifted', 'end'), mark(PSI_DRIFTED, 'drifted', 'start'), bars);
  };
}

function driftFeatures({ features }) {
  const moved = (list) => [...list].sort((a, b) => (typeof b.psi === 'number' ? b.psi : -1) - (typeof a.psi === 'number' ? a.psi : -1));
  const shown = moved(features.filter((f) => f.used)).slice(0, DRIFT_SHOWN);
  if (!shown.length) return [];
  const all = say('drift_all', { n: count(features.length) });
  return [
    make('h3', {}, say('drift_features')),
    paragraph(say('drift_features_words'), 'note'),
    make(
      'div',
      { class: 'fig' },
      chart(psiPicture(shown)),
      shown.some((f) => f.psi > PSI_MOST) ? paragraph(say('drift_cut', { psi: format(PSI_MOST) }), 'note') : null,
      driftFeaturesTable(say('drift_features'), shown),
      paragraph(say('drift_columns'), 'note'),
    ),
    features.length > shown.length ? details(all, driftFeaturesTable(all, moved(features))) : null,
  ];
}

function driftSection() {
  const { drift } = summary;
  if (!drift) return null;
  const { customers_then: then, customers_now: now, unseen_values: unseen } = drift;
  const intro = [
    say('drift_of', { then: driftCount(then), now: driftCount(now) }),
    driftParts(drift),
    unseen ? say(unseen === 1 ? 'drift_unseen_one' : 'drift_unseen', { n: count(unseen) }) : '',
  ]
    .filter(Boolean)
    .join(say('sentence_gap'));
  return section(
    'drift',
    sentence(drift.sentence[lang]),
    intro,
    make('h3', {}, say('drift_segments')),
    paragraph(say('drift_segments_words'), 'note'),
    drift.segments ? [driftSegmentsTable(drift.segments), driftTogether(drift)] : null,
    driftFeatures(drift),
  );
}
