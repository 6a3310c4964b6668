/* target.js: the section of segments that are the leaves of a tree of a target:
 * honest estimates of each. It is there only where the summary tells of it. */
'use strict';

/* How means of the target are printed. */
function targetFormat({ name, days: ahead, ...all }, segments) {
  const values = [all.mean, ...segments.flatMap((s) => [s.mean, s.low, s.high])].filter((value) => value !== null);
  const column = columnOf(name);
  return ahead ? money : column ? featureFormat(column, values) : alike(values, 3);
}

function targetWords({ label, cut, days: ahead, told: share, structure_rows: grown, rows, left_out: left }) {
  const means = { target: label[lang], grown: count(grown), rows: count(rows) };
  return [
    ahead ? say('target_next', { ...means, cut: day(cut), days: days(ahead) }) : say('target_words', means),
    share === null ? '' : say(share > 0 ? 'target_told' : 'target_misled', { told: percent(share) }),
    left.length ? say('target_left', { list: joinNames(left.map((name) => featureName(name))) }) : '',
  ]
    .filter(Boolean)
    .join(say('sentence_gap'));
}

function targetSection() {
  const { target, segments } = summary;
  if (!target || !segments) return null;
  const show = targetFormat(target, target.segments);
  return section(
    'target',
    say('nav_target'),
    targetWords(target),
    make(
      'div',
      { class: 'fig' },
      table(
        say('nav_target'),
        [
          { head: say('col_segment'), cell: (row) => segmentName(placeOf(row.segment)) },
          { head: say('col_estimated'), number: true, cell: (row) => count(row.rows) },
          { head: say('col_estimate'), number: true, cell: (row) => withRange(show, row.mean, row.low, row.high) },
          { head: say('col_rule'), class: 'text', cell: (row) => segments[placeOf(row.segment)].rules[lang] },
        ],
        target.segments,
        { foot: [say('total'), count(target.rows), withRange(show, target.mean, target.low, target.high), ''] },
      ),
    ),
    paragraph(say('target_confidence'), 'note'),
  );
}
