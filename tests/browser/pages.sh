# pages.sh: every page that is opened, and what must be seen in it. render.sh goes
# through it twice: to make the pages, and, once they are drawn, to look at them.
# shellcheck shell=sh disable=SC2154

unfold='document.querySelectorAll("details").forEach((d) => { d.open = true; });'
open full "$folder/en/full.html" 1400
expect full '<h1>9% of the customers bring 48% of the revenue</h1>'
expect full 'data from 1 December 2010 to 9 December 2011'
expect full 'The 93 “Frequent, high spend” spent'
expect full 'charts=8 '
expect full '135,080'
expect full 'Days since last purchase'
expect full 'K = 6 has the greatest silhouette'

open full-zh "$folder/zh/full.html" 1400
expect full-zh 'lang="zh-CN"'
expect full-zh '<h1>9%的客户.贡献了48%的销售额</h1>'
expect full-zh '金卡'
expect full-zh '距上次购买天数'

open switched "$folder/en/full.html" 1400 '<script>document.getElementById("language").click()</script>'
expect switched '<h1>9%的客户.贡献了48%的销售额</h1>'
expect switched 'lang="zh-CN"'
open dark "$folder/en/full.html" 1400 '<script>dispatchEvent(new Event("beforeprint")); dispatchEvent(new Event("afterprint"));
document.getElementById("theme").click()</script>'
expect dark 'data-theme="dark"'
expect dark 'charts=8 '
open narrow "$folder/en/full.html" 400
open narrow-zh "$folder/zh/full.html" 400
open unfolded "$folder/en/full.html" 1400 "<script>$unfold</script>"
expect unfolded 'charts=8 '
open unfolded-narrow "$folder/zh/full.html" 400 "<script>$unfold</script>"

# All parts of the page, of figures that are made up; as they come, opened, narrow, and on paper.
blocks="<script>$(cat "$here/blocks.js")</script>"
open blocks "$folder/en/full.html" 1400 "$blocks"
expect blocks 'charts=20 '
expect blocks '<b>Revenue of the month: 1\.13m</b>, 10% more than the month before\. 46% of it came from “Frequent, high spend”\.'
expect blocks '<b>7 fewer “Frequent, high spend”</b> (93): 2 joined, 9 left\.'
expect blocks '<b>37 quiet customers bought again\.</b> 20 who had bought once bought a second time\.'
expect blocks '<b>Contact the 17 VIP and Gold customers at risk\.</b> They have brought 95,000'
expect blocks '<b>38 active customers are between two orders now\.</b> They have brought 64,400 so far\.'
expect blocks '<b>Keep the 93 “Frequent, high spend”\.</b> 95% of such customers bought again'
expect blocks '>5 to 8 purchases or Gender is &lt;b&gt;F&lt;/b&gt;</li>'
expect blocks '>Remind them\.</p>'
expect blocks '>6% of customers changed segment since 10 November<'
expect blocks 'aria-label="9 customers, Frequent, high spend → Regular buyers, 1,080 so far"'
expect blocks '>22% of the customers bought once; the 22% who bought 10 times or more hold 33% of the revenue<'
expect blocks '>One tile is 5 customers, in the colour of their segment<'
expect blocks '>961 of 1,000 customers have a place on it\.<'
expect blocks '>The top 5% of customers bring 47% of the revenue<'
expect blocks '>Churn warning: 17 VIP and Gold customers are at risk, with 95,000 so far<'
expect_count blocks 'class="call"' 2
expect blocks '>“Frequent, high spend” brought [0-9]*% of the revenue of the last month<'
expect blocks '>Reproducible: yes\. Natural groups: no\. Tells what comes next: better than an RFM map<'
expect blocks '>Overlap (Jaccard) with the same segment found in other samples; the least, “Regular buyers”<'
expect blocks ' In each of the 3 cuts these segments told more'
expect blocks '>\.995<' # agreements are rounded down
expect blocks '>A quarter of the order lines names no customer: 15% of the revenue belongs to nobody<'
expect blocks '>8,905 returns or cancellations, −611k: netted<'
expect blocks '>9 rows without a day that can be read: rejected<'
refuse blocks 'lines of amount zero'
expect blocks '90 days ahead; 961 of them, drawn at random<'
# What is hidden is no 0; what is sensitive is told of, as text.
expect blocks '>Segments or tiers go strongly with Gender<'
expect blocks '<li>Gender goes with &lt;i&gt;segments&lt;/i&gt;\.</li>'
expect blocks '>1\.75<small class="range">40 customers; 1\.31 to 2\.20</small>'
expect blocks 'counts of fewer than 10 customers'
expect blocks 'Ids are pseudonyms by the key 0123456789abcdef\. Of a list of 12 customers to be left out, 7 were found'
expect blocks '<td class="number">–</td><td class="number">[0-9]'
expect blocks '>0\.24</td><td>shifted<' # which is no 0.25 yet
expect blocks '>0\.31</td><td>drifted<'
open blocks-zh "$folder/zh/full.html" 1400 "$blocks"
expect blocks-zh '<b>当月销售额113万</b>，比上月增长10%。'
expect blocks-zh '流失预警：17位VIP和金卡客户有流失风险'
expect blocks-zh '>975万<'
open blocks-narrow "$folder/en/full.html" 400 "$blocks<script>$unfold</script>"
open blocks-narrow-zh "$folder/zh/full.html" 400 "$blocks<script>$unfold</script>"
open blocks-paper "$folder/en/full.html" 760 "$blocks<script>dispatchEvent(new Event('beforeprint'))</script>"
expect blocks-paper 'viewBox="0 0 695 '
# One stop of the tab key a chart; arrows go about in it, and tell.
open keys "$folder/en/full.html" 1400 "$blocks<script>
const stops = [...document.querySelectorAll('.chart')].map((box) => box.querySelectorAll('[tabindex=\"0\"]').length);
const mark = document.querySelector('.told'); mark.focus();
mark.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
document.body.append(Object.assign(document.createElement('i'), { textContent: 'stops=' + [...new Set(stops)].join() +
  ' second=' + document.activeElement.getAttribute('aria-label').includes('Regular buyers') + ' left=' + mark.getAttribute('tabindex') }))</script>"
