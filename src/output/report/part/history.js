/* history.js: month by month, each segment in a small chart of its own, on one scale: how many are in it, and what those
 * who were in it when the month began brought in that month. */
'use strict';

/* "all": all customers together; "new": who was no customer when the month began, where there was any. */
function panelsOf() {
  const { segments } = summary;
  const isTold = (of) => {
    const { cuts, months, size, revenue } = historySeries(of);
    return of === 'new' ? months.some((p) => size(p) > 0) : cuts.some((p) => size(p) !== null) || months.some((p) => revenue(p) !== null);
  };
  return ['all', ...segments.map((s, i) => i).filter((i) => !isSilent(segments[i])), 'new'].filter(isTold);
}

function historySeries(of) {
  const { points, moves } = summary.history;
  const k = summary.segments.length;
  const months = points.filter((point) => point.revenue);
  const joined = ({ cut }) => sumOf(moves.find(({ to }) => to === cut).counts[k]);
  const pick = (list) => (of === 'all' ? sumOf(list) : of === 'new' ? list[k] : list[of]);
  return {
    months,
    cuts: of === 'new' ? months : points,
    size: (p) => (of === 'new' ? joined(p) : of === 'all' ? sumOf(p.customers) : p.customers[of]),
    revenue: (p) => pick(p.revenue),
    active: (p) => pick(p.active),
  };
}

/* The scales that all segments share. */
function historyScale() {
  const { points } = summary.history;
  const k = summary.segments.length;
  return { size: Math.max(1, ...points.flatMap((p) => p.customers)), revenue: Math.max(1e-9, ...points.filter((p) => p.revenue).flatMap((p) => p.revenue.slice(0, k))) };
}

function panelTitle(of) {
  return of === 'all' ? say('history_all') : of === 'new' ? say('history_new') : nameOf(of);
}

function sizeLine(series, of, x, top, height, most, paint) {
  const { cuts, size } = series;
  const y = (p) => top + height - (size(p) / most) * height;
  const last = cuts[cuts.length - 1];
  const end = x(cuts.length - 1, cuts.length);
  /* Months that are told one after the other; where one is hidden the line breaks. */
  const runs = [[]];
  cuts.forEach((p, j) => {
    if (size(p) === null) runs.push([]);
    else runs[runs.length - 1].push([r1(x(j, cuts.length)), r1(y(p))]);
  });
  return [
    told(
      draw(
        'g',
        {},
        runs
          .filter((run) => run.length)
          .map((run) => [
            draw('path', {
              class: 'hit',
              d: `M${run[0][0]},${top + height}L${run.join('L')}L${run[run.length - 1][0]},${top + height}Z`,
              fill: paint,
              'fill-opacity': 0.22,
            }),
            draw('path', { d: 'M' + run.join('L'), fill: 'none', stroke: paint, 'stroke-width': 2 }),
          ]),
      ),
      [panelTitle(of), ...[cuts[0], last].map((p) => say('history_size', { day: day(p.cut), n: count(size(p)) }))],
    ),
    text(end + 5, Math.min(top + height, y(last) + 4), count(size(last)), 'bold little'),
  ];
}

function revenueBars(series, of, width, bottom, height, most, paint) {
  const { months, revenue, active } = series;
  const step = width / months.length;
  return months.map((p, j) => {
    if (revenue(p) === null) return null;
    const tall = Math.max(0.8, (Math.max(0, revenue(p)) / most) * height);
    const style = of === 'new' ? { fill: 'var(--paper)', stroke: 'var(--bar)', 'stroke-width': 1.2 } : { fill: paint };
    return told(draw('rect', { class: 'hit', x: r1(j * step + 0.8), y: r1(bottom - tall), width: r1(Math.max(1, step - 1.6)), height: r1(tall), ...style }), [
      panelTitle(of),
      say('history_month', { day: day(dayBefore(p.cut)) }),
      `${capital(say('word_revenue'))}: ${spent(revenue(p))}`,
      say('history_bought', { n: count(active(p)) }),
    ]);
  });
}

/* Two digits: beside a small chart there is no room for more. */
function littleAmount(value) {
  const step = stepOf(value) || (lang === 'en' && Math.abs(value) >= 1000 ? 'k' : lang === 'zh' && Math.abs(value) >= 1e4 ? '万' : '');
  const number = format(step ? value / SIZES[step] : value, { maximumSignificantDigits: Math.abs(step ? value / SIZES[step] : value) >= 100 ? 3 : 2 }) + step;
  return countsLines() || lang === 'zh' ? number : withMark(number);
}

