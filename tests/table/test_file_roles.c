/* test_file_roles.c: a role whose column is called otherwise in some of a table's files. */
#include "help.h"

static const size_t orders[][2] = {{0, 1}, {1, 0}};

/* Two names of one role are one column, whichever file is first, and that is said. */
static void joins_columns_of_one_role(void **state)
{
    (void)state;
    static const struct {
        const char *text[2];
        tsl_role role;
        const char *names[2], *cells[2]; /* of both files */
    } cases[] = {
        {{"customer_id,date,amount\nx,2024-01-02,1\n", "customer_id,date,金额\ny,2024-02-03,2\n"},
         TSL_ROLE_AMOUNT,
         {"amount", "金额"},
         {"10000", "20000"}},
        {{"customer_id,date,amount\nx,2024-01-02,1\n", "CustomerID,date,amount\ny,2024-02-03,2\n"},
         TSL_ROLE_CUSTOMER,
         {"customer_id", "CustomerID"},
         {"x", "y"}},
        {{"customer_id,date,amount\nx,2024-01-02,1\n", "客户编号,date,amount\ny,2024-02-03,2\n"},
         TSL_ROLE_CUSTOMER,
         {"customer_id", "客户编号"},
         {"x", "y"}},
        {{"customer_id,date,amount\nx,2024-01-02,1\n", "客户编号,日期,金额\ny,2024-02-03,2\n"},
         TSL_ROLE_AMOUNT,
         {"amount", "金额"},
         {"10000", "20000"}},
        {{"customer_id,date,amount,quantity\nx,2024-01-02,1,3\n", "customer_id,date,amount,数量\ny,2024-02-03,2,4\n"},
         TSL_ROLE_QUANTITY,
         {"quantity", "数量"},
         {"30000", "40000"}},
        /* what the amount is made of */
        {{"customer_id,date,Quantity,UnitPrice\nx,2024-01-02,2,3\n",
          "customer_id,date,Qty,Unit Price\ny,2024-02-03,4,5\n"},
         TSL_ROLE_AMOUNT,
         {"UnitPrice", "Unit Price"},
         {"60000", "200000"}},
        /* of one unit by their names */
        {{"customer_id,date,金额（元）\nx,2024-01-02,1\n", "customer_id,date,amount (CNY)\ny,2024-02-03,2\n"},
         TSL_ROLE_AMOUNT,
         {"金额（元）", "amount (CNY)"},
         {"10000", "20000"}},
    };
    for (size_t i = 0; i < 2 * (sizeof cases / sizeof *cases); i++) {
        const size_t *order = orders[i % 2];
        reading *r = read_in_order(TSL_TRANSACTIONS, cases[i / 2].text, order, 2, TSL_OK);
        const tsl_column *c = column(r, cases[i / 2].role);
        char note[200];
        assert_int_equal(r->table->rows, 2);
        assert_int_equal(c->missing, 0);
        for (size_t row = 0; row < 2; row++) {
            const char *wanted = cases[i / 2].cells[order[row]];
            if (c->type == TSL_TYPE_TEXT) {
                assert_string_equal(text_at(c, row), wanted);
            } else {
                assert_int_equal(c->integer[row], atoll(wanted));
            }
        }
        snprintf(note, sizeof note, "%c.csv: \"%s\" is taken for \"%s\" of ", (int)('a' + order[1]),
                 cases[i / 2].names[order[1]], cases[i / 2].names[order[0]]);
        assert_true(has_line(&r->table->info.notes, note));
        assert_false(has_line(&r->table->info.notes, "has no column"));
        assert_false(has_line(&r->table->info.understood, "not used"));
        free_reading(r);
    }
}

/* Three names, and files without some of them. */
static void joins_several_names(void **state)
{
    (void)state;
    static const char *const text[] = {"customer,date,amount\nx,2024-01-02,1\n", "customer,date,金额\nx,2024-02-02,2\n",
                                       "customer,date,Betrag\nx,2024-03-02,3\n", "1,2024-04-02,4\n2,2024-04-03,5\n"};
    reading *r = read_in_order(TSL_TRANSACTIONS, text, (size_t[]){0, 1, 2, 3}, 4, TSL_OK);
    const tsl_column *c = column(r, TSL_ROLE_AMOUNT);
    assert_int_equal(c->missing, 0);
    assert_int_equal(c->integer[1] + c->integer[2] + c->integer[4], 100000);
    assert_true(has_line(&r->table->info.notes, "c.csv: \"Betrag\" is taken for \"amount\" of "));
    free_reading(r);
}

/* The customers' ids; their other columns stay what they are. */
static void joins_ids_of_customers(void **state)
{
    (void)state;
    static const char *const text[] = {"id,age\na,30\nb,40\n", "customer_id,age\nc,50\nd,60\n"};
    for (size_t i = 0; i < 2; i++) {
        reading *r = read_in_order(TSL_CUSTOMERS, text, orders[i], 2, TSL_OK);
        assert_int_equal(r->table->rows, 4);
        assert_int_equal(r->table->column_count, 2);
        free_reading(r);
    }
}

