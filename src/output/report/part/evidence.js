/* evidence.js: what kind of segments these are and how far they can be trusted: questions that a careful reader asks,
 * each with its bar, and the same figures of other ways to segment. */
'use strict';

/* ---- The questions ---- */

const SHOWN_AS = { natural: fixed(2), tells: percent };

function questionShow(kind) {
  return SHOWN_AS[kind] || agreement;
}

function questionNote(question) {
  const { kind, of } = question;
  if (kind === 'each' && typeof of === 'number') return say('question_each_least', { name: nameOf(of) });
  if (kind === 'natural' && typeof of === 'number') return say('question_natural_at', { k: of });
  if (kind === 'tells')
    return !of ? say('question_tells_alone') : say(summary.evidence.cuts && summary.evidence.cuts.length > 1 ? 'question_tells_cuts' : 'question_tells_note');
  return known('question_' + kind, '_note') || '';
}

function questionsTable(questions) {
  return table(
    say('questions_title'),
    [
      { head: say('col_question'), cell: (q) => [say('question_' + q.kind), make('small', {}, questionNote(q))] },
      { head: say('col_measured'), number: true, cell: (q) => make('b', {}, questionShow(q.kind)(q.measured)) },
      { head: say('col_bar'), number: true, cell: (q) => (q.better === 'less' ? '≤ ' : '≥ ') + questionShow(q.kind)(q.bar) },
      { head: say('col_answer'), cell: (q) => make('b', {}, say(q.yes ? 'yes' : 'no')) },
    ],
    questions,
    { kind: 'tests' },
  );
}

/* "Reproducible: yes. Natural groups: no." */
function evidenceFinding() {
  const { evidence, clusters } = summary;
  const questions = (evidence || {}).questions || [];
  const refit = questions.find((q) => q.kind === 'refit');
  const answers = ['sample', 'natural', 'tells']
    .map((kind) => questions.find((q) => q.kind === kind))
    .filter(Boolean)
    .map((q) => say('answer_' + q.kind + (!q.yes ? '_no' : q.kind === 'sample' && refit && !refit.yes ? '_then' : '_yes')));
  if (answers.length) return answers.join(say('sentence_gap'));
  return clusters && clusters.verdict ? verdictHead() : say('nav_evidence');
}

/* ---- Beside other ways to segment ---- */

const MEASURES = [
  ['eta2', fixed],
  ['auc', fixed],
  ['agreement_sample', (d) => (v) => agreement(v, d)],
  ['agreement_month', (d) => (v) => agreement(v, d)],
];

function methodName({ method, k }) {
  return method === 'kmeans' ? say('method_kmeans', { k }) : say('method_' + method, { k });
}

/* Of one measure: a scale that holds all methods, ends at round numbers. */
function measureRange(methods, key) {
  const values = methods.map((m) => m[key]).filter((v) => typeof v === 'number');
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = Math.max(0.02, (high - low) * 0.15);
  return [low - room, Math.min(1, high + room / 2)];
}

function measureColumn(methods, [key, shows], { x0, y0, width, head, row, offset }) {
  const [low, high] = measureRange(methods, key);
  const x = (v) => x0 + 4 + ((v - low) / (high - low || 1)) * (width - 58);
  const title = wrap(say('measure_' + key), width - 4, true);
  const show = (v) => shows(3)(v).replace(/^0(?=\.)/, '');
  return [
    title.map((line, i) => text(x0, y0 + head - 20 - (title.length - 1 - i) * 14, line, 'bold little')),
    methods.map((m, i) => {
      const y = y0 + head + i * row + offset;
      const own = m.method === 'segments';
      if (typeof m[key] !== 'number') return text(x0 + width - 38, y + 4.5, NOTHING, 'soft little');
      return [
        draw('line', { x1: x0, x2: x0 + width - 50, y1: y, y2: y, stroke: 'var(--grid)' }),
        told(
          draw(
            'g',
            {},
            draw('circle', {
              class: 'hit',
              cx: r1(x(m[key])),
              cy: y,
              r: own ? 6.5 : 5,
              fill: own ? 'var(--ink)' : 'var(--paper)',
              stroke: own ? 'var(--ink)' : 'var(--bar)',
              'stroke-width': 2,
            }),
            text(x0 + width - 38, y + 4.5, show(m[key]), own ? 'bold little' : 'soft little'),
          ),
          [methodName(m), `${say('measure_' + key)}: ${shows(3)(m[key])}`],
        ),
      ];
    }),
  ];
}

