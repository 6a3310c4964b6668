/* succession.js: the section of what became of the segments of a previous run. It is there only
 * where the summary tells of it. */
'use strict';

const MOVES_SHOWN = 3;

/* "GOOD_QUIET (24)": where most of those went who are not in it any more. */
function movesText(row, now) {
  const joined = row.joined_into || [];
  const moves = row.to.map((n, i) => ({ n, to: now[i] })).filter(({ n, to }) => n && to.segment !== row.segment && !joined.includes(to.segment));
  moves.sort((a, b) => b.n - a.n);
  return moves
    .slice(0, MOVES_SHOWN)
    .map(({ n, to }) => to.code + ' (' + count(n) + ')')
    .join(', ');
}

function codesOf(numbers, now) {
  return joinNames(now.filter((of) => numbers.includes(of.segment)).map((of) => of.code));
}

function fateText(row, now) {
  const into = row.joined_into.length ? row.joined_into : [row.into];
  return row.fate === 'merged' ? say('fate_merged_into', { codes: codesOf(into, now) }) : say('fate_' + row.fate);
}

/* Those that there were not, each with where it comes from. */
function arrivalText(of, before) {
  const segment = summary.segments.find((s) => s.segment === of.segment);
  const from = of.fate === 'split' ? before.filter((row) => row.segment_then === of.from) : before.filter((row) => row.into === of.segment);
  return say('arrival_' + of.fate, { code: of.code, name: segment.names[lang], codes: joinNames(from.map((row) => row.code)) });
}

/* A segment of then, with the number and the hue that it had. */
function formerName(row) {
  return labelled({ ...row, segment: row.segment_then }, 0);
}

function successionSection() {
  const { previous, segments } = summary;
  if (!previous || !previous.now || !segments) return null;
  const before = previous.segments.filter((row) => row.size_then);
  const fresh = previous.now.filter((of) => of.fate !== 'kept' && of.fate !== 'unknown' && segments.some((s) => s.segment === of.segment));
  const here = (row) => row.size_then - row.gone;
  const words =
    previous.share_stayed === null
      ? say('succession_nobody')
      : say('succession_words', {
          share: percentWords(previous.share_stayed),
          both: count(previous.customers_both),
          fresh: count(previous.customers_new),
          gone: count(previous.customers_gone),
        });
  return section(
    'succession',
    say('nav_succession'),
    words,
    make(
      'div',
      { class: 'fig' },
      table(
        say('nav_succession'),
        [
          { head: say('col_segment'), cell: formerName },
          { head: say('col_became'), cell: (row) => fateText(row, previous.now) },
          { head: say('col_size_then'), number: true, cell: (row) => count(row.size_then) },
          { head: say('col_stayed'), number: true, cell: (row) => shareBar(here(row) ? row.stayed / here(row) : 0) },
          { head: say('col_gone'), number: true, cell: (row) => count(row.gone) },
          { head: say('col_moved'), cell: (row) => movesText(row, previous.now) },
        ],
        before,
      ),
    ),
    fresh.map((of) => paragraph(arrivalText(of, previous.segments), 'note')),
  );
}
