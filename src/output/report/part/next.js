/* next.js: what customers did in the days after a cut, by the segments that they were in on that day: a dot
 * with its 95 % interval, figures in a column of their own. */
'use strict';

/* The segments with figures, by their place. */
function cameFrom() {
  const { next, segments } = summary;
  return next ? segments.map((s, i) => i).filter((i) => segments[i].next && typeof segments[i].next.rate === 'number') : [];
}

/* Without those whom there is nothing to tell of; their figures are in the table. */
function cameDrawn() {
  const all = cameFrom();
  const shown = all.filter((i) => !isSilent(summary.segments[i]));
  return shown.length ? shown : all;
}

/* One panel: {title, least, greatest, ticks, show, get(next): [value, low, high], all}. */
function nextPanel(rows, panel, place) {
  const { x0, y0, width, row, head, named, labels } = place;
  const x = (v) => x0 + ((Math.max(panel.least, Math.min(panel.greatest, v)) - panel.least) / (panel.greatest - panel.least)) * width;
  const bottom = y0 + head + rows.length * row;
  const dots = rows.map((index, at) => {
    const came = summary.segments[index].next;
    const [value, low, high] = panel.get(came);
    const y = y0 + head + at * row + row / 2 - 2;
    const label = labels ? (named ? namedMark(0, y, index, labels) : tagMark(0, y - 9, index)) : null;
    const range = typeof low === 'number' && typeof high === 'number';
    return [
      label,
      told(
        draw(
          'g',
          {},
          draw('rect', { class: 'hit', x: x0 - 4, y: y - row / 2 + 3, width: width + 58, height: row - 6, fill: 'transparent' }),
          range ? draw('line', { x1: r1(x(low)), x2: r1(x(high)), y1: y, y2: y, stroke: hue(index), 'stroke-width': 3 }) : null,
          draw('circle', { cx: r1(x(value)), cy: y, r: 6.5, fill: hue(index), stroke: 'var(--paper)', 'stroke-width': 1.5 }),
          text(x0 + width + 54, y + 4.5, panel.show(value), 'bold', 'end'),
        ),
        [
          nameOf(index),
          `${panel.title}: ${panel.show(value)}`,
          range ? say('interval', { low: panel.show(low), high: panel.show(high) }) : '',
          say('of_n', { n: count(came.size) }),
        ],
        index,
      ),
    ];
  });
  const all = x(panel.all);
  const allWords = say('all_customers', { value: panel.show(panel.all) });
  const half = textWidth(allWords) / 2;
  return [
    text(x0, y0 + 14, panel.title, 'bold'),
    panel.ticks.map((v) => [
      draw('line', { x1: r1(x(v)), x2: r1(x(v)), y1: y0 + head - 8, y2: bottom - 4, stroke: 'var(--grid)' }),
      text(x(v), bottom + 12, panel.tick(v), 'soft little', 'middle'),
    ]),
    draw('line', { x1: r1(all), x2: r1(all), y1: y0 + head - 8, y2: bottom - 4, stroke: 'var(--soft)', 'stroke-dasharray': '4 3' }),
    text(Math.max(x0 + half, Math.min(x0 + width + 54 - half, all)), y0 + head - 12, allWords, 'soft little', 'middle'),
    dots,
  ];
}

function nextPanels(rows) {
  const { next, segments } = summary;
  const amounts = rows.map((i) => segments[i].next);
  const ends = amounts.flatMap((n) => [n.value_mean, n.value_low, n.value_high, next.value_mean]).filter((v) => typeof v === 'number');
  const [least, greatest] = [Math.min(0, ...ends), Math.max(1e-9, ...ends)];
  /* Where more was returned than bought the axis begins below 0. */
  const span = ticks((greatest - least) * 1.04);
  const step = span[1] - span[0];
  const marks = span.map((v) => v - Math.ceil(-least / step) * step).filter((v) => v <= greatest * 1.04 + step);
  const panels = [
    {
      title: say('next_rate'),
      least: 0,
      greatest: 1,
      ticks: [0, 0.25, 0.5, 0.75, 1],
      tick: (v) => shareBy(v, 0),
      show: percentWords,
      get: (n) => [n.rate, n.low, n.high],
      all: next.rate,
    },
  ];
  if (amounts.some((n) => typeof n.value_mean === 'number')) {
    const unit = countsLines() ? '' : currencyMark();
    panels.push({
      title: lang === 'zh' ? withUnit(say('next_spent'), unit) : say(countsLines() ? 'next_lines' : 'next_spent'),
      least: marks[0],
      greatest: Math.max(greatest * 1.04, marks[marks.length - 1]),
      ticks: marks,
      tick: (v) => (v ? amountTick(v) : '0'),
      show: (v) => (lang === 'zh' ? plainAmount(v) : spent(v)),
      get: (n) => [n.value_mean, n.value_low, n.value_high],
      all: next.value_mean,
    });
  }
  return panels;
}

/* Of an axis: no more digits than it needs. */
function amountTick(value) {
  const step = stepOf(value);
  const number = format(step ? value / SIZES[step] : value, { maximumSignificantDigits: 3 }) + step;
  return lang === 'zh' || countsLines() ? number : withMark(number);
}