expect keys 'stops=1 second=true left=-1'
open month "$folder/en/full.html" 1400 "$blocks<script>const pick = document.getElementById('month'); pick.value = '0';
pick.dispatchEvent(new Event('change'))</script>"
expect month '>10 July 2011<'

# What is hidden is nothing: no 0, no part of a sum, no sentence, no end of a line.
hidden='Object.assign(summary.segments[1], { size: null, share: null, value_total: null, value_share: null });
  summary.privacy = { pseudonyms: null, suppressed: null, min_cell: 10 };
  summary.history.moves.forEach((m) => { m.counts[0][1] = null; });
  summary.history.points.forEach((p, i) => { p.customers[0] = i % 2 ? null : p.customers[0]; if (p.revenue) { p.revenue[0] = null; p.active[0] = null; } });
  summary.changes[1].joined = null; summary.changes[3].count = null; summary.first[0].size = null;
  summary.lifecycle.forEach((row) => { row.tiers[0] = [null, null]; });
  Object.assign(summary.grid.cells[0], { n: null, value: null, segments: null }); summary.grid.cells[1].segments[0] = null;
  summary.lorenz.top[0].value_share = null;'
open hidden "$folder/en/full.html" 1400 "$blocks<script>$hidden render()</script>"
expect hidden '>Movements</h2>'
expect hidden 'Moves of fewer than 10 customers, and those'
expect hidden '<b>Revenue of the month'
refuse hidden '7 fewer\|quiet customers bought again\|>Keep the\|changed segment since\|of the revenue of the last month\|who bought .* times or more hold'
expect hidden '>Month by month</h2>'
expect hidden '>The customers as a picture</h2>'
expect hidden 'width="[0-9.]*" height="36" fill="var(--s0)"[^>]*></rect><text[^>]*>9%<'
open hidden-narrow "$folder/zh/full.html" 400 "$blocks<script>$hidden render()</script>"
expect hidden-narrow '不足10位客户的迁移'

# What whole customers cannot show, or both signs make meaningless, is not told.
open few "$folder/en/full.html" 1400 '<script>summary.lorenz.customers = 2; summary.lorenz.top.forEach((t) => { t.customers = 1; });
  summary.profile.forEach((f) => { f.segments[1].mean = -1; }); summary.first = [{ kind: "call", tiers: ["vip"], stage: "at_risk", size: 1, value: 9 }];
  summary.segments.forEach((s, i) => { if (s.next) Object.assign(s.next, { value_mean: -100 - 50 * i, value_low: null, value_high: null }); }); settings.brand = { name: "x", colour: "#ffee00" };
  render(); setTheme("light"); document.body.append(Object.assign(document.createElement("i"), { textContent: "dots=" + new Set([...document.querySelectorAll("#next circle")]
  .map((c) => c.getAttribute("cx"))).size + " accent=" + document.documentElement.style.getPropertyValue("--accent") }))</script>'
