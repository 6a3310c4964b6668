/* note_run_words.c: what is noted of clusters, segments, tiers, stages, value and runs that are compared, in Chinese.
 */
#include "output/chinese/note_wording.h"

static const tsl__note_pattern words[] = {
    /* ---- The months before ---- */
    {"no history of the segments is told: it does not fit within the limit of memory",
     "未给出分群的历史：超出内存上限"},
    {"what the last month changed in the columns that segments rest on is not told: it does not fit within the limit "
     "of "
     "memory",
     "未给出分群所依据各列在最近一个月的变化：超出内存上限"},
    {"no history of the segments is told: {1} are more than {2}", "未给出分群的历史：{1} 个分群超过 {2} 个"},
    /* ---- Clusters ---- */
    {"the tree has {1} leaves, one a cluster, as {2} are fewer than k",
     "{2} 个叶节点少于 k，规则树取 {1} 个叶节点，每簇一个"},
    {"{1} of {2} rows have a weight ({3}) of 0 and take no part in finding the clusters",
     "{2} 行中有 {1} 行的权重（{3}）为 0，不参与聚类"},
    {"\"{1}\" carries all of the squared distance: the clusters are bands of it alone, and no other column counts; "
     "--basis numeric+NAME or --basis all takes others in, --exclude leaves it out",
     "距离（平方）全部来自“{1}”：各簇只是该列的分段，其他列不起作用；可用 --basis numeric+NAME 或 --basis all "
     "加入其他列，或用 "
     "--exclude 去掉该列"},
    {"\"{1}\" carries {2} % of the squared distance: the clusters are mostly its own; scale the columns, weigh them, "
     "or "
     "leave it out",
     "“{1}”占距离（平方）的 {2}%：各簇主要由该列决定；可对各列做标准化、设置权重，或去掉该列"},
    {"evidence: of many clusters less is measured: stability on {1} bootstrap replicates, gap statistic and prediction "
     "strength up to k = {2}",
     "证据：簇数较多时检验从简：稳定性只做 {1} 次自助抽样，间隔统计量与预测强度只算到 k = {2}"},
    {"the columns of {1} were taken by their places, whatever they are called (\"{2}\", ...), as the data's have no "
     "names",
     "数据的列没有名称，{1} 的各列按位置对应，不论其列名（“{2}”等）"},
    {"the best k, {1}, lies at the edge of the range from {2} to {3}, where the {4} is greatest: a greater k may be "
     "better still; --k-max widens the range",
     "最佳 k = {1} 处于范围 {2} 至 {3} 的边缘（{4!}最大）：更大的 k 可能更好；可用 --k-max 扩大范围"},
    {"the best k, {1}, lies at the edge of the range from {2} to {3}: a smaller k may be better still; --k-min widens "
     "the range",
     "最佳 k = {1} 处于范围 {2} 至 {3} 的边缘：更小的 k 可能更好；可用 --k-min 扩大范围"},
    {"by the {1} alone the choice is open: {2} is about as good", "仅按{1!}难以取舍：{2!} 与之相近"},
    {"by the {1} alone the choice is open: {2} are about as good", "仅按{1!}难以取舍：{2!} 与之相近"},
    {"every k has a cluster with less than {1} % of the rows; k was chosen among all",
     "每个 k 都有不足 {1}% 的簇；k 从全部候选中选取"},
    {"every k has a cluster with less than {1} % of the rows, or fewer than {2}; k was chosen among all",
     "每个 k 都有不足 {1}% 或不足 {2} 行的簇；k 从全部候选中选取"},
    {"k goes from {1}, not {2}: so many prior places are given", "k 从 {1} 起而不是 {2}：给定的位置有这么多"},
    {"k goes up to {1}, not {2}: there are no more distinct rows than that after scaling",
     "k 只到 {1} 而不是 {2}：标准化后不同的行只有这么多"},
    {"k goes up to {1}, not {2}: there are no more distinct rows than that",
     "k 只到 {1} 而不是 {2}：不同的行只有这么多"},
    {"k = {1} was asked for", "k = {1}：按要求"},
    {"k = {1} is the only one in the range", "k = {1}：范围内只有这一个"},
    {"k = {1} is the number of the initial centres", "k = {1}：与初始中心的个数相同"},
    {"k = {1} of the {2} asked for: what the floor left of a tree of {3}",
     "k = {1}，要求的是 {2}：“{3!}”树在客群下限之后所余"},
    {"k = {1} of the {2} asked for: no further cut that leaves enough customers tells more of {3}",
     "k = {1}，要求的是 {2}：其余切分要么所余客户不足，要么不能更好地区分“{3!}”"},
    {"k = {1}: so many leaves were asked for of a tree of {2}", "k = {1}：“{2!}”树，按要求的叶节点数"},
    {"k = {1}: the leaves that are borne out of a tree of {2}", "k = {1}：“{2!}”树中得到验证的叶节点"},
    {"k = {1} has the greatest {2} ({3}) among those whose smallest cluster holds at least {4} % of the rows, and {5}",
     "k = {1}：在最小簇不少于 {4}% 且不少于 {5} 行的候选中{2!}最大（{3}）"},
    {"k = {1} has the greatest {2} ({3}) among those whose smallest cluster holds at least {4} % of the rows",
     "k = {1}：在最小簇不少于 {4}% 的候选中{2!}最大（{3}）"},
    {"k = {1} has the greatest {2} ({3})", "k = {1}：{2!}最大（{3}）"},
    {"k = {1} is the smallest; no index tells them apart", "k = {1} 为最小者；各指标无法区分候选"},
    {"k = {1}: of {2} clusters so many hold {3} % of the rows and {4} of them; the others were joined to these",
     "k = {1}：{2} 个簇中有这么多达到 {3}% 且至少 {4} 行，其余并入其中"},
    {"k = {1}: so many natural groups were found, with gaps between them", "k = {1}：发现的天然群体数，彼此有空隙"},
    {"k = 1: so many {1} there are", "k = 1：{1!}只有一个"},
    {"k = 1: no two of {1} {2} hold {3}", "k = 1：{1} 个{2!}中没有两个达到{3!}"},
    {"k = {1}: so many of {2} {3} hold {4}", "k = {1}：{2} 个{3!}中有这么多达到{4!}"},
    {"k = {1} is given", "k = {1}：已指定"},
    {"Calinski-Harabasz index", "Calinski-Harabasz 指数"},
    {"given places", "给定位置"},
    {"segments of the previous run", "上一次运行的客群"},
    {"silhouette", "轮廓系数"},
    {"simplified silhouette", "简化轮廓系数"},
    {"one segment is left, as no two of {1} {2} hold {3}: --min-share and --min-rows ask for more than the usual {4} % "
     "and {5}",
     "{1} 个{2!}中没有两个达到{3!}，只剩一个客群：--min-share 与 --min-rows 的要求高于常用的 {4}% 与 {5}"},
    {"typical places", "典型位置"},
    {"{1} % of the buyers each, and {2} of them", "购买客户的 {1}% 且至少 {2} 位"},
    {"{1} % of the customers each, and {2} of them", "客户的 {1}% 且至少 {2} 位"},
    {"{1} by {2}: rows by id {3}; {4}", "{2} {1!}：按编号排序的第 {3} 行；{4!}"},
    {"{1} by {2}: rows {3}; {4}", "{2} {1!}：第 {3} 行；{4!}"},
    {"cut off by far", "远超界限"},
    {"far from all others", "远离其他所有客户"},
    {"over ten times the bound, which they count as", "超过界限十倍以上，按界限值计"},
    {"clusters are found without them, and each is in the nearest", "聚类时不计入，再各归入最近的簇"},
    {"they are clustered like all others", "与其他客户一样参与聚类"},
    /* ---- Segments and the run before ---- */
    {"these segments go on from a previous run's, where customers near a border stay in the segment that they were in "
     "(--hold): the model alone puts each in the nearest, and the run may have him in another",
     "这些客群沿用上一次运行，边界附近的客户保留原客群（--"
     "hold）：仅凭模型会把每位客户归入最近的客群，可能与运行结果不同"},
    {"POTENTIAL is a segment of {1}, fewer than {2} % of the buyers, or than {3}: whom those who never bought are "
     "like, "
     "no distance tells",
     "POTENTIAL 客群有 {1} 位，少于购买客户的 {2}% 或少于 {3} 位：从未购买者与谁相近，距离无从判断"},
    {"who is set apart, and by which limits, is as in the previous run, whatever would be found now: those who bought "
     "once are {1}; the usual gap between purchases stays {2} days",
     "单独成群的客户及其界限沿用上一次运行，不重新判断：只买过一次的客户为 {1!}；通常的购买间隔仍为 {2} 天"},
    {"not", "不单独成群"},
    {"those who bought once were {1} in the previous run, and are {2} now: with fewer than {3} % of the buyers, or "
     "than "
     "{4} of them, nothing is a segment of its own; the usual gap between purchases stays {5} days",
     "只买过一次的客户上一次为 {1}，现在为 {2!}：不足购买客户的 {3}% 或不足 {4} 位的不单独成群；通常的购买间隔仍为 {5} "
     "天"},
    {"among the others", "并入其他客群"},
    {"the numbers that clusters are found by are those of the previous run, whichever would be chosen now",
     "聚类所用的数值列沿用上一次运行，不重新选取"},
    {"segments are found anew, and matched to those of the previous run: {1}",
     "客群已重新划分，并与上一次运行的客群对应：{1}"},
    {"segment {1} of the previous run ({2}, \"{3}\") is no more: fewer than {4} % of the customers, or than {5} of "
     "them, are near it",
     "上一次运行的客群 {1}（{2}，“{3}”）已不存在：靠近它的客户不足 {4}% 或不足 {5} 位"},
    {"{1}: {2} is left out: fewer than {3} % of the customers, or than {4} of them, are near it",
     "{1}：{2} 未采用：靠近它的客户不足 {3}% 或不足 {4} 位"},
    {"customers hold no segments of the previous run: {1} says where these lie, and not who was in them; the run's "
     "folder does",
     "客户未沿用上一次运行的客群：{1} 只记录客群的位置，不记录其中的客户；运行的输出文件夹才有"},
    {"{1} customer{*} a segment of the previous run that is farther than the nearest, but not over {2} times as far",
     "{1} 位客户沿用上一次的客群，虽非最近，但距离未超过最近者的 {2} 倍"},
    {"{1} is as of {2}, as this run is: no day lies between them", "{1} 的截止日为 {2}，与本次相同：两次之间没有间隔"},
    {"{1} is as of {2}, as this run is: no day lies between them, and an evaluation of tiers counts all the same",
     "{1} 的截止日为 {2}，与本次相同：两次之间没有间隔，等级评定仍计一次"},
    {"{1} is as of {2}, later than this run, which is as of {3}: its {4} know of days that are not in these data, and "
     "{*}",
     "{1} 的截止日 {2} 晚于本次的 {3}：其{4!}所依据的日期不在本次数据之内，前后关系是颠倒的"},
    {"segments", "客群"},
    {"tiers and stages", "等级与阶段"},
    {"{1}: no customer of that run is in these data, and nothing is known of what they were: are their ids written "
     "alike?",
     "{1}：那次运行的客户都不在本次数据中，他们的情况无从得知：两次的客户编号写法是否一致？"},
    {"segment {1} ({2}) keeps the name \"{3}\"; by its customers now it would be called \"{4}\"",
     "客群 {1}（{2}）沿用名称“{3}”；按现有客户应称“{4!}”"},
    {"segment {1} ({2}) is called \"{3}\", not \"{4}\": half of its customers have been silent for {5} days or less, "
     "within the usual gap between purchases of {6} days",
     "客群 {1}（{2}）称为“{3!}”，而非“{4!}”：半数客户未购买的天数不超过 {5} 天，仍在通常的购买间隔 {6} 天之内"},
    {"segment {1} ({2}) is called \"{3}\", not \"{4}\": half of its customers have been silent for {5} days or more, "
     "beyond the usual gap between purchases of {6} days",
     "客群 {1}（{2}）称为“{3!}”，而非“{4!}”：半数客户已有 {5} 天以上未购买，超过通常的购买间隔 {6} 天"},
    {"segment {1} ({2}) is called \"{3}\", not \"{4}\": half of its customers or more bought on one day alone",
     "客群 {1}（{2}）称为“{3!}”，而非“{4!}”：至少半数客户只在一天购买过"},
    {"segment {1} ({2}) is called \"{3}\", not \"{4}\": its customers spend {5} on average, no less than the {6} of "
     "{7}",
     "客群 {1}（{2}）称为“{3!}”，而非“{4!}”：其客户人均消费 {5}，不低于{7!}的 {6}"},
    {"segment {1} ({2}) is called \"{3}\", not \"{4}\": its customers spend {5} on average, no more than the {6} of "
     "{7}",
     "客群 {1}（{2}）称为“{3!}”，而非“{4!}”：其客户人均消费 {5}，不高于{7!}的 {6}"},
    {"all who bought", "全体购买客户"},
    {"the buyers in clusters", "各簇中的购买客户"},
    {"segment {1} is called \"{2}\", not \"{3}\": {4} % of those who were in it ({5} of {6}) bought in the {7} days "
     "that "
     "were held out, more than the {8}",
     "客群 {1} 称为“{2!}”，而非“{3!}”：留出的 {7} 天内其客户有 {4}%（{6} 位中的 {5} 位）购买，高于{8!}"},
    {"segment {1} is called \"{2}\", and yet {4} % of those who were in it ({5} of {6}) bought in the {7} days that "
     "were "
     "held out, more than the {8}",
     "客群 {1} 称为“{2!}”，但留出的 {7} 天内其客户有 {4}%（{6} 位中的 {5} 位）购买，高于{8!}"},
    {"{1}, a segment of the cut, is called \"{2}\", not \"{3}\": {4} % of those who were in it ({5} of {6}) bought in "
     "the "
     "{7} days that were held out, more than the {8}",
     "切分日的客群 {1} 称为“{2!}”，而非“{3!}”：留出的 {7} 天内其客户有 {4}%（{6} 位中的 {5} 位）购买，高于{8!}"},
    {"{1} % ({2} of {3}) of segment {4}, \"{5}\"", "客群 {4}“{5!}”的 {1}%（{3} 位中的 {2} 位）"},
    {"{1} % ({2} of {3}) of {4}, \"{5}\"", "{4}“{5!}”的 {1}%（{3} 位中的 {2} 位）"},
    /* ---- Names of segments, as notes quote them ---- */
    {"Champions", "核心客户"},
    {"Best, gone quiet", "核心沉寂客户"},
    {"Loyal, gone quiet", "忠诚沉寂客户"},
    {"Loyal", "忠诚客户"},
    {"Active, smaller", "活跃小额客户"},
    {"Active", "活跃客户"},
    {"Middling, gone quiet", "中等沉寂客户"},
    {"Good, gone quiet", "优质沉寂客户"},
    {"Good, between orders", "优质待复购客户"},
    {"Small, gone quiet", "小额沉寂客户"},
    {"Small, between orders", "小额待复购客户"},
    {"Fallen silent", "已沉寂客户"},
    {"In between orders", "间隔中客户"},
    {"Repeat buyers", "复购客户"},
    {"Potential", "潜在客户"},
    {"One purchase", "仅购买一次"},
    {"{1}, larger", "大额{1!}"},
    {"{1}, smaller", "小额{1!}"},
    {"Once, recent", "近期首购客户"},
    {"Once, lapsed", "首购流失客户"},
    {"Once, earlier", "早期首购客户"},
    {"Once", "单次购买客户"},
    {"Mostly once, recent", "近期客户（多为首购）"},
    {"Mostly once, lapsed", "流失客户（多为首购）"},
    {"Mostly once, earlier", "早期客户（多为首购）"},
    {"Mostly once", "客户（多为首购）"},
    {"One day, recent", "近期单日客户"},
    {"One day, lapsed", "单日流失客户"},
    {"One day, earlier", "早期单日客户"},
    {"One day, more orders", "单日多单客户"},
    {"One day, fewer orders", "单日少单客户"},
    {"One day", "单日客户"},
    /* ---- What came next ---- */
    {"no period is held out to see what comes next: that {1}", "未留出时段检验其后的购买：{1!}"},
    {"takes {1} day{*} of history before its {2} day{*}, and the data span {3} day{*} in all",
     "其 {2} 天之前还需要 {1} 天的历史，而数据总共只有 {3} 天"},
    {"takes a transaction in its {1} day{*}, and the last is of {2}", "其 {1} 天内须有交易，而最后一笔交易是 {2}"},
    {"no period is held out to see what comes next: {1} customers had bought before it, and {2} are needed",
     "未留出时段检验其后的购买：此前购买过的客户有 {1} 位，至少需要 {2} 位"},
    {"no period is held out to see what comes next, as before it: {1}",
     "未留出时段检验其后的购买，此前的数据不可用：{1}"},
    {"the transactions end on {1}, {2} day{*} before the period does", "交易记录止于 {1}，比该时段早 {2} 天"},
    {"{1} does not say when its labels were made: they must know nothing of what came after the cut",
     "{1} 未说明标签的生成时间：标签不得用到切分日之后的信息"},
    {"{1} was made from data up to {2}, after the cut ({3}): its labels know the period that they are judged by, and "
     "the figures are no forecast",
     "{1} 用到了截至 {2} 的数据，晚于切分日（{3}）：标签已知道用来检验它的时段，这些数字不是预测效果"},
    {"{1} label{*} not known before the cut", "{1} 个标签所属的客户在切分日之前尚未出现"},
    {"{1} customer{*} a purchase before the cut but no label, and {*} left out",
     "{1} 位客户在切分日之前有购买但没有标签，未计入"},
    /* ---- A target ---- */
    {"{1} is the sum of {2}, each by its weight (R² {3}): a tree of it that these cut finds this arithmetic again, and "
     "tells "
     "little of the customers",
     "{1} 是 {2} 的加权和（R² {3}）：用它们切分只会重现这一算式，对客户说明不了什么"},
    {"by what is known of them the segments' means of {1} are too near their neighbours' to call any segment by its "
     "place",
     "就现有数据看，各客群的“{1!}”均值彼此太近，不足以按高低命名"},
    {"what comes next", "其后的消费"},
    {"nobody comes to segment {1} today, in which customers were at the cut", "客群 {1} 在切分日有客户，今天已没有"},
    {"{1} of the tree's leaves held fewer of all customers than a segment holds at least (--min-share, --min-rows) and "
     "{*} joined with what stood beside",
     "树有 {1} 个叶节点不足一个客群的最低规模（--min-share、--min-rows），已与相邻部分合并"},
    {"over the customers that the tree of {1} was not grown from its own means are off by more than the mean of all "
     "is: "
     "do not rely on them; no segment is called by its place",
     "对未参与建树的客户，“{1!}”树各叶的均值比总体均值误差更大：不宜采信；客群不按高低命名"},
    {"segments are the leaves of a tree of {1}, grown from {2} customers and estimated on the others",
     "客群是“{1!}”树的叶节点：以 {2} 位客户建树，在其余客户上估计"},
    {"segments are the leaves of a tree of {1}, grown from {2} customers and estimated on the others; what is nearly "
     "the same cuts nothing: {3}",
     "客群是“{1!}”树的叶节点：以 {2} 位客户建树，在其余客户上估计；与目标几乎相同的列不参与切分：{3}"},
    /* ---- Labels ---- */
    {"no value is known, so there are no tiers: name a column with --value",
     "没有可用的价值，无法分级：请用 --value 指定列"},
    {"{1} id{*} as a formula does: the CSV files have {*} with a ' before, so that no spreadsheet runs {*}",
     "{1} 个客户编号的开头像公式：CSV 文件中已在其前加 '，以免被表格软件执行"},
    {"there are no RFM scores, and so no RFM segments", "没有 RFM 评分，因而没有 RFM 客群"},
    {"RFM scores go from 1 to {1}, and the map of RFM segments is of 1 to {2}: there are no RFM segments without "
     "another "
     "one (--rfm-map FILE)",
     "RFM 评分为 1 至 {1}，而 RFM 客群对照表为 1 至 {2}：须另给对照表（--rfm-map FILE）才有 RFM 客群"},
    {"rules.{1}.{2}: whether \"{3}\" holds is not known of any customer",
     "rules.{1}.{2}：条件“{3}”对任何客户都无法判断"},
    {"plain numbers are no customers: rule sets are not looked at", "数据是纯数值而非客户：不使用规则集"},
    {"{1}, so there are no lifecycle stages", "{1!}，因而没有生命周期阶段"},
    {"how often customers bought and when last is not told, but one of the two alone",
     "购买次数与最近购买时间只有其一"},
    {"no purchases are known", "没有购买记录"},
    {"too few customers came back ({1}) to tell what is usual, so a silence of {2} days counts as risk",
     "复购客户太少（{1} 位），无法判断通常间隔，因此 {2} 天未购买即视为有流失风险"},
    {"{1}, so a silence of {2} days counts as risk", "{1!}，因此 {2} 天未购买即视为有流失风险"},
    {"the days between purchases are not told, as the first one is not", "没有首次购买日，无从得知购买间隔"},
    {"no customer bought on two days", "没有客户在两天以上购买过"},
    {"strategies: no row is for {1} customer{*}, who {*} left without action",
     "策略表：{1} 位客户没有对应的行，未分配动作"},
    {"the shares of the tiers have {1} from those of the fit (PSI {2}): --refit tiers cuts them anew",
     "各等级占比与建模时相比{1!}（PSI {2}）：可用 --refit tiers 重新分级"},
    {"drifted far", "显著偏移"},
    {"shifted", "有所偏移"},
    {"{1} customer{*} a higher tier than the value gives, as tiers fall slowly",
     "{1} 位客户保留高于价值所对应的等级（降级从缓）"},
    {"{1} customer{*} had a tier in the previous run that there is no more: the value alone counts",
     "{1} 位客户上一次的等级已不存在：只按价值分级"},
    {"tiers go by the values alone, whatever they were in the previous run: policy.margin, policy.grace and "
     "policy.step "
     "make them fall slowly",
     "等级只按价值划分，不看上一次的等级：设置 policy.margin、policy.grace、policy.step 可使降级从缓"},
    {"tiers fall slowly by the model's policy, but nobody's earlier tier is known: they go by the values alone; "
     "--previous RUN tells it",
     "模型的策略规定降级从缓，但没有客户此前的等级：只按价值分级；可用 --previous RUN 给出"},
    {"tiers of the previous run were cut by {1}, and these are by {2}: nobody keeps an earlier tier, and the values "
     "alone count",
     "上一次按 {1} 分级，本次按 {2}：不沿用此前的等级，只按价值分级"},
    {"whether tiers of the previous run were cut by {1}, too, is not known without its model: they are taken to be",
     "没有上一次的模型，无法确认其等级是否也按 {1} 划分：视为相同"},
    {"all customers are of one value, so tiers part nobody", "所有客户价值相同，分级没有意义"},
    {"tiers: the more {1}, the higher the tier, though less of it is better: a weighted score (--tiers-of score) "
     "counts "
     "it the other way round",
     "等级：{1} 越大等级越高，而该指标其实越小越好：加权评分（--tiers-of score）会反向计算"},
    /* ---- Value ---- */
    {"no model is fitted by cohort, as no model of purchases can be used", "没有可用的购买模型，不按首购时期分别建模"},
    {"no model goes by covariates, as no model of purchases can be used", "没有可用的购买模型，不使用客户属性建模"},
    {"covariates: {1} is not known of {2} customer{*}, who go{*} by the mean of the others",
     "客户属性：{2} 位客户缺少 {1}，以其余客户的均值代替"},
    {"by the NBD nobody leaves: p_alive is not said", "按 NBD 模型没有客户流失：不给出 p_alive"},
    {"by the NBD, as {1}: p_alive is not said", "采用 NBD 模型，因为{1!}：不给出 p_alive"},
    {"nobody is seen to leave (twice the gain in log-likelihood is {1}, under {2})",
     "未见客户流失（对数似然增量的两倍为 {1}，低于 {2}）"},
    {"whether anybody leaves is not clear ({1} is a ridge, and twice its gain in log-likelihood {2}, where {3} are "
     "asked "
     "for)",
     "是否有客户流失无法判断（{1} 的参数不可辨识，对数似然增量的两倍为 {2}，要求 {3}）"},
    {"the BG/BB is left out: times count no opportunities, up to 10,000",
     "未用 BG/BB：时间不是机会次数（至多 10,000）"},
    {"the BG/BB is left out: somebody is seen for more than 10,000 days", "未用 BG/BB：有客户的观察期超过 10,000 天"},
    {"the BG/BB takes each day, whatever the unit, for an opportunity: its log-likelihood and AIC do not compare with "
     "the others'",
     "BG/BB 不论时间单位均以一天为一次机会：其对数似然与 AIC 不能与其他模型比较"},
    {"the BG/BB takes each {1} for an opportunity: its log-likelihood and AIC do not compare with the others'",
     "BG/BB 以每{1!}为一次机会：其对数似然与 AIC 不能与其他模型比较"},
    {"as many opportunities are foretold as there were, {1}", "预测的机会次数与已有的相同，为 {1} 次"},
    {"each opportunity is discounted as a {1}: where they lie further apart, the discounted purchases are too many, "
     "and "
     "dert is by far",
     "每次机会按一{1!}折现：若实际间隔更长，折现购买次数会偏多，dert 偏多更甚"},
    {"day", "天"},
    {"week", "周"},
    {"month", "个月"},
    {"opportunity", "次机会"},
    {"no model of purchases can be used here: nothing of them is foretold", "没有可用的购买模型：不作购买预测"},
    {"spend has no mean over all customers (gamma-gamma: q = {1}): of who did not buy again neither spend nor value is "
     "foretold, and the sum is without them",
     "消费额在全体客户上没有均值（gamma-gamma：q = {1}）：对未复购的客户不预测消费与价值，合计也不含他们"},
    {"only {1} customer{*} what is spent again, and {2} are asked for: neither spend nor value is foretold (by --model "
     "gamma-gamma all the same)",
     "只有 {1} 位客户能说明复购消费额，至少需要 {2} 位：不预测消费与价值（可用 --model gamma-gamma 强制）"},
    {"nobody tells what he spends again: neither spend nor value is foretold",
     "没有客户能说明复购消费额：不预测消费与价值"},
    {"what is spent goes with how often it is (correlation {1} of {2} customers), which gamma-gamma takes to be "
     "independent: of who bought once it foretells {3} spend, of who buys often {4}",
     "消费额与购买次数相关（{2} 位客户的相关系数 {1}），而 gamma-gamma "
     "假定二者独立：对只买过一次的客户，消费预测{3!}；对常买的客户，{4!}"},
    {"too much", "偏高"},
    {"too little", "偏低"},
    {"{1} customer{*} left out of the model of spend, as what was bought after the first day comes to 0 or less",
     "{1} 位客户首日之后的购买合计不大于 0，未进入消费模型"},
    /* ---- Runs compared ---- */
    {"treated and control were not alike before: {1} {2} and {3}; who is chosen for what he did moves back to the mean "
     "by himself, which looks like an effect",
     "实验组与对照组此前并不相近：{1!}分别为 {2} 与 {3}；因过往表现被选中的客户会自行回归均值，看起来像是效果"},
    {"{1}: of {2} customer{*} {3} {*} not in {4}, and {5} {*} only there; they are left out",
     "{1!}：{2} 位客户中 {3} 位不在 {4}，{5} 位只在其中；均未计入"},
    {"{1}: {2} row{*} a customer whom a row above names, too; each counts once",
     "{1!}：{2} 行的客户在前面已出现；每位只计一次"},
    {"{1}: {2} row{*} no id, and name{*} nobody", "{1!}：{2} 行没有客户编号"},
    {"treated", "实验组"},
    {"control", "对照组"},
    {"{1} customer{*} in both treated and control, and left out", "{1} 位客户同时在实验组与对照组，未计入"},
    {"of {1} customer{*} the cell that would say who was treated is empty: in neither arm, and left out",
     "{1} 位客户的分组单元格为空：不属于任何一组，未计入"},
    {"nobody was held back: before and after alone do not tell what the treatment did. Season, other campaigns and the "
     "way of the extreme back to the mean are in the change, too; --control names customers who were not treated",
     "没有对照组：仅凭前后对比不能说明活动效果，其中还含季节、其他活动以及极端值向均值回归的影响；可用 --control "
     "指定未参与活动的客户"},
    {"no customer of the control is in both runs: nothing can be compared", "对照组没有客户同时在两次运行中：无法比较"},
    {"what customers are worth is not known of {1}: no value is told", "{1!}没有客户价值：不报告价值"},
    {"either run", "两次运行都"},
    {"the value of {1} is {2}, that of {3} is {4}: these are not compared, and no value is told",
     "{1} 的价值是 {2}，{3} 的是 {4}：二者不可比，不报告价值"},
    {"the amounts of {1} are in {2}, those of {3} in {4}: these are not compared, and no value is told",
     "{1} 的金额为 {2}，{3} 的为 {4}：二者不可比，不报告价值"},
    {"of which day {1} is, is not known: which run is the later one is not told",
     "{1} 的截止日不明：无法判断两次运行的先后"},
    {"both runs are as of {1}: what differs is the data or the model, not time",
     "两次运行的截止日都是 {1}：差别来自数据或模型，而非时间"},
    {"{1} is as of {2}, {3} as of {4}, which is earlier: what is told goes backwards",
     "{1} 的截止日为 {2}，{3} 为 {4}，后者更早：变化的方向是倒过来的"},
    {"whether both runs have one model is not known: one has no model.h5",
     "有一次运行没有 model.h5，无法确认两次是否用同一模型"},
    {"the runs have not the same model ({1} differ): moves are those of the customers and of the model in one; tesela "
     "run --model gives one model to both",
     "两次运行的模型不同（{1,}不同）：变动中既有客户的也有模型的；可用 run --model 使两次用同一模型"},
    {"the stages of {1} go by P(alive), those of {2} by gaps: who is at risk or lost in one need not be in the other, "
     "and the difference is not the customers' doing alone; tesela run --model gives both one basis",
     "{1} 的阶段按 P(alive) 判断，{2} 按购买间隔：一次中有流失风险或已流失的，另一次未必如此，差别不全来自客户；可用 "
     "run --model 统一依据"},
    {"{1} has no features.h5: what changed, and drift, are not told",
     "{1} 没有 features.h5：不报告变化最大的特征与漂移"},
    {"no customer is in both runs: are their ids written alike?", "没有客户同时在两次运行中：客户编号的写法是否一致？"},
    {"how features are made", "特征的计算"},
    {"the clusters", "簇"},
    {"the codes of the segments", "客群代码"},
    {"the cuts of the tiers", "等级分界"},
    {"the limits of the lifecycle", "生命周期界限"},
    /* ---- Evaluations ---- */
    {"the label -1 counts as a segment of its own; where it means noise, --noise -1 leaves its rows out",
     "标签 -1 按一个客群计；若表示噪声，可用 --noise -1 排除其行"},
    {"{1} row{*} labelled {2} {*} left out", "标签为 {2} 的 {1} 行未计入"},
    {"{1} of {2} customers {*} set apart by rule, without a place in the space of clustering, and left out of the "
     "indices together with the labels",
     "{2} 位客户中有 {1} 位按规则单独成群，在聚类空间中没有位置，各项指标均未计入"},
    {"{1} of {2} rows {*} no label and {*} left out", "{2} 行中有 {1} 行没有标签，未计入"},
    {"{1} label{*} that the data lack", "{1} 个标签的编号不在数据中"},
    {"{1} labelled row{*} no true label and {*} not compared", "{1} 行有标签但没有真实标签，未作比较"},
    {"there is one label alone: most indices compare two", "只有一种标签：多数指标需要至少两种"},
    {"of more than {1} rows or {2} labels stability, gap and prediction strength are measured on request (--stability "
     "20)",
     "超过 {1} 行或 {2} 种标签时，稳定性、间隔统计量与预测强度须另行指定（--stability 20）"},
    /* ---- Models of value, as they are put together ---- */
    {"{1}, as nobody is seen to leave (twice the gain in log-likelihood is {2}, under {3}): p_alive is not said ({4})",
     "{1}，未见客户流失（对数似然增量的两倍为 {2}，低于 {3}），不给出 p_alive（{4!}）"},
    {"{1}, as whether anybody leaves is not clear ({2} is a ridge, and twice its gain in log-likelihood {3}, where {4} "
     "are "
     "asked for): p_alive is not said ({5})",
     "{1}，是否有客户流失无法判断（{2} 的参数不可辨识，对数似然增量的两倍为 {3}，要求 {4}），不给出 p_alive（{5!}）"},
    {"none of purchases, as nobody bought on a second day{*}", "没有购买模型，因为没有客户在第二天再次购买"},
    {"none of purchases, as no fit can be used ({1})", "没有购买模型，因为各模型均不可用（{1,}）"},
    {"none of purchases, as no fit can be used{*}", "没有购买模型，因为各模型均不可用"},
    {"{1} (AIC {2}; {3})", "{1}（AIC {2!}；{3,}）"},
    {"{1} (AIC {2})", "{1}（AIC {2!}）"},
    {"AIC {1}, ridge: it foretells, but its parameters say nothing; {2}",
     "AIC {1}，参数不可辨识，可用于预测而参数本身没有意义；{2,}"},
    {"AIC {1}; {2}", "AIC {1}；{2,}"},
    {"{1}, ridge: it foretells, but its parameters say nothing; {2}",
     "{1}，参数不可辨识，可用于预测而参数本身没有意义；{2,}"},
    {"{1}, ridge: it foretells, but its parameters say nothing", "{1}，参数不可辨识，可用于预测而参数本身没有意义"},
    {"{1} (no dropout)", "{1}（未见流失）"},
    {"{1} (ridge)", "{1}（参数不可辨识）"},
    {"{1} (no mean)", "{1}（均值不存在）"},
    {"{1} (empty)", "{1}（无复购）"},
    {", without {1} whose later purchases come to 0 or less{2}", "，不含首日后购买合计不大于 0 的 {1} 位{2!}"},
    {", q <= 1: what others spend has no mean{1}", "，q ≤ 1，其余客户的消费没有均值{1!}"},
    {" (ridge: it foretells, but its parameters say nothing){1}", "（参数不可辨识，可用于预测而参数本身没有意义）{1!}"},
    {", whose spend goes with how often they buy: correlation {1}", "，消费额与购买次数相关（相关系数 {1}）"},
};

const tsl__note_patterns tsl__run_note_words = {words, sizeof words / sizeof *words};
