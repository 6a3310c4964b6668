/* test_finish_beside.c: refunds, discounts and negative quantities beside amounts are told, and what takes them off. */
#include "base/text.h"
#include "help.h"

enum { ROWS = 60 };

static reading *read_way(const char *text, int way, tsl_role role, const char *source)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", text));
    r->opt.by_customer = way > 0;
    r->exec.threads = 1 + way;
    r->opt.max_rejects = 1;
    if (source) {
        map_role(r, role, source);
    }
    if (run(r) != TSL_OK) {
        fail_msg("%s", r->err.message);
    }
    return r;
}

static int64_t sum_amounts(const reading *r)
{
    const tsl_column *amount = column(r, TSL_ROLE_AMOUNT);
    int64_t sum = 0;
    for (size_t i = 0; i < r->table->rows; i++) {
        sum += amount->integer[i];
    }
    return sum / TSL_DECIMAL_ONE;
}

/* ---- Refunds ----------------------------------------------------------------------------------- */

enum { FULL, PARTS, LEFT, REVERSED, NEGATIVE, MIXED, FLAG, EMPTY, NONE, WORDS };

/* Each fifth row of 100 has a refund; of those that are left the amount is without it. */
static char *write_refunds(const char *name, int what)
{
    tsl__text text = {0};
    tsl__text_printf(&text, "number,customer,date,amount,%s\n", name);
    for (int i = 0; i < ROWS; i++) {
        const int is_refund = i % 5 == 4 && what != NONE;
        const int refund = what == FULL || what == LEFT ? 100 : what == FLAG ? 1 : what == MIXED && i % 2 ? -30 : 30;
        tsl__text_printf(&text, "%d,c%d,2024-01-%02d,%d,", i, i % 7, 1 + i % 28,
                         is_refund && what == LEFT       ? 0
                         : is_refund && what == REVERSED ? -30
                                                         : 100);
        if (is_refund && what == WORDS) {
            tsl__text_puts(&text, "some");
        } else if (is_refund || what != EMPTY) {
            tsl__text_printf(&text, "%d", is_refund ? (what == NEGATIVE ? -refund : refund) : 0);
        }
        tsl__text_puts(&text, "\n");
    }
    return tsl__text_take(&text);
}

static void test_refunds(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int what;
        const char *told, *way; /* NULL: nothing */
        int64_t left;
    } cases[] = {
        {"amount_refunded", FULL, "refunds in 12 rows, 1200 in all", "amount - amount_refunded", 4800},
        {"退款金额", PARTS, "refunds in 12 rows, 360 in all", "amount - 退款金额", 5640},
        {"Erstattung", NEGATIVE, "refunds in 12 rows, 360 in all", "amount + Erstattung", 5640},
        {"Refunded Amount", MIXED, "refunds in 12 rows, 0 in all", "amount - abs(\"Refunded Amount\")", 5640},
        {"reembolso", EMPTY, "refunds in 12 rows, 360 in all", "amount - coalesce(reembolso, 0)", 5640},
        {"remboursement", LEFT, "refunds in 12 rows, 1200 in all, the first in ", NULL, 0},
        {"refund", REVERSED, NULL, NULL, 0},
        {"refund", FLAG, NULL, NULL, 0},
        {"refund", NONE, NULL, NULL, 0},
        {"refund", WORDS, NULL, NULL, 0},
        {"refunding", PARTS, NULL, NULL, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = write_refunds(cases[i].name, cases[i].what);
        for (int way = 0; way < 3; way++) {
            reading *r = read_way(text, way, TSL_ROLE_NONE, NULL);
            assert_int_equal(has_line(&r->table->info.notes, ": not used, and the amount (amount) is not reduced"),
                             cases[i].told != NULL);
            if (cases[i].told) {
                const tsl_table_finding *f = tsl_table_get_finding(r->table, 0);
                assert_true(has_line(&r->table->info.notes, cases[i].told));
                assert_true(has_line(&r->table->info.notes, "the first in "));
                assert_int_equal(f->kind, TSL_FINDING_REFUND_COLUMN);
                assert_int_equal(f->count, 12);
                assert_int_equal(f->example[0].line, 6);
                assert_string_equal(f->column, cases[i].name);
            }
            free_reading(r);
        }
        if (cases[i].way) { /* it is proposed, works, and nothing is told any more */
            tsl__text way = {0};
            reading *r = read_way(text, 0, TSL_ROLE_NONE, NULL);
            for (const char *c = cases[i].way; *c; c++) {
                tsl__text_printf(&way, *c == '"' ? "\\%c" : "%c", *c);
            }
            assert_true(has_line(&r->table->info.notes, way.data));
            free_reading(r);
            r = read_way(text, 0, TSL_ROLE_AMOUNT, cases[i].way);
            assert_int_equal(r->table->info.notes.count, 0);
            assert_int_equal(sum_amounts(r), cases[i].left);
            free_reading(r);
            tsl__text_free(&way);
        }
        free(text);
    }
}

