/* drift.js: the section of a run that applied an earlier one's model: whether it
 * still fits. It is there only where the summary tells of it. */
'use strict';

const PSI_SHIFTED = 0.1; /* the marks of the index, as in the summary's levels */
const PSI_DRIFTED = 0.25;
const PSI_MOST = 1; /* where bars end */
const DRIFT_SHOWN = 12;

/* The summary's sentence, as one that stands by itself. */
function driftSentence({ sentence }) {
  return sentence[lang].replace(/^[a-z]/, (letter) => letter.toUpperCase()) + say('full_stop');
}

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
  const scored = ((summary.features || {}).columns || []).some((column) => column.name === 'rfm_score');
  const has = { rfm: scored, tiers: summary.tiers, lifecycle: summary.lifecycle, names: summary.segments };
  const named = (what) => Object.keys(parts).filter((part) => has[part] && parts[part] === what).map((part) => say('part_' + part));
  const anew = named('fitted');
  return say('drift_kept', { parts: joinNames([say('part_recipe'), say('part_clusters'), ...named('frozen')]) }) +
    (anew.length ? say('sentence_gap') + say('drift_anew', { parts: joinNames(anew) }) : '');
}

/* An index below a mark is not rounded up to it. */
function psiText(psi) {
  const under = [PSI_SHIFTED, PSI_DRIFTED].some((mark) => psi < mark && psi >= mark - 0.0005);
  return fixed(3)(under ? psi - 0.0005 : psi);
}

function driftSegmentsTable(segments) {
  const distance = alike(segments.flatMap((s) => [s.distance_then, s.distance_now]), 3);
  return table(say('drift_segments'), [
    { head: say('col_segment'), cell: segmentName },
    { head: say('col_size_then'), number: true, cell: (s) => count(s.size_then) },
    { head: say('col_size_now'), number: true, cell: (s) => count(s.size_now) },
    { head: say('col_share_then'), class: 'bars', cell: (s) => bar(s.share_then, 'then') },
    { head: say('col_share_now'), class: 'bars', cell: (s) => bar(s.share_now, 'customers') },
    { head: say('col_change'), number: true, cell: (s) => signed((s.share_now - s.share_then) * 100) },
    { head: say('col_distance_then'), number: true, cell: (s) => distance(s.distance_then) },
    { head: say('col_distance_now'), number: true, cell: (s) => distance(s.distance_now) },
  ], segments);
}

/* The segments taken together. */
function driftTogether(drift) {
  const reading = (level) => (level ? say('level_' + level) : NOTHING);
  const distance = alike([drift.distance_then, drift.distance_now], 3);
  return paragraph(say('drift_together', {
    psi: drift.segments_psi === null ? NOTHING : psiText(drift.segments_psi), sizes: reading(drift.segments_level),
    then: distance(drift.distance_then), now: distance(drift.distance_now), distances: reading(drift.distance_level),
  }));
}

function driftFeaturesTable(caption, features) {
  return table(caption, [
    { head: say('col_feature'), cell: (f) => featureName(f.name) },
    { head: say('col_psi'), number: true, cell: (f) => psiText(f.psi) },
    { head: say('col_limit'), number: true, cell: (f) => fixed(3)(f.psi_limit) },
    { head: say('col_level'), class: 'reading', cell: (f) => (f.level ? make('span', { class: 'level ' + f.level }, say('level_' + f.level)) : NOTHING) },
    { head: say('col_missing_then'), number: true, cell: (f) => percent(f.missing_then) },
    { head: say('col_missing_now'), number: true, cell: (f) => percent(f.missing_now) },
    { head: say('col_outside'), number: true, cell: (f) => percent(f.outside) },
  ], features);
}

/* The two marks, named, from top to bottom. */
const psiMarks = {
  id: 'marks',
  afterDatasetsDraw({ ctx, chartArea, scales, width }) {
    const mark = (psi, level, place) => {
      const x = scales.x.getPixelForValue(psi);
      const words = say('mark_' + level, { psi: format(psi) });
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top - 4);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      ctx.fillText(words, place(x, ctx.measureText(words).width), chartArea.top - 9);
    };
    ctx.save();
    ctx.font = '12px ' + Chart.defaults.font.family;
    ctx.fillStyle = ctx.strokeStyle = colour('--ink-soft');
    ctx.setLineDash([3, 4]);
    mark(PSI_SHIFTED, 'shifted', (x, length) => Math.max(0, x - length));
    mark(PSI_DRIFTED, 'drifted', (x, length) => Math.min(x, width - length));
    ctx.restore();
  },
};

function psiChart(features) {
  const paint = { stable: '--ink-soft', shifted: '--seg-3', drifted: '--value' };
  const greatest = Math.max(...features.map((f) => f.psi || 0));
  return () => ({
    type: 'bar',
    data: {
      labels: features.map((f) => featureName(f.name)),
      datasets: [{
        label: say('col_psi'), data: features.map((f) => (f.psi === null ? null : Math.min(f.psi, PSI_MOST))),
        backgroundColor: features.map((f) => colour(paint[f.level] || paint.stable)), borderRadius: 2, barPercentage: 0.72,
      }],
    },
    options: {
      indexAxis: 'y',
      layout: { padding: { top: 20 } },
      scales: {
        x: { min: 0, max: Math.min(PSI_MOST, Math.max(0.4, greatest * 1.1)), ticks: { callback: (v) => format(v, { maximumFractionDigits: 2 }) },
          grid: { drawBorder: false } },
        y: {
          grid: { display: false },
          ticks: { autoSkip: false, color: colour('--ink'),
            callback: (v) => shorten(featureName(features[v].name), innerWidth < 700 ? 16 : 44) },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: { callbacks: { label: (at) => say('col_psi') + ': ' + psiText(features[at.dataIndex].psi) } },
      },
    },
    plugins: [psiMarks],
  });
}

function driftFeatures({ features }) {
  const moved = (list) => [...list].sort((a, b) => (b.psi === null ? -1 : b.psi) - (a.psi === null ? -1 : a.psi));
  const shown = moved(features.filter((f) => f.used)).slice(0, DRIFT_SHOWN);
  if (!shown.length) return [];
  return [make('h3', {}, say('drift_features')), paragraph(say('drift_features_words')),
    figure(say('chart_psi'), 70 + 26 * shown.length, psiChart(shown)),
    shown.some((f) => f.psi > PSI_MOST) ? paragraph(say('drift_cut', { psi: format(PSI_MOST) }), 'fine') : null,
    driftFeaturesTable(say('drift_features'), shown), paragraph(say('drift_columns'), 'fine'),
    features.length > shown.length ? folded(say('drift_all', { n: count(features.length) }),
      driftFeaturesTable(say('drift_all', { n: count(features.length) }), moved(features))) : null];
}

function driftSection() {
  const { drift } = summary;
  if (!drift) return null;
  const { customers_then: then, customers_now: now, unseen_values: unseen } = drift;
  return section('drift', paragraph(driftSentence(drift), 'strong'),
    paragraph(say('drift_of', { then: driftCount(then), now: driftCount(now) }) + say('sentence_gap') + driftParts(drift)),
    unseen ? paragraph(say(unseen === 1 ? 'drift_unseen_one' : 'drift_unseen', { n: count(unseen) })) : null,
    make('h3', {}, say('drift_segments')), paragraph(say('drift_segments_words')), driftSegmentsTable(drift.segments), driftTogether(drift),
    driftFeatures(drift));
}
