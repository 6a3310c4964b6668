/* show_summary.c: a summary as short tables on standard output. */
#include "cli/show/show_summary.h"

#include "cli/show/print.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <tesela/output.h>

#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- Words -------------------------------------------------------------------------- */

typedef struct word {
    const char *en, *zh;
} word;

static const word words[] = {
    {"Segment", "客群"},
    {"Code", "代码"},
    {"Customers", "客户数"},
    {"Share", "占比"},
    {"Value", "价值"},
    {"Of value", "价值占比"},
    {"Tier", "价值等级"},
    {"From", "起点"},
    {"To", "终点"},
    {"Lifecycle", "生命周期"},
    {"Cluster", "聚类"},
    {"Rows", "行数"},
    {"Weight", "权重"},
    {"Precision", "准确率"},
    {"Coverage", "覆盖率"},
    {"Rule", "规则"},
    {"Leaves", "叶"},
    {"Price", "代价"},
    {"Agreement", "一致率"},
    {"Silhouette", "轮廓系数"},
    {"Inertia", "惯量"},
    {"Calinski-Harabasz", "CH 指数"},
    {"Davies-Bouldin", "DB 指数"},
    {"Smallest", "最小聚类"},
    {"Table", "数据表"},
    {"Read", "读入"},
    {"Used", "使用"},
    {"Rejected", "拒绝"},
    {"chosen", "选中"},
    {"transactions", "交易"},
    {"customers", "客户"},
    {"interactions", "互动"},
    {"features", "特征"},
    {"cluster", "聚类"},
    {"tree", "决策树"},
    {"labels", "标签"},
    {"read", "读取"},
    {"write", "写出"},
    {"total", "合计"},
    {"Feature", "特征"},
    {"Group", "类别"},
    {"Use", "用途"},
    {"Unit", "单位"},
    {"Before", "上次客群"},
    {"Became", "结果"},
    {"Since", "上次运行"},
    {"Reason", "原因"},
    {"Strategy", "策略"},
    {"Also", "其他"},
    {"Purchases", "购买"},
    {"Figure", "指标"},
    {"kept", "保留"},
    {"merged", "并入其他客群"},
    {"split", "拆分"},
    {"retired", "不再存在"},
    {"unknown", "去向不明"},
    {"Stayed", "留存"},
    {"Gone", "离开"},
    {"Moved to", "转入"},
    {"Missing", "缺失"},
    {"Mean", "均值"},
    {"Median", "中位数"},
    {"Least", "最小"},
    {"Greatest", "最大"},
    {"Shape", "分布"},
    {"Raw value", "原始值"},
    {"Percentile", "百分位"},
    {"Normalised", "标准化值"},
    {"Columns that say nearly the same, and their correlation", "几乎相同的列及其相关系数"},
    {"Principal components, their part of the variance and largest loadings", "主成分、方差占比与最大载荷"},
    {"demographic", "人口属性"},
    {"behavioral", "行为"},
    {"value", "价值"},
    {"vector", "向量"},
    {"profile", "仅描述"},
    {"sensitive", "敏感"},
    {"outcome", "结果"},
    {"size", "大小"},
    {"assign", "分配"},
    {"Then", "当时"},
    {"Now", "现在"},
    {"now", "现在"},
    {"Distance then", "当时距离"},
    {"Missing then", "当时缺失"},
    {"Outside", "超出范围"},
    {"PSI", "PSI"},
    {"Counts", "计入判断"},
    {"yes", "是"},
    {"no", "否"},
    {"stable", "稳定"},
    {"shifted", "偏移"},
    {"drifted", "显著偏移"},
    {"rfm", "RFM"},
    {"RFM segment", "RFM 客群"},
    {"rfm_segment", "RFM 客群"},
    {"CLV", "预期价值"},
    {"value models", "价值模型"},
    {"tiers", "等级"},
    {"lifecycle", "生命周期"},
    {"names", "名称"},
    {"Label", "标签"},
    {"Error", "标准误"},
    {"Simplified", "简化轮廓系数"},
    {"BIC", "BIC"},
    {"Gap", "间隔统计量"},
    {"Strength", "预测强度"},
    {"Stability", "稳定性"},
    {"evidence", "证据"},
    {"descriptors", "人口属性"},
    {"Distance", "平均距离"},
    {"Truth", "真实标签"},
    {"In both", "两者共有"},
    {"New", "新增"},
    {"Vanished", "消失"},
    {"Came", "转入"},
    {"Left", "转出"},
    {"Grown", "留存者增减"},
    {"Value then", "当时价值"},
    {"Value now", "现在价值"},
    {"What changed most (median)", "变化最大的特征（中位数）"},
    {"Treated", "实验组"},
    {"Control", "对照组"},
    {"Difference", "差异"},
    {"Relative", "相对变化"},
    {"Measure", "指标"},
    {"Of whom", "人群"},
    {"After Holm", "Holm 校正后"},
    {"all", "全部"},
    {"Customer", "客户"},
    {"warnings", "流失预警"},
    {"Index", "指标"},
    {"Macro", "按类平均"},
    {"Simplified silhouette", "简化轮廓系数"},
    {"BIC (X-means)", "BIC（X-means）"},
    {"Dunn", "Dunn 指数"},
    {"Jaccard", "Jaccard"},
    {"Found by k-means", "k-means 重现度"},
    {"k-means with itself", "k-means 自身一致性"},
    {"Prediction strength", "预测强度"},
    {"Adjusted Rand", "调整兰德指数"},
    {"Rand", "兰德指数"},
    {"Adjusted mutual information", "调整互信息"},
    {"Normalised mutual information", "标准化互信息"},
    {"Homogeneity", "同质性"},
    {"Completeness", "完整性"},
    {"V-measure", "V 值"},
    {"Fowlkes-Mallows", "FM 指数"},
    {"Pair-sets index", "配对集合指数"},
    {"Normalised accuracy", "标准化准确率"},
    {"Matched rows", "匹配行占比"},
    {"future", "后续检验"},
    {"history", "历史各月"},
    {"methods", "方法对比"},
    {"Bought", "购买率"},
    {"95 %", "95% 区间"},
    {"Spend each", "人均消费"},
    {"Lines each", "人均行数"},
    {"line_quintiles", "行数五分位"},
    {"Method", "方法"},
    {"these segments", "本次分群"},
    {"the segments of that day", "当日客群"},
    {"Holds", "满足"},
    {"Fails", "不满足"},
    {"Unknown", "未知"},
    {"Reached", "可达"},
    {"nobody", "无人满足"},
    {"shadowed", "被前面的类别覆盖"},
    {"contradictory", "条件自相矛盾"},
    {"segment", "客群"},
    {"tier", "等级"},
    {"Action", "动作"},
    {"What to do", "策略"},
    {"activity", "活跃度"},
    {"loyalty", "忠诚度"},
    {"account", "大客户"},
    {"rfm_map", "RFM 六类图"},
    {"spend_quintiles", "消费五分位"},
    {"days", "天"},
    {"weeks", "周"},
    {"months", "个月"},
    {"opportunities", "次机会"},
    {"Model", "模型"},
    {"Fit", "拟合"},
    {"Log-likelihood", "对数似然"},
    {"Parameters (standard errors)", "参数（标准误）"},
    {"sound", "可靠"},
    {"no dropout", "未见流失"},
    {"ridge", "参数不可辨识"},
    {"no mean", "均值不存在"},
    {"empty", "无复购"},
    {"Bias", "偏差"},
    {"Top tenth", "前十分之一占比"},
    {"Actual", "实际"},
    {"naive", "沿用以往频率"},
    {"Cohort", "首购时期"},
    {"Came back", "有复购"},
    {"Parameters", "参数"},
    {"Covariate", "属性"},
    {"Buying", "购买频率"},
    {"Leaving", "流失"},
    {"Ratio", "似然比"},
    {"Degrees", "自由度"},
    {"Against", "参照"},
    {"Part", "部分"},
    {"Better", "方向"},
    {"less", "越低越好"},
    {"more", "越高越好"},
    {"Known", "已知"},
    {"Adds (mean)", "平均贡献"},
    {"Score", "得分"},
    {"R (days)", "R（天）"},
    {"segments", "客群表"}, /* kinds of files that inspect tells of */
    {"rejects", "被拒绝的行"},
    {"movers", "变动的客户"},
    {"values", "客户价值"},
    {"number", "数值"}, /* types of columns, from here ... */
    {"decimal", "小数"},
    {"integer", "整数"},
    {"category", "类别"},
    {"ordinal", "有序类别"},
    {"boolean", "是/否"},
    {"text", "文本"},
    {"date", "日期"},
    {"time", "时间"},
    {"date_of_birth", "出生日期"}, /* ... to here */
    {"in none", "未归类"},
    {"not known", "无法判断"},
    {"not scored", "未评分"},
    {"Segment before", "上一分群"},
    {"In this segment since", "进入本分群"},
    {"Kind of reason", "原因类别"},
    {"Expected value, 365 days", "未来 365 天预期价值"},
    {"Stage before", "上一阶段"},
    {"In this stage since", "进入本阶段"},
    {"R score", "R 得分"},
    {"F score", "F 得分"},
    {"M score", "M 得分"},
    {"Churn risk", "流失风险"},
    {"Value at risk", "风险价值"},
    {"Evaluations under the tier", "连续低于本级的次数"},
    {"financial", "财务"},
    {"relationship", "关系"},
    {"orders", "单"}, /* units of features, from here ... */
    {"lines", "行"},
    {"units", "件"},
    {"products", "种"},
    {"nats", "奈特"},
    {"share", "比例"},
    {"visits", "次"},
    {"minutes", "分钟"},
    {"pages", "页"},
    {"contacts", "次"},
    {"complaints", "次"},
    {"points", "分"},
    {"probability", "概率"},
    {"score", "得分"},
    {"years", "年"},
    {"currency", "金额"}, /* ... to here */
};