/* A refund of more than the amount: that may be what is left, which is said with how often. */
static void test_left(void **state)
{
    (void)state;
    tsl__text text = {0};
    tsl__text_puts(&text, "customer,date,amount,refund\n");
    for (int i = 0; i < 20; i++) {
        tsl__text_printf(&text, "c%d,2024-01-%02d,%d,50\n", i % 7, 1 + i, i < 2 ? 70 : 10);
    }
    reading *r = read_way(text.data, 0, TSL_ROLE_NONE, NULL);
    assert_true(has_line(&r->table->info.notes, "(more than the amount in 18 of them, which may be what is left)"));
    free_reading(r);
    tsl__text_free(&text);
}

/* A refund that quantity and price show to be taken off is not told; nor is a negative quantity beside the amount of
 * a whole order. */
static void test_taken_off(void **state)
{
    (void)state;
    for (int is_off = 0; is_off < 2; is_off++) {
        tsl__text text = {0};
        tsl__text_puts(&text, "customer,date,quantity,price,amount,refund\n");
        for (int i = 0; i < 20; i++) {
            tsl__text_printf(&text, "c%d,2024-01-%02d,2,%d,%d,4\n", i % 7, 1 + i, 10 + i, 2 * (10 + i) - 4 * is_off);
        }
        reading *r = read_way(text.data, 1, TSL_ROLE_NONE, NULL);
        assert_int_equal(r->table->info.notes.count, !is_off);
        assert_int_equal(has_line(&r->table->info.notes, ", whose amount is the quantity times the price; --amount"),
                         !is_off);
        free_reading(r);
        tsl__text_free(&text);
    }
    tsl__text text = {0};
    tsl__text_puts(&text, "customer,order,date,quantity,amount,number\n");
    for (int i = 0; i < 40; i++) {
        tsl__text_printf(&text, "c%d,o%d,2024-01-%02d,%d,%d,%d\n", i / 2 % 7, i / 2, 1 + i / 2, i % 2 ? -1 : 2,
                         10 + i / 2, i);
    }
    reading *r = read_way(text.data, 1, TSL_ROLE_NONE, NULL);
    assert_true(has_line(&r->table->info.notes, "it seems to be the order's"));
    assert_false(has_line(&r->table->info.notes, "below 0 beside"));
    free_reading(r);
    tsl__text_free(&text);
}

/* The refund is read as the amounts are written. */
static void test_marks(void **state)
{
    (void)state;
    reading *r = read_way("Kunde;Datum;Betrag;Erstattung\na;2024-01-31;1.234,50;0\nb;2024-01-30;99,99;12,34\n"
                          "b;2024-01-30;1.299,99;1.012\n",
                          0, TSL_ROLE_NONE, NULL);
    assert_true(has_line(&r->table->info.notes, "refunds in 2 rows, 1024.34 in all"));
    assert_true(has_line(&r->table->info.notes, "--amount \"Betrag - Erstattung\" takes them off"));
    free_reading(r);
}

/* In arrays as well. */
static void test_arrays(void **state)
{
    (void)state;
    const char *const customer[] = {"a", "b", "c"};
    const int32_t day[] = {19000, 19001, 19002};
    const double amount[] = {10, 20, 30}, refund[] = {0, 5.5, 30};
    const tsl_array arrays[] = {{.name = "customer", .dtype = TSL_TEXT, .data = customer},
                                {.name = "date", .dtype = TSL_DAY32, .data = day},
                                {.name = "amount", .dtype = TSL_F64, .data = amount},
                                {.name = "refund", .dtype = TSL_F64, .data = refund}};
    tsl_table *table;
    tsl_error err;
    assert_int_equal(tsl_table_build(TSL_TRANSACTIONS, arrays, 4, 3, NULL, NULL, NULL, NULL, &table, &err), TSL_OK);
    assert_true(has_line(&tsl_table_get_info(table)->notes, "refunds in 2 rows, 35.5 in all"));
    tsl_table_free(table);
}

/* ---- Discounts --------------------------------------------------------------------------------- */

enum { AS_IS, LESS, SHARE, PERCENT, SIGN, ODD, FEW, AS_IS_SIGN, AS_IS_MIXED, AS_IS_BELOW };

static char *write_discounts(int what)
{
    tsl__text text = {0};
    tsl__text_puts(&text, "number,customer,date,quantity,price,amount,discount\n");
    for (int i = 0; i < ROWS; i++) {
        const int is_less = i % 3 == 0, cents = 3 * 1000;
        const int off = what == LESS || what == FEW                        ? 500 + 100 * (what == FEW && i == 30)
                        : what == SHARE || what == PERCENT || what == SIGN ? cents / 10
                        : what == ODD                                      ? 777
                                                                           : 0;
        tsl__text_printf(&text, "%d,c%d,2024-01-%02d,3,10,%d.%02d,%s\n", i, i % 7, 1 + i % 28,
                         (cents - is_less * off) / 100, (cents - is_less * off) % 100,
                         !is_less                                                               ? "0"
                         : what == SHARE                                                        ? "0.1"
                         : what == PERCENT                                                      ? "10"
                         : what == AS_IS_BELOW                                                  ? "-5"
                         : what == SIGN || what == AS_IS_SIGN || (what == AS_IS_MIXED && i % 2) ? "10%"
                                                                                                : "5");
    }
    return tsl__text_take(&text);
}

