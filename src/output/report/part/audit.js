/* audit.js: how sensitive columns go with segments and tiers: a sentence each, and the figures behind it. */
'use strict';

/* Rows of segments or tiers by the values of a column: who is how many times as likely there as all others are. */
function auditedTable(column, of, name) {
  const cell = (c) =>
    typeof c.ratio === 'number'
      ? [fixed(2)(c.ratio), make('small', { class: 'range' }, say('audit_cell', { n: count(c.count), low: fixed(2)(c.low), high: fixed(2)(c.high) }))]
      : count(c.count);
  return table(
    say('audit_table', { name: column.label[lang], rows: name }),
    [
      { head: name, cell: (row) => (row.tier === undefined ? segmentName(placeOf(row.segment)) : tierNames([row.tier])) },
      ...column.levels.map((level, i) => ({ head: level.text[lang], number: true, cell: (row) => cell(row.cells[i]) })),
    ],
    of.rows,
  );
}

function auditSection() {
  const { audit, segments } = summary;
  if (!audit || !segments || !audit.columns.length) return null;
  const strong = audit.columns.filter((c) => [c.segments, c.tiers].some((of) => of && of.verdict === 'strong'));
  return section(
    'audit',
    say(strong.length ? 'audit_strong' : 'audit_title', { names: joinNames(strong.map((c) => c.label[lang])) }),
    say('audit_lede'),
    bullets(audit.columns.map((c) => sentence(c.sentence[lang]))),
    details(
      say('audit_more'),
      paragraph(say('audit_reading'), 'note'),
      audit.columns.map((c) => [
        make('h3', {}, c.label[lang]),
        auditedTable(c, c.segments, say('col_segment')),
        c.tiers ? auditedTable(c, c.tiers, say('col_tier')) : null,
      ]),
    ),
  );
}
