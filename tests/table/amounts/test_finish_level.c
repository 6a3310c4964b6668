/* test_finish_level.c: an amount of the whole order, or of one piece, is said; one of the line is not. */
#include "base/text.h"
#include "help.h"

enum { ORDERS, PIECES, ODD, LINES, SOME };

/* Orders of three lines of two pieces each. */
static char *write_orders(int what, int with_factors)
{
    tsl__text text = {0};
    tsl__text_printf(&text, "customer,order,date,%samount,number\n", with_factors ? "quantity,\"unit price\"," : "");
    for (int o = 0; o < 40; o++) {
        const int whole = 2 * (3 * (o + 1)) + 2 * 3;
        for (int i = 0; i < 3; i++) {
            const int price = o + 1 + i;
            const int amount = what == ORDERS               ? whole
                               : what == SOME               ? whole + i * (o % 10 == 3)
                               : what == PIECES             ? price
                               : what == ODD && o % 30 == 7 ? 2 * price - 1
                                                            : 2 * price;
            tsl__text_printf(&text, "c%d,o%d,2024-01-%02d,", o % 7, o, 1 + o % 28);
            if (with_factors) {
                tsl__text_printf(&text, "2,%d,", price);
            }
            tsl__text_printf(&text, "%d,%d\n", amount, 3 * o + i);
        }
    }
    return tsl__text_take(&text);
}

static void test_levels(void **state)
{
    (void)state;
    static const struct {
        int what, with_factors;
        const char *note;
    } cases[] = {
        {ORDERS, 1,
         "amount: the same on all lines of 40 of 40 orders of several lines, and the sum of their quantities "
         "times prices ("},
        {ORDERS, 0, "amount: the same on all lines of 40 of 40 orders of several lines ("}, /* its way out below */
        {PIECES, 1, "amount: equal to the price in 120 of 120 lines of another quantity than 1 ("},
        {PIECES, 0, NULL},
        {ODD, 1, "amount: not the quantity times the price in 6 of 120 lines that were looked at ("},
        {LINES, 1, NULL},
        {LINES, 0, NULL},
        {SOME, 0, NULL}, /* nine orders in ten */
        {SOME, 1, "amount: not the quantity times the price in 120 of 120 lines that were looked at ("},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = write_orders(cases[i].what, cases[i].with_factors);
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, write_text("t.csv", text));
            r->opt.by_customer = by_customer;
            r->exec.threads = 1 + by_customer;
            assert_int_equal(run(r), TSL_OK);
            assert_int_equal(r->table->info.notes.count, cases[i].note != NULL);
            if (cases[i].note) {
                assert_true(has_line(&r->table->info.notes, cases[i].note));
                assert_true(has_line(&r->table->info.notes, "t.csv:"));
                assert_int_equal(has_line(&r->table->info.notes, "; --amount \"quantity * \\\"unit price\\\"\" takes"),
                                 cases[i].with_factors);
                assert_int_equal(has_line(&r->table->info.notes, "; give one line an order: "), i == 1);
            }
            free_reading(r);
        }
        free(text);
    }
}

/* A price that is multiplied already shows in lines of one product and several quantities. */
static void test_multiplied(void **state)
{
    (void)state;
    for (int way = 0; way < 8; way++) {
        const int is_multiplied = way & 1, by_customer = way >> 1 & 1, is_said = way >> 2;
        tsl__text text = {0};
        tsl__text_puts(&text, "customer,date,product,quantity,\"unit price\"\n");
        for (int i = 0; i < 60; i++) {
            const int cents = 1000 + 337 * (i % 7), quantity = 1 + i / 7 % 5;
            const int price = is_multiplied ? cents * quantity : cents;
            tsl__text_printf(&text, "c%d,2024-01-%02d,p%d,%d,%d.%02d\n", i % 9, 1 + i % 28, i % 7, quantity,
                             price / 100, price % 100);
        }
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", text.data));
        r->opt.by_customer = by_customer;
        r->exec.threads = 1 + by_customer;
        if (is_said) {
            map_role(r, TSL_ROLE_AMOUNT, "quantity * \"unit price\"");
        }
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->info.notes.count, is_multiplied && !is_said);
        if (is_multiplied && !is_said) {
            assert_true(has_line(&r->table->info.notes, "of one product the price grows with the quantity in "));
            assert_true(has_line(&r->table->info.notes, "; --amount \"\\\"unit price\\\"\" takes it as it stands"));
        }
        free_reading(r);
        tsl__text_free(&text);
    }
}

