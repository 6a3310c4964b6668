/* test_number_texts.c: columns of the customers that hold numbers with something beside them. */
#include "table/schema/typing.h"

#include "help.h"

/* 40 customers whose column x holds, by turns, the texts given; that in every `odd`th row. */
static reading *read_column(const char *const *text, size_t texts, const char *other, int odd)
{
    char table[4000];
    int n = snprintf(table, sizeof table, "customer,x,y\n");
    for (int i = 0; i < 40; i++) {
        n += snprintf(table + n, sizeof table - (size_t)n, "c%02d,%s,%d\n", i,
                      odd && i % odd == 0 ? other : text[(size_t)i % texts], i * 7 % 11);
    }
    return read_text(TSL_CUSTOMERS, table);
}

static const tsl_column *get_x(const reading *r)
{
    const tsl_column *x = named(r, "x");
    assert_non_null(x);
    return x;
}

/* Long numbers in scientific notation are rounded ones: codes, and no numbers. */
static void test_rounded(void **state)
{
    (void)state;
    static const struct {
        const char *text[4];
        tsl_column_type type;
    } cases[] = {{{"6.22202E+18", "6.22203E+18", "6.22204e+18", "6.22205E+18"}, TSL_TYPE_CATEGORY},
                 {{"1.5E+3", "2.5E+3", "3.5E+3", "7.25E+3"}, TSL_TYPE_NUMBER},
                 {{"1.5e+30", "2.5e+30", "3.5e+30", "5.5e+30"}, TSL_TYPE_NUMBER}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = read_column(cases[i].text, 4, "", 0);
        assert_int_equal(get_x(r)->type, cases[i].type);
        assert_int_equal(has_line(&r->table->info.notes, "x is taken as a category"), i == 0);
        free_reading(r);
    }
}

