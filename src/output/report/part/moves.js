/* moves.js: who went from which segment to which between two days, under one model: those who stay are pale, those
 * who move are strong, in the hue of where they came from. */
'use strict';

let shownMove = -1; /* which of the months is looked at; the last by default */

function movesOf() {
  const { moves } = summary.history;
  const at = shownMove >= 0 && shownMove < moves.length ? shownMove : moves.length - 1;
  return moves[at];
}

/* Who was no customer yet is a row of its own, behind those of the segments. */
const isNew = (row) => row === summary.segments.length;
const moverHue = (row) => (isNew(row) ? 'var(--bar)' : hue(row));

/* All flows of a month, each with its customers and what they have spent. */
function flowsOf({ counts, value }) {
  return counts.flatMap((row, i) => row.map((n, j) => ({ i, j, n, value: value ? value[i][j] : null }))).filter((flow) => flow.n);
}

/* Where the blocks of one side lie: their sizes to scale, and room for a line of text beside each. */
function stackOf(sizes, scale, gap, top) {
  let y = top;
  return sizes.map((size) => {
    const height = size ? Math.max(2, size * scale) : 0;
    const place = { y, height };
    if (size) y += Math.max(height + gap, 17);
    return place;
  });
}

function flowPath(x0, y0, x1, y1, height) {
  const middle = r1((x0 + x1) / 2);
  return (
    `M${x0},${r1(y0)}C${middle},${r1(y0)} ${middle},${r1(y1)} ${x1},${r1(y1)}L${x1},${r1(y1 + height)}` +
    `C${middle},${r1(y1 + height)} ${middle},${r1(y0 + height)} ${x0},${r1(y0 + height)}Z`
  );
}

function flowLines({ i, j, n, value }) {
  const words =
    i === j ? say('move_stayed', { name: groupName(i), n: count(n) }) : say(n === 1 ? 'move_one' : 'move_some', { n: count(n), from: groupName(i), to: nameOf(j) });
  return [words, typeof value === 'number' && summary.value ? say('move_value', { value: worth(value) }) : ''];
}

/* The flows as bands; those who move lie above those who stay, small above great. */
function flowBands(flows, left, right, x0, x1, scale) {
  const out = left.map((place) => place.y);
  const into = right.map((place) => place.y);
  flows.forEach((flow) => {
    flow.y0 = out[flow.i];
    out[flow.i] += flow.n * scale;
  });
  [...flows]
    .sort((a, b) => a.j - b.j || a.i - b.i)
    .forEach((flow) => {
      flow.y1 = into[flow.j];
      into[flow.j] += flow.n * scale;
    });
  const order = [...flows].sort((a, b) => (a.i !== a.j) - (b.i !== b.j) || b.n - a.n);
  return order.map((flow) =>
    told(
      draw('path', {
        class: 'hit',
        d: flowPath(x0, flow.y0, x1, flow.y1, Math.max(0.8, flow.n * scale)),
        fill: moverHue(flow.i),
        'fill-opacity': flow.i === flow.j ? 0.16 : 0.62,
      }),
      flowLines(flow),
      flow.i,
    ),
  );
}

/* A block's number, name and, at the right, by how many it has grown. */
function blockLabel(row, place, x, side, named, width, size, grown) {
  const y = place.y + place.height / 2;
  const at = side === 'left' ? 'end' : 'start';
  const sign = side === 'left' ? -1 : 1;
  if (!named) {
    const tagX = side === 'left' ? 0 : width - 17;
    return [text(x + sign * 6, y + 4.5, count(size), null, at), isNew(row) ? text(0, y + 4.5, say('new_short'), 'little') : tagMark(tagX, y - 8.5, row)];
  }
  const number = draw('tspan', { class: 'bold' }, count(size));
  const growth = grown === undefined ? null : draw('tspan', { class: 'soft little' }, ' ' + format(grown, { signDisplay: 'exceptZero', maximumFractionDigits: 0 }));
  return draw(
    'text',
    { x: x + sign * 8, y: r1(y + 4.5), 'text-anchor': at },
    side === 'left' ? [groupName(row) + '\u00a0\u00a0', number] : [number, '\u00a0\u00a0' + groupName(row), growth],
  );
}

function flowsPicture(width) {
  const move = movesOf();
  const flows = flowsOf(move);
  const columns = summary.segments.map((s, j) => move.counts.map((row) => row[j]));
  const [from, to] = [move.counts, columns].map((rows) => rows.map(sumOfTold)); /* as high as what is drawn of them */
  const [before, now] = [move.counts, columns].map((rows) => rows.map(sumOf));
  const grown = now.map((n, j) => moreThan(n, before[j]));
  const roomLeft = 14 + Math.max(...before.map((n, i) => (from[i] ? textWidth(`${groupName(i)}  ${count(n)}`) : 0)));
  const roomRight = 14 + Math.max(...now.map((n, j) => textWidth(`${nameOf(j)}  ${count(n)}  +${count(Math.abs(grown[j]))}`)));
  const named = width - roomLeft - roomRight > 220;
  const gap = 9;
  const tall = onPaper ? 350 : width < 600 ? 400 : 430;
  const scale = (tall - gap * from.length - 26) / Math.max(1, sumOf(to));
  const left = stackOf(from, scale, gap, 26);
  const right = stackOf(to, scale, gap, 26);
  const [x0, x1] = named ? [roomLeft, width - roomRight] : [66, width - 66];
  const block = (row, place, x) =>
    place.height
      ? draw(
          'rect',
          isNew(row)
            ? { x: x + 0.5, y: r1(place.y), width: 11, height: r1(place.height), fill: 'var(--paper)', stroke: 'var(--ink)' }
            : { x, y: r1(place.y), width: 12, height: r1(place.height), fill: hue(row) },
        )
      : null;
  const bottom = Math.max(...[...left, ...right].map((place) => place.y + Math.max(16, place.height)));
  return picture(
    width,
    bottom + 4,
    say('moves_label', { from: day(move.from), to: day(move.to) }),
    text(x0, 12, day(move.from), 'bold', named ? 'start' : null),
    text(x1, 12, day(move.to), 'bold', 'end'),
    flowBands(flows, left, right, x0 + 12, x1 - 12, scale),
    left.map((place, i) => [block(i, place, x0), place.height ? blockLabel(i, place, x0, 'left', named, width, before[i]) : null]),
    right.map((place, j) => [block(j, place, x1 - 12), place.height ? blockLabel(j, place, x1, 'right', named, width, now[j], grown[j]) : null]),
  );
}