/* ---- Thresholds: at them something is said, one below nothing --------------------------------- */

enum { REPEATED, SUMMED, SINGLE, PRICED, PRODUCTS, MULTIPLIED, LACKING };

/* Orders of two lines (PRICED, PRODUCTS: of one), of which the first `like` are as the case has it; MULTIPLIED: lines
 * of one product. */
static char *write_case(int what, int count, int like)
{
    const int has_factors = what != REPEATED && what != SINGLE && what != LACKING;
    const int lines = what == PRICED || what == PRODUCTS || what == MULTIPLIED ? 1 : 2;
    tsl__text text = {0};
    tsl__text_printf(&text, "customer,order,date%s%s%s\n", has_factors ? ",quantity,price" : "",
                     what == MULTIPLIED ? ",product" : ",amount", what == MULTIPLIED ? "\nc,o,2024-01-01,2,20,p" : "");
    for (int o = 0; o < count; o++) {
        const int is_like = o < like, price = 10 + 3 * o;
        for (int i = 0; i < lines; i++) {
            tsl__text_printf(&text, "c%d,o%d,2024-01-%02d", o % 7, o, 1 + o % 28);
            if (what == MULTIPLIED) {
                tsl__text_printf(&text, ",1,%d,p\n", is_like ? 10 : 20);
            } else if (what == LACKING) { /* else nothing before it has an amount */
                tsl__text_printf(&text, ",%s\n", is_like && i == 0 ? "5" : "");
            } else if (has_factors) {
                const int amount = what == SUMMED ? 4 * price : is_like == (what == PRICED) ? price : 2 * price;
                tsl__text_printf(&text, ",2,%d,%d\n", price, what == PRODUCTS && !is_like ? price + 1 : amount);
            } else {
                tsl__text_printf(&text, ",%d\n", what == SINGLE ? (is_like && i ? 0 : price) : price + i * !is_like);
            }
        }
    }
    return tsl__text_take(&text);
}