const char *cli_translate(const char *en, const char *lang)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].en, en) == 0) {
            return strcmp(lang, "zh") == 0 ? words[i].zh : en;
        }
    }
    return en;
}

const char *cli_feature_name(const char *name, const char *lang)
{
    char *label = NULL;
    tsl_error unsaid;
    const int labelled = strcmp(lang, "zh") == 0 && tsl_feature_get_label(name, lang, &label, &unsaid) == TSL_OK;
    const char *told = labelled ? cli_copy(label, strlen(label)) : name;
    tsl_text_free(label);
    return told;
}

/* More segments than anybody reads stand in --json alone. */
#define MOST_OUTCOMES 100
#define LINE_WIDTH 100
/* Of eta²: nobody tells less apart. */
#define SAME_TOLD 0.01

/* ---- JSON ------------------------------------------------------------------------------ */

/* NaN where there is no number. */
static double get_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : NAN;
}

/* 0 where it is no count. */
static uint64_t read_count(const json_t *value)
{
    double number = json_number_value(value);
    return number > 0 && number < 1e18 ? (uint64_t)number : 0;
}

static uint64_t get_count(const json_t *object, const char *key)
{
    return read_count(json_object_get(object, key));
}

/* "1,234"; "–" of a count that is hidden, as its noun is then that of many. */
static const char *write_count(const json_t *object, const char *key)
{
    char count[CLI_NUMBER_BYTES];
    cli_count_write(get_count(object, key), count);
    return json_is_null(json_object_get(object, key)) ? "–" : cli_format("%s", count);
}

static const char *name_count(const json_t *object, const char *key, const char *noun)
{
    return json_is_null(json_object_get(object, key)) ? cli_format("– %ss", noun)
                                                      : cli_count_name(get_count(object, key), noun);
}

/* "" where it is no text: a summary may come from anywhere, and lack anything. */
static const char *read_text(const json_t *value)
{
    const char *text = json_string_value(value);
    return text ? text : "";
}

static const char *get_text(const json_t *object, const char *key)
{
    return read_text(json_object_get(object, key));
}

/* What a row says in the language; in the run's, where an older summary has that alone. */
static const char *get_words(const json_t *row, const char *all, const char *lang, const char *own)
{
    const char *text = get_text(json_object_get(row, all), lang);
    return *text ? text : get_text(row, own);
}

/* A segment by its number, which is not its place, as those of nobody are left out; NULL where it is one of them. */
static const json_t *find_segment(const json_t *summary, uint64_t number)
{
    const json_t *segments = json_object_get(summary, "segments");
    for (size_t i = 0; i < json_array_size(segments); i++) {
        const json_t *row = json_array_get(segments, i);
        if (get_count(row, "segment") == number) {
            return row;
        }
    }
    return NULL;
}

/* ---- Tables ------------------------------------------------------------------------------- */

static cli_text_table open_grid(const char *align)
{
    return (cli_text_table){.columns = strlen(align), .align = align};
}

static void add_head(cli_text_table *grid, const char *const *heads, const char *lang)
{
    for (size_t c = 0; c < grid->columns; c++) {
        cli_text_table_add(grid, cli_translate(heads[c], lang));
    }
}

/* 1: what customers are worth is a number of lines. */
static int is_of_lines(const json_t *summary)
{
    return strcmp(get_text(json_object_get(summary, "value"), "unit"), "lines") == 0;
}

/* Large values do not need their cents. */
static int get_decimals(const json_t *rows, int decimals)
{
    for (size_t i = 0; i < json_array_size(rows); i++) {
        double value = get_number(json_array_get(rows, i), "value_total");
        if (fabs(value) >= 1e5) {
            return 0;
        }
    }
    return decimals;
}

/* Size, share, and where there is a value its total and share: "–" where they are not known. */
static void add_size(cli_text_table *grid, const json_t *row, int decimals, int value)
{
    const double total = get_number(row, "value_total"), share = get_number(row, "value_share");
    if (json_is_null(json_object_get(row, "size"))) { /* hidden, as of too few */
        cli_text_table_add(grid, "–");
    } else {
        cli_text_table_count(grid, get_count(row, "size"));
    }
    cli_text_table_share(grid, get_number(row, "share"));
    if (value && isnan(total)) {
        cli_text_table_add(grid, "–");
    } else if (value) {
        cli_text_table_number(grid, total, decimals);
    }
    if (value && isnan(share)) {
        cli_text_table_add(grid, "–");
    } else if (value) {
        cli_text_table_share(grid, share);
    }
}

static void show_rows(const json_t *summary, const char *lang)
{
    static const char *const heads[] = {"Table", "Read", "Used", "Rejected"};
    json_t *tables = json_object_get(summary, "rows");
    const char *name;
    json_t *table;
    cli_text_table grid = open_grid("lrrr");
    if (json_object_size(tables) == 0) {
        return;
    }
    add_head(&grid, heads, lang);
    json_object_foreach(tables, name, table)
    {
        cli_text_table_add(&grid, cli_translate(name, lang));
        cli_text_table_count(&grid, get_count(table, "read"));
        cli_text_table_count(&grid, get_count(table, "used"));
        cli_text_table_count(&grid, get_count(table, "rejected"));
    }
    cli_text_table_print(&grid);
    cli_print("\n");
}

static int is_chinese(const char *lang)
{
    return strcmp(lang, "zh") == 0;
}

/* What set the as-of day, behind it. */
static const char *name_setter(const char *from, const char *lang)
{
    static const struct {
        const char *from, *text, *zh;
    } setters[] = {
        {"transactions", ", the day after the last row of transactions", "，即交易记录最后一行的次日"},
        {"interactions", ", the day after the last row of interactions", "，即互动记录最后一行的次日"},
        {"customers", ", the day after the last date of the customers", "，即客户表最后日期的次日"},
    };
    for (size_t i = 0; i < sizeof setters / sizeof *setters; i++) {
        if (strcmp(from, setters[i].from) == 0) {
            return is_chinese(lang) ? setters[i].zh : setters[i].text;
        }
    }
    return "";
}

static void show_title(const json_t *summary, const char *lang)
{
    const char *day = get_text(summary, "as_of"), *setter = name_setter(get_text(summary, "as_of_from"), lang);
    if (!json_object_get(summary, "customers")) {
        return;
    }
    if (is_chinese(lang)) {
        cli_print("%s 位客户%s%s%s%s\n\n", write_count(summary, "customers"), *day ? "，截至 " : "", day,
                  *day ? "（不含）" : "", setter);
    } else {
        cli_print("%s%s%s%s\n\n", name_count(summary, "customers", "customer"), *day ? ", as of " : "", day, setter);
    }
}

static void show_told_totals(const json_t *totals, const char *lang)
{
    char purchases[CLI_NUMBER_BYTES], money[CLI_NUMBER_BYTES];
    cli_count_write(get_count(totals, "purchases"), purchases);
    cli_number_write(get_number(totals, "monetary_total"), (int)get_count(totals, "decimals"), money);
    if (is_chinese(lang)) {
        cli_print("%s 次购买（%s 位客户），总额 %s，均据客户表\n", purchases,
                  write_count(totals, "customers_with_purchase"), money);
    } else {
        cli_print("%s by %s, %s in all, as the customers table tells\n",
                  cli_count_name(get_count(totals, "purchases"), "purchase"),
                  name_count(totals, "customers_with_purchase", "customer"), money);
    }
}

static void show_totals(const json_t *totals, const char *lang)
{
    char lines[CLI_NUMBER_BYTES], orders[CLI_NUMBER_BYTES], purchases[CLI_NUMBER_BYTES], money[CLI_NUMBER_BYTES];
    if (get_count(totals, "lines") == 0) { /* a table of customers tells of their purchases, none of which is there */
        show_told_totals(totals, lang);
        return;
    }
    cli_count_write(get_count(totals, "lines"), lines);
    cli_count_write(get_count(totals, "orders"), orders);
    cli_count_write(get_count(totals, "purchases"), purchases);
    cli_number_write(get_number(totals, "monetary_total"), (int)get_count(totals, "decimals"), money);
    if (is_chinese(lang)) {
        cli_print("%s 行，%s 个订单，%s 次购买，总额 %s\n", lines, orders, purchases, money);
    } else {
        cli_print("%s, %s, %s, %s in all\n", cli_count_name(get_count(totals, "lines"), "line"),
                  cli_count_name(get_count(totals, "orders"), "order"),
                  cli_count_name(get_count(totals, "purchases"), "purchase"), money);
    }
}