refuse few '[Tt]op \(1\|5\|20\)%\|id="profile"'
expect few '>The top 50% of customers bring'
expect few '>Concentration of revenue'
expect few '>Contact the one VIP customer at risk\.<'
expect few 'dots=10 accent=var(--ink)'
# The colon of a value ends no name, as that behind a name does.
open colon "$folder/en/full.html" 1400 '<script>summary.features.columns[0].label = { en: "city: North", zh: "city：North" };
  summary.segments.forEach((s, i) => { s.names = { en: i ? "Kind " + i + ": many" : "Low age, City: North", zh: "x" }; }); render();
  document.body.append(Object.assign(document.createElement("i"), { textContent: "names=" + called.map((c) => c.name).join("; ") }))</script>'
expect colon 'names=Low age, City: North; Kind 1; Kind 2: many;' # S2: numbered, all of it traits
# Money is net of what was taken off it, and of nothing else.
open untaken "$folder/en/full.html" 1400 '<script>summary.data_quality.findings.push({ kind: "refund_column", severity: "warning", gate: "note", message: "", message_in: { en: "", zh: "" } }, { kind: "amount_level", severity: "warning", gate: "note", message: "", message_in: { en: "", zh: "" } }); render()</script>'
expect untaken 'Not taken off: refunds, which stand in a column of their own (see the notes)'
expect untaken 'Amounts seem to be those of whole orders'
refuse untaken 'is net of returns,'
open returnless "$folder/en/full.html" 1400 '<script>summary.quality = { value: 1, value_no_customer: 0, orders: 1, orders_no_customer: 0, returns: 0, returns_value: 0, duplicates: 0,
  zero_price: 0, months: [], undated: null }; summary.data_quality.findings = []; render()</script>'
expect returnless 'no line of it is a return'
open among "$folder/en/full.html" 1400 '<script>summary.segments[0].rule_among = [{ name: "purchase_days", label: { en: "p", zh: "p" }, operator: ">", threshold: 1 }]; summary.clusters.set_apart = 1; render()</script>'
expect among '<ul><li>Bought on 2 days or more</li>'
expect among 'of the [0-9,]* customers whom no rule sets apart'

# Whom it is for, whose it is, and what money is.
open executive "$folder/en/full.html" 1400 '<script>settings.audience = "executive"; settings.currency = "GBP";
settings.brand = { name: "<b>Acme</b>", colour: "#1d4e96", logo: null }; summary.totals.currency = null; render()</script>'
refuse executive 'id="analyst"\|K = 6 has'
expect executive 'class="brand"><svg[^>]*>.*<span>&lt;b&gt;Acme&lt;/b&gt;</span>'
expect executive '£9,650 each'
expect full 'id="analyst"'
open pounds-zh "$folder/zh/full.html" 1400 '<script>settings.currency = "GBP"; summary.totals.currency = null; render()</script>'
expect pounds-zh '人均消费9,650英镑'
expect pounds-zh '>销售额（万英镑）<'

# tesela check: on a narrow screen nothing lies beside it, and each cell has the head of its column.
beside='<script>document.body.append(Object.assign(document.createElement("div"), {textContent: "beside=" +
  [...document.querySelectorAll("td, tbody th")].filter((c) => c.getBoundingClientRect().right > innerWidth).length + " tall=" +
  [...document.querySelectorAll("td.text")].filter((c) => c.textContent && c.getBoundingClientRect().width < 300).length}))</script>'
open check "$folder/en/check.html" 1400
expect check 'unknown_unit'
expect check '>1 row is rejected: rows without a customer are not used<'
open check-narrow "$folder/en/check.html" 400 "$beside"
expect check-narrow 'data-head="What"'
expect check-narrow '>beside=0 tall=0<'
# A word stays on one line, in Chinese, too.
broken='<script>document.body.append(Object.assign(document.createElement("div"), {textContent: "broken=" +
  [...document.querySelectorAll("td.word")].filter((c) => { const r = document.createRange(); r.selectNodeContents(c);
    return r.getClientRects().length > 1; }).length + " of " + document.querySelectorAll("td.word").length}))</script>'
open check-zh "$folder/zh/check.html" 1400 "$broken"
expect check-zh '>broken=0 of 4<'

