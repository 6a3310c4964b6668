/* test_finish_opposite.c: rows of the other side, payments and purchases are told, and what turns or leaves them out.
 */
#include "base/text.h"
#include "help.h"

/* Of 60 rows of 10 each fourth is of the other value, and each tenth of a third one, where there is one. */
static char *write_rows(const char *column, const char *one, const char *other, const char *third, int sign)
{
    tsl__text text = {0};
    tsl__text_printf(&text, "number,customer,date,amount,%s\n", column);
    for (int i = 0; i < 60; i++) {
        const int is_other = i % 4 == 2, is_third = !is_other && third && i % 10 == 3;
        tsl__text_printf(&text, "%d,c%d,2024-01-%02d,%d,%s\n", i, i % 7, 1 + i % 28, is_other ? 10 * sign : 10,
                         is_other   ? other
                         : is_third ? third
                                    : one);
    }
    return tsl__text_take(&text);
}

static reading *read_way(const char *text, int way, const char *amount, const char *where)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", text));
    r->opt.by_customer = way > 0;
    r->exec.threads = 1 + way;
    r->opt.where = where;
    if (amount) {
        map_role(r, TSL_ROLE_AMOUNT, amount);
    }
    if (run(r) != TSL_OK) {
        fail_msg("%s", r->err.message);
    }
    return r;
}

static void test_told(void **state)
{
    (void)state;
    static const struct {
        const char *column, *one, *other, *third;
        int sign;
        const char *told, *amount, *where; /* NULL: nothing */
    } cases[] = {
        {"S/H", "S", "H", NULL, 1,
         "S/H: two sides that count alike, as the amounts have no sign: \"H\" in 15 rows (25 % of the money), \"S\" in "
         "45",
         "if(coalesce(\"S/H\", '') = 'H', -abs(amount), amount)", NULL},
        {"Dr/Cr", "Cr", "Dr", NULL, 1, "Dr/Cr: two sides", "if(coalesce(\"Dr/Cr\", '') = 'Dr', -abs(amount), amount)",
         NULL},
        {"Debit/Credit", "Debit", "Credit", "credit", 1, "Debit/Credit: two sides",
         "if(coalesce(\"Debit/Credit\", '') in ('Credit', 'credit'), -abs(amount), amount)", NULL},
        {"借贷方向", "借", "贷", NULL, 1, "借贷方向: two sides",
         "if(coalesce(借贷方向, '') = '贷', -abs(amount), amount)", NULL},
        {"收支", "收入", "支出", NULL, 1, "收支: two sides", "if(coalesce(收支, '') = '支出', -abs(amount), amount)",
         NULL},
        {"sens", "D", "C", NULL, 1, "sens: two sides", "if(coalesce(sens, '') = 'C', -abs(amount), amount)", NULL},
        {"transaction type", "debit", "credit", NULL, 1, "transaction type: two sides",
         "if(coalesce(\"transaction type\", '') = 'credit', -abs(amount), amount)", NULL},
        {"S/H", "S", "H", NULL, -1, NULL, NULL, NULL}, /* the sign says so */
        {"S/H", "S", "X", NULL, 1, NULL, NULL, NULL},  /* no pair */
        {"S/H", "S", "C", NULL, 1, NULL, NULL, NULL},  /* of two pairs */
        {"S/H", "S", "S", NULL, 1, NULL, NULL, NULL},  /* one side alone */
        {"S/H", "S", "H", "x", 1, NULL, NULL, NULL},   /* and what is neither */
        {"type", "invoice", "payment", NULL, 1,
         "type: payments or purchases that count like the sales beside them: \"payment\" in 15 rows (25 % of the "
         "money)",
         NULL, "coalesce(type, '') != 'payment'"},
        {"类型", "销售出库", "采购入库", "收款", 1, "类型: payments or purchases", NULL,
         "coalesce(类型, '') not in ('采购入库', '收款')"},
        {"Belegart", "Rechnung", "Zahlung", NULL, 1, "Belegart: payments or purchases", NULL,
         "coalesce(Belegart, '') != 'Zahlung'"},
        {"type", "invoice", "payment", NULL, -1, NULL, NULL, NULL},
        {"type", "payment", "fee", NULL, 1, NULL, NULL, NULL}, /* payments that no invoice stands beside */
        {"category", "invoice", "payment", NULL, 1, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = write_rows(cases[i].column, cases[i].one, cases[i].other, cases[i].third, cases[i].sign);
        for (int way = 0; way < 3; way++) {
            reading *r = read_way(text, way, NULL, NULL);
            if (r->table->info.notes.count != (cases[i].told != NULL)) {
                fail_msg("%s, %s: %zu", cases[i].column, cases[i].other, r->table->info.notes.count);
            }
            if (cases[i].told) {
                const tsl_table_finding *f = tsl_table_get_finding(r->table, 0);
                assert_true(has_line(&r->table->info.notes, cases[i].told));
                assert_int_equal(f->kind, TSL_FINDING_OPPOSITE_ROWS);
                assert_int_equal(f->count, cases[i].third ? 21 : 15);
                assert_int_equal(f->example[0].line, 4);
            }
            free_reading(r);
        }
        if (cases[i].told) { /* what is proposed works */
            reading *r = read_way(text, 0, cases[i].amount, cases[i].where);
            const tsl_column *amount = column(r, TSL_ROLE_AMOUNT);
            size_t negative = 0;
            for (size_t k = 0; k < r->table->rows; k++) {
                negative += amount->integer[k] < 0;
            }
            assert_int_equal(r->table->info.notes.count, 0);
            assert_int_equal(negative + 60 - r->table->rows, cases[i].third ? 21 : 15);
            free_reading(r);
        }
        free(text);
    }
}

/* Returns in such a column are told by their words, with the amount that takes them off. */
static void test_returns(void **state)
{
    (void)state;
    char *text = write_rows("出入库类别", "销售出库", "销售退货入库", "报价单", 1);
    reading *r = read_way(text, 1, NULL, NULL);
    assert_true(
        has_line(&r->table->info.notes, "\"销售退货入库\" in 15 rows (25 % of the money), \"报价单\" in 6 rows"));
    assert_true(
        has_line(&r->table->info.notes,
                 "; --amount \"if(coalesce(出入库类别, '') = '销售退货入库', -abs(amount), amount)\" takes their "
                 "amounts off; --where \"coalesce(出入库类别, '') not in ('销售退货入库', '报价单')\""));
    free_reading(r);
    free(text);
    text = write_rows("order status", "paid", "refunded", NULL, 1);
    r = read_way(text, 1, NULL, NULL);
    assert_true(has_line(&r->table->info.notes, "t.csv:4; --where"));
    free_reading(r);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_told), cmocka_unit_test(test_returns)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
