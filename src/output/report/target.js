/* target.js: the section of segments that are the leaves of a tree of a target:
 * honest estimates of each. It is there only where the summary tells of it. */
'use strict';

/* How means of the target are printed. */
function targetFormat({ name, days: ahead, ...all }, segments) {
  const values = [all.mean, ...segments.flatMap((s) => [s.mean, s.low, s.high])].filter((value) => value !== null);
  const column = ((summary.features || {}).columns || []).find((c) => c.name === name);
  return ahead ? money(values) : column ? meanFormat(column, values) : alike(values, 3);
}

function targetWords({ label, cut, days: ahead, told, structure_rows: grown, rows, left_out: left }) {
  const means = { target: label[lang], grown: count(grown), rows: count(rows) };
  return [ahead ? say('target_next', { ...means, cut: day(cut), days: days(ahead) }) : say('target_words', means),
    told === null ? '' : say(told > 0 ? 'target_told' : 'target_misled', { told: percent(told) }),
    left.length ? say('target_left', { list: joinNames(left.map(featureName)) }) : ''].filter(Boolean).join(say('sentence_gap'));
}

function targetSection() {
  const { target, segments } = summary;
  if (!target || !segments) return null;
  const show = targetFormat(target, target.segments);
  const place = (row) => segments.findIndex((s) => s.segment === row.segment);
  return section('target', paragraph(targetWords(target)), table(say('section_target'), [
    { head: say('col_segment'), cell: (row) => segmentName(segments[place(row)], place(row)) },
    { head: say('col_estimated'), number: true, cell: (row) => count(row.rows) },
    { head: say('col_estimate'), number: true, cell: (row) => withRange(show, row.mean, row.low, row.high) },
    { head: say('col_rule'), cell: (row) => segments[place(row)].rules[lang] },
  ], target.segments, { foot: [say('total'), count(target.rows), withRange(show, target.mean, target.low, target.high), ''] }));
}