# As text in the page; never as an element of it.
open hostile "$folder/en/hostile.html" 1400 "<script>$unfold</script>"
expect hostile '&lt;/script&gt;&lt;img src=x onerror="document.title=.broken."&gt;'
refuse hostile '<img'
refuse hostile 'title=broken'
open hostile-narrow "$folder/en/hostile.html" 400 "$blocks"
refuse hostile-narrow '<img'

open customers-only "$folder/en/customers-only.html" 1400
# What there is nothing to say of has no head.
refuse customers-only 'id="value"\|href="#value"\|id="plan"\|href="#plan"\|Value tiers\|Lifecycle'
expect full 'id="value"'
expect full 'href="#value"'
expect full 'id="plan"'
expect full 'href="#plan"'
refuse customers-only '% of revenue'
expect customers-only '>Marital status</th>'
expect customers-only '>23\.6% to 29\.7%</small>'
# Rules of all kinds of conditions: in words of the feature's own, or by its name.
expect customers-only '>Days since last purchase is not known</li>'
expect customers-only '>9 or more purchases, or not known</li>'
rule='const part = (name, operator, rest) => ({ name, label: { en: name, zh: name }, operator, ...rest });
  summary.segments[0].rule_parts = [[part("frequency", ">", { threshold: 1 }), part("frequency", "<=", { threshold: 2 })]];
  summary.segments[1].rule_parts = [[part("purchase_days", "=", { threshold: 2 }), part("gender", "!=", { level: "F" })]];
  summary.segments[2].rule_parts = [[part("renewed", "=", { level: true }), part("age", "known"), part("frequency", "<=", { threshold: 1 })]];
  summary.segments[3].rule_parts = [[part("age", ">", { threshold: 20, or_unknown: true }), part("age", "<=", { threshold: 40 })]];'
open rules "$folder/en/full.html" 1400 "<script>$rule render()</script>"
expect rules '>2 purchases</li>'
expect rules '>Bought on 2 days</li><li>Gender is not F</li>'
expect rules '>Renewed: yes</li><li>Age is known</li><li>At most one purchase</li>'
expect rules '>Age over 20 and at most 40</li>'
open customers-only-narrow "$folder/zh/customers-only.html" 400
open features-only "$folder/en/features-only.html" 1400
expect features-only '<h1>23 features of 1,000 customers</h1>'
open cluster-only "$folder/en/cluster-only.html" 1400
expect cluster-only '<h1>1,000 rows in 6 clusters</h1>'
open from-files "$folder/en/from-files.html" 1400
expect from-files 'no table was read'