static void test_thresholds(void **state)
{
    static const struct {
        int what, count, like;
        const char *note; /* NULL: nothing is said */
    } cases[] = {
        {REPEATED, 100, 95, "the same on all lines of 95 of 100 orders"},
        {REPEATED, 100, 94, NULL},
        {REPEATED, 10, 10, "the same on all lines of 10 of 10 orders"},
        {REPEATED, 9, 9, NULL},
        {SUMMED, 2, 2, "the same on all lines of 2 of 2 orders"},
        {SUMMED, 1, 1, NULL},
        {SINGLE, 100, 95, "on one line alone of 95 of 100 orders"},
        {SINGLE, 100, 94, NULL},
        {SINGLE, 10, 10, "on one line alone of 10 of 10 orders"},
        {SINGLE, 9, 9, NULL},
        {PRICED, 100, 95, "equal to the price in 95 of 100 lines"},
        {PRICED, 100, 94, "not the quantity times the price in 94 of 100 lines that were looked at"},
        {PRICED, 10, 10, "equal to the price in 10 of 10 lines"},
        {PRICED, 9, 9, NULL},
        {PRODUCTS, 100, 90, "not the quantity times the price in 10 of 100 lines"},
        {PRODUCTS, 100, 90, "t.csv:92), as it is in the others"},
        {PRODUCTS, 100, 89, "t.csv:91), but less in 11 of them and more in 0"},
        {PRODUCTS, 9, 8, NULL},
        {PRODUCTS, 10, 9, "not the quantity times the price in 1 of 10 lines"},
        {MULTIPLIED, 100, 95, "grows with the quantity in 95 of 100 lines"},
        {MULTIPLIED, 100, 94, NULL},
        {MULTIPLIED, 10, 10, "grows with the quantity in 10 of 10 lines"},
        {MULTIPLIED, 9, 9, NULL},
        {LACKING, 3, 3, "missing on 3 lines of 3 orders"},
        {LACKING, 2, 2, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = write_case(cases[i].what, cases[i].count, cases[i].like);
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", text));
        r->opt.max_rejects = 1;
        assert_int_equal(run(r), TSL_OK);
        if (cases[i].note ? !has_line(&r->table->info.notes, cases[i].note)
                          : has_line(&r->table->info.notes, "it seems to be") ||
                                has_line(&r->table->info.notes, "lines that were looked at")) {
            fail_msg("%d: %d of %d", cases[i].what, cases[i].like, cases[i].count);
        }
        free_reading(r);
        free(text);
    }
}

/* A total that is the product and more: by how much is told, with the first line and their number. */
static void test_times(void **state)
{
    (void)state;
    for (int way = 0; way < 3; way++) {
        tsl__text text = {0};
        tsl__text_puts(&text, "customer,date,quantity,unit_price,line_total\n");
        for (int i = 0; i < 40; i++) {
            const int hundredths = (1 + i % 5) * (100 + 7 * i) * 119 / 10; /* 19 % more, cut */
            tsl__text_printf(&text, "c%d,2024-01-%02d,%d,%d.%02d,%d.%03d\n", i % 7, 1 + i % 28, 1 + i % 5,
                             (100 + 7 * i) / 10, (100 + 7 * i) % 10 * 10, hundredths / 100, hundredths % 100 * 10);
        }
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", text.data));
        r->opt.by_customer = way > 0;
        r->exec.threads = 1 + way;
        assert_int_equal(run(r), TSL_OK);
        assert_true(has_line(&r->table->info.notes,
                             "line_total: not the quantity times the price in 40 of 40 lines that were looked at ("));
        assert_true(has_line(&r->table->info.notes, "t.csv:2), but 1.19 times as much in 40 of them; --amount "
                                                    "\"quantity * unit_price\" takes their product"));
        const tsl_table_finding *f = tsl_table_get_finding(r->table, 0);
        assert_int_equal(f->kind, TSL_FINDING_AMOUNT_LEVEL);
        assert_int_equal(f->count, 40);
        assert_int_equal(f->example[0].line, 2);
        free_reading(r);
        tsl__text_free(&text);
    }
}

static void test_discount(void **state)
{
    (void)state;
    static const char *const names[] = {"discount", "折扣", "Rabatt", "remise", "descuento", "discounted", "tax"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (int is_said = 0; is_said < 2; is_said++) {
            char text[300];
            snprintf(text, sizeof text, "customer,date,quantity,price,%s\na,2024-01-01,2,10,0.1\nb,2024-01-02,1,10,0\n",
                     names[i]);
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, write_text("t.csv", text));
            if (is_said) {
                map_role(r, TSL_ROLE_AMOUNT, "price");
            }
            assert_int_equal(run(r), TSL_OK);
            assert_int_equal(has_line(&r->table->info.notes, ": not used: the amount is quantity * price without it"),
                             i < 5 && !is_said);
            assert_true(i > 0 || is_said ||
                        has_line(&r->table->info.notes, "--amount \"quantity * price * (1 - discount)\""));
            free_reading(r);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_levels), cmocka_unit_test(test_multiplied),
                                       cmocka_unit_test(test_thresholds), cmocka_unit_test(test_times),
                                       cmocka_unit_test(test_discount)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