/* What may be something else is refused, and nothing of it left out in silence. */
static void refuses_what_may_differ(void **state)
{
    (void)state;
    static const struct {
        tsl_table_kind kind;
        const char *text[3], *message, *way;
    } cases[] = {
        {TSL_TRANSACTIONS,
         {"customer_id,date,金额（元）\nx,2024-01-02,1\n", "customer_id,date,金额（万元）\ny,2024-02-03,2\n"},
         "they are in different units by their names",
         "金额（万元） * 10000"},
        {TSL_TRANSACTIONS,
         {"customer_id,date,amount (USD)\nx,2024-01-02,1\n", "customer_id,date,amount (EUR)\ny,2024-02-03,2\n"},
         "they are in different units by their names",
         "write the currency in a column beside it, for --rates"},
        {TSL_TRANSACTIONS,
         {"customer_id,date,amount\nx,2024-01-02,1\n", "customer_id,date,amount (EUR)\ny,2024-02-03,2\n"},
         "they are in different units by their names",
         "--amount \"coalesce("},
        {TSL_INTERACTIONS,
         {"customer_id,date,duration_ms\nx,2024-01-02,60000\n", "customer_id,date,duration_s\ny,2024-02-03,60\n"},
         "they are in different units by their names",
         "duration_s / 60"},
        {TSL_TRANSACTIONS,
         {"customer_id,date,amount\nx,2024-01-02,1\n", "customer_id,date,order total\ny,2024-02-03,2\n"},
         "by their names they may not mean the same",
         "--amount \"coalesce("},
        {TSL_TRANSACTIONS,
         {"customer_id,date,net\nx,2024-01-02,1\n", "customer_id,date,gross\ny,2024-02-03,2\n"},
         "by their names one may have taxes in it",
         "--amount \"coalesce("},
        {TSL_TRANSACTIONS,
         {"customer_id,date,amount,quantity\nx,2024-01-02,1,1\n", "customer_id,date,amount,qty\ny,2024-02-03,2,1\n",
          "customer_id,date,amount,qty,quantity\ny,2024-02-03,2,1,1\n"},
         "another file has both",
         "--quantity \"coalesce("},
        {TSL_TRANSACTIONS,
         {"customer_id,date,amount,sku\nx,2024-01-02,1,a\n", "customer_id,date,amount,product_id\ny,2024-02-03,2,a\n",
          "customer_id,date,amount,sku,product_id\ny,2024-02-03,2,a,a\n"},
         "another file has both",
         "name the one that is meant by --product"},
    };
    for (size_t i = 0; i < 2 * (sizeof cases / sizeof *cases); i++) {
        const size_t count = cases[i / 2].text[2] ? 3 : 2;
        reading *r =
            read_in_order(cases[i / 2].kind, cases[i / 2].text, (size_t[]){i % 2, 1 - i % 2, 2}, count, TSL_E_INPUT);
        if (!strstr(r->err.message, cases[i / 2].message) || !strstr(r->err.message, cases[i / 2].way)) {
            fail_msg("%s", r->err.message);
        }
        assert_non_null(strstr(r->err.message, "a.csv"));
        assert_non_null(strstr(r->err.message, "b.csv"));
        free_reading(r);
    }
}

/* What is refused is read by the expression that the message names. */
static void reads_what_is_said(void **state)
{
    (void)state;
    static const char *const text[] = {"customer_id,date,金额（元）\nx,2024-01-02,1\n",
                                       "customer_id,date,金额（万元）\ny,2024-02-03,2\n"};
    for (size_t i = 0; i < 2; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        map_role(r, TSL_ROLE_AMOUNT, "coalesce(金额（元）, 金额（万元） * 10000)");
        add_file(r, write_text("a.csv", text[i]));
        add_file(r, write_text("b.csv", text[1 - i]));
        if (run(r) != TSL_OK) {
            fail_msg("%s", r->err.message);
        }
        assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[i], 10000);
        assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[1 - i], 200000000);
        free_reading(r);
    }
    /* a column that the user names is taken alone */
    static const char *const other[] = {"customer_id,date,amount,quantity\nx,2024-01-02,1,3\n",
                                        "customer_id,date,amount,qty\ny,2024-02-03,2,4\n"};
    reading *r = new_reading(TSL_TRANSACTIONS);
    map_role(r, TSL_ROLE_QUANTITY, "quantity");
    add_file(r, write_text("a.csv", other[0]));
    add_file(r, write_text("b.csv", other[1]));
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_QUANTITY)->missing, 1);
    assert_true(has_line(&r->table->info.notes, "b.csv has no column \"quantity\"; it is missing there"));
    free_reading(r);
}

/* As the columns stand, the two are one, and a refusal still knows whom they name. */
static void profiles_one_column(void **state)
{
    (void)state;
    static const char *const text[] = {"customer_id,date,amount\nx,2024-01-02,1\n",
                                       "CustomerID,date,金额\ny,2024-02-03,2\n",
                                       "customer_id,date,total\ny,2024-02-03,2\n"};
    for (size_t i = 1; i < 3; i++) {
        const tsl_source from[] = {source_of(write_text("a.csv", text[0])), source_of(write_text("b.csv", text[i]))};
        tsl_table_profile *p;
        tsl_table *table;
        tsl_error err;
        assert_int_equal(tsl_table_profile_read(TSL_TRANSACTIONS, from, 2, NULL, NULL, NULL, &p, &table, &err), TSL_OK);
        assert_int_equal(p->column_count, i == 1 ? 3 : 4);
        assert_int_equal(p->refused, i == 2);
        assert_int_equal(p->column[0].role, TSL_ROLE_CUSTOMER);
        assert_true(p->column[0].personal);
        assert_int_equal(p->column[0].distinct, 2);
        assert_int_equal(p->column[2].distinct, i == 1 ? 2 : 1);
        if (i == 1) {
            assert_non_null(strstr(p->finding[0].message, "\"CustomerID\" is taken for \"customer_id\""));
        }
        tsl_table_profile_free(p);
        tsl_table_free(table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_columns_of_one_role), cmocka_unit_test(joins_several_names),
        cmocka_unit_test(joins_ids_of_customers),    cmocka_unit_test(refuses_what_may_differ),
        cmocka_unit_test(reads_what_is_said),        cmocka_unit_test(profiles_one_column),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