static void show_features(const json_t *summary, const char *lang)
{
    const json_t *features = json_object_get(summary, "features"), *totals = json_object_get(summary, "totals");
    if (features) {
        const size_t count = json_array_size(json_object_get(features, "columns"));
        cli_print(is_chinese(lang) ? "%s；向量列数：人口 %g，行为 %g，价值 %g\n"
                                   : "%s; columns of the vectors: demographic %g, behavioral %g, value %g\n",
                  is_chinese(lang) ? cli_format("%zu 个特征", count) : cli_count_name(count, "feature"),
                  get_number(features, "demographic"), get_number(features, "behavioral"),
                  get_number(features, "value"));
    }
    if (totals) {
        show_totals(totals, lang);
    }
    if (features) {
        cli_print("\n");
    }
}

/* Before the sweep and the clusters of an apply, which are the model's. */
static void show_of_fit(const json_t *summary, const char *lang)
{
    if (json_object_get(summary, "drift")) {
        cli_print(is_chinese(lang) ? "模型拟合时：\n\n" : "When the model was fitted:\n\n");
    }
}

/* What the evidence has of each k: how they are shown, and how many digits. */
static const struct {
    const char *head, *key;
    int digits;
} judged[] = {{"Simplified", "simplified_silhouette", 3},
              {"BIC", "bic", 0},
              {"Gap", "gap", 3},
              {"Strength", "prediction_strength", 2},
              {"Stability", "agreement", 2},
              {"Dunn", "dunn", 4}};

/* The last one is there where it was asked for. */
static size_t count_judged(const json_t *clusters)
{
    const size_t all = sizeof judged / sizeof *judged;
    const json_t *candidates = json_object_get(clusters, "candidates");
    const json_t *last = json_array_get(candidates, json_array_size(candidates) - 1);
    return !json_object_get(clusters, "evidence") ? 0 : isnan(get_number(last, "dunn")) ? all - 1 : all;
}

static void add_judged(cli_text_table *grid, const json_t *row, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cli_text_table_number(grid, get_number(row, judged[i].key), judged[i].digits);
    }
}

/* Of whom, and by what, the sweep is, where it is beside the clusters. */
static void show_beside(const json_t *summary, const char *lang)
{
    const json_t *plain = json_object_get(json_object_get(summary, "clusters"), "plain");
    char columns[CLI_NUMBER_BYTES];
    const int people = json_object_get(summary, "customers") != NULL;
    if (!plain) {
        return;
    }
    cli_count_write(get_count(plain, "columns"), columns);
    if (is_chinese(lang)) {
        cli_print("作为对照的普通 k-means：%s %s，%s 列\n\n", write_count(plain, "rows"), people ? "位客户" : "行",
                  columns);
    } else {
        cli_print("Plain k-means beside, of %s by %s\n\n", name_count(plain, "rows", people ? "customer" : "row"),
                  cli_count_name(get_count(plain, "columns"), "column"));
    }
}

static void show_sweep(const json_t *summary, const char *lang)
{
    const char *heads[] = {
        "k", "Inertia", "Silhouette", "Calinski-Harabasz", "Davies-Bouldin", "Smallest", "", "", "", "", "", "", ""};
    const json_t *clusters = json_object_get(summary, "clusters");
    const json_t *candidates = json_object_get(clusters, "candidates");
    const size_t evidence = count_judged(clusters);
    const int drawn = strcmp(get_text(clusters, "method"), "anchored") == 0; /* the candidates are beside them */
    static const char *const aligns[] = {"rrrrrrl", "rrrrrrrrrrrl", "rrrrrrrrrrrrl"};
    cli_text_table grid = open_grid(aligns[evidence ? evidence - sizeof judged / sizeof *judged + 2 : 0]);
    if (!clusters) {
        return;
    }
    for (size_t i = 0; i < evidence; i++) {
        heads[6 + i] = judged[i].head;
    }
    show_of_fit(summary, lang);
    show_beside(summary, lang);
    add_head(&grid, heads, lang);
    for (size_t i = 0; i < json_array_size(candidates); i++) {
        const json_t *row = json_array_get(candidates, i);
        cli_text_table_count(&grid, get_count(row, "k"));
        cli_text_table_number(&grid, get_number(row, "inertia"), 6);
        cli_text_table_number(&grid, get_number(row, "silhouette"), 6);
        cli_text_table_number(&grid, get_number(row, "calinski_harabasz"), 4);
        cli_text_table_number(&grid, get_number(row, "davies_bouldin"), 6);
        cli_text_table_share(&grid, get_number(row, "smallest_share"));
        add_judged(&grid, row, evidence);
        cli_text_table_add(
            &grid, !drawn && get_number(row, "k") == get_number(clusters, "k") ? cli_translate("chosen", lang) : "");
    }
    cli_text_table_print(&grid);
    cli_print("\n");
}

/* Beyond so many columns the others are counted. */
#define BASIS_MOST 8

static int compare_shares(const void *pa, const void *pb)
{
    const json_t *a = *(json_t *const *)pa, *b = *(json_t *const *)pb;
    const double x = get_number(a, "share"), y = get_number(b, "share");
    return x != y ? (x < y ? 1 : -1) : strcmp(get_text(a, "name"), get_text(b, "name"));
}

/* What the distance is made of: the greatest shares first. */
static void show_basis(const json_t *summary, const char *lang)
{
    const json_t *basis = json_object_get(json_object_get(summary, "clusters"), "basis");
    const json_t *columns = json_object_get(basis, "columns");
    const size_t count = json_array_size(columns);
    const json_t **row = cli_take(count, sizeof *row);
    const int zh = is_chinese(lang);
    if (count == 0) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        row[i] = json_array_get(columns, i);
    }
    qsort(row, count, sizeof *row, compare_shares);
    cli_print(zh ? "\n距离（平方）由以下各列构成：" : "\nOf the squared distance between customers: ");
    for (size_t i = 0; i < count && i < BASIS_MOST; i++) {
        char share[CLI_NUMBER_BYTES];
        cli_share_write(get_number(row[i], "share"), share);
        cli_print("%s%s %s", i ? (zh ? "，" : ", ") : "",
                  json_object_get(row[i], "component") ? get_text(row[i], "name")
                                                       : cli_feature_name(get_text(row[i], "name"), lang),
                  share);
    }
    if (count > BASIS_MOST) {
        cli_print(zh ? "，另有 %zu 列" : ", and %zu further column%.*s", count - BASIS_MOST, count != BASIS_MOST + 1,
                  "s");
    }
    cli_print("\n");
    for (size_t i = 0; i < count && i < BASIS_MOST; i++) {
        if (json_object_get(row[i], "component")) {
            cli_print("  %s: %s\n", get_text(row[i], "name"), get_text(json_object_get(row[i], "label"), lang));
        }
    }
}

/* The verdict and its reasons. */
static void show_verdict(const json_t *summary, const char *lang)
{
    const json_t *verdict = json_object_get(json_object_get(summary, "clusters"), "verdict");
    const json_t *reasons = json_object_get(json_object_get(verdict, "reasons_in"), lang);
    if (!verdict) {
        return;
    }
    cli_print(json_object_get(summary, "drift")
                  ? (is_chinese(lang) ? "\n模型拟合时的结论：%s\n" : "\nVerdict when the model was fitted: %s\n")
                  : (is_chinese(lang) ? "\n结论：%s\n" : "\nVerdict: %s\n"),
              get_text(json_object_get(verdict, "headline"), lang));
    for (size_t i = 0; i < json_array_size(reasons); i++) {
        cli_print("  - %s\n", read_text(json_array_get(reasons, i)));
    }
}

/* 1 where the target is a rate: a feature of yes and no, or a share. */
static int is_rate(const json_t *summary, const json_t *target)
{
    const json_t *columns = json_object_get(json_object_get(summary, "features"), "columns");
    const char *name = get_text(target, "name");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *column = json_array_get(columns, i);
        if (strcmp(get_text(column, "name"), name) == 0) {
            return json_is_true(json_object_get(target, "rate")) || strcmp(get_text(column, "unit"), "share") == 0;
        }
    }
    return 0;
}

/* What the tree is worth, in the words of the report. */
static void show_told(const json_t *target, const char *lang)
{
    static const char *const held[] = {
        "\nTarget: %s. Means, with 95 %% intervals, are of customers that the tree was not grown from",
        "\n目标：%s。各客群的均值及 95 %% 区间来自未参与建树的客户"};
    static const char *const tells[] = {"; its own means tell %s of their variance.\n\n",
                                        "；建树所得均值说明了他们方差的 %s。\n\n"};
    static const char *const misled[] = {
        ". Over these the tree's own means are off by more than the mean of all is: do not rely on them.\n\n",
        "。对他们而言，建树所得均值比总均值偏差更大：不可依赖。\n\n"};
    const int zh = is_chinese(lang);
    const double told = get_number(target, "told");
    char percent[CLI_NUMBER_BYTES];
    cli_share_write(told, percent);
    cli_print(held[zh], get_text(json_object_get(target, "label"), lang));
    cli_print(told <= 0 ? misled[zh] : tells[zh], percent);
}