static void test_suffixes(void **state)
{
    (void)state;
    static const struct {
        const char *text[4];
        tsl_column_type type;
        double number; /* of the second customer */
        const char *note;
    } cases[] = {
        {{"35岁", "36岁", "7 岁", "51岁"}, TSL_TYPE_NUMBER, 36, "x: all numbers have \"岁\" behind them"},
        {{"3.5 kg", "4 kg", "4.25kg", "5 kg"}, TSL_TYPE_NUMBER, 4, "x: all numbers have \"kg\""},
        {{"5+", "10+", "15+", "20+"}, TSL_TYPE_NUMBER, 10, "x: all numbers have \"+\""},
        {{"1.5%", "2.5%", "3%", "4%"}, TSL_TYPE_NUMBER, 0.025, "x: all numbers have a percent sign"},
        {{"12万", "2万", "5万", "7.5万"}, TSL_TYPE_NUMBER, 20000, NULL},
        {{"5 EUR", "6 EUR", "€7", "8"}, TSL_TYPE_NUMBER, 6, NULL},
        {{"0", "1", "2", "3+"}, TSL_TYPE_CATEGORY, 0, NULL}, /* one of them has it */
        {{"35岁", "36", "7岁", "51"},
         TSL_TYPE_NUMBER,
         36,
         "x: 20 of 40 numbers have \"岁\" behind them, which is left out"},
        {{"3次", "4", "5次", "6次"}, TSL_TYPE_NUMBER, 4, "x: 30 of 40 numbers have \"次\""},
        {{"1.250 kg", "2.5kg", "3.5", "4.5"}, TSL_TYPE_NUMBER, 2.5, "x: 20 of 40 numbers have \"kg\""},
        {{"2 stars", "3", "4 stars", "5"}, TSL_TYPE_NUMBER, 3, "x: 20 of 40 numbers have \"stars\""},
        {{"12A", "13", "14A", "15"}, TSL_TYPE_CATEGORY, 0, NULL}, /* letters of codes, and of houses */
        {{"12bis", "13", "14bis", "15"}, TSL_TYPE_CATEGORY, 0, NULL},
        {{"1st", "2nd", "3rd", "4th"}, TSL_TYPE_CATEGORY, 0, NULL},
        {{"1号店", "2号店", "3号店", "4号店"}, TSL_TYPE_CATEGORY, 0, NULL},
        {{"3G", "4G", "5G", "2G"}, TSL_TYPE_CATEGORY, 0, NULL},
        {{"18-24", "25-34", "35-44", "45+"}, TSL_TYPE_CATEGORY, 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = read_column(cases[i].text, 4, NULL, 0);
        const tsl_column *x = get_x(r);
        if (x->type != cases[i].type || (x->number && x->number[1] != cases[i].number) || x->missing ||
            (cases[i].note && !has_line(&r->table->info.notes, cases[i].note))) {
            fail_msg("case %zu: type %d, %s", i, (int)x->type,
                     r->table->info.notes.count ? r->table->info.notes.text[0] : "no note");
        }
        free_reading(r);
    }
}

static void test_unknown(void **state)
{
    (void)state;
    static const char *const number[] = {"1", "2", "3", "4.5", "7"}, *const answer[] = {"0", "1"};
    static const char *const placeholder[] = {"?", "n.a.", "--", "不详", "Unknown"};
    for (size_t i = 0; i < sizeof placeholder / sizeof *placeholder; i++) {
        reading *r = read_column(number, 5, placeholder[i], 5);
        const tsl_column *x = get_x(r);
        assert_int_equal(x->type, TSL_TYPE_NUMBER);
        assert_int_equal(x->missing, 8);
        assert_true(isnan(x->number[5]) && x->number[6] == 2);
        assert_true(has_line(&r->table->info.notes, "x: 8 of 40 cells hold \""));
        free_reading(r);
    }
    reading *r = read_column(number, 5, "other", 5); /* a value like any other */
    assert_int_equal(get_x(r)->type, TSL_TYPE_CATEGORY);
    free_reading(r);
    r = read_column(answer, 2, "?", 5); /* two answers, and who gave none */
    assert_int_equal(get_x(r)->type, TSL_TYPE_CATEGORY);
    free_reading(r);
}

/* Texts of which nobody can tell whether they mean missing are named where they cost the column. */
static void test_named(void **state)
{
    (void)state;
    char table[4000];
    int n = snprintf(table, sizeof table, "customer,income\n");
    for (int i = 0; i < 80; i++) {
        n += i % 5 == 0 ? snprintf(table + n, sizeof table - (size_t)n, "c%02d,refused\n", i)
                        : snprintf(table + n, sizeof table - (size_t)n, "c%02d,%d\n", i, 1000 + 37 * i);
    }
    reading *r = read_text(TSL_CUSTOMERS, table);
    assert_null(named(r, "income"));
    assert_true(has_line(&r->table->info.notes,
                         "income is left out: but for 16 cells of \"refused\" it holds numbers; if that means missing, "
                         "say so (columns: income: missing: [\"refused\"])"));
    free_reading(r);
}

/* Numbers that are not all written one way are named, and so is what stands among them. */
static void test_mixed(void **state)
{
    (void)state;
    static const struct {
        const char *text[6]; /* by turns */
        const char *note;
    } cases[] = {
        {{"1.75m", "182cm", "1.80m", "175cm", "1.66m", "190cm"},
         "x is taken as a category: 60 of 60 cells hold numbers, written in several ways: 30 as \"1.75m\", 30 as "
         "\"182cm\"; write all of them as numbers alone, or with one unit"},
        {{"2 years", "18 months", "3", "4 years", "5 years", "7"},
         "written in several ways: 30 as \"2 years\", 10 as \"18 months\", 20 as \"3\"; "},
        {{"4/5", "3/5", "5/5", "1/5", "2/5", "4/5"}, "each written with what is no unit: 60 as \"4/5\"; "},
        {{"~40", "30", "20", ">= 10", "15", "17"}, "10 as \"~40\", 40 as \"30\", 10 as \">= 10\"; "},
        {{"1", "2", "3", "4", "5", "many"},
         "x is taken as a category: 50 of 60 cells hold numbers, and 10 do not (\"many\"); write those as numbers, or "
         "say that they are missing (columns: x: type: number)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char table[4000];
        int n = snprintf(table, sizeof table, "customer,x\n");
        for (int row = 0; row < 60; row++) {
            n += snprintf(table + n, sizeof table - (size_t)n, "c%02d,%s\n", row, cases[i].text[row % 6]);
        }
        reading *r = read_text(TSL_CUSTOMERS, table);
        assert_int_equal(get_x(r)->type, TSL_TYPE_CATEGORY);
        if (!has_line(&r->table->info.notes, cases[i].note)) {
            fail_msg("case %zu: %s", i, r->table->info.notes.count ? r->table->info.notes.text[0] : "no note");
        }
        const tsl_table_finding *f = tsl_table_get_finding(r->table, 0);
        assert_int_equal(f->kind, TSL_FINDING_MIXED_NUMBERS);
        assert_true(f->example_count > 0 && f->example[0].file && f->example[0].line > 1 && f->example[0].text);
        free_reading(r);
    }
}

/* Classes, answers and codes: what a category is. */
static void test_unmixed(void **state)
{
    (void)state;
    static const char *const text[][4] = {
        {"18-24", "25-34", "35-44", "45+"}, {"0", "1", "2", "3+"},     {"0", "1", "?", "1"},
        {"12A", "13B", "14", "15C"},        {"007", "008", "9", "x1"}, {"S", "M", "L", "2XL"},
        {"1st", "2nd", "3rd", "4th"}};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        reading *r = read_column(text[i], 4, NULL, 0);
        assert_int_equal(get_x(r)->type, TSL_TYPE_CATEGORY);
        if (r->table->info.notes.count) {
            fail_msg("case %zu: %s", i, r->table->info.notes.text[0]);
        }
        free_reading(r);
    }
}

/* Of many texts that are none of numbers, those that cost the column are shown. */
static void test_left_out(void **state)
{
    (void)state;
    char table[4000];
    int n = snprintf(table, sizeof table, "customer,income\n");
    for (int i = 0; i < 100; i++) {
        n += i % 8 == 3 ? snprintf(table + n, sizeof table - (size_t)n, "c%02d,about %dk\n", i, i)
                        : snprintf(table + n, sizeof table - (size_t)n, "c%02d,%d\n", i, 1000 + 37 * i);
    }
    reading *r = read_text(TSL_CUSTOMERS, table);
    assert_null(named(r, "income"));
    assert_true(has_line(&r->table->info.notes,
                         "income is left out: 87 of 100 cells hold numbers, and 13 do not (\"about 3k\", \"about "
                         "11k\", \"about 19k\", ...); write those as numbers"));
    free_reading(r);
}

static void test_declared(void **state)
{
    (void)state;
    static const tsl_column_rule rule = {.name = "x", .type = TSL_TYPE_NUMBER, .group = TSL_GROUP_AUTO};
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", "customer,x\na,12A\nb,13A\nc,14A\n"));
    r->opt.rules = &rule;
    r->opt.rule_count = 1;
    assert_int_equal(run(r), TSL_OK);
    assert_true(get_x(r)->number[2] == 14);
    free_reading(r);
}

/* Cells that do not fit are shown with their places. */
static void test_misfits(void **state)
{
    (void)state;
    char table[4000];
    int n = snprintf(table, sizeof table, "customer,x\n");
    for (int i = 0; i < 60; i++) {
        n += snprintf(table + n, sizeof table - (size_t)n, "c%02d,%s\n", i, i == 7 ? "many" : i == 20 ? "few" : "3");
    }
    static const tsl_column_rule rule = {.name = "x", .type = TSL_TYPE_NUMBER, .group = TSL_GROUP_AUTO};
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("table.csv", table));
    r->opt.rules = &rule;
    r->opt.rule_count = 1;
    assert_int_equal(run(r), TSL_OK);
    const tsl_table_finding *f = tsl_table_get_finding(r->table, 0);
    assert_true(f && f->kind == TSL_FINDING_UNFIT_CELLS && f->example_count == 2);
    assert_true(f->example[0].line == 9 && f->example[1].line == 22);
    assert_string_equal(f->example[1].text, "few");
    free_reading(r);
}

/* A plain column of two currencies cannot be used as it stands. */
static void test_currencies(void **state)
{
    (void)state;
    refuse_text(TSL_CUSTOMERS, "customer,budget\na,$10\nb,€20\nc,$30\n", TSL_E_INPUT,
                "amounts of different currencies do not add up (in the configuration, customers.columns.budget.ignore: "
                "true leaves "
                "the column out)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_currencies), cmocka_unit_test(test_suffixes), cmocka_unit_test(test_rounded),
        cmocka_unit_test(test_unknown),    cmocka_unit_test(test_named),    cmocka_unit_test(test_declared),
        cmocka_unit_test(test_misfits),    cmocka_unit_test(test_mixed),    cmocka_unit_test(test_unmixed),
        cmocka_unit_test(test_left_out),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
