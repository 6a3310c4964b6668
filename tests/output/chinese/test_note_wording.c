/* test_note_wording.c: notes in Chinese: by their patterns, with what is filled in, lists and parts of parts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <tesela/output.h>

#include "output/chinese/note_wording.h"

typedef tsl_status get_words(const char *said, const char *lang, char **out, tsl_error *err);

static void check_by(get_words *get, const char *said, const char *zh)
{
    char *words = NULL;
    tsl_error err;
    assert_int_equal(get(said, "zh", &words, &err), TSL_OK);
    assert_string_equal(words, zh);
    tsl_text_free(words);
    assert_int_equal(get(said, "en", &words, &err), TSL_OK);
    assert_string_equal(words, said);
    tsl_text_free(words);
}

static void check(const char *note, const char *zh)
{
    check_by(tsl_notes_get_words, note, zh);
}

static void check_error(const char *message, const char *zh)
{
    check_by(tsl_error_get_words, message, zh);
}

static void test_notes(void **state)
{
    (void)state;
    check("the tree has 5 leaves, one a cluster, as 3 are fewer than k",
          "3 个叶节点少于 k，规则树取 5 个叶节点，每簇一个");
    check("left out of the vectors, being the same for all customers: night_share, return_share",
          "未进入特征向量（所有客户相同）：night_share, return_share");
    /* one and several */
    check("strategies: no row is for 1 customer, who is left without action",
          "策略表：1 位客户没有对应的行，未分配动作");
    check("strategies: no row is for 12 customers, who are left without action",
          "策略表：12 位客户没有对应的行，未分配动作");
    /* names of segments, which are quoted */
    check("segment 3 (GOOD_QUIET) is called \"Good, between orders\", not \"Good, gone quiet\": half of its customers "
          "have "
          "been silent for 45 days or less, within the usual gap between purchases of 86 days",
          "客群 3（GOOD_QUIET）称为“优质待复购客户”，而非“优质沉寂客户”：半数客户未购买的天数不超过 45 "
          "天，仍在通常的购买间隔 86 "
          "天之内");
    /* a list, and a way out behind it */
    check("status: rows that by their status are no sale are counted as sales: \"cancelled\" in 66 rows (0.7 % of the "
          "money), \"refunded\" in 1 row (0.2 % of the money), the first in t.csv:211; --where \"status != 'x'\" "
          "leaves them "
          "out",
          "status：按状态不属于销售的行被计为销售：“cancelled”66 行（占金额的 0.7%）、“refunded”1 行（占金额的 "
          "0.2%）、首个在 "
          "t.csv:211；可用 --where \"status != 'x'\" 排除");
    /* parts of parts */
    check(
        "value models: nbd, as nobody is seen to leave (twice the gain in log-likelihood is 0.0, under 2.7): p_alive "
        "is "
        "not said (AIC 9.5; mbg-nbd 9.9 (no dropout), bg-nbd 11.2); spend gamma-gamma of 20 customers, without 9 whose "
        "later purchases come to 0 or less",
        "价值模型：nbd，未见客户流失（对数似然增量的两倍为 0.0，低于 2.7），不给出 p_alive（AIC 9.5；mbg-nbd "
        "9.9（未见流失）、bg-nbd 11.2）；消费模型 gamma-gamma，20 位客户，不含首日后购买合计不大于 0 的 9 位");
    check("minutes: 24 cells do not fit and are taken as missing (v.csv:15: \"3o\" is not a decimal number)",
          "时长：24 个单元格不合要求，按缺失处理（v.csv:15：“3o”不是数）");
    check(
        "value models: mbg-nbd (AIC 9.5, ridge: it foretells, but its parameters say nothing; nbd 9.8 (ridge)); spend "
        "gamma-gamma of 20 customers (ridge: it foretells, but its parameters say nothing)",
        "价值模型：mbg-nbd（AIC 9.5，参数不可辨识，可用于预测而参数本身没有意义；nbd "
        "9.8（参数不可辨识））；消费模型 gamma-gamma，20 位客户（参数不可辨识，可用于预测而参数本身没有意义）");
    /* what nobody has said in Chinese stays */
    check("a sentence of nobody's", "a sentence of nobody's");
    check("", "");
}