/* The target of a tree: each segment's mean of it. */
static void show_target(const json_t *summary, const char *lang)
{
    static const char *const heads[] = {"Segment", "Customers", "Mean", "From", "To", "Rule"};
    static const char *const keys[] = {"mean", "low", "high"};
    const json_t *target = json_object_get(summary, "target"), *segments = json_object_get(target, "segments");
    cli_text_table grid = open_grid("rrrrrn"); /* the rules are the segments: nothing of them is cut */
    if (!target) {
        return;
    }
    const int rate = is_rate(summary, target);
    show_told(target, lang);
    add_head(&grid, heads, lang);
    for (size_t i = 0; i < json_array_size(segments); i++) {
        const json_t *row = json_array_get(segments, i);
        cli_text_table_count(&grid, get_count(row, "segment"));
        cli_text_table_count(&grid, get_count(row, "rows"));
        for (size_t n = 0; n < sizeof keys / sizeof *keys; n++) {
            (rate ? cli_text_table_share : cli_text_table_short)(&grid, get_number(row, keys[n]));
        }
        cli_text_table_add(&grid, get_words(find_segment(summary, get_count(row, "segment")), "rules", lang, "rule"));
    }
    cli_text_table_print(&grid);
}

/* What the demographics tell. */
static void show_descriptors(const json_t *summary, const char *lang)
{
    const json_t *sentence = json_object_get(json_object_get(summary, "descriptors"), "sentence");
    if (sentence) {
        cli_print(is_chinese(lang) ? "\n描述：%s。\n" : "\nDescriptors: %s.\n", get_text(sentence, lang));
    }
}

/* What is not told, being of too few. */
static void show_hidden(const json_t *summary, const char *lang)
{
    const json_t *privacy = json_object_get(summary, "privacy"), *least = json_object_get(privacy, "min_cell");
    if (least) {
        cli_print(is_chinese(lang)
                      ? "\n不足 %llu 位客户的数目已隐藏（共 %llu 处，显示为“–”）。\n"
                      : "\nCounts of fewer than %llu customers are hidden, and what they could be reckoned "
                        "back from: %llu in all, shown as \"–\".\n",
                  (unsigned long long)read_count(least), (unsigned long long)get_count(privacy, "hidden"));
    }
}

/* How sensitive columns go with segments and tiers. */
static void show_audit(const json_t *summary, const char *lang)
{
    const json_t *columns = json_object_get(json_object_get(summary, "audit"), "columns");
    if (json_array_size(columns)) {
        cli_print(is_chinese(lang) ? "\n敏感字段审查：\n" : "\nSensitive columns:\n");
    }
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *column = json_array_get(columns, i);
        cli_print(is_chinese(lang) ? "  - %s。\n" : "  - %s.\n", get_text(json_object_get(column, "sentence"), lang));
    }
}

/* Who lies far from all others. */
static void show_findings(const json_t *summary, const char *lang)
{
    const json_t *findings = json_object_get(summary, "findings");
    if (json_array_size(findings)) {
        cli_print(is_chinese(lang) ? "\n发现：\n" : "\nFindings:\n");
    }
    for (size_t i = 0; i < json_array_size(findings); i++) {
        cli_print("  - %s\n", get_text(json_object_get(json_array_get(findings, i), "words"), lang));
    }
}

static void show_clusters(const json_t *summary, const char *lang)
{
    static const char *const heads[] = {"Cluster", "Rows", "Share", "Precision", "Coverage", "Rule"};
    static const char *const weighed[] = {"Cluster", "Rows", "Weight", "Share", "Precision", "Coverage", "Rule"};
    const json_t *groups = json_object_get(json_object_get(summary, "clusters"), "groups");
    const int weights = json_object_get(json_array_get(groups, 0), "weight") != NULL;
    cli_text_table grid = open_grid(weights ? "rrrrrrn" : "rrrrrn"); /* rules whole */
    if (json_array_size(groups) == 0) {
        return;
    }
    add_head(&grid, weights ? weighed : heads, lang);
    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *row = json_array_get(groups, i);
        cli_text_table_count(&grid, i + 1);
        cli_text_table_count(&grid, get_count(row, "size"));
        if (weights) {
            cli_text_table_short(&grid, get_number(row, "weight"));
        }
        cli_text_table_share(&grid, get_number(row, "share"));
        cli_text_table_share(&grid, get_number(row, "precision"));
        cli_text_table_share(&grid, get_number(row, "coverage"));
        cli_text_table_add(&grid, get_words(row, "rules", lang, "rule"));
    }
    cli_text_table_print(&grid);
}

/* "26.5 % (25.1 % – 28.0 %)"; a mean as a number; "–" where none is known. */
static const char *write_outcome(const json_t *outcome)
{
    const int is_mean = json_object_get(outcome, "mean") != NULL;
    static const char *const keys[] = {"rate", "low", "high"};
    const char *part[3];
    for (int i = 0; i < 3; i++) {
        char out[CLI_NUMBER_BYTES];
        const double x = get_number(outcome, i == 0 && is_mean ? "mean" : keys[i]);
        if (isnan(x)) {
            part[i] = "–";
            continue;
        }
        if (is_mean) {
            cli_short_write(x, out);
        } else {
            cli_share_write(x, out);
        }
        part[i] = cli_copy(out, strlen(out));
    }
    return get_count(outcome, "known") ? cli_format("%s (%s – %s)", part[0], part[1], part[2]) : "–";
}

/* An outcome of all customers; of those that have no column of the table, of each segment, too. */
static void show_outcome(const json_t *summary, size_t index, const char *lang)
{
    const json_t *segments = json_object_get(summary, "segments");
    const json_t *all = json_array_get(json_object_get(summary, "outcomes"), index);
    const int zh = is_chinese(lang), held = json_is_true(json_object_get(all, "held_out"));
    cli_print(zh ? "%s：%s，已知 %s 位客户%s" : "%s: %s of %s customers of whom it is known%s",
              get_words(all, "label", lang, "name"), write_outcome(all), write_count(all, "known"),
              !held ? ""
              : zh  ? "（各客群亦然，均为未参与建树者）"
                    : " and whom the tree was not grown from, as in the table");
    for (size_t i = 0; i < json_array_size(segments) && index > 0; i++) {
        const json_t *row = json_array_get(segments, i);
        cli_print("%s%llu %s", i ? (zh ? "，" : ", ") : (zh ? "；" : "; "),
                  (unsigned long long)get_count(row, "segment"),
                  write_outcome(json_array_get(json_object_get(row, "outcomes"), index)));
    }
    cli_print("\n");
}

static void show_segments(const json_t *summary, const char *lang)
{
    const json_t *segments = json_object_get(summary, "segments"), *outcomes = json_object_get(summary, "outcomes");
    const int value = json_object_get(summary, "value") != NULL,
              decimals = get_decimals(segments, is_of_lines(summary) ? 0 : 2);
    const json_t *outcome = json_array_get(outcomes, 0);
    const char *told = outcome ? cli_format("%s (95 %%)", get_words(outcome, "label", lang, "name")) : "";
    const char *const heads[] = {"#", "Segment", "Customers", "Share", value ? "Value" : told, "Of value", told};
    cli_text_table grid = open_grid(value ? (outcome ? "rnrrrrr" : "rnrrrr") : outcome ? "rnrrr" : "rnrr");
    if (json_array_size(segments) == 0) {
        return;
    }
    add_head(&grid, heads, lang);
    for (size_t i = 0; i < json_array_size(segments); i++) {
        const json_t *row = json_array_get(segments, i);
        cli_text_table_count(&grid, get_count(row, "segment"));
        cli_text_table_add(&grid, get_words(row, "names", lang, "name"));
        add_size(&grid, row, decimals, value);
        if (outcome) {
            cli_text_table_add(&grid, write_outcome(json_array_get(json_object_get(row, "outcomes"), 0)));
        }
    }
    cli_text_table_print(&grid);
    for (size_t i = 0; i < json_array_size(outcomes); i++) {
        show_outcome(summary, i, lang);
    }
}

/* ---- What came next ------------------------------------------------------------------- */

/* "62.8–72.0 %"; "–" where it is not known. */
static const char *write_range(double low, double high, double factor, int decimals, const char *unit)
{
    char a[CLI_NUMBER_BYTES], b[CLI_NUMBER_BYTES];
    if (isnan(low) || isnan(high)) {
        return "–";
    }
    cli_number_write(low * factor, decimals, a);
    cli_number_write(high * factor, decimals, b);
    return cli_format("%s–%s%s", a, b, unit);
}

static void add_outcome(cli_text_table *grid, const char *name, const json_t *outcome)
{
    if (get_count(outcome, "size") == 0) {
        return;
    }
    const int decimals = fabs(get_number(outcome, "value_mean")) >= 100 ? 0 : 2;
    cli_text_table_add(grid, name);
    cli_text_table_count(grid, get_count(outcome, "size"));
    cli_text_table_share(grid, get_number(outcome, "rate"));
    cli_text_table_add(grid, write_range(get_number(outcome, "low"), get_number(outcome, "high"), 100, 1, " %"));
    cli_text_table_number(grid, get_number(outcome, "value_mean"), decimals);
    cli_text_table_add(
        grid, write_range(get_number(outcome, "value_low"), get_number(outcome, "value_high"), 1, decimals, ""));
}

/* 1: amounts are numbers of lines, no money. */
static int counts_lines(const json_t *summary)
{
    return strcmp(get_text(json_object_get(summary, "totals"), "unit"), "lines") == 0;
}

