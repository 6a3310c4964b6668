/* classes.js: what else customers were told by: demographics, rule sets, who is likely to leave, RFM segments. */
'use strict';

/* Which demographics tell the segments: a sentence, and a table of rules where they tell anything, folded where it is little. */
function descriptorsSection() {
  const { descriptors } = summary;
  if (!descriptors) return null;
  const { sentence: words, verdict, leaves } = descriptors;
  const rules = () =>
    table(
      say('descriptors_rules'),
      [
        { head: say('col_who'), class: 'text', cell: (leaf) => capital(leaf.rule[lang]) },
        { head: say('customers'), number: true, cell: (leaf) => count(leaf.rows) },
        { head: say('col_share_short'), number: true, cell: (leaf) => percent(leaf.share) },
        { head: say('col_likely'), cell: (leaf) => (placeOf(leaf.segment) < 0 ? String(leaf.segment) : segmentName(placeOf(leaf.segment))) },
        { head: say('col_likely_share'), number: true, cell: (leaf) => percent(leaf.segment_share) },
      ],
      leaves,
    );
  return section(
    'descriptors',
    say('nav_descriptors'),
    sentence(words[lang]),
    verdict === 'nothing' ? null : verdict === 'little' ? details(say('descriptors_rules'), rules()) : make('div', { class: 'fig' }, rules()),
  );
}

/* Classes that were laid down. */
function classesSection() {
  const { rules } = summary;
  if (!rules) return null;
  return section(
    'classes',
    say('nav_classes'),
    say('classes_lede'),
    rules.map((set) => {
      const title = known('rules_', set.set) || set.set;
      return make(
        'div',
        { class: 'fig' },
        make('h3', {}, title),
        gradeTable(title, say('col_class'), set.classes),
        paragraph(say('classes_rest', { none: count(set.none), unknown: count(set.unknown) }), 'note'),
      );
    }),
  );
}

/* Clusters of plain numbers, which have no segments. */
function groupsSection() {
  const { groups, tree } = summary.clusters || {};
  if (!groups) return null;
  return section(
    'groups',
    say('nav_groups'),
    [summary.drift ? say('of_fit', driftThen()) : '', tree && groups.length > 1 ? treeWords(tree) : ''].filter(Boolean).join(say('sentence_gap')),
    make(
      'div',
      { class: 'fig' },
      table(
        say('nav_groups'),
        [
          { head: say('col_cluster'), cell: (g) => String(g.cluster) },
          { head: say('col_rows'), number: true, cell: (g) => count(g.size) },
          { head: say('col_share_short'), number: true, cell: (g) => shareBar(g.share) },
          { head: say('col_rule'), class: 'text', cell: (g) => (g.rule ? g.rules[lang] : NOTHING) },
          { head: say('col_precision'), number: true, cell: (g) => percent(g.precision) },
          { head: say('col_coverage'), number: true, cell: (g) => percent(g.coverage) },
        ],
        groups,
      ),
    ),
  );
}

/* ---- Who is likely to leave ---- */

function churnTable({ stages, value }) {
  const rows = stages.map((row) => ({ ...row, names: { [lang]: stageNameOf(row.stage) } }));
  const amounts = worthColumn(rows.map((row) => row.value_at_risk));
  return table(
    say('nav_churn'),
    [
      { head: say('col_stage'), cell: (r) => r.names[lang] },
      { head: say('customers'), number: true, cell: (r) => count(r.size) },
      { head: say('col_risk'), number: true, cell: (r) => percent(r.risk_mean) },
      ...(value ? [{ head: withUnit(say('col_value_at_risk'), amounts.unit), number: true, cell: (r) => amounts.show(r.value_at_risk) }] : []),
    ],
    rows,
  );
}

function calibrationTable(check) {
  return [
    make('h3', {}, say('calibration')),
    paragraph(
      say(check.auc === null ? 'calibration_plain' : 'calibration_words', {
        auc: fixed(2)(check.auc),
        recency: fixed(2)(check.auc_recency),
        points: fixed(1)(100 * check.error),
      }),
      'note',
    ),
    check.telling === false ? paragraph(say('churn_nothing'), 'strong') : check.calibrated === false ? paragraph(say('churn_off'), 'strong') : null,
    table(
      say('calibration'),
      [
        { head: say('customers'), number: true, cell: (r) => count(r.size) },
        { head: say('col_foretold'), number: true, cell: (r) => percent(r.risk_mean) },
        { head: say('col_bought_nothing'), number: true, cell: (r) => percent(r.rate) },
      ],
      check.calibration,
    ),
  ];
}

function churnPart() {
  const { churn, next, segments, lifecycle } = summary;
  if (!segments || !churn || !lifecycle) return null;
  const most = churn.ranked.find((row) => row.share === 0.1);
  const part = most && churn.value_at_risk > 0 ? most.value_at_risk / churn.value_at_risk : null;
  const words = [
    say('churn_words', { days: days(churn.days), share: percentWords(churn.risk_mean) }),
    part !== null ? say('churn_ranked', { share: percentWords(part), value: featureName(churn.value) }) : '',
    churn.value && churn.unvalued > 0 ? say('churn_unvalued', { customers: count(churn.unvalued) }) : '',
  ];
  return [paragraph(words.filter(Boolean).join(say('sentence_gap')), 'note'), churnTable(churn), next && next.churn ? calibrationTable(next.churn) : null];
}

function rfmPart() {
  const { rfm_segments: rows } = summary;
  return rows && rows.length
    ? gradeTable(
        say('part_title_rfm'),
        say('col_rfm'),
        rows.filter((r) => r.size),
      )
    : null;
}