function methodsPicture(width) {
  const { methods } = summary.evidence;
  const measures = MEASURES.filter(([key]) => methods.some((m) => typeof m[key] === 'number'));
  const narrow = width < 560;
  const labels = narrow ? 0 : Math.min(190, 14 + Math.max(...methods.map((m) => textWidth(methodName(m), true))));
  const across = narrow ? Math.min(2, measures.length) : measures.length;
  const gap = narrow ? 22 : 26;
  const panel = (width - labels - gap * (across - (narrow ? 1 : 0))) / across;
  const row = narrow ? 42 : onPaper ? 21 : 28;
  const head = Math.max(narrow ? 34 : 46, 20 + 14 * Math.max(...measures.map(([key]) => wrap(say('measure_' + key), panel - 4, true).length)));
  const blockHeight = head + methods.length * row + 16;
  const place = (i) => ({
    x0: labels + (narrow ? (i % across) * (panel + gap) : i * (panel + gap)),
    y0: narrow ? Math.floor(i / across) * blockHeight : 0,
    width: panel,
    head,
    row,
    offset: narrow ? 24 : 8,
  });
  const blocks = narrow ? Math.ceil(measures.length / across) : 1;
  const names = Array.from({ length: blocks }, (_, b) =>
    methods.map((m, i) =>
      text(
        0,
        b * blockHeight + head + i * row + (narrow ? 6 : 12.5),
        methodName(m),
        [m.method === 'segments' ? 'bold' : narrow ? 'soft' : '', narrow ? 'little' : ''].join(' ').trim(),
      ),
    ),
  );
  return picture(
    width,
    blocks * blockHeight - 10,
    say('methods_label'),
    measures.map((measure, i) => measureColumn(methods, measure, place(i))),
    names,
  );
}

function methodsTable() {
  const { methods, cuts = [] } = summary.evidence;
  const column = (head, show, get) => ({ head, number: true, cell: (m) => show(get(m)) });
  return table(
    say('methods_title'),
    [
      { head: say('col_method'), cell: methodName },
      column(
        say('col_k'),
        (v) => (v === undefined ? NOTHING : count(v)),
        (m) => m.k,
      ),
      ...MEASURES.map(([key, shows]) => column(say('measure_' + key), shows(3), (m) => m[key])),
      ...cuts.map((cut, c) => column(`${say('measure_eta2')}, ${day(cut, 'short')}`, fixed(3), (m) => (m.cuts || [])[c])),
    ],
    methods,
  );
}

/* How these segments stand beside an RFM map, cut by cut. */
function methodsNote() {
  const { methods, cuts: days } = summary.evidence;
  const own = methods.find((m) => m.method === 'segments');
  const map = methods.find((m) => m.method === 'rfm_map');
  const cuts = own && map && own.cuts && map.cuts ? own.cuts.map((v, i) => v > map.cuts[i]) : [];
  const held =
    cuts.length > 1
      ? say(cuts.every(Boolean) ? 'methods_each' : cuts.some(Boolean) ? 'methods_some' : 'methods_none', {
          n: count(cuts.filter(Boolean).length),
          all: count(cuts.length),
        })
      : '';
  const sampled = days && days.length && typeof (own || {}).agreement_sample === 'number' ? say('methods_then', { cut: day(days[days.length - 1]) }) : '';
  return [say('methods_reading'), held, sampled].filter(Boolean).join(say('sentence_gap'));
}

function methodsFigure() {
  const { methods, cuts = [], days: ahead, customers, sampled } = summary.evidence;
  if (!methods || !methods.length) return null;
  return make(
    'div',
    { class: 'fig sub' },
    make('h3', {}, say('methods_title')),
    make(
      'small',
      {},
      cuts.length
        ? say('methods_what', { cuts: cuts.map((cut) => day(cut, 'dayMonth')).join(say('list_comma')), n: count(cuts.length), days: days(ahead) }) +
            (sampled ? say('methods_sampled', { n: count(customers) }) : '')
        : '',
    ),
    chart(methodsPicture),
    make('p', { class: 'note' }, methodsNote()),
    behind(methodsTable()),
  );
}

/* ---- The segments, one by one ---- */

function stableReading(jaccard) {
  const word = stableWord(jaccard);
  return make('span', { class: 'level ' + (word === 'high' || word === 'valid' ? 'stable' : word === 'pattern' ? 'shifted' : 'drifted') }, say('stable_' + word));
}

function stabilityTable(segments) {
  const isKnown = (s) => s.jaccard !== undefined && s.jaccard !== null;
  return table(
    say('stability_title'),
    [
      { head: say('col_segment'), cell: (s, i) => segmentName(i) },
      { head: say('col_jaccard'), number: true, cell: (s) => agreement(s.jaccard) },
      { head: say('col_reading'), cell: (s) => (isKnown(s) ? stableReading(s.jaccard) : s.jaccard === undefined ? say('stable_rule') : NOTHING) },
      { head: say('col_within'), number: true, cell: (s) => agreement(s.within) },
      { head: say('col_across'), number: true, cell: (s) => agreement(s.across) },
    ],
    segments,
  );
}

function evidenceSection() {
  const { clusters, segments, evidence, drift } = summary;
  const questions = evidence && evidence.questions ? evidence.questions : [];
  const verdict = clusters && clusters.verdict;
  if (!verdict && !questions.length && !(evidence && evidence.methods)) return null;
  const reasons = verdict
    ? make(
        'ul',
        { class: 'list' },
        verdict.reasons_in[lang].map((reason) => make('li', {}, sentence(reason))),
      )
    : null;
  const stability = segments ? [make('h3', {}, say('stability_title')), stabilityTable(segments), paragraph(say('stability_words'), 'note')] : null;
  return section(
    'evidence',
    evidenceFinding(),
    questions.length ? say('evidence_lede') : null,
    drift && verdict ? paragraph(say('of_fit', driftThen()), 'gone') : null,
    questions.length ? make('div', { class: 'fig' }, questionsTable(questions)) : reasons,
    verdict ? details(say('evidence_more'), questions.length ? [paragraph(verdictHead(), 'strong'), reasons] : null, stability) : null,
    evidence ? methodsFigure() : null,
  );
}