/* By segment, or by the labels that were given. */
static void show_outcomes(const json_t *summary, const json_t *next, const char *lang)
{
    const char *const heads[] = {
        "Segment", "Customers", "Bought", "95 %", counts_lines(summary) ? "Lines each" : "Spend each", "95 %"};
    const json_t *groups = json_object_get(next, "groups"), *segments = json_object_get(summary, "segments");
    const json_t *rows = groups ? groups : segments, *former = json_object_get(next, "former");
    cli_text_table grid = open_grid("nrrrrr");
    add_head(&grid, heads, lang);
    for (size_t i = 0; i < json_array_size(rows) && i < MOST_OUTCOMES; i++) {
        const json_t *row = json_array_get(rows, i);
        add_outcome(&grid, groups ? get_text(row, "label") : get_words(row, "names", lang, "name"),
                    groups ? row : json_object_get(row, "next"));
    }
    for (size_t i = 0; i < json_array_size(former); i++) {
        const json_t *row = json_array_get(former, i);
        add_outcome(&grid, get_words(row, "names", lang, "code"), row);
    }
    cli_text_table_print(&grid);
    if (json_array_size(rows) > MOST_OUTCOMES) {
        cli_print(is_chinese(lang) ? "  …… 共 %zu 个\n" : "  ... of %zu\n", json_array_size(rows));
    }
}

static void add_told(cli_text_table *grid, const char *name, const json_t *row)
{
    cli_text_table_add(grid, name);
    cli_text_table_count(grid, get_count(row, "k"));
    cli_text_table_number(grid, get_number(row, "eta2"), 3);
    cli_text_table_number(grid, get_number(row, "auc"), 3);
}

static void show_methods(const json_t *next, int others, int lines, const char *lang)
{
    static const char *const heads[] = {"Method", "k", "eta²", "AUC"};
    const json_t *methods = json_object_get(next, "methods");
    cli_text_table grid = open_grid("lrrr");
    add_head(&grid, heads, lang);
    add_told(&grid, cli_translate(others ? "the segments of that day" : "these segments", lang), next);
    for (size_t i = 0; i < json_array_size(methods); i++) {
        const json_t *row = json_array_get(methods, i);
        const char *name = get_text(row, "method");
        const int map = strcmp(name, "rfm_map") == 0;
        const char *fifths = lines ? "quintiles of lines" : "quintiles of spend";
        add_told(&grid,
                 is_chinese(lang) ? cli_translate(lines && !map ? "line_quintiles" : name, lang)
                 : map            ? "RFM map"
                                  : fifths,
                 row);
    }
    cli_print("\n");
    cli_text_table_print(&grid);
}

/* Of a run whose clusters were not found again before the cut. */
static int is_applied(const json_t *next)
{
    return json_is_false(json_object_get(next, "refitted")) && !json_object_get(next, "groups");
}

/* Those of the cut are others: none of today's was there. */
static int are_others(const json_t *summary, const json_t *next)
{
    const json_t *segments = json_object_get(summary, "segments");
    int others = !json_object_get(next, "groups") && json_array_size(json_object_get(next, "former")) > 0;
    for (size_t s = 0; s < json_array_size(segments) && others; s++) {
        others = get_count(json_object_get(json_array_get(segments, s), "next"), "size") == 0;
    }
    return others;
}

/* What it comes to: one sentence. */
static void show_telling(const json_t *next, int others, const char *lang)
{
    const json_t *map = json_array_get(json_object_get(next, "methods"), 0);
    const double apart = get_number(next, "eta2") - get_number(map, "eta2");
    const int chinese = is_chinese(lang);
    const char *which = chinese  ? (others ? "当时的客群" : "这些客群")
                        : others ? "The segments of that day"
                                 : "These segments";
    if (is_applied(next)) {
        cli_print(chinese ? "\n确定客群位置时已用到这段时间的数据，因此这不是对预测的检验。\n"
                          : "\nThe places of these segments were found with this period too: this is no test of a "
                            "forecast.\n");
    } else if (!json_is_true(json_object_get(next, "telling"))) {
        cli_print(chinese ? "\n%s对客户后来的行为没有说明作用。\n" : "\n%s tell nothing of what customers did next.\n",
                  which);
    } else if (strcmp(get_text(map, "method"), "rfm_map") != 0 || isnan(apart)) {
        cli_print(chinese ? "\n%s能说明客户后来的行为。\n" : "\n%s tell what customers did next.\n", which);
    } else {
        cli_print(chinese ? "\n%s能说明客户后来的行为，%s。\n" : "\n%s tell what customers did next, %s.\n", which,
                  fabs(apart) <= SAME_TOLD ? (chinese ? "与 RFM 图相当" : "about as well as a map of RFM scores")
                  : apart > 0              ? (chinese ? "优于 RFM 图" : "better than a map of RFM scores")
                                           : (chinese ? "不及 RFM 图" : "less well than a map of RFM scores"));
    }
}

static void show_next(const json_t *summary, const char *lang)
{
    const json_t *next = json_object_get(summary, "next");
    char new_value[CLI_NUMBER_BYTES] = "–";
    if (!next) {
        return;
    }
    const int days = (int)get_count(next, "days");
    const int applied = is_applied(next), others = are_others(summary, next);
    const char *ahead = is_chinese(lang) ? cli_format("%d 天", days) : cli_count_name((uint64_t)days, "day");
    cli_print(is_chinese(lang) ? (applied ? "%s 起 %s内的实际行为（按本模型对此前数据的划分）：\n\n"
                                          : "%s 起 %s内的实际行为（按此前的客群）：\n\n")
              : applied        ? "What those whom these segments held on %s did in the next %s:\n\n"
                               : "What the segments as they were on %s did in the next %s:\n\n",
              get_text(next, "cut"), ahead);
    show_outcomes(summary, next, lang);
    if (others) {
        cli_print(is_chinese(lang) ? "\n如今的客群在当日一个也没有。\n"
                                   : "\nNone of today's segments was there on that day.\n");
    }
    show_methods(next, others, counts_lines(summary), lang);
    const char *const new_size = write_count(next, "new_size");
    if (!isnan(get_number(next, "new_value"))) {
        cli_number_write(get_number(next, "new_value"), counts_lines(summary) ? 0 : 2, new_value);
    }
    show_telling(next, others, lang);
    if (counts_lines(summary)) {
        cli_print(is_chinese(lang) ? "其间新客户 %s 位，共 %s 行。\n"
                                   : "New customers in these days: %s, with %s line%.*s.\n",
                  new_size, new_value, get_number(next, "new_value") != 1, "s");
    } else {
        cli_print(is_chinese(lang) ? "其间新客户 %s 位，消费 %s。\n"
                                   : "New customers in these days: %s, who spent %s.\n",
                  new_size, new_value);
    }
}

/* Where a tier begins: from it on, or only over it. decimals below 0: as short as it can be. */
static void add_lowest(cli_text_table *grid, const json_t *row, int decimals)
{
    const double lowest = get_number(row, "lowest");
    char number[CLI_NUMBER_BYTES];
    if (decimals < 0) {
        cli_short_write(lowest, number);
    } else {
        cli_number_write(lowest, decimals, number);
    }
    const int above = json_is_true(json_object_get(row, "above")) && isfinite(lowest);
    cli_text_table_add(grid, cli_format("%s%s", above ? "> " : "", number));
}

/* Tiers or stages: rows with a name in each language. */
static void show_classes(const json_t *summary, const char *key, const char *title, const char *lang)
{
    const char *heads[] = {title, "Customers", "Share", "Value", "Of value", "From"};
    const json_t *rows = json_object_get(summary, key);
    int value = json_object_get(summary, "value") != NULL, decimals = get_decimals(rows, is_of_lines(summary) ? 0 : 2);
    int from = strcmp(key, "tiers") == 0;
    int money = strcmp(get_text(json_object_get(summary, "value"), "unit"), "currency") == 0;
    cli_text_table grid = open_grid(from ? "lrrrrr" : value ? "lrrrr" : "lrr");
    if (json_array_size(rows) == 0) {
        return;
    }
    add_head(&grid, heads, lang);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        cli_text_table_add(&grid, get_text(json_object_get(row, "names"), lang));
        add_size(&grid, row, decimals, value);
        if (from) {
            add_lowest(&grid, row, money ? decimals : -1);
        }
    }
    cli_print("\n");
    cli_text_table_print(&grid);
}

/* "Loyal customers 161 (16.2 %)" behind what is told already, on a line of its own where it has no room. */
static void tell_part(const char *name, uint64_t size, double share, const char *lang, size_t *width)
{
    char count[CLI_NUMBER_BYTES], percent[CLI_NUMBER_BYTES];
    const int zh = is_chinese(lang);
    cli_count_write(size, count);
    cli_share_write(share, percent);
    const char *one = cli_format(zh ? "%s %s（%s）" : "%s %s (%s)", name, count, percent);
    const char *line = zh ? "\nRFM 客群：" : "\nRFM segments: ";
    const int first = *width == 0;
    *width += cli_text_get_width(one) + (first ? cli_text_get_width(line) : 2);
    const int wraps = !first && *width > LINE_WIDTH;
    *width = wraps ? cli_text_get_width(one) + 4 : *width;
    cli_print("%s%s%s", first ? line : zh ? "，" : ",", first || (zh && !wraps) ? "" : wraps ? "\n  " : " ", one);
}

/* The mix of RFM segments, those that somebody is in: "RFM: Champions 74 (7.4 %), Loyal customers 161 (16.2 %)"; and
 * who has no score. */