# A run that applied an earlier one's model says whether that still fits; no other does.
refuse full 'id="drift"\|href="#drift"'
open applied "$folder/en/applied.html" 1400 "<script>$unfold</script>"
expect applied 'href="#drift">Does the model still fit?'
expect_count applied '>The model still fits in the main, but 3 of the 22 features that the segments rest on have shifted, 1 of them far\.<' 1
expect applied 'The model still fits in the main, but 3 of the 22 features that the segments rest on have shifted, 1 of them far\.</p>'
expect applied '>When the model was fitted, the segments overlapped at their edges (silhouette 0\.35)\.<'
expect applied 'fitted the model on 900 customers; here it was applied to 1,000 customers\.'
expect applied 'how the features are made, the clusters, the cuts of the RFM scores, the limits of the lifecycle and the names of the segments\. Fitted anew: the cuts of the tiers\.'
# What is of the fit says so; what is not is of these customers.
expect applied 'The segments keep the numbers that they were given when the model was fitted\.'
refuse applied 'Numbered by'
expect applied '>Of these customers: right for 93% of those it names, finds 89%<'
expect applied '>When the model was fitted: right for 97%, found 94%<'
expect applied 'It puts 86% of these customers into the segment they are in; when the model was fitted it was 91%'
expect applied '>The figures of this section are those of the fit: of the 900 customers that the model was made from'
expect applied '>Limit of chance<'
refuse applied 'By chance'
expect full '>Bought again in 90 days&nbsp;\*<'
expect full '>90\.0%</td><td class="number">85\.0%</td><td class="number">94\.0%<'
expect full 'Spent in the period, per customer'
expect full 'The 90 days from 1 May 2019 on, told by the segments drawn on that day'
expect full 'The segments told what customers did next (eta² 0\.28, AUC 0\.76), better than a map of RFM scores (0\.25, 0\.74)'
expect full '57 new customers added'
refuse applied 'Bought again in'
open full-nothing "$folder/en/full.html" 1400 '<script>summary.next.telling = false; render()</script>'
expect full-nothing 'The segments told nothing of what customers did next'
open full-others "$folder/en/full.html" 1400 '<script>summary.next.former = [{ code: "S1", names: { en: "S1", zh: "S1" }, size: 203, rate: 0.33 }]; summary.segments.forEach((s) => { s.next = null; }); render()</script>'
refuse full-others 'Bought again in'
expect full-others "There are no figures of what came next: none of today’s segments was there on"
expect full-others 'S1 (203 customers, 33% bought)'
open full-untested "$folder/en/full.html" 1400 '<script>summary.next.refitted = false; render()</script>'
expect full-untested 'What the segments told of it (eta² 0\.28, AUC 0\.76) is no test of a forecast\.'
refuse full-untested 'better than a map of RFM scores'
open full-alike "$folder/en/full.html" 1400 '<script>summary.next.methods[0].eta2 = 0.29; render()</script>'
expect full-alike 'about as well as a map of RFM scores (0\.29'
# Where the intervals of all segments meet, nothing is made of the order of their rates.
open full-level "$folder/en/full.html" 1400 '<script>summary.segments.forEach((s) => { if (s.next) Object.assign(s.next, { low: 0.1, high: 0.95 }); }); render()</script>'
expect full-level '>The segments hardly differ in who came back<'
refuse full 'hen the model was fitted\|those of the fit\|of these customers'
expect full 'Numbered by the value they bring\.'
expect applied 'charts=8 '
expect applied '>−7\.4<'
expect applied '7 values of categories and channels were new to the model; the notes say'
expect applied '>0\.059<' # what chance alone gives at most
expect_count applied 'class="level drifted">drifted<' 3 # frequency, twice, and rfm_score, which counts for nothing
expect_count applied 'class="level shifted">shifted<' 4
expect_count applied '"number">0\.250<' 2 # frequency; purchase_days, at 0.2499, is not drifted
expect_count applied '"number">0\.249<' 2
expect applied 'All together: population stability index (PSI) of their sizes 0\.090 (stable); mean distance 1\.25 then, 1\.30 now (stable)\.'
refuse applied 'Bars end at'
open applied-zh "$folder/zh/applied.html" 1400
expect applied-zh '>模型大体适用，但客群所依据的22个特征中有3个发生偏移，其中1个显著偏移。<\|>模型大体适用，但客群所依据的 22 个特征中有 3 个发生偏移，其中 1 个显著偏移。<'
expect applied-zh '>模型拟合时，各客群在边缘有所重叠'
expect applied-zh '>模型拟合时：准确率97%'
rows='[...summary.segments, ...summary.tiers, ...summary.lifecycle, ...(summary.lifecycle_phases || []), ...(summary.rfm_segments || []),
...(summary.strategies ? summary.strategies.rows : []), ...(summary.rules || []).flatMap((set) => set.classes)]'
open applied-unknown "$folder/en/applied.html" 1400 '<script>summary.value.total = null;
for (const row of '"$rows"') row.value_total = row.value_share = null;
render()</script>'
expect applied-unknown 'The value of these customers is not known'
refuse applied-unknown 'not above 0\|% of revenue'
open applied-narrow "$folder/en/applied.html" 400 "<script>$unfold</script>"
open applied-far "$folder/en/applied.html" 400 '<script>Object.assign(summary.drift, { customers_then: 1, customers_now: 1, unseen_values: 1 });
summary.drift.features[4].psi = 8.7; summary.drift.parts.tiers = "frozen"; render()</script>'
expect applied-far 'Bars end at 1; the table'
expect applied-far '"number">8\.700<'
expect applied-far 'on 1 customer; here it was applied to 1 customer\.'
expect applied-far '1 value of a category'
refuse applied-far 'Fitted anew'
open assigned "$folder/en/assigned.html" 1400 "<script>$unfold</script>"
expect assigned 'fitted the model on 900 rows; here it was applied to 1,000 rows\.'
expect assigned 'Kept as they were fitted: how the features are made and the clusters\.'
expect assigned '<h1>1,000 rows in 6 clusters</h1>'
expect_count assigned '>The figures of this section are those of the fit: of the 900 rows' 2