function nextPicture(width) {
  const rows = cameDrawn();
  const panels = nextPanels(rows);
  const narrow = width < 600;
  const named = width >= 480;
  const labels = named ? Math.min(210, Math.max(120, 30 + Math.max(...rows.map((i) => textWidth(nameOf(i)))))) : 30;
  const lines = named ? Math.max(...rows.map((i) => wrap(nameOf(i), labels - 25).length)) : 1;
  const row = Math.max(onPaper ? 29 : 36, 15 * lines + 8);
  const head = 40;
  const height = head + rows.length * row + 26;
  const across = narrow ? 1 : panels.length;
  const gap = 40;
  const panelWidth = (width - labels - gap * (across - 1)) / across - 58;
  return picture(
    width,
    narrow ? height * panels.length + 14 * (panels.length - 1) : height,
    say('next_label'),
    panels.map((panel, i) =>
      nextPanel(rows, panel, {
        x0: labels + (narrow ? 0 : i * (panelWidth + 58 + gap)),
        y0: narrow ? i * (height + 14) : 0,
        width: panelWidth,
        row,
        head,
        named,
        labels: narrow || i === 0 ? labels : 0,
      }),
    ),
  );
}

function nextTable(rows) {
  const { segments } = summary;
  const n = (i) => segments[i].next;
  const means = spentColumn(rows.flatMap((i) => [n(i).value_mean, n(i).value_high]));
  const column = (head, cell) => ({ head, number: true, cell });
  return table(
    say('nav_next'),
    [
      { head: say('col_segment'), cell: segmentName },
      column(say('customers'), (i) => count(n(i).size)),
      column(say('next_rate'), (i) => percent(n(i).rate)),
      column(say('low'), (i) => percent(n(i).low)),
      column(say('high'), (i) => percent(n(i).high)),
      column(withUnit(say(countsLines() ? 'next_lines' : 'next_spent'), means.unit), (i) => means.show(n(i).value_mean)),
      column(say('low'), (i) => means.show(n(i).value_low)),
      column(say('high'), (i) => means.show(n(i).value_high)),
    ],
    rows,
  );
}

/* ---- In words ---- */

/* By rates, and by whether their intervals lie apart. */
function nextFinding(rows) {
  const of = (i) => summary.segments[i].next;
  const best = rows.reduce((a, b) => (of(b).rate > of(a).rate ? b : a));
  const worst = rows.reduce((a, b) => (of(b).rate < of(a).rate ? b : a));
  const words = { best: nameOf(best), worst: nameOf(worst), high: percentWords(of(best).rate), low: percentWords(of(worst).rate) };
  if (best === worst || of(best).low <= of(worst).high) return say('next_alike_all');
  return say(of(best).rate >= 0.9 ? 'next_nearly_all' : 'next_most', words);
}

/* A quiet segment that came back more than an active one: its name is not to be taken for what they will do. */
function quietNote(rows) {
  const code = (i) => summary.segments[i].code;
  const rate = (i) => summary.segments[i].next.rate;
  const pairs = rows.filter((i) => code(i).includes('QUIET')).flatMap((q) => rows.filter((a) => code(a).includes('ACTIVE') && rate(q) > rate(a)).map((a) => [q, a]));
  if (!pairs.length) return '';
  const [q, a] = pairs[0];
  return say('next_quiet', { quiet: nameOf(q), active: nameOf(a), rate: percentWords(rate(q)), less: percentWords(rate(a)) });
}

/* What the segments told of it, beside a map of RFM scores. */
function toldWords() {
  const { next } = summary;
  const map = (next.methods || []).find((m) => m.method === 'rfm_map');
  const values = { eta: fixed(2)(next.eta2), auc: fixed(2)(next.auc), map: map ? fixed(2)(map.eta2) : '', area: map ? fixed(2)(map.auc) : '' };
  if (!next.refitted) return say('next_untested', values);
  if (!next.telling) return say('next_nothing', values);
  const apart = map ? next.eta2 - map.eta2 : null;
  return say(apart === null || Number.isNaN(apart) ? 'next_telling' : Math.abs(apart) <= 0.01 ? 'next_alike' : apart > 0 ? 'next_better' : 'next_worse', values);
}

function newcomersWords() {
  const { next } = summary;
  return next.new_size ? say(countsLines() ? 'next_new_lines' : 'next_new', { n: countWords(next.new_size), value: spent(next.new_value) }) : '';
}

function formerWords() {
  const former = (summary.next.former || []).map((s) => say('next_one', { name: s.names[lang], n: count(s.size), rate: percentWords(s.rate) }));
  return former.length ? say('next_former', { list: joinNames(former) }) : '';
}

function nextSection() {
  const { next, segments } = summary;
  if (!next || !segments) return null;
  const rows = cameFrom();
  const values = { cut: day(next.cut), days: days(next.days) };
  const gap = say('sentence_gap');
  if (!rows.length)
    return section(
      'next',
      say('next_title'),
      say('next_others', values),
      make('p', { class: 'note' }, [formerWords(), toldWords(), newcomersWords()].filter(Boolean).join(gap)),
    );
  return section(
    'next',
    nextFinding(cameDrawn()),
    say(next.refitted ? 'next_period' : 'next_applied', values),
    make(
      'div',
      { class: 'fig' },
      chart(nextPicture),
      make('p', { class: 'note' }, [say('next_reading'), quietNote(cameDrawn()), newcomersWords(), formerWords(), toldWords()].filter(Boolean).join(gap)),
      behind(nextTable(rows)),
    ),
  );
}