static void show_rfm(const json_t *summary, const char *lang)
{
    const json_t *rows = json_object_get(summary, "rfm_segments");
    const uint64_t customers = get_count(summary, "customers");
    uint64_t scored = 0;
    size_t width = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const json_t *told = json_object_get(row, "size");
        const uint64_t size = read_count(told);
        scored += json_is_null(told) ? customers : size; /* hidden: who is left is not told either */
        if (size) {
            tell_part(get_text(json_object_get(row, "names"), lang), size, get_number(row, "share"), lang, &width);
        }
    }
    if (width && customers > scored) {
        tell_part(is_chinese(lang) ? "未评分" : "not scored", customers - scored,
                  (double)(customers - scored) / (double)customers, lang, &width);
    }
    cli_print(!width ? "" : is_chinese(lang) ? "。\n" : ".\n");
}

/* "17, 50, 142"; what there is none of: "-". */
static const char *write_cuts(const json_t *cuts)
{
    const char *all = "";
    for (size_t c = 0; c < json_array_size(cuts); c++) {
        char number[CLI_NUMBER_BYTES] = "-";
        const json_t *cut = json_array_get(cuts, c);
        if (json_is_number(cut)) { /* as exact as what is held against it */
            snprintf(number, sizeof number, "%.12g", round(1e4 * json_number_value(cut)) / 1e4);
        }
        all = cli_format("%s%s%s", all, c ? ", " : "", number);
    }
    return all;
}

static const json_t *get_cuts(const json_t *rfm, const char *name)
{
    return json_object_get(json_object_get(rfm, name), "cuts");
}

/* How the scores are cut, and that equal values share one. */
static void show_rfm_cuts(const json_t *summary, const char *lang)
{
    static const struct {
        const char *method, *words[TSL_LANGS];
    } methods[] = {{"quantile", {"by quantiles", "按分位数"}},
                   {"rank", {"by ranks", "按名次"}},
                   {"thresholds", {"by given cuts", "按给定分界"}}};
    const json_t *rfm = json_object_get(summary, "rfm");
    const int zh = is_chinese(lang);
    const char *method = "";
    if (!rfm) {
        return;
    }
    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        method = strcmp(get_text(rfm, "method"), methods[m].method) == 0 ? methods[m].words[zh] : method;
    }
    cli_print(zh ? "\nRFM 评分 1 至 %.0f，%s，数值相同者同分。\n  分界：R %s 天"
                 : "\nRFM scores 1 to %.0f %s, equal values together.\n  Cuts: R %s days",
              get_number(rfm, "bins"), method, write_cuts(get_cuts(rfm, "recency")));
    if (json_is_true(json_object_get(rfm, "nested"))) {
        cli_print(zh ? "；F 与 M 在前一评分内各自划分。\n"
                     : "; F and M by cuts of their own within each score before.\n");
    } else {
        cli_print(zh ? "；F %s；M %s。\n" : "; F %s; M %s.\n", write_cuts(get_cuts(rfm, "frequency")),
                  write_cuts(get_cuts(rfm, "monetary")));
    }
}

/* Of a rule set those who are in no class, or of whom that is not known. */
static void add_unclassed(cli_text_table *grid, const json_t *set, uint64_t customers, int value, const char *lang)
{
    static const char *const keys[] = {"none", "unknown"}, *const told[] = {"in none", "not known"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const uint64_t size = get_count(set, keys[i]);
        if (size) {
            cli_text_table_add(grid, cli_translate(told[i], lang));
            cli_text_table_count(grid, size);
            cli_text_table_share(grid, (double)size / (double)customers);
            for (int c = 0; value && c < 2; c++) {
                cli_text_table_add(grid, "");
            }
        }
    }
}

/* Classes of rule sets: the same, and of each set those who are in none. */
static void show_rule_sets(const json_t *summary, const char *lang)
{
    const json_t *sets = json_object_get(summary, "rules");
    const int value = json_object_get(summary, "value") != NULL;
    for (size_t i = 0; i < json_array_size(sets); i++) {
        const json_t *set = json_array_get(sets, i), *rows = json_object_get(set, "classes");
        const char *heads[] = {get_text(set, "set"), "Customers", "Share", "Value", "Of value"};
        const int decimals = get_decimals(rows, is_of_lines(summary) ? 0 : 2);
        cli_text_table grid = open_grid(value ? "lrrrr" : "lrr");
        add_head(&grid, heads, lang);
        for (size_t c = 0; c < json_array_size(rows); c++) {
            const json_t *row = json_array_get(rows, c);
            cli_text_table_add(&grid, get_text(json_object_get(row, "names"), lang));
            add_size(&grid, row, decimals, value);
        }
        add_unclassed(&grid, set, get_count(summary, "customers"), value, lang);
        cli_print("\n");
        cli_text_table_print(&grid);
    }
}

/* A sentence about tiers or the score, where there is one. */
static void show_words(const json_t *summary, const char *key, const char *lang)
{
    const json_t *sentence = json_object_get(json_object_get(summary, key), "words");
    if (sentence) {
        cli_print(is_chinese(lang) ? "\n%s。\n" : "\n%s.\n", get_text(sentence, lang));
    }
}

/* The mix by phases: "Phases: Potential 30.0 %, Active 60.0 %, Lost 10.0 %". */
static void show_phases(const json_t *summary, const char *lang)
{
    const json_t *phases = json_object_get(summary, "lifecycle_phases");
    for (size_t i = 0; i < json_array_size(phases); i++) {
        const json_t *phase = json_array_get(phases, i);
        char share[CLI_NUMBER_BYTES] = "–";
        if (!isnan(get_number(phase, "share"))) {
            cli_share_write(get_number(phase, "share"), share);
        }
        cli_print("%s%s %s",
                  i > 0              ? (is_chinese(lang) ? "，" : ", ")
                  : is_chinese(lang) ? "\n按大类："
                                     : "\nPhases: ",
                  get_text(json_object_get(phase, "names"), lang), share);
    }
    cli_print(json_array_size(phases) ? is_chinese(lang) ? "。\n" : ".\n" : "");
}

const char *cli_tell_forecast(const json_t *check, const char *lang)
{
    const int zh = is_chinese(lang);
    const char *areas = "", *verdict = "", *order = "";
    if (!check || json_is_null(json_object_get(check, "error"))) {
        return "";
    }
    if (!json_is_null(json_object_get(check, "auc"))) {
        areas = cli_format(zh ? "AUC %.2f（仅按最近购买 %.2f），" : "AUC %.2f (by the last purchase alone %.2f), ",
                           get_number(check, "auc"), get_number(check, "auc_recency"));
    }
    if (json_is_false(json_object_get(check, "telling"))) {
        verdict = zh ? "：预警在此没有区分能力，不宜据此行动" : ": that tells nothing, do not go by it";
    } else if (json_is_false(json_object_get(check, "calibrated"))) {
        verdict = zh ? "：概率数值偏差过大，不宜据数值行动" : ": the risks are far off, do not go by the figures";
        order = !json_is_true(json_object_get(check, "telling")) ? "" : zh ? "，只宜用来排序" : ", only by their order";
    }
    return cli_format(zh ? "按留出期检验：%s预计与实际平均相差 %.1f 个百分点%s%s"
                         : "Foretold at the cut so: %soff by %.1f points on average%s%s",
                      areas, 100 * get_number(check, "error"), verdict, order);
}

/* Those who have no part in the value at risk. */
static void show_unvalued(uint64_t customers, const char *lang)
{
    char count[CLI_NUMBER_BYTES];
    cli_count_write(customers, count);
    if (customers) {
        cli_print(is_chinese(lang) ? "（%s 位客户的价值未知，未计入）"
                                   : " (without %s customers whose value is not known)",
                  count);
    }
}

/* What is foretold, and how well that went at the cut. */
static void show_churn(const json_t *summary, const char *lang)
{
    const json_t *churn = json_object_get(summary, "churn"), *top = json_object_get(churn, "ranked");
    const json_t *check = json_object_get(json_object_get(summary, "next"), "churn");
    const double value = get_number(churn, "value_at_risk");
    char total[CLI_NUMBER_BYTES], risk[CLI_NUMBER_BYTES];
    if (!churn || isnan(get_number(churn, "risk_mean"))) { /* it is foretold of nobody */
        return;
    }
    cli_share_write(get_number(churn, "risk_mean"), risk);
    cli_print(is_chinese(lang) ? "\n预计其后 %g 天内不会购买的客户占 %s"
                               : "\nLikely to buy nothing in the next %g days: %s of the buyers",
              get_number(churn, "days"), risk);
    cli_expected_write(value, 0, is_chinese(lang), total);
    if (json_array_size(top) > 2 && value > 0) {
        cli_print(is_chinese(lang) ? "；风险价值 %s" : "; value at risk %s", total);
        show_unvalued(get_count(churn, "unvalued"), lang);
    }
    const double share = get_number(json_array_get(top, 2), "value_at_risk") / value;
    if (value >= .5 && isfinite(share)) { /* of next to nothing, and of what is hidden, a share tells nothing */
        cli_print(is_chinese(lang) ? "，其中 %.0f%% 集中在风险价值最高的 10%% 客户"
                                   : ", %.0f %% of it with the 10 %% of them who have most",
                  100 * share);
    }
    const char *forecast = cli_tell_forecast(check, lang);
    cli_print(!*forecast ? "%s" : is_chinese(lang) ? "。%s" : ".\n%s", forecast);
    cli_print(is_chinese(lang) ? "。\n" : ".\n");
}