# Where evidence was gathered the verdict comes first, and every index says its k; agreements are rounded down.
refuse full 'id="evidence"'
open judged "$folder/en/judged.html" 1400 "<script>$unfold</script>"
expect judged 'charts=11 '
expect judged '<b>Verdict: constructed segments, no natural groups\.</b>'
expect judged '<li>No natural groups were found: at each k from 2 to 20 [^<]*\.</li>'
expect_count judged 'Verdict: constructed segments' 2
refuse judged 'silhouette 0\.'
expect judged '>0\.94</td><td><span class="level stable">very stable<'
expect judged '>0\.76</td><td><span class="level stable">stable<'
expect judged 'class="level shifted">a pattern<'
expect judged 'class="level drifted">doubtful<'
expect judged 'class="level drifted">unstable<'
expect judged '>Silhouette</th><td>6</td><td>5</td>'
expect judged '>Prediction strength</th><td>3</td><td>–</td>'
expect judged '>Gap</th><td>1: no clusters</td><td>–</td>'
expect judged '>Natural groups (prism dip)</th><td>none found<'
expect judged '>0\.99<small class="range">± 0\.020</small>' # .995, which is not the same
expect_count judged 'class="mark-word">chosen<' 1
expect judged '<li>3 customers lie far from everybody by [^<]*: 75940 where the median of all is 189[89], 40 times as much\.</li>'
refuse full 'far from everybody'
open judged-natural "$folder/en/judged.html" 1400 '<script>Object.assign(summary.clusters, { method: "anchored", placed: 3, places: "previous" });
Object.assign(summary.clusters.evidence.natural, { k: 4, at_limit: true }); render()</script>'
expect judged-natural '>at least 4 groups<'
expect judged-natural '4 <span class="mark-word">natural groups<'
expect judged-natural "are drawn by the centres of the previous run’s segments, not chosen by k"
expect judged-natural "Numbered in the order of the previous run’s segments, whose centres draw them"
refuse judged-natural 'class="mark-word">chosen<'
open judged-narrow "$folder/zh/judged.html" 400 "<script>$unfold</script>"
expect judged-narrow '>结论：人为划分的客群，不是天然群体。<'
expect judged-narrow '>非常稳定<'
open judged-then "$folder/en/judged-then.html" 1400 "<script>$unfold</script>"
expect judged-then '>When the model was fitted: constructed segments, no natural groups\.<'
expect judged-then '>very stable<'
refuse judged-then 'Verdict: '
expect_count judged-then '>The figures of this section are those of the fit: of the 900 customers' 2

# Where everything is unusual. Values that are not above 0 in all have no shares.
shares="for (const row of $rows)"
open negative "$folder/en/full.html" 1400 "<script>$shares { row.value_share = null; row.value_total = -5; }
summary.value.total = -30; summary.lorenz = null; summary.first = []; render()</script>"
expect negative 'not above 0, so there are no shares of value'
expect negative '; the largest, “'
refuse negative '% of revenue\|brings\|have brought\|and of revenue'
open partly "$folder/en/full.html" 1400 "<script>summary.segments[0].value_share = 1.2;
summary.segments[1].value_share = -0.2; summary.tiers[0].value_share = 1.4; summary.lorenz.top.forEach((t) => { t.value_share *= 2; }); summary.lorenz.points.forEach((p) => { p[1] *= 2; }); render()</script>"
expect partly 'Some totals are below 0'
refuse partly '<h1>[^<]*bring\|The top'
open even "$folder/en/full.html" 1400 "<script>$shares row.value_share = null;
for (const segment of summary.segments) segment.size = 100; render()</script>"
refuse even 'the largest'
expect even '<h1>1,000 customers in 6 segments</h1>'
# One segment: nothing is compared with anything.
alone='summary.segments.length = 1; Object.assign(summary.segments[0], { size: summary.customers, share: 1, value_share: 1,
  tiers: {}, lifecycle: {} }); Object.assign(summary.clusters, { k: 1, silhouette: null }); summary.clusters.candidates.length = 1;
  for (const rows of [summary.tiers, summary.lifecycle]) {
    rows.forEach((row, i) => Object.assign(row, i ? { size: 0, share: 0 } : { size: summary.customers, share: 1 })); }
  summary.lorenz = null;'
