/* blocks.js: figures made up for the parts of the page that a run made by hand has none of: months, moves, mosaic, map,
 * concentration, evidence, quality. Of any number of segments; the page is drawn anew. */
'use strict';
{
  const { segments, tiers, lifecycle } = summary;
  const k = segments.length;
  const range = (n) => Array.from({ length: n }, (_, i) => i);
  const month = (m) => `2011-${String(m).padStart(2, '0')}-10`;
  const cuts = range(6).map((i) => month(i + 7));
  const size = (i, m) => Math.round(segments[i].size * (0.7 + 0.06 * m));
  const counts = (m) => range(k + 1).map((i) => range(k).map((j) => (i === k ? (j ? 0 : 20 + m) : i === j ? size(i, m) - 9 : j === (i + 1) % k ? 9 : 0)));
  const worth = (rows) => rows.map((row) => row.map((n) => n * 120.5));
  summary.history = {
    cuts,
    drift_segments: 0.02,
    points: cuts.map((cut, m) => ({
      cut,
      customers: range(k).map((i) => size(i, m)),
      revenue: m ? range(k + 1).map((i) => 9000 / (i + 1) + 100 * m) : null,
      active: m ? range(k + 1).map((i) => 60 - i) : null,
    })),
    moves: cuts.slice(1).map((to, m) => ({ from: cuts[m], to, counts: counts(m), value: worth(counts(m)) })),
    drift: [
      { name: 'recency_days', label: { en: 'days since last purchase', zh: '距上次购买天数' }, psi: 0.2499, was: 50, now: 51 },
      { name: 'monetary_total', label: { en: 'total spend', zh: '累计消费' }, psi: 0.31, was: 621.5, now: 655.2 },
    ],
  };
  summary.changes = [
    { kind: 'revenue', value: 1126543, before: 1022344, segment: 0, share: 0.46 },
    { kind: 'shrank', segment: 0, size: 93, by: 7, joined: 2, left: 9, left_to: 1 },
    { kind: 'quiet', count: 38, value: 64412, between_orders: true },
    { kind: 'returned', count: 37, between_orders: false, second: 20 },
    { kind: 'new', count: 25, lapsed: 8 },
  ];
  summary.first = [
    { kind: 'keep', segment: 0, size: 93, value: 897000, rate: 0.95, returns: true },
    ...(tiers && lifecycle ? [{ kind: 'call', tiers: tiers.slice(0, 2).map((t) => t.tier), stage: 'at_risk', size: 17, value: 95000 }] : []),
    { kind: 'second_order', segment: k - 1, size: segments[k - 1].size, rate: 0.46, days: 86 },
  ];
  const limits = [30, 60, 90, 180, null];
  summary.grid = {
    recency: limits,
    frequency: [1, 2, 4, 9, null],
    cells: range(25).map((at) => {
      const of = range(k).map((i) => Math.round((segments[i].size / 25) * (i === at % k ? 1.5 : 1)));
      return { r: Math.floor(at / 5), f: at % 5, n: of.reduce((a, b) => a + b, 0), value: 1000 * (1 + (at % 5)), segments: of };
    }),
  };
  const axis = (share, loadings) => ({
    share,
    loadings: ['recency_days', 'frequency', 'monetary_total'].map((name, i) => ({ name, label: { en: name, zh: name }, loading: loadings[i] })),
  });
  summary.map = {
    size: 0.3,
    axes: [axis(0.76, [-0.5, 0.6, 0.62]), axis(0.19, [0.86, 0.3, 0.4])],
    extent: [-2, 4, -2, 3],
    rows: 961,
    set_apart: 0,
    edge: 0,
    axis_rows: 961,
    hexagons: range(60).map((i) => [(i % 10) - 4, Math.floor(i / 10) - 2, 3 + (i % 17), i % k]),
    medians: segments.map((s, i) => (i ? [(i % 6) / 2, (i % 7) / 3 - 1] : [null, null])),
  };
  const curve = range(101).map((i) => [i / 100, (i / 100) ** 0.25]);
  summary.lorenz = {
    customers: summary.customers,
    points: curve,
    top: [0.01, 0.05, 0.2, 0.5].map((share) => ({ share, customers: Math.ceil(share * summary.customers), value_share: share ** 0.25 })),
  };
  if (tiers && lifecycle) {
    lifecycle.forEach((row) => {
      row.tiers = tiers.map((tier, t) => [Math.round(row.size * tier.share || 0), row.size ? 1000 * (5 - t) : 0]);
    });
  }
  segments.forEach((s, i) => {
    s.rule_parts = [
      [
        { name: 'recency_days', label: { en: 'days since last purchase', zh: '距上次购买天数' }, operator: '<=', threshold: 23 },
        { name: 'frequency', label: { en: 'purchases', zh: '购买次数' }, operator: '>', threshold: 4 },
        { name: 'frequency', label: { en: 'purchases', zh: '购买次数' }, operator: '<=', threshold: 8 },
      ],
      [
        { name: 'recency_days', label: { en: 'days since last purchase', zh: '距上次购买天数' }, operator: '<=', threshold: 23 },
        { name: 'Gender', label: { en: 'Gender', zh: 'Gender' }, operator: '=', level: '<b>F</b>' },
      ],
    ];
    s.advice = i ? { do: { en: 'Remind them', zh: '提醒' }, avoid: i > 1 ? { en: 'Calls', zh: '致电' } : null, action: null } : null;
  });
  const method = (name, n, eta2) => ({
    method: name,
    k: n,
    eta2,
    auc: 0.7 + eta2 / 10,
    cuts: [eta2 + 0.01, eta2, eta2 - 0.01],
    agreement_sample: 0.995,
    agreement_month: null,
  });
  summary.evidence = {
    cuts: cuts.slice(0, 3),
    days: 90,
    customers: 961,
    sampled: true,
    methods: [method('segments', k, 0.246), method('rfm_map', 6, 0.22), method('kmeans', 5, 0.235), method('spend_quintiles', 5, 0.227)],
    questions: [
      { kind: 'natural', measured: 1.86, bar: 0.5, better: 'less', yes: false, of: 4 },
      { kind: 'sample', measured: 0.987, bar: 0.9, better: 'more', yes: true, of: null },
      { kind: 'refit', measured: 0.952, bar: 0.85, better: 'more', yes: true, of: null },
      { kind: 'each', measured: 0.74, bar: 0.75, better: 'more', yes: false, of: 1 },
      { kind: 'tells', measured: 0.2458, bar: 0.22, better: 'more', yes: true, of: 'rfm_map' },
    ],
  };
  summary.quality = {
    value: 9747748,
    value_no_customer: 1447682,
    orders: 25900,
    orders_no_customer: 3710,
    returns: 8905,
    returns_value: -611342.1,
    duplicates: 5225,
    zero_price: 0,
    undated: { read: 9, rejected: 9, no_customer: 0, value: 5, value_no_customer: 0 },
    months: range(13).map((i) => ({
      month: `${i ? 2011 : 2010}-${String(i || 12).padStart(2, '0')}`,
      read: 42481,
      rejected: 15631,
      no_customer: 15631,
      value: 748957,
      value_no_customer: i === 3 ? 0 : 194353 - 9000 * i,
    })),
  };
  const audited = (rows) => ({
    verdict: 'strong',
    cramers_v: 0.4,
    chi_square: 90,
    degrees: 5,
    p: 0.001,
    farthest: [0, 0],
    rows: rows.map((row) => ({
      ...row,
      cells: [
        { count: 40, share: 0.1, ratio: 1.754, low: 1.31, high: 2.2 },
        { count: null, share: null, ratio: null, low: null, high: null },
      ],
    })),
  });
  summary.audit = {
    columns: [
      {
        name: 'Gender',
        label: { en: 'Gender', zh: 'Gender' },
        sensitive: true,
        clustered: false,
        sentence: { en: 'Gender goes with <i>segments</i>', zh: 'Gender 与客群相关' },
        missing: 0,
        levels: ['F', 'M'].map((level) => ({ text: { en: level, zh: level }, size: 500 })),
        segments: audited(segments.map((s) => ({ segment: s.segment }))),
        tiers: audited((tiers || []).map((t) => ({ tier: t.tier }))),
      },
    ],
  };
  summary.privacy = { pseudonyms: '0123456789abcdef', suppressed: { ids: 12, found: 7 }, min_cell: 10, hidden: 3 };
  if (tiers) segments[0].tiers.vip = null;
  render();
}
