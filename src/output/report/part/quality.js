/* quality.js: what was read, used and rejected, of how much value no customer is known, and what else was seen. */
'use strict';

/* Hatching says: nobody's. */
function hatching() {
  return draw(
    'defs',
    {},
    draw(
      'pattern',
      { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      draw('rect', { width: 6, height: 6, fill: 'var(--paper)' }),
      draw('rect', { width: 2, height: 6, fill: 'var(--soft)' }),
    ),
  );
}

function ordersRead() {
  return summary.rows.transactions;
}

/* Lines and value: what is used, and what names no customer. */
function usedPicture(width) {
  const { quality } = summary;
  const { read, rejected } = ordersRead();
  const bars = [[say('quality_lines'), read, rejected, countWords, 'quality_rejected']];
  if (quality.value > 0) bars.push([capital(say('word_revenue')), quality.value, quality.value_no_customer, spent, 'quality_nobody']);
  return picture(
    width,
    bars.length * 88 - 16,
    say('quality_label'),
    hatching(),
    bars.map(([name, all, without, show, word], i) => {
      const y = i * 88;
      const used = width * (1 - without / all);
      const line = (key, part) => `${say(key)} ${show(part)} (${percent(part / all)})`;
      return [
        text(0, y + 14, name, 'bold'),
        text(width, y + 14, show(all), 'bold', 'end'),
        told(draw('rect', { class: 'hit', x: 0, y: y + 22, width: r1(Math.max(0, used - 1)), height: 26, fill: 'var(--bar)' }), [
          name,
          line('quality_used', all - without),
        ]),
        without > 0
          ? told(
              draw('rect', {
                class: 'hit',
                x: r1(used + 1),
                y: y + 22.5,
                width: r1(Math.max(1, width - used - 1.5)),
                height: 25,
                fill: 'url(#hatch)',
                stroke: 'var(--soft)',
              }),
              [name, line(word, without)],
            )
          : null,
        text(0, y + 64, line('quality_used', all - without), 'soft little'),
        without > 0 ? text(width, y + 64, line(word, without), 'bold little', 'end') : null,
      ];
    }),
  );
}

const nobodysShare = (month) => (month.value > 0 ? Math.max(0, Math.min(1, month.value_no_customer / month.value)) : 0);

function monthsPicture(width) {
  const { months } = summary.quality;
  const height = 92;
  const step = width / months.length;
  const most = Math.max(0.05, ...months.map(nobodysShare));
  const every = Math.max(1, Math.ceil(34 / step));
  return picture(
    width,
    18 + height + 20,
    say('quality_months_label'),
    hatching(),
    months.map((month, i) => {
      const share = nobodysShare(month);
      const tall = (share / most) * height;
      const x = i * step;
      const name = day(month.month, 'month');
      return [
        told(
          draw(
            'g',
            {},
            draw('rect', {
              class: 'hit',
              x: r1(x + 2),
              y: r1(18 + height - Math.max(1, tall)),
              width: r1(Math.max(1, step - 4)),
              height: r1(Math.max(1, tall)),
              fill: 'url(#hatch)',
              stroke: 'var(--soft)',
            }),
            step > 16 ? text(x + step / 2, 18 + height - tall - 5, count(100 * share), 'little', 'middle') : null,
          ),
          [month.month, `${say('quality_months_what')}: ${percent(share)}`, `${spent(month.value_no_customer)} / ${spent(month.value)}`],
        ),
        i % every ? null : text(x + step / 2, 18 + height + 15, name, 'soft little', 'middle'),
      ];
    }),
    draw('line', { x1: 0, x2: width, y1: 18 + height, y2: 18 + height, stroke: 'var(--mid)' }),
  );
}

function monthsTable() {
  const { months } = summary.quality;
  const amounts = spentColumn(months.map((m) => m.value));
  return table(
    say('quality_months'),
    [
      { head: say('month'), cell: (m) => day(m.month, 'monthYear') },
      { head: say('col_read'), number: true, cell: (m) => count(m.read) },
      { head: say('col_rejected'), number: true, cell: (m) => count(m.rejected) },
      { head: say('quality_nobody'), number: true, cell: (m) => count(m.no_customer) },
      { head: withUnit(capital(say('word_revenue')), amounts.unit), number: true, cell: (m) => amounts.show(m.value) },
      { head: say('quality_months_what'), number: true, cell: (m) => percent(nobodysShare(m)) },
    ],
    months,
  );
}

/* ---- What else was seen ---- */

function seenLines() {
  const { quality } = summary;
  const seen = quality
    ? [
        quality.returns
          ? say(typeof quality.returns_value === 'number' ? 'seen_returns' : 'seen_returns_alone', { n: count(quality.returns), value: spent(quality.returns_value) })
          : '',
        quality.duplicates ? say('seen_duplicates', { n: count(quality.duplicates) }) : '',
        quality.orders_no_customer ? say('seen_orders', { n: count(quality.orders_no_customer), all: count(quality.orders) }) : '',
        quality.undated ? say('seen_undated', { n: count(quality.undated.read) }) : '',
        quality.zero_price ? say('seen_zero', { n: count(quality.zero_price) }) : '',
      ]
    : [];
  const rounded = Object.values(summary.rows).reduce((sum, t) => sum + t.rounded, 0);
  return [...seen, rounded ? say('rounded', { n: count(rounded) }) : ''].filter(Boolean);
}

/* Who lies far from all others: nobody is named. */
function farLines() {
  const { findings } = summary;
  if (!findings || !findings.length) return [];
  return [...findings.map((f) => sentence(f.words[lang])), findings[0].kind === 'far' ? say(findings[0].left_out ? 'findings_left_out' : 'findings_kept') : ''].filter(
    Boolean,
  );
}

function bullets(lines) {
  return make(
    'ul',
    { class: 'list' },
    lines.map((line) => make('li', {}, line)),
  );
}

/* ---- Drift of the last month ---- */

function psiWord(psi) {
  return say(psi < PSI_SHIFTED ? 'level_steady' : psi < PSI_DRIFTED ? 'level_shifted' : 'level_drifted');
}

function monthDriftFigure() {
  const { history } = summary;
  if (!history || !history.drift || !history.drift.length) return null;
  const rows = [...history.drift, ...(typeof history.drift_segments === 'number' ? [{ psi: history.drift_segments }] : [])];
  const show = (row, value) => (row.name ? featureFormat(columnOf(row.name) || {}, [row.was, row.now])(value) : '');
  return fig(
    say('month_drift', { day: day(history.moves[history.moves.length - 1].from, 'dayMonth') }),
    say('month_drift_what'),
    table(
      say('month_drift_table'),
      [
        { head: say('col_feature'), cell: (row) => (row.name ? featureName(row.name, row.label) : say('segment_sizes')) },
        { head: say('col_was'), number: true, cell: (row) => show(row, row.was) },
        { head: say('col_now'), number: true, cell: (row) => show(row, row.now) },
        { head: say('col_psi'), number: true, cell: (row) => psiText(row.psi, 2) },
        { head: say('col_answer'), cell: (row) => (typeof row.psi === 'number' ? psiWord(row.psi) : NOTHING) },
      ],
      rows,
    ),
  );
}

/* ---- Tables of what was read ---- */

function rowsTable(tables) {
  return table(
    say('rows_title'),
    [
      { head: say('col_table'), cell: ([name]) => say('table_' + name) },
      { head: say('col_read'), number: true, cell: ([, t]) => count(t.read) },
      { head: say('col_used'), number: true, cell: ([, t]) => count(t.used) },
      { head: say('col_rejected'), number: true, cell: ([, t]) => count(t.rejected) },
      { head: say('col_used_share'), number: true, cell: ([, t]) => shareBar(t.read ? t.used / t.read : null) },
      ...(tables.some(([, t]) => t.orphans) ? [{ head: say('col_orphans'), number: true, cell: ([, t]) => count(t.orphans) }] : []),
    ],
    tables,
  );
}

function rejectsTable(tables) {
  const kinds = Object.keys(tables[0][1].rejected_by).filter((kind) => tables.some(([, t]) => t.rejected_by[kind]));
  if (!kinds.length) return paragraph(say('none_rejected'), 'note');
  return table(
    say('rejects_title'),
    [
      { head: say('col_reason'), cell: (kind) => say('reject_' + kind) },
      ...tables.map(([name, t]) => ({ head: say('table_' + name), number: true, cell: (kind) => count(t.rejected_by[kind]) })),
    ],
    kinds,
  );
}

function filesTable(tables) {
  const files = tables.flatMap(([name, t]) => t.files.map((file) => ({ ...file, table: name })));
  return table(
    say('files_title'),
    [
      { head: say('col_file'), cell: (f) => f.name },
      { head: say('col_table'), cell: (f) => say('table_' + f.table) },
      { head: say('col_rows'), number: true, cell: (f) => count(f.rows) },
      { head: say('col_bytes'), number: true, cell: (f) => bytes(f.bytes) },
    ],
    files,
  );
}

function understood(tables) {
  const linesOf = (t) => (t.understood_in || { [lang]: t.understood })[lang];
  const lists = tables.filter(([, t]) => t.understood.length).map(([name, t]) => [make('h4', {}, say('table_' + name)), bullets(linesOf(t))]);
  return lists.length ? [make('h3', {}, say('understood_title')), lists] : [];
}

function noteStage(stage) {
  return known('table_', stage) || known('stage_', stage) || stage;
}

function notesFigure() {
  const { notes } = summary;
  if (!notes.length) return null;
  const list = make(
    'ul',
    { class: 'list' },
    notes.map((n) => make('li', {}, make('b', {}, noteStage(n.stage)), ' ' + (n.text_in || { [lang]: n.text })[lang])),
  );
  return details(say('notes_title', { n: count(notes.length) }), list);
}

/* ---- The section ---- */

function qualityFinding(tables) {
  const { quality } = summary;
  const orders = ordersRead();
  if (quality && orders && quality.value_no_customer > 0 && orders.rejected_by.no_customer) {
    const share = orders.rejected_by.no_customer / orders.read;
    const who = lang === 'en' && Math.abs(share - 0.25) < 0.01 ? say('quality_quarter') : say('quality_part', { share: percentWords(share) });
    return say('quality_nobodys', { who, share: percentWords(quality.value_no_customer / quality.value), value: say('word_revenue') });
  }
  const read = tables.reduce((sum, [, t]) => sum + t.read, 0);
  const used = tables.reduce((sum, [, t]) => sum + t.used, 0);
  return read ? say(used === read ? 'quality_all_used' : 'quality_used_of', { share: percent(used / read), n: countWords(read) }) : say('nav_quality');
}

function qualitySection() {
  const { quality } = summary;
  const tables = Object.entries(summary.rows);
  if (!tables.length) return section('quality', say('nav_quality'), say('quality_none'), notesFigure());
  const drawn = quality && ordersRead();
  const seen = [...seenLines(), ...farLines()];
  const months = drawn && quality.months && quality.months.some((m) => m.value_no_customer);
  return section(
    'quality',
    qualityFinding(tables),
    say('quality_lede'),
    drawn
      ? make(
          'div',
          { class: 'two' },
          fig(say('quality_title'), say('quality_what'), chart(usedPicture, 0.48)),
          months ? fig(say('quality_months'), say('quality_months_what'), chart(monthsPicture, 0.48), behind(monthsTable())) : monthDriftFigure(),
        )
      : make('div', { class: 'fig' }, rowsTable(tables)),
    seen.length || !drawn || months
      ? make('div', { class: 'two' }, seen.length ? fig(say('seen_title'), null, bullets(seen)) : null, drawn && !months ? null : monthDriftFigure())
      : null,
    details(say('quality_more'), drawn ? rowsTable(tables) : null, rejectsTable(tables), filesTable(tables), understood(tables)),
    notesFigure(),
  );
}
