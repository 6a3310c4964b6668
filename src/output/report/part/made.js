/* made.js: how all this was made, so that it can be made again. */
'use strict';

/* An option's value as text; objects as "a 1, b 2". */
function optionText(value) {
  if (value === null) return NOTHING;
  if (typeof value === 'number') return format(value, { maximumSignificantDigits: 6, useGrouping: false });
  if (Array.isArray(value)) return value.map(optionText).join(', ') || NOTHING;
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([k, v]) => k + ' ' + optionText(v))
      .join(', ');
  return String(value);
}

function optionsTable() {
  const options = { ...(summary.features || {}).options, ...(summary.clusters || {}).options };
  if (!Object.keys(options).length) return null;
  return details(
    say('options_title'),
    table(
      say('options_title'),
      [
        { head: say('col_setting'), cell: ([name]) => make('code', {}, name) },
        { head: say('col_chosen'), class: 'text', cell: ([, value]) => optionText(value) },
      ],
      Object.entries(options),
    ),
  );
}

function featuresTable() {
  const { features } = summary;
  if (!features) return null;
  return details(
    say('features_title', { n: count(features.columns.length) }),
    table(
      say('features_table'),
      [
        { head: say('col_feature'), cell: (f) => featureName(f.name) },
        { head: say('col_name'), cell: (f) => make('code', {}, f.name) },
        { head: say('col_group'), cell: (f) => say('group_' + f.group) },
        { head: say('col_unit'), cell: (f) => known('unit_', f.unit) || f.unit || '' },
        { head: say('col_definition'), class: 'text', cell: (f) => (f.definition_in ? f.definition_in[lang] : f.definition) || '' },
      ],
      features.columns,
    ),
  );
}

function secondsTable() {
  return details(
    say('seconds_title'),
    table(
      say('seconds_title'),
      [
        { head: say('seconds_what'), cell: ([name]) => known('stage_', name) || name },
        { head: say('col_seconds'), number: true, cell: ([, seconds]) => fixed(2)(seconds) },
      ],
      Object.entries(summary.seconds),
    ),
  );
}

/* ---- In words ---- */

/* How the clusters were found, on what. */
function clustersWords() {
  const { clusters } = summary;
  const { basis, placed, places = 'unknown', set_apart: apart, method } = clusters;
  const columns =
    basis && basis.columns && basis.columns.length <= 6
      ? joinNames(basis.columns.map((c) => (c.label ? c.label[lang] : featureName(c.name))))
      : say('made_columns', { n: count(clusters.columns) });
  return [
    summary.target
      ? say('made_target')
      : say(method === 'anchored' || placed ? 'made_anchored' : 'made_kmeans', { columns, places: known('drawn_', places) || places, k: clusters.k }),
    apart ? say('made_apart') : '',
  ]
    .filter(Boolean)
    .join(say('sentence_gap'));
}

function numberedWords() {
  const { segments, drift, clusters, value } = summary;
  if (!segments || segments.length === 1) return '';
  const { placed, places = 'unknown', set_apart: apart } = clusters || {};
  return [say(drift ? 'numbered_fit' : placed ? 'placed_' + places : value ? 'numbered_value' : 'numbered_size'), apart ? say('numbered_apart') : '']
    .filter(Boolean)
    .join(say('sentence_gap'));
}

/* "18 behavioral and 5 value columns." */
function vectorsWords(features) {
  const groups = ['demographic', 'behavioral', 'value'].filter((group) => features[group]);
  return say('made_vectors', { list: joinNames(groups.map((group) => say('made_' + group, { n: count(features[group]) }))) });
}

function asOfWords() {
  const from = summary.as_of_from && summary.as_of_from !== 'given' ? say('made_as_of_from', { table: say('table_' + summary.as_of_from) }) : '';
  return summary.as_of ? say('made_as_of', { day: day(summary.as_of) }) + from + say('full_stop') : '';
}

/* What customers go by, who is left out and what is hidden. */
function privacyWords() {
  const { pseudonyms, suppressed, min_cell: least } = summary.privacy || {};
  return [
    say('made_privacy_words'),
    pseudonyms ? say('made_pseudonyms', { key: pseudonyms }) : '',
    suppressed ? say('made_suppressed', { n: count(suppressed.ids), found: count(suppressed.found) }) : '',
    least ? say('hidden_cells', { n: count(least) }) : '',
  ]
    .filter(Boolean)
    .join(say('sentence_gap'));
}

function madeParts() {
  const { clusters, next, history, features, segments } = summary;
  return [
    clusters ? ['made_segments', [clustersWords(), numberedWords()].filter(Boolean).join(say('sentence_gap'))] : null,
    summary.as_of ? ['made_day', asOfWords()] : null,
    next && segments ? ['made_next', say(next.refitted ? 'made_next_refitted' : 'made_next_applied', { cut: day(next.cut), until: day(dayBefore(next.until)) })] : null,
    history ? ['made_history', say('made_history_words')] : null,
    features ? ['made_features', vectorsWords(features) + (summary.target ? '' : say('sentence_gap') + say('made_confidence'))] : null,
    ['made_privacy', privacyWords()],
    ['made_again', say('made_again_words', { version: summary.version, seed: summary.seed, kernel: summary.kernel })],
  ].filter(Boolean);
}

function madeSection() {
  return section(
    'made',
    say('nav_made'),
    null,
    make(
      'dl',
      { class: 'how' },
      madeParts().map(([key, words]) => make('div', {}, make('dt', {}, say(key)), make('dd', {}, words))),
    ),
    featuresTable(),
    optionsTable(),
    secondsTable(),
  );
}