function historyPicture(of) {
  return (width) => {
    const series = historySeries(of);
    const { months, cuts, size, revenue } = series;
    const scale = of === 'all' ? { size: Math.max(1, ...cuts.map(size)), revenue: Math.max(1e-9, ...months.map(revenue)) } : historyScale();
    const paint = typeof of === 'number' ? hue(of) : 'var(--bar)';
    const height = onPaper ? 38 : 52;
    const last = months[months.length - 1];
    const room = 6 + Math.max(textWidth(littleAmount(revenue(last)), true), textWidth(count(size(cuts[cuts.length - 1])), true));
    const plot = width - room;
    const bottom = 8 + height + 14 + height;
    const base = (y) => draw('line', { x1: 0, x2: plot, y1: y, y2: y, stroke: 'var(--mid)' });
    const ends =
      months.length > 1
        ? [text(0, bottom + 15, day(dayBefore(months[0].cut), 'month'), 'soft little'), text(plot, bottom + 15, day(dayBefore(last.cut), 'month'), 'soft little', 'end')]
        : [text(plot, bottom + 15, day(dayBefore(last.cut), 'month'), 'soft little', 'end')];
    return picture(
      width,
      bottom + 20,
      say('history_label', { name: panelTitle(of) }),
      sizeLine(series, of, (j, n) => (n > 1 ? (j / (n - 1)) * plot : plot), 8, height, scale.size, paint),
      base(8 + height),
      revenueBars(series, of, plot, bottom, height, scale.revenue, paint),
      base(bottom),
      text(plot + 5, Math.min(bottom, bottom - (Math.max(0, revenue(last)) / scale.revenue) * height + 9), littleAmount(revenue(last)), 'bold little'),
      ends,
    );
  };
}

function historyTable() {
  const { points } = summary.history;
  const { segments } = summary;
  const months = points.filter((p) => p.revenue);
  const amounts = spentColumn(months.flatMap((p) => p.revenue));
  const cell = (p, i) => amounts.show(p.revenue[i]) + (i < segments.length ? ' / ' + count(p.customers[i]) : ' / ' + count(p.active[i]));
  return [
    paragraph(withUnit(say('history_table'), amounts.unit), 'note'),
    table(
      say('nav_history'),
      [
        { head: say('month_to'), cell: (p) => day(dayBefore(p.cut), 'short') },
        ...segments.map((s, i) => ({ head: nameOf(i), number: true, cell: (p) => cell(p, i) })),
        { head: say('history_new'), number: true, cell: (p) => cell(p, segments.length) },
      ],
      months,
    ),
  ];
}

function historyFinding(months) {
  const last = months[months.length - 1];
  const all = sumOf(last.revenue);
  const best = last.revenue.reduce((a, v, i) => (v > last.revenue[a] ? i : a), 0);
  if (!(all > 0) || !isPart(last.revenue[best] / all)) return say('history_title');
  return capital(say('history_share', { who: groupQuoted(best), share: percentWords(last.revenue[best] / all) }));
}

function historySection() {
  const { history, segments } = summary;
  const months = history ? history.points.filter((p) => p.revenue) : [];
  if (!segments || !months.length) return null;
  const cut = history.points[history.points.length - 1].cut;
  const span = dataSpan();
  const panel = (of) =>
    make(
      'div',
      {},
      make(
        'h3',
        {},
        of === 'all'
          ? [panelTitle(of) + ' ', make('small', {}, say('own_scale'))]
          : of === 'new'
            ? make('span', { class: 'segment' }, newTag(), make('span', {}, panelTitle(of)))
            : segmentName(of),
      ),
      chart(historyPicture(of), 0.232),
    );
  return section(
    'history',
    historyFinding(months),
    say('history_lede', { day: Number(cut.slice(8, 10)), cut: day(cut, 'dayMonth') }),
    make(
      'div',
      { class: 'fig' },
      make('div', { class: 'multiples' }, panelsOf().map(panel)),
      span ? make('p', { class: 'note' }, say('history_note', span)) : null,
      behind(historyTable()),
    ),
  );
}
