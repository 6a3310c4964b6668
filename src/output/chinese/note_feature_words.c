/* note_feature_words.c: what is noted as features are made, in Chinese. */
#include "output/chinese/note_wording.h"

static const tsl__note_pattern words[] = {
    {"{1} customer{*} left out, being suppressed; counts of lines and orders and sums of money that the features file "
     "has "
     "are with them",
     "{1} 位客户按排除名单不参与；特征文件中的行数、订单数与金额合计仍包含他们"},
    /* ---- Columns that are left out, or taken otherwise ---- */
    {"left out of the vectors, being {1}: {2}", "未进入特征向量（{1!}）：{2}"},
    {"not known of any customer", "对任何客户都未知"},
    {"the same for all customers", "所有客户相同"},
    {"the same for all but the rarest values, which are drawn in", "除极少数（已缩尾）外全部相同"},
    {"columns that say nearly the same count twice in the distance: {1} (correlation); {2} leaves one of them out",
     "以下各列几乎表达同一内容，在距离中重复计算：{1,}（括号内为相关系数）；可用 {2} 去掉其一"},
    {"of {1} columns the first {2} alone were looked at for pairs that say nearly the same",
     "共 {1} 列，只对前 {2} 列检查了是否有内容几乎相同的列"},
    {"{1} is constant and tells nothing apart", "{1} 为常数，没有区分作用"},
    {"no as-of date is known to count from; give --as-of", "没有可供计算的截止日；请用 --as-of 指定"},
    {"each line of the transactions counts as 1: amounts, spend and value are numbers of lines, no money",
     "交易记录每行按 1 计：金额、消费与价值均为行数，而非货币"},
    {"outcomes: {1}: {2}", "结果列：{1}：{2!}"},
    {"outcomes by their names: {1}: {2}", "按列名识别为结果列：{1}：{2!}"},
    {"segments are not found, ruled or named by them, but each is told by them",
     "不用于划分、规则与命名，但各客群均会报告其水平"},
    {"segments are not found, ruled or named by them, but each is told by them (--outcome NAME,... names others, "
     "--outcome none has none)",
     "不用于划分、规则与命名，但各客群均会报告其水平（--outcome NAME,... 可另行指定，--outcome none 表示没有）"},
    {"by their names no amounts: {1}: segments are not found or named by them, but described (--include NAME takes one "
     "in)",
     "按列名不是数量：{1,}：不用于划分与命名，只作描述（可用 --include NAME 加入）"},
    {"numbers far from all others, as a missing one is written: {1}: segments are not found or named by these columns, "
     "but described (empty the cells where they are missing; --include NAME takes one in as it is)",
     "含远离其他数值、疑似表示缺失的数：{1,}：不用于划分与命名，只作描述（请把表示缺失的单元格留空；--include NAME "
     "可按原样加入）"},
    {"not used: {1}: the transactions tell what was bought", "未使用：{1}：购买情况以交易记录为准"},
    /* ---- Outcomes ---- */
    {"the outcome {1} holds {2} beside 0 and 1, which does not say that nobody knows, as -1 or 9 would: it is averaged "
     "as it stands, and is no rate; empty such cells where nobody knows",
     "结果列 {1} 除 0 和 1 外还有 {2}，又不像 -1 或 9 那样表示未知：按原值求平均，不作为比率；若为未知请留空"},
    {"the outcome {1} holds -1, 0 and 1, each of a fifth of the customers at least: it is averaged as three answers; "
     "empty the cells of -1 where they mean that nobody knows",
     "结果列 {1} 含 -1、0、1，各占至少五分之一：按三种取值求平均；若 -1 表示未知请留空"},
    {"the outcome {1} has two answers, and {2}, which says that nobody knows: its rates are of the others alone",
     "结果列 {1} 有两种取值，另有表示未知的 {2}：比率只按其余客户计算"},
    /* ---- The as-of day ---- */
    {"{1} does not set the as-of day: most of its days lie over 20 years before the last, as births do",
     "{1} 不用于确定截止日：其多数日期比最晚者早 20 年以上，像是出生日期"},
    {"as of {1}, the day after the last {2} of the customers", "截止日为 {1}，即客户表中 {2} 最晚日期的次日"},
    {"as of {1}, the day after the last {2} of the customers; most of them lie behind all other dates, which end on "
     "{3} "
     "({4}): where they are yet to come, give --as-of {5}",
     "截止日为 {1}，即客户表中 {2} 最晚日期的次日；其多数日期晚于其他所有日期（止于 {3}，{4}）：若尚未发生，请用 "
     "--as-of {5}"},
    {"as of {1}, the day after the last row of {2}; the {3} end on {4} (--as-of {5} ends all there)",
     "截止日为 {1}，即{2!}最后一行的次日；{3!}止于 {4}（--as-of {5} 可统一截止）"},
    {"{1}: {2} date{*} behind the as-of day or over {3} years before it; the age is missing there",
     "{1}：{2} 个日期晚于截止日或早于其 {3} 年以上，年龄记为缺失"},
    {"as of {1}, {2} days after the last {3} of {4} ({5}): everybody has been silent for as long; if that is not "
     "meant, "
     "give another day (--as-of, --until), or none",
     "截止日为 {1}，比{4!}最后的{3!}（{5}）晚 {2} "
     "天：所有客户至少已有这么久没有动静；若非本意，请另指定日期（--as-of、--until）或不指定"},
    {"row", "记录"},
    {"transaction", "交易"},
    {"interaction", "互动"},
    {"transactions", "交易记录"},
    {"customers", "客户表"},
    {"the customers", "客户表"},
    {"the transactions", "交易记录"},
    {"the interactions", "互动记录"},
    {"interactions", "互动记录"},
    /* ---- What clusters are found by ---- */
    {"clusters are not found by {1}: a yes/no column or a value of a category tells over half of it",
     "聚类未使用 {1}：某个是/否列或类别取值已能说明其一半以上"},
    {"clusters are not found by {1}: one value is that of over half of the customers",
     "聚类未使用 {1}：超过一半的客户取同一值"},
    {"clusters are found by the yes/no columns and categories, as no number varies (--basis numeric+NAME adds a "
     "column, "
     "--exclude NAME takes one out, --basis all takes all)",
     "没有数值列有变化，按是/否列与类别列聚类（--basis numeric+NAME 加入一列，--exclude NAME 去掉一列，--basis all "
     "使用全部）"},
    {"clusters are found by these numbers: {1} (--basis numeric+NAME adds a column, --exclude NAME takes one out, "
     "--basis all takes all)",
     "按以下数值列聚类：{1}（--basis numeric+NAME 加入一列，--exclude NAME 去掉一列，--basis all 使用全部）"},
    {"clusters are found by {1} and {2}, which of {3} numbers tell most of all of them together; all others describe "
     "the clusters (--basis numeric+NAME adds a column, --exclude NAME takes one out, --basis all takes all)",
     "按 {1} 与 {2} 聚类，{3} 个数值列中这两列合起来最能代表全部；其余只作描述（--basis numeric+NAME "
     "加入一列，--exclude NAME "
     "去掉一列，--basis all 使用全部）"},
    {"clusters are found by {1} alone, which of {2} numbers tells most of all of them; all others describe the "
     "clusters "
     "(--basis numeric+NAME adds a column, --exclude NAME takes one out, --basis all takes all)",
     "只按 {1} 聚类，{2} 个数值列中它最能代表全部；其余只作描述（--basis numeric+NAME 加入一列，--exclude NAME "
     "去掉一列，--basis "
     "all 使用全部）"},
    {"clusters are found by {1} alone; all others describe the clusters (--basis numeric+NAME adds a column, --exclude "
     "NAME takes one out, --basis all takes all)",
     "只按 {1} 聚类；其余只作描述（--basis numeric+NAME 加入一列，--exclude NAME 去掉一列，--basis all 使用全部）"},
    {"clusters are found by all vectors, as no number takes more than two values (but for a few far ones), and no "
     "yes/no column or category varies",
     "按全部特征向量聚类：没有数值列取两个以上的值（少数离群值除外），是/否列与类别列也没有变化"},
    {"clusters are found by frequency alone, and nobody is set apart, as all customers who would not be are alike",
     "只按购买次数聚类，且不设单独成群：其余客户彼此相同"},
    {"clusters are found by all vectors, and nobody is set apart, as all customers who would not be are alike",
     "按全部特征向量聚类，且不设单独成群：其余客户彼此相同"},
    {"nobody bought anything: clusters are found by all vectors, but for what is known of buying",
     "没有任何购买：按除购买之外的全部特征向量聚类"},
    {"clusters are found by all vectors, as recency, frequency and spend are the same for all customers who are not "
     "set "
     "apart",
     "按全部特征向量聚类：除单独成群者外，所有客户的最近购买、购买次数与消费额都相同"},
    /* ---- A recipe that is applied ---- */
    {"taken as missing, as the tables lack it: {1}", "数据表中没有，按缺失处理：{1,}"},
    {"missing, as the customers table does not tell them of purchases: {1}", "客户表没有购买信息，按缺失处理：{1}"},
    {"every transaction is at midnight, which counts as night: {1}", "所有交易时间都是零点，按夜间计：{1}"},
    {"no customer has a value in these columns, as some had in the fit: {1}",
     "以下各列在建模时有值，现在所有客户都没有：{1}"},
    {"outcomes that are not known here: {1}", "此处未知的结果列：{1}"},
    {"of customers whom no interaction tells it of, the customers table does: {1}",
     "没有互动记录的客户取自客户表：{1}"},
    {"values that the recipe does not know: {1}", "建模时没有的取值：{1}"},
    {"the recipe makes nothing of these columns: {1}", "模型未用到以下各列：{1}"},
    {"an as-of day", "截止日"},
    {"{1} (coordinates)", "{1}（坐标）"},
    {"{1} (postcodes)", "{1}（邮编）"},
    {"{1} (telephone numbers)", "{1}（电话号码）"},
    {"{1} ({2} in {3} rows)", "{1}（{3} 行为 {2}）"},
    {"the table customers", "客户表"},
    {"the {1} are not used: the recipe was fitted without such a table", "未使用{1!}：建模时没有这张表"},
    {"the {1} have times of a zone ({2}), the {3} times of none: all are taken as they are written",
     "{1!}的时间带时区（{2}），{3!}的不带：均按原样使用"},
    /* ---- Purchases that the customers' own columns tell ---- */
    {"recency is counted from {1}, and taken from {2} where that is missing",
     "最近购买天数由 {1} 推算，缺失时取自 {2}"},
    {"{1} customer{*} of whom the table tells no order and no amount, in none of these columns, {*} bought nothing",
     "{1} 位客户在相关各列都没有订单与金额，视为没有购买"},
    {"{1} customer{*} a last order on the as-of day or later, so that the recency is not known; orders and amounts are "
     "counted all the same",
     "{1} 位客户的最近下单日不早于截止日，最近购买天数未知；订单数与金额照常计算"},
    /* ---- Models of value ---- */
    {"value models: {1}; spend gamma-gamma of {2} customers{3}",
     "价值模型：{1!}；消费模型 gamma-gamma，{2} 位客户{3!}"},
    {"value models: {1}; none of spend, as only {2} customer{*} bought again, and {3} are asked for{4}",
     "价值模型：{1!}；没有消费模型，因为复购客户只有 {2} 位，至少需要 {3} 位{4!}"},
    {"value models: {1}; none of spend, as no mean of it is known{2}",
     "价值模型：{1!}；没有消费模型，因为消费均值未知{2!}"},
    {"value models: {1}", "价值模型：{1!}"},
};

const tsl__note_patterns tsl__feature_note_words = {words, sizeof words / sizeof *words};