/* The features that have moved, at most so many: first those that the segments rest on, by falling index. */
#define DRIFTED_MOST 12

static int has_moved(const json_t *feature)
{
    const char *level = get_text(feature, "level");
    return *level && strcmp(level, "stable") != 0;
}

static int is_used(const json_t *feature)
{
    return json_is_true(json_object_get(feature, "used"));
}

static int compare_moved(const void *pa, const void *pb)
{
    const json_t *a = *(json_t *const *)pa, *b = *(json_t *const *)pb;
    double x = get_number(a, "psi"), y = get_number(b, "psi");
    return is_used(a) != is_used(b) ? is_used(b) - is_used(a) : x < y ? 1 : x > y ? -1 : 0;
}

static void show_moved(const json_t *features, const char *lang)
{
    static const char *const heads[] = {"Feature", "Counts", "PSI", "", "Missing then", "now", "Outside"};
    size_t count = json_array_size(features), moved = 0, shown = 0;
    const json_t **row = cli_take(count, sizeof *row);
    cli_text_table grid = open_grid("llrlrrr");
    for (size_t i = 0; i < count; i++) {
        if (has_moved(json_array_get(features, i))) {
            row[moved++] = json_array_get(features, i);
        }
    }
    qsort(row, moved, sizeof *row, compare_moved);
    add_head(&grid, heads, lang);
    for (; shown < moved && shown < DRIFTED_MOST; shown++) {
        cli_text_table_add(&grid, cli_feature_name(get_text(row[shown], "name"), lang));
        cli_text_table_add(&grid, cli_translate(is_used(row[shown]) ? "yes" : "no", lang));
        cli_text_table_number(&grid, get_number(row[shown], "psi"), 3);
        cli_text_table_add(&grid, cli_translate(get_text(row[shown], "level"), lang));
        cli_text_table_share(&grid, get_number(row[shown], "missing_then"));
        cli_text_table_share(&grid, get_number(row[shown], "missing_now"));
        cli_text_table_share(&grid, get_number(row[shown], "outside"));
    }
    if (shown) {
        cli_print("\n");
        cli_text_table_print(&grid);
    }
}

/* " (shifted)"; nothing where there is no level. */
static const char *in_brackets(const json_t *drift, const char *key, const char *lang)
{
    const char *level = get_text(drift, key);
    return !*level ? "" : cli_format(is_chinese(lang) ? "（%s）" : " (%s)", cli_translate(level, lang));
}

/* The segments taken together. */
static void show_together(const json_t *drift, const char *lang)
{
    double psi = get_number(drift, "segments_psi"), then = get_number(drift, "distance_then");
    double now = get_number(drift, "distance_now");
    if (!isnan(psi)) {
        cli_print(is_chinese(lang) ? "\n客群规模 PSI：%.3f%s\n" : "\nPSI of the sizes: %.3f%s\n", psi,
                  in_brackets(drift, "segments_level", lang));
    }
    if (!isnan(then) && !isnan(now)) {
        cli_print(is_chinese(lang) ? "平均距离：当时 %.3f，现在 %.3f%s\n" : "Mean distance: %.3f then, %.3f now%s\n",
                  then, now, in_brackets(drift, "distance_level", lang));
    }
}

/* Those who are set apart lie at none. */
static void add_distance(cli_text_table *grid, double distance)
{
    if (isnan(distance)) {
        cli_text_table_add(grid, "–");
    } else {
        cli_text_table_number(grid, distance, 3);
    }
}

static void show_drift(const json_t *summary, const char *lang)
{
    static const char *const heads[] = {"#", "Segment", "Then", "Share", "Now", "Share", "Distance then", "now"};
    const json_t *drift = json_object_get(summary, "drift"), *segments = json_object_get(drift, "segments");
    cli_text_table grid = open_grid("rnrrrrrr");
    if (!drift) {
        return;
    }
    add_head(&grid, heads, lang);
    for (size_t i = 0; i < json_array_size(segments); i++) {
        const json_t *row = json_array_get(segments, i);
        cli_text_table_count(&grid, get_count(row, "segment"));
        cli_text_table_add(&grid, get_text(json_object_get(row, "names"), lang));
        cli_text_table_count(&grid, get_count(row, "size_then"));
        cli_text_table_share(&grid, get_number(row, "share_then"));
        cli_text_table_count(&grid, get_count(row, "size_now"));
        cli_text_table_share(&grid, get_number(row, "share_now"));
        add_distance(&grid, get_number(row, "distance_then"));
        add_distance(&grid, get_number(row, "distance_now"));
    }
    cli_text_table_print(&grid);
    show_together(drift, lang);
    show_moved(json_object_get(drift, "features"), lang);
    cli_print(is_chinese(lang) ? "\n%s。\n" : "\nDrift: %s.\n", get_text(json_object_get(drift, "sentence"), lang));
}

/* What each segment of now is by the previous run, in the order of "to". */
static const json_t *get_now(const json_t *summary)
{
    return json_object_get(json_object_get(summary, "previous"), "now");
}

static const json_t *find_now(const json_t *summary, uint64_t number)
{
    const json_t *now = get_now(summary), *found = NULL;
    for (size_t s = 0; s < json_array_size(now) && !found; s++) {
        found = get_count(json_array_get(now, s), "segment") == number ? json_array_get(now, s) : NULL;
    }
    return found;
}

/* Whether that segment of the previous run was joined into this one of now. */
static int was_joined(const json_t *row, uint64_t into)
{
    const json_t *joined = json_object_get(row, "joined_into");
    int was = 0;
    for (size_t i = 0; i < json_array_size(joined); i++) {
        was = was || read_count(json_array_get(joined, i)) == into;
    }
    return was;
}

/* "joined into ONCE_RECENT"; "": into none. */
static const char *list_joined(const json_t *summary, const json_t *row, const char *lang)
{
    const json_t *joined = json_object_get(row, "joined_into");
    const char *list = "";
    for (size_t i = 0; i < json_array_size(joined); i++) {
        const json_t *into = find_now(summary, read_count(json_array_get(joined, i)));
        list = cli_format("%s%s%s", list,
                          i                  ? ", "
                          : is_chinese(lang) ? "并入 "
                                             : "joined into ",
                          get_text(into, "code"));
    }
    return list;
}

/* "CHAMP (95), S4 (12)": the segments that most of those who left went to, by their codes. */
static const char *list_moves(const json_t *summary, const json_t *row, uint64_t most)
{
    const json_t *to = json_object_get(row, "to"), *now = get_now(summary);
    const char *list = "";
    for (uint64_t shown = 0, last = UINT64_MAX, after = 0; shown < most; shown++) {
        uint64_t best = 0, at = 0;
        for (size_t s = 0; s < json_array_size(to); s++) { /* the next by falling number, then by segment */
            const uint64_t count = read_count(json_array_get(to, s)),
                           own = get_count(json_array_get(now, s), "segment");
            if (own != get_count(row, "segment") && !was_joined(row, own) && count > best &&
                (count < last || (count == last && s + 1 > after))) {
                best = count;
                at = s + 1;
            }
        }
        if (!best) {
            break;
        }
        char number[CLI_NUMBER_BYTES];
        cli_count_write(best, number);
        list =
            cli_format("%s%s%s (%s)", list, *list ? ", " : "", get_text(json_array_get(now, at - 1), "code"), number);
        last = best;
        after = at;
    }
    return list;
}

static void show_stayed(const json_t *previous, const char *lang)
{
    char both[CLI_NUMBER_BYTES], new[CLI_NUMBER_BYTES], gone[CLI_NUMBER_BYTES], held[CLI_NUMBER_BYTES],
        stayed[CLI_NUMBER_BYTES];
    cli_count_write(get_count(previous, "customers_both"), both);
    cli_count_write(get_count(previous, "customers_new"), new);
    cli_count_write(get_count(previous, "customers_gone"), gone);
    cli_count_write(get_count(previous, "customers_held"), held);
    cli_share_write(get_number(previous, "share_stayed"), stayed);
    if (get_count(previous, "customers_both") == 0) {
        cli_print(is_chinese(lang)
                      ? "\n上次的客户本次一位也不在（新增 %s 位，离开 %s 位）：给出的是不是另一组客户的运行结果？\n"
                      : "\nNone of the customers then is here now (%s new, %s gone): is the previous run one of "
                        "other customers?\n",
                  new, gone);
        return;
    }
    const char *hold = isnan(get_number(previous, "hold")) ? "" /* found anew */
                       : is_chinese(lang)                  ? cli_format("（其中 %s 位因惯性保留）", held)
                                                           : cli_format(" (%s of them hold it)", held);
    cli_print(is_chinese(lang) ? "\n上次与本次都在的客户 %s 位，%s 留在原客群%s；新增 %s 位，离开 %s 位。\n"
                               : "\nOf %s then and now %s are in the same segment%s; %s new, %s gone.\n",
              is_chinese(lang) ? both : cli_count_name(get_count(previous, "customers_both"), "customer"), stayed, hold,
              new, gone);
}