static void test_understood(void **state)
{
    (void)state;
    check("customer: CustomerID (text)", "客户：CustomerID（文本）");
    check("amount: Quantity * UnitPrice (decimal)", "金额：Quantity * UnitPrice（小数）");
    check("amount: sales (decimal, in thousand, times 1000)", "金额：sales（小数，单位 thousand，乘以 1000）");
    check("time: day (time), with the time of day of hour", "时间：day（时间），时刻取自 hour");
    check("age: number, demographic, sensitive", "age：数值，人口属性，敏感");
    check("Religion: category, demographic, sensitive by its name", "Religion：类别，人口属性，按列名属敏感信息");
    check("HIV: number, demographic, sensitive by its name (by its name the numbers are codes)",
          "HIV：数值，人口属性，按列名属敏感信息（从列名看，数字是代码）");
    check("not used: Description, Country", "未使用：Description, Country");
    /* whatever columns are called */
    check("time: InvoiceDate (time)", "时间：InvoiceDate（时间）");
    check("customer: Customer (id) (text)", "客户：Customer (id)（文本）");
    check("customer: x (customer) (text)", "客户：x (customer)（文本）");
    check("time: Order date, local (time)", "时间：Order date, local（时间）");
    check("amount: Amount (GBP) (decimal, in GBP)", "金额：Amount (GBP)（小数，单位 GBP）");
    check("o.csv is taken for transactions, by who (customer), x, y (time)",
          "o.csv 视为交易记录，依据 who（客户）、x、y（时间）");
}

/* Fillings that look like the end of a slot do not end it where the rest does not fit. */
static void test_slots(void **state)
{
    (void)state;
    check("k = 3 has the greatest silhouette (0.5)", "k = 3：轮廓系数最大（0.5）");
    check("by the silhouette alone the choice is open: 2, 4 are about as good", "仅按轮廓系数难以取舍：2, 4 与之相近");
    check("the columns of a (b).csv were taken by their places, whatever they are called (\"x, y\", ...), as the "
          "data's have "
          "no names",
          "数据的列没有名称，a (b).csv 的各列按位置对应，不论其列名（“x, y”等）");
}

static void test_errors(void **state)
{
    (void)state;
    check_error("out of memory", "内存不足");
    /* behind places and names, which stay */
    check_error("a/o.csv: cannot be read: No such file or directory", "a/o.csv: 无法读取：文件或文件夹不存在");
    check_error("x.yaml:2:3: tiers: a cut is a number, not nan", "x.yaml:2:3: tiers: 分界应为数，而不是 nan");
    /* a table that is refused for what is else a note */
    check_error("transactions: orphans (216): 216 rows are of customers that the customers table lacks; they are kept "
                "(refused as gate: orphans: refuse says)",
                "transactions: orphans (216): 216 行的客户不在客户表中，已保留（按 gate: orphans: refuse 拒绝）");
    check("note: o.csv is looked at as transactions", "说明：o.csv 按交易记录检查");
    /* braces of an example are no slots */
    check_error(
        "models: an account is valued by a weighted score, and none is asked for (score: {assets: {weight: 0.5, "
        "features: {assets: 1}}, ...})",
        "models: 账户价值由加权评分得出，而未指定评分（score: {assets: {weight: 0.5, features: {assets: 1}}, ...}）");
    check_error("what nobody says", "what nobody says");
    check_error("", "");
}

static void test_languages(void **state)
{
    (void)state;
    char *words = (char *)1;
    tsl_error err;
    assert_int_equal(tsl_notes_get_words("x", "de", &words, &err), TSL_E_OPTION);
    assert_null(words);
}

/* How a feature is made; what is not ours stays as it is. */
static void test_definitions(void **state)
{
    (void)state;
    static const char *const said[][2] = {
        {"number of purchases", "购买次数"},
        {"mean net amount of a purchase, each of which counts as 1", "每次购买的平均净金额，每行计为 1"},
        {"ln((frequency_90d + 1) / (frequency_prev_90d + 1))", "ln((frequency_90d + 1) / (frequency_prev_90d + 1))"},
        {"share of amount over lines where Category = 'Grocery', 180 days",
         "share of amount over lines where Category = 'Grocery', 180 days"},
        {"out of memory", "out of memory"}, /* of the user's own, whatever else says that */
        {"", ""},
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        tsl__text zh = {0};
        assert_int_equal(tsl__definition_put_chinese(said[i][0], &zh), i < 2);
        assert_string_equal(zh.data ? zh.data : "", said[i][1]);
        tsl__text_free(&zh);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_notes),     cmocka_unit_test(test_understood),
                                       cmocka_unit_test(test_slots),     cmocka_unit_test(test_errors),
                                       cmocka_unit_test(test_languages), cmocka_unit_test(test_definitions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