open alone "$folder/en/full.html" 1400 "<script>$alone render()</script>"
expect alone ' form one segment'
expect alone 'charts=1 ' # what they did next
expect alone 'All customers are “VIP”'
refuse alone 'Where the segments differ\|Segment by\|put the customers\|silhouette [0-9]'
open alone-zh "$folder/zh/full.html" 1400 "<script>$alone render()</script>"
expect alone-zh '构成一个客群'
# Two: no card has a blank beside it. Twelve, with names of 60 characters.
open two "$folder/en/full.html" 1400 "<script>summary.segments.length = 2; [...summary.profile, ...summary.means].forEach((f) => { f.segments.length = 2; });</script>$blocks"
expect two 'class="cards pair"'
many='const of = (i, list) => JSON.parse(JSON.stringify(list[i % 6]));
  [...summary.profile, ...summary.means].forEach((f) => { f.segments = Array.from({ length: 12 }, (_, i) => of(i, f.segments)); });
  summary.segments = Array.from({ length: 12 }, (_, i) => Object.assign(of(i, summary.segments), { segment: i + 1, colour: i, size: 83,
    names: { en: "Segment " + (i + 1) + " of customers with a name that is sixty characters long".slice(0, 60), zh: "名称很长的客群之" + (i + 1) + "（购买频繁、金额较高、近期活跃、偏好线上渠道的老客户群体）" } }));'
open many "$folder/en/full.html" 1400 "<script>$many</script>$blocks"
open many-narrow "$folder/zh/full.html" 400 "<script>$many</script>$blocks"
open many-narrow-en "$folder/en/full.html" 400 "<script>$many</script>$blocks<script>$unfold</script>"
# A share of nearly all is never said to be all, one of all is; and none has a sign before 0.
nearly='summary.segments[0].share = 0.9997; summary.segments[1].share = 1; summary.segments[2].value_share = -0.0004;'
open nearly "$folder/en/full.html" 1400 "<script>$nearly render()</script>"
expect nearly '>99\.9%<'
expect nearly '>100\.0%<'
refuse nearly '[−-]0\.0%'
open day "$folder/en/full.html" 1400 '<script>summary.gap_p90_days = 1; render()</script>'
expect day 'last at most 1 day\.'

# Mean and effect on opposite sides of all: a star from 0.05 and 10 % on.
stars() {
    open "$1" "$folder/en/full.html" 1400 "<script>for (const row of [...summary.profile, ...summary.means]) for (const cell of row.segments)
Object.assign(cell, { mean: 100, effect: 0 }); summary.profile[0].mean_all = 100;
Object.assign(summary.profile[0].segments[0], { mean: $2, effect: $3 }); render()</script>"
    expect_count "$1" '[0-9]\*</small>' "$4"
}
stars star 110.1 -0.051 1
stars star-near 109.9 -0.051 0
stars star-small 110.1 -0.049 0
stars star-below 89.9 0.051 1
stars star-same 110.1 0.051 0

# Numbers of any size are told whole: by a power of ten where zeros alone would do it.
sizes() {
    open "$1" "$folder/$4/full.html" 1400 "<script>summary.value.unit = ''; summary.totals.currency = null;
for (const row of [...summary.segments, ...summary.tiers, ...summary.lifecycle]) Object.assign(row, { value_total: $2, lowest: $2 });
summary.value.total = 6 * $2; summary.clusters.tree.cost_ratio = 1 + $2; summary.clusters.options.weight = $2;
for (const c of summary.clusters.candidates) Object.assign(c, { inertia: $2, calinski_harabasz: $2 });
Object.assign(summary.profile[0], { unit: '', form: 'number', mean_all: $2 });
for (const cell of summary.profile[0].segments) Object.assign(cell, { mean: -$2, effect: 0 });
for (const s of summary.segments) s.next = null;
Object.assign(summary.features.columns.find((c) => c.name === summary.segments[0].traits[0].name), { unit: '', form: 'number' });
Object.assign(summary.segments[0].traits[0], { mean: $2, mean_all: $2 / 2 }); render()</script>"
    expect "$1" "class=\"number\">$3<"
    expect "$1" "<td>$3<"
    expect "$1" ">−$3<small"
    expect "$1" ": $3"
    refuse "$1" '[0-9]\(,[0-9]\{3\}\)\{5\}'
}
sizes great 3.24349e26 '3\.24[0-9]*e+26' en
expect great '1\.9[0-9]*e+27'
expect great 'price of 3\.2e+28% more'
sizes great-zh 3.24349e26 '3\.24[0-9]*e+26' zh
sizes tiny 1.23456e-7 '1\.23e-07' en
expect tiny '7\.41e-07'
expect tiny 'price of 1\.2e-05% more'
expect tiny '>1\.23456e-07<'
sizes tiny-zh 1.23456e-7 '1\.23e-07' zh