static void test_discounts(void **state)
{
    (void)state;
    static const char *const told[] = {
        [AS_IS] = "discount: not used: the amount (amount) is the quantity times the price in 20 of 20 rows with one",
        [ODD] = "amount: not the quantity times the price in 20 of 60 lines that were looked at (",
        [FEW] = "amount: not the quantity times the price, less discount, in 1 of 60 lines, as it is in the others",
        [AS_IS_SIGN] = ", unless the price is without it already: in 20 rows, the first in ",
        [AS_IS_MIXED] = "; 10 of them are a share of the price, by their percent sign, and the others none",
        [AS_IS_BELOW] = "; --amount \"amount + discount\" takes it off, or, where it is a share of the price, "
                        "--amount \"amount * (1 + discount / 100)\""};
    for (int what = AS_IS; what <= AS_IS_BELOW; what++) {
        char *text = write_discounts(what);
        for (int way = 0; way < 3; way++) {
            reading *r = read_way(text, way, TSL_ROLE_NONE, NULL);
            assert_int_equal(r->table->info.notes.count, told[what] != NULL);
            assert_true(!told[what] || has_line(&r->table->info.notes, told[what]));
            assert_true(what != AS_IS ||
                        has_line(&r->table->info.notes,
                                 "; --amount \"amount - discount\" takes it off, or, where it is a share "
                                 "of the price, --amount \"amount * (1 - discount / 100)\""));
            assert_true(what != AS_IS_SIGN ||
                        has_line(&r->table->info.notes, "; --amount \"amount * (1 - discount)\" takes it off"));
            assert_true(what < AS_IS_SIGN || !has_line(&r->table->info.notes, "amount - discount"));
            free_reading(r);
        }
        free(text);
    }
}

/* ---- Quantities -------------------------------------------------------------------------------- */

static void test_quantities(void **state)
{
    (void)state;
    static const struct {
        const char *header, *row; /* of the returns */
        const char *told, *way;   /* NULL: nothing */
        int64_t left;
    } cases[] = {
        {"quantity,amount", "-2,20", "quantity: below 0 beside an amount (amount) above 0 in 3 rows, 60 in all",
         "if(quantity < 0, -abs(amount), amount)", -60 + 57 * 30},
        {"quantity,unit_price,amount", "-2,10,20",
         "in 3 of 3 it is the quantity times the price without its sign; --amount",
         "if(quantity < 0, -abs(amount), amount)", -60 + 57 * 30},
        {"数量,金额", "-2,20", "数量: below 0 beside an amount (金额) above 0", "if(数量 < 0, -abs(金额), 金额)",
         -60 + 57 * 30},
        {"quantity,amount", "-2,-20", NULL, NULL, 0},
        {"quantity,amount", "2,-20", NULL, NULL, 0},
        {"quantity,amount", "-2,0", NULL, NULL, 0},
        {"quantity,unit_price", "-2,10", NULL, NULL, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__text text = {0};
        const int columns = strchr(strchr(cases[i].header, ',') + 1, ',') ? 3 : 2;
        const int has_price = strstr(cases[i].header, "unit_price") != NULL;
        tsl__text_printf(&text, "number,customer,date,%s\n", cases[i].header);
        for (int k = 0; k < ROWS; k++) {
            tsl__text_printf(&text, "%d,c%d,2024-01-%02d,%s\n", k, k % 7, 1 + k % 28,
                             k % 20 == 6    ? cases[i].row
                             : columns == 3 ? "3,10,30"
                             : has_price    ? "3,10"
                                            : "3,30");
        }
        for (int way = 0; way < 3; way++) {
            reading *r = read_way(text.data, way, TSL_ROLE_NONE, NULL);
            assert_int_equal(r->table->info.notes.count, cases[i].told != NULL);
            if (cases[i].told) {
                assert_true(has_line(&r->table->info.notes, cases[i].told));
                assert_true(has_line(&r->table->info.notes, cases[i].way));
                assert_int_equal(tsl_table_get_finding(r->table, 0)->kind, TSL_FINDING_NEGATIVE_QUANTITY);
                assert_int_equal(tsl_table_get_finding(r->table, 0)->count, 3);
                assert_int_equal(tsl_table_get_finding(r->table, 0)->example[0].line, 8);
            }
            free_reading(r);
        }
        if (cases[i].way) {
            reading *r = read_way(text.data, 0, TSL_ROLE_AMOUNT, cases[i].way);
            assert_false(has_line(&r->table->info.notes, "below 0 beside"));
            assert_int_equal(sum_amounts(r), cases[i].left);
            free_reading(r);
        }
        tsl__text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refunds),   cmocka_unit_test(test_left),
                                       cmocka_unit_test(test_taken_off), cmocka_unit_test(test_marks),
                                       cmocka_unit_test(test_arrays),    cmocka_unit_test(test_discounts),
                                       cmocka_unit_test(test_quantities)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