/* ---- Tables ---- */

const MOVES_LISTED = 8;

function largestTable(move) {
  const flows = flowsOf(move)
    .filter(({ i, j }) => i !== j && !isNew(i))
    .sort((a, b) => b.n - a.n)
    .slice(0, MOVES_LISTED);
  const amounts = worthColumn(flows.map((flow) => flow.value));
  return table(
    say('moves_largest'),
    [
      {
        head: say('col_move'),
        cell: ({ i, j }) => [
          tag(i),
          ' → ',
          tag(j),
          make('small', {}, make('span', { class: 'whole' }, nameOf(i) + ' →'), ' ', make('span', { class: 'whole' }, nameOf(j))),
        ],
      },
      { head: say('customers'), number: true, cell: ({ n }) => count(n) },
      ...(summary.value
        ? [{ head: withUnit(isSpend() ? say('col_spent') : capital(valueWord()), amounts.unit), number: true, cell: ({ value }) => amounts.show(value) }]
        : []),
    ],
    flows,
    { kind: 'moves' },
  );
}

function movesTable({ counts }) {
  const { segments } = summary;
  return table(
    say('moves_matrix'),
    [
      { head: say('col_from_to'), cell: (row) => groupName(row) },
      ...segments.map((s, j) => ({ head: nameOf(j), number: true, cell: (row) => (counts[row][j] === 0 ? '' : count(counts[row][j])) })),
      { head: say('total'), number: true, cell: (row) => count(sumOf(counts[row])) },
    ],
    counts.map((row, i) => i),
    { foot: [say('total'), ...segments.map((s, j) => count(sumOf(counts.map((row) => row[j])))), count(sumOf(counts.flat()))] },
  );
}

/* ---- The section ---- */

/* Of those who were customers then; null where it is hidden. */
function movedShare({ counts }) {
  const k = summary.segments.length;
  const then = sumOf(counts.slice(0, k).map(sumOf));
  return then === null ? null : then ? 1 - sumOf(counts.slice(0, k).map((row, i) => row[i])) / then : 0;
}

const TOLD_AT_LEAST = 0.9; /* of the customers: flows of fewer would be another picture */

/* Whether the flows that are told are nearly all of them. */
function isDrawn({ counts, to }) {
  const point = summary.history.points.find(({ cut }) => cut === to);
  const all = (point && sumOf(point.customers)) || summary.customers;
  return sumOf(counts.flat()) !== null || sumOfTold(counts.flat()) >= TOLD_AT_LEAST * all;
}

/* What is not drawn, and what is not to be taken for more than it is. */
function movesNote({ counts }) {
  const { min_cell: least } = summary.privacy || {};
  return [sumOf(counts.flat()) === null && least ? say('moves_hidden', { n: count(least) }) : '', quietSince()].filter(Boolean).join(say('sentence_gap'));
}

function monthPicker(redraw) {
  const { moves } = summary.history;
  if (moves.length < 2) return null;
  const move = movesOf();
  const option = (m, i) => make('option', { value: i, selected: m === move ? '' : null }, say('moves_between', { from: day(m.from, 'short'), to: day(m.to, 'short') }));
  const pick = make(
    'select',
    {
      id: 'month',
      onchange: (event) => {
        shownMove = Number(event.target.value);
        redraw();
      },
    },
    moves.map(option).reverse(),
  );
  return make('div', { class: 'pick' }, make('label', { for: 'month' }, say('month')), pick);
}

function quietSince() {
  const quiet = summary.segments.map((s, i) => i).filter((i) => summary.segments[i].code.includes('QUIET'));
  return quiet.length && typeof summary.gap_p90_days === 'number' ? say('moves_note', { names: joinNames(quiet.map(quoted)) }) : '';
}

function movesSection() {
  const { history, segments } = summary;
  if (!segments || !history || !history.moves.length || segments.length === 1) return null;
  const last = history.moves[history.moves.length - 1];
  const matrix = make('div', {});
  const folded = behind(matrix);
  const largest = make('div', { class: 'fig' });
  const note = make('p', { class: 'note' });
  const drawn = make('div', { class: 'two wide-left' }, make('div', { class: 'fig' }, chart(flowsPicture, 0.63)), largest);
  const fillIn = () => {
    const move = movesOf();
    drawn.hidden = !isDrawn(move);
    folded.open = folded.open || drawn.hidden;
    matrix.replaceChildren(movesTable(move));
    largest.replaceChildren(make('h3', {}, say('moves_largest')), largestTable(move));
    note.replaceChildren(movesNote(move));
  };
  fillIn();
  return section(
    'moves',
    movedShare(last) === null ? say('nav_moves') : say('moves_share', { share: percentWords(movedShare(last)), day: day(last.from, 'dayMonth') }),
    say('moves_lede'),
    make(
      'div',
      { class: 'fig' },
      monthPicker(() => {
        fillIn();
        drawCharts();
        markScrolls();
      }),
      drawn,
      note,
      folded,
    ),
  );
}