# Segments by a target: what it is, each one's mean of it, what was left out; the rules are the tree.
refuse full 'id="target"'
target="summary.target = { name: 'monetary_total', label: { en: 'total spend', zh: '累计消费' }, told: 0.824, structure_rows: 480,
rows: 520, mean: 1200, low: 1100.4, high: 1300, left_out: ['monetary_mean', '<b>m</b>'],
segments: summary.segments.map((s, i) => ({ segment: i + 1, rows: i ? 90 : 1, mean: 9000 - 1000 * i, low: i ? 8000 - 1000 * i : null, high: i ? 9500 : null })) };"
open target "$folder/en/full.html" 1400 "<script>$target render()</script>"
expect target 'href="#target">The target<'
expect target 'leaves of a tree that tells total spend, grown from 480 customers'
expect target 'the 520 others, whom the tree has not seen\. Of the variance over these the tree.*s own means tell 82\.4%\. Nearly the same'
expect target 'in no rule: Spend per purchase and &lt;b&gt;m&lt;/b&gt;\.'
expect target '"number">9,000</td>'
expect target '"number">8,000<small class="range">7,000 to 9,500</small>'
expect target 'The rules below are the tree itself'
expect target 'it is 0 where another middle is nearer'
refuse target 'Right for [0-9]'
expect hostile 'in no rule: &lt;/script&gt;&lt;img src: x'
expect from-files 'the net amount in the 90 days from 1 May 2019 on by what was known before'
open target-zh "$folder/zh/full.html" 400 "<script>$target render()</script>"
expect target-zh '建树所得均值说明了他们方差的82\.4%'
next="Object.assign(summary.target, { name: 'next', days: 90, cut: '2011-09-11', until: '2011-12-10', told: -0.05, left_out: [] });"
open target-next "$folder/en/full.html" 1400 "<script>$target $next render()</script>"
expect target-next 'the net amount in the 90 days from 11 September 2011 on by what was known before, grown from 480 customers who had bought by then'
expect target-next 'do not rely on them'
refuse target-next 'in no rule'

# A table that is wider than the page scrolls in its own box, and says so.
open hint "$folder/en/full.html" 400 "<script>$unfold"' document.body.append(Object.assign(document.createElement("i"), { textContent:
"hints=" + [...document.querySelectorAll(".scroll")].every((box) => { refresh(box.parentElement.parentElement); const wide = box.scrollWidth > box.clientWidth + 1;
  return wide === (box.previousElementSibling.offsetHeight > 0) && wide === box.classList.contains("more"); }) +
" wide=" + (document.querySelectorAll(".scroll.more").length > 2) }))</script>'
expect hint 'hints=true wide=true'
expect hint 'More to the right: scroll the table →'
open hint-none "$folder/en/full.html" 1400 '<script>document.body.append(Object.assign(document.createElement("i"), { textContent:
"hinted=" + [...document.querySelectorAll(".hint")].filter((hint) => hint.offsetHeight > 0).length }))</script>'
expect hint-none 'hinted=0'

# Nothing that axe-core finds: as they come, opened, dark, in Chinese, narrow.
heard() {
    open "$1" "$2" "$3" "$4<script>$(sed 's|</script|<\\\\/script|g' "$axe")</script><script>window.done = axe.run(document, { resultTypes: ['violations'] })
  .then((found) => document.body.append(Object.assign(document.createElement('p'), { textContent: 'axe: ' + (found.violations
  .map((v) => v.id + ' ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')).join('; ') || 'clean') })))</script>"
    expect "$1" '>axe: clean<'
    [ "$looking" = no ] || grep -o '>axe: [^<]*' "$folder/$1.dom" | grep -v 'clean$' >>"$failures" || :
}
if [ -s "$axe" ]; then
    heard heard "$folder/en/full.html" 1400 "$blocks"
    heard heard-unfolded "$folder/en/judged.html" 1400 "<script>$unfold</script>"
    heard heard-dark "$folder/zh/full.html" 1400 "$blocks<script>toggleTheme()</script>"
    heard heard-narrow "$folder/en/applied.html" 400 "<script>$unfold</script>"
    heard heard-hostile "$folder/en/hostile.html" 1400 ''
    heard heard-check "$folder/zh/check.html" 1400 ''
else
    [ "$looking" = no ] || echo 'axe-core is not here: accessibility was not looked at (npm install --prefix build/tests/axe axe-core)'
fi