/* A name then, and the one that the segment has now, where it is another. */
static const char *get_names(const json_t *summary, const json_t *row, const char *lang)
{
    const char *then = get_text(json_object_get(row, "names"), lang);
    const json_t *names = json_object_get(find_segment(summary, get_count(row, "segment")), "names");
    return names && strcmp(get_text(names, lang), then) != 0
               ? cli_format("%s \xE2\x86\x92 %s", then, get_text(names, lang))
               : then;
}

/* "kept", "merged into S2": what became of a segment of the previous run. */
static const char *get_fate(const json_t *summary, const json_t *row, const char *lang)
{
    const char *fate = get_text(row, "fate"), *joined = list_joined(summary, row, lang);
    const json_t *into = find_now(summary, get_count(row, "into"));
    return *joined ? joined
           : into  ? cli_format(is_chinese(lang) ? "并入 %s" : "merged into %s", get_text(into, "code"))
                   : cli_translate(fate, lang);
}

/* "S2, S5": those of the previous run that were merged into this one. */
static const char *list_merged(const json_t *summary, uint64_t into)
{
    const json_t *before = json_object_get(json_object_get(summary, "previous"), "segments");
    const char *list = "";
    for (size_t i = 0; i < json_array_size(before); i++) {
        const json_t *row = json_array_get(before, i);
        if (get_count(row, "into") == into) {
            list = cli_format("%s%s%s", list, *list ? ", " : "", get_text(row, "code"));
        }
    }
    return list;
}

/* The code that a segment of the previous run had. */
static const char *get_code_then(const json_t *summary, uint64_t number)
{
    const json_t *before = json_object_get(json_object_get(summary, "previous"), "segments");
    const char *code = "";
    for (size_t i = 0; i < json_array_size(before); i++) {
        const json_t *row = json_array_get(before, i);
        code = get_count(row, "segment_then") == number ? get_text(row, "code") : code;
    }
    return code;
}

/* Segments that there were not. */
static void show_new(const json_t *summary, const char *lang)
{
    const json_t *now = get_now(summary);
    for (size_t s = 0; s < json_array_size(now); s++) {
        const json_t *of = json_array_get(now, s), *row = find_segment(summary, get_count(of, "segment"));
        const char *fate = get_text(of, "fate"), *how = cli_translate("New", lang);
        if (!row || strcmp(fate, "kept") == 0 || strcmp(fate, "unknown") == 0) {
            continue;
        }
        if (strcmp(fate, "split") == 0) {
            how = cli_format(is_chinese(lang) ? "由 %s 拆分" : "Split from %s",
                             get_code_then(summary, get_count(of, "from")));
        } else if (strcmp(fate, "merged") == 0) {
            how = cli_format(is_chinese(lang) ? "由 %s 合并" : "Merged of %s",
                             list_merged(summary, get_count(of, "segment")));
        }
        cli_print(is_chinese(lang) ? "  %s：%s %s\n" : "  %s: %s, %s\n", how, get_text(row, "code"),
                  get_text(json_object_get(row, "names"), lang));
    }
}

static void show_succession(const json_t *summary, const char *lang)
{
    static const char *const heads[] = {"Code", "Before", "Became", "Customers", "Stayed", "Share", "Gone", "Moved to"};
    const json_t *previous = json_object_get(summary, "previous"), *segments = json_object_get(previous, "segments");
    cli_text_table grid = open_grid("lnnrrrrn");
    if (!previous) {
        return;
    }
    add_head(&grid, heads, lang);
    for (size_t i = 0; i < json_array_size(segments); i++) {
        const json_t *row = json_array_get(segments, i);
        const uint64_t size = get_count(row, "size_then"), stayed = get_count(row, "stayed");
        const uint64_t left = size - get_count(row, "gone");
        if (size) {
            cli_text_table_add(&grid, get_text(row, "code"));
            cli_text_table_add(&grid, get_names(summary, row, lang));
            cli_text_table_add(&grid, get_fate(summary, row, lang));
            cli_text_table_count(&grid, size);
            cli_text_table_count(&grid, stayed);
            cli_text_table_share(&grid, left ? (double)stayed / (double)left : (double)NAN);
            cli_text_table_count(&grid, size - left);
            cli_text_table_add(&grid, list_moves(summary, row, 3));
        }
    }
    cli_text_table_print(&grid);
    show_new(summary, lang);
    show_stayed(previous, lang);
}

/* Those parts of the model that are as it has them (fitted 0), or that were
 * fitted anew; a comma between them. */
static const char *list_parts(const json_t *parts, int fitted, const char *lang)
{
    const char *list = "", *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)parts, name, value)
    {
        if ((strcmp(read_text(value), "fitted") == 0) == fitted) {
            const char *part = strcmp(name, "value") == 0 ? "value models" : name;
            list = cli_format("%s%s%s", list, !*list ? "" : is_chinese(lang) ? "、" : ", ", cli_translate(part, lang));
        }
    }
    return list;
}

static void show_fitted(const json_t *summary, const char *lang)
{
    const json_t *parts = json_object_get(json_object_get(summary, "drift"), "parts");
    const char *anew = list_parts(parts, 1, lang), *kept = list_parts(parts, 0, lang);
    if (*anew) {
        cli_print(is_chinese(lang) ? "\n重新拟合：%s。\n" : "\nFitted anew: %s.\n", anew);
    }
    if (*kept) {
        cli_print(is_chinese(lang) ? "%s沿用模型：%s。\n" : "%sAs the model has them: %s.\n", *anew ? "" : "\n", kept);
    }
}

static void show_seconds(const json_t *summary, const char *lang)
{
    json_t *seconds = json_object_get(summary, "seconds");
    const char *stage;
    json_t *value;
    int first = 1;
    cli_print("\n");
    json_object_foreach(seconds, stage, value)
    {
        cli_print(is_chinese(lang) ? "%s%s %.2f 秒" : "%s%s %.2f s",
                  first              ? ""
                  : is_chinese(lang) ? "，"
                                     : ", ",
                  cli_translate(stage, lang), json_number_value(value));
        first = 0;
    }
    cli_print(is_chinese(lang) ? "；线程数：%g，计算内核：%s\n" : "; threads: %g, kernel: %s\n",
              get_number(summary, "threads"), get_text(summary, "kernel"));
}

static void show_parts(const json_t *summary, const char *lang, unsigned parts)
{
    lang = lang ? lang : get_text(summary, "language");
    show_title(summary, lang);
    if (parts & CLI_SHOW_ROWS) {
        show_rows(summary, lang);
    }
    if (parts & CLI_SHOW_FEATURES) {
        show_features(summary, lang);
    }
    if (parts & CLI_SHOW_SWEEP) {
        show_sweep(summary, lang);
    }
    if (parts & CLI_SHOW_CLUSTERS) {
        show_clusters(summary, lang);
    }
    if (parts & CLI_SHOW_SEGMENTS) {
        show_segments(summary, lang);
        show_words(summary, "score", lang);
        show_classes(summary, "tiers", "Tier", lang);
        show_words(summary, "tiering", lang);
        show_classes(summary, "lifecycle", "Lifecycle", lang);
        show_phases(summary, lang);
        show_churn(summary, lang);
        show_rfm(summary, lang);
        show_rule_sets(summary, lang);
    }
    if (parts & CLI_SHOW_RFM) {
        show_rfm_cuts(summary, lang);
    }
    if (parts & (CLI_SHOW_CLUSTERS | CLI_SHOW_SEGMENTS)) {
        show_basis(summary, lang);
        show_verdict(summary, lang);
        show_target(summary, lang);
        show_descriptors(summary, lang);
        show_audit(summary, lang);
        show_hidden(summary, lang);
        show_findings(summary, lang);
    }
    if (parts & CLI_SHOW_NEXT) {
        cli_print(parts & CLI_SHOW_SEGMENTS && json_object_get(summary, "next") ? "\n" : "");
        show_next(summary, lang);
    }
    if (parts & CLI_SHOW_DRIFT) {
        cli_print(parts & CLI_SHOW_SEGMENTS && json_object_get(summary, "drift") ? "\n" : "");
        show_drift(summary, lang);
        cli_print(parts & CLI_SHOW_SEGMENTS && json_object_get(summary, "previous") ? "\n" : "");
        show_succession(summary, lang);
    }
    if (parts & CLI_SHOW_FITTED) {
        show_fitted(summary, lang);
    }
    if (parts & CLI_SHOW_SECONDS) {
        show_seconds(summary, lang);
    }
}

tsl_status cli_show_summary(const char *json, const char *lang, unsigned parts, tsl_error *err)
{
    json_error_t why;
    json_t *summary = json_loads(json, 0, &why);
    if (!summary) {
        return cli_fail(err, TSL_E_FORMAT, "is no summary: line %d: %s", why.line, why.text);
    }
    if (strcmp(get_text(summary, "format"), "tesela summary") != 0) {
        json_decref(summary);
        return cli_fail(err, TSL_E_FORMAT, "is no summary of tesela's");
    }
    show_parts(summary, lang, parts);
    json_decref(summary);
    return TSL_OK;
}

tsl_status cli_job_show(cli_job *job, unsigned parts, tsl_error *err)
{
    tsl_results results;
    char *json = NULL;
    cli_job_get_results(job, &results);
    tsl_status status = tsl_summary_build(&results, &json, err);
    if (status == TSL_OK) {
        status = cli_show_summary(json, results.lang, parts, err);
    }
    tsl_text_free(json);
    return status;
}
