/* profile.js: how far the means of the segments lie from the mean of all: an index of 100 is the average. */
'use strict';

const FEATURES_SHOWN = 10;
const OCTAVES = 3; /* bars reach an eighth and eight times */
const KEY_INDEX = 1.5;
const OFTEN = ['frequency', 'purchase_days'];

/* An index is told where both means are above 0. */
function indexOf(mean, all) {
  return typeof mean === 'number' && typeof all === 'number' && all > 0 && mean >= 0 ? mean / all : null;
}

/* Of a feature that takes both signs 100 may be next to nothing: it has no index. */
function profileFeatures(shown) {
  return (summary.profile || []).filter((f) => typeof f.mean_all === 'number' && f.mean_all > 0 && !shown.some((i) => f.segments[i].mean < 0)).slice(0, FEATURES_SHOWN);
}

function indexCell(feature, cell, index) {
  const ratio = indexOf(cell.mean, feature.mean_all);
  if (ratio === null) return make('td', {}, NOTHING);
  const reach = Math.max(-OCTAVES, Math.min(OCTAVES, ratio > 0 ? Math.log2(ratio) : -OCTAVES));
  const width = (Math.abs(reach) / OCTAVES) * 50;
  const key = ratio >= KEY_INDEX || ratio <= 1 / KEY_INDEX;
  return make(
    'td',
    { class: key ? 'key' : null },
    count(100 * ratio),
    make(
      'span',
      { class: 'axis', '--hue': hue(index), 'aria-hidden': 'true' },
      make('i', { '--from': (reach < 0 ? 50 - width : 50).toFixed(2) + '%', '--share': Math.max(0.6, width).toFixed(2) + '%' }),
    ),
  );
}

function profileTable(features, shown) {
  return table(
    say('nav_profile'),
    [{ head: say('col_feature'), cell: (f) => featureName(f.name) }, ...shown.map((i) => ({ head: segmentName(i), cell: (f) => indexCell(f, f.segments[i], i) }))],
    features,
    { kind: shown.length > 8 ? 'profile many' : 'profile' },
  );
}

function meansTable(features, shown) {
  const show = features.map((f) => featureFormat(f, [f.mean_all, ...f.segments.map((cell) => cell.mean)]));
  return table(
    say('means_title'),
    [
      { head: say('col_feature'), cell: (f) => featureName(f.name) },
      ...shown.map((i) => ({ head: nameOf(i), number: true, cell: (f, row) => show[row](f.segments[i].mean) })),
      { head: say('col_all'), number: true, cell: (f, row) => show[row](f.mean_all) },
    ],
    features,
  );
}

/* The feature by which the segment of most value stands out, how often they buy before all others. */
function profileFinding(features, shown) {
  const at = summary.value ? topSegment() : shown[0];
  if (!shown.includes(at)) return say('profile_title');
  const ratio = (f) => indexOf(f.segments[at].mean, f.mean_all) || 0;
  const often = features.find((f) => OFTEN.includes(f.name) && ratio(f) >= KEY_INDEX);
  const most = often || features.reduce((a, b) => (ratio(b) > ratio(a) ? b : a));
  if (ratio(most) < KEY_INDEX) return say('profile_title');
  const times = ratio(most) < 10 ? format(ratio(most), { maximumSignificantDigits: 2 }) : count(ratio(most));
  return say(most === often ? 'profile_often' : 'profile_most', { name: nameOf(at), feature: featureWords(most.name), times });
}

function profileSection() {
  const { segments } = summary;
  if (!segments || segments.length === 1) return null;
  const shown = segments.map((s, i) => i).filter((i) => !isSilent(segments[i]));
  const features = profileFeatures(shown);
  if (!features.length) return null;
  return section(
    'profile',
    profileFinding(features, shown),
    say('profile_lede'),
    make('div', { class: 'fig' }, profileTable(features, shown), behind(meansTable(features, shown))),
  );
}
