/* test_decimal_comma.c: commas that may be decimal commas: told, or refused. */
#include "table/cell/decimal_comma.h"

#include "base/notes.h"
#include "help.h"

/* Cells of one column of one file, until a NULL. Returns the status of the check. */
static tsl_status check_column(const char *const *cell, char delimiter, tsl_notes *notes, tsl_error *err)
{
    tsl__comma comma = {0};
    for (uint64_t row = 1; *cell; cell++, row++) {
        tsl__comma_add(&comma, tsl__span_make(*cell), row, "f.csv", row + 1);
        tsl__comma_add(&comma, tsl__span_make(*cell), row, "f.csv", row + 1); /* counts once */
    }
    tsl__comma_end(&comma, delimiter);
    *notes = (tsl_notes){0};
    return tsl__comma_check(&comma, "x", notes, err);
}

static void test_columns(void **state)
{
    (void)state;
    static const struct {
        const char *cell[5];
        int doubtful;
    } cases[] = {
        {{"47,920", "1,234"}, 1},
        {{"47,920", "5", "-3", "999"}, 1},
        {{"$47,920"}, 1},
        {{"47,920", "1.234"}, 1},               /* a point that may divide thousands */
        {{"47,920", "12,50", "n/a", "a.b"}, 1}, /* what is no number proves nothing */
        {{"47,920", "1,234,567"}, 0},
        {{"47,920", "1,234.50"}, 0},
        {{"12.50", "47,920"}, 0},
        {{"47,920", "0.125"}, 0},
        {{"47,920", "1234.567"}, 0},
        {{"5", "12.50"}, 0},
        {{"12,50", "0,920", "a,b", ""}, 0}, /* refused as cells */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_notes notes;
        tsl_error err;
        if (check_column(cases[i].cell, ',', &notes, &err) != TSL_OK || (int)notes.count != cases[i].doubtful)
            fail_msg("case %zu: %zu notes", i, notes.count);
        tsl__notes_free(&notes);
        if (check_column(cases[i].cell, ';', &notes, &err) != (cases[i].doubtful ? TSL_E_INPUT : TSL_OK))
            fail_msg("case %zu by ;", i);
        assert_int_equal(notes.count, 0);
    }
}

static void test_words(void **state)
{
    (void)state;
    static const char *const one[] = {"5", "47,920", NULL}, *const two[] = {"$47,920", "1,234", NULL};
    tsl_notes notes;
    tsl_error err;
    assert_int_equal(check_column(one, '|', &notes, &err), TSL_OK);
    assert_string_equal(notes.text[0], "x: \"47,920\" (f.csv:3) is read with the comma as a thousands separator");
    tsl__notes_free(&notes);
    assert_int_equal(check_column(two, ',', &notes, &err), TSL_OK);
    assert_string_equal(notes.text[0], "x: 2 numbers such as \"$47,920\" (f.csv:2) are read with the comma as a "
                                       "thousands separator");
    tsl__notes_free(&notes);
    assert_int_equal(check_column(two, ';', &notes, &err), TSL_E_INPUT);
    assert_string_equal(err.message, "f.csv:2: x: \"$47,920\" may be $47920 or $47.920, and no number of the column "
                                     "tells which (2 such in files divided by \";\"); write a decimal point or no "
                                     "comma at all, or divide the columns by commas, beside which a comma in a number "
                                     "divides thousands");
}

static void test_hints(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *hint;
    } cases[] = {
        {"12,50", " (a comma divides thousands only; write 12.50)"},
        {"-0,920 €", " (a comma divides thousands only; write -0.920 €)"},
        {"1.234,5", " (a comma divides thousands only; write 1234.5)"},
        {"1,23,456", " (a comma divides thousands only)"},
        {"12,5o", " (a comma divides thousands only)"},
        {"12.5o", ""},
        {"", ""},
    };
    char hint[TSL__COMMA_HINT_BYTES];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(tsl__comma_hint(tsl__span_make(cases[i].cell), hint), cases[i].hint);
}

static void test_transactions(void **state)
{
    (void)state;
    refuse_text(TSL_TRANSACTIONS, "customer;date;amount\na;2020-01-01;10\nb;2020-01-02;47,920\n", TSL_E_INPUT,
                "table.csv:3: amount: \"47,920\" may be 47920 or 47.920");
    refuse_text(TSL_TRANSACTIONS, "customer;date;quantity;price\na;2020-01-01;2;47,920\n", TSL_E_INPUT,
                "table.csv:2: price: \"47,920\" may be");
    refuse_text(TSL_TRANSACTIONS, "customer;date;amount\na;2020-01-01;12,50\n", TSL_E_INPUT, "write 12.50");
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,\"47,920\"\nb,2020-01-02,\"1,000\"\n");
    assert_int_equal(r->table->info.notes.count, 1);
    assert_true(has_line(&r->table->info.notes, "amount: 2 numbers such as \"47,920\""));
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer;date;amount\na;2020-01-01;47,920\nb;2020-01-02;1,000.50\n");
    assert_int_equal(r->table->info.notes.count, 0);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 47920 * TSL_DECIMAL_ONE);
    free_reading(r);
}

/* A file proves for itself only; a lookup is divided as its own file is. */
static void test_files(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,amount\na,2020-01-01,12.50\n"));
    add_file(r, write_text("2.csv", "customer;date;amount\nb;2020-01-02;47,920\n"));
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "2.csv:2: amount: \"47,920\" may be"));
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("1.csv", "customer,date,sku,quantity\na,2020-01-01,x,2\n"));
    r->lookup[r->opt.lookup_count++] =
        (tsl_lookup){.key = "sku", .source = source_of(write_text("3.csv", "sku;price\nx;47,920\n"))};
    assert_int_equal(run(r), TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "1.csv:2: price: \"47,920\" may be"));
    free_reading(r);
}

static void test_customers(void **state)
{
    (void)state;
    refuse_text(TSL_CUSTOMERS, "customer;income;note\na;10;x, y\nb;47,920;z\nc;7;z\n", TSL_E_INPUT,
                "table.csv:3: income: \"47,920\" may be");
    refuse_text(TSL_CUSTOMERS, "customer;nps\na;1,000\nb;7\n", TSL_E_INPUT, "table.csv:2: nps: \"1,000\" may be");
    reading *r = read_text(TSL_CUSTOMERS, "customer,income\na,10\nb,\"47,920\"\nc,7\n");
    assert_true(has_line(&r->table->info.notes, "income: \"47,920\" ("));
    free_reading(r);
    /* texts that happen to look so are no numbers */
    r = read_text(TSL_CUSTOMERS, "customer;plan\na;1,000\nb;basic\nc;basic\nd;basic\n");
    assert_int_equal(r->table->info.notes.count, 0);
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "customer;x\na;1\nb;2\nc;3\nd;4\ne;5\nf;6\ng;7\nh;8\ni;9\nj;10\nk;12,5\n");
    assert_true(
        has_line(&r->table->info.notes, "taken as missing (\"12,5\") (a comma divides thousands only; write 12.5)"));
    free_reading(r);
}

static void test_data(void **state)
{
    (void)state;
    tsl_data *data;
    tsl_error err;
    tsl_source from = source_of(write_text("d.csv", "x;y\n1;47,920\n2;3\n"));
    assert_int_equal(tsl_data_read(&from, NULL, NULL, &data, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "d.csv:2: y: \"47,920\" may be"));
    from = source_of(write_text("d.csv", "x;y\n1;12,5\n2;3\n"));
    assert_int_equal(tsl_data_read(&from, NULL, NULL, &data, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "write 12.5"));
    from = source_of(write_text("d.csv", "x\ty\n1\t47,920\n2\t3\n"));
    assert_int_equal(tsl_data_read(&from, NULL, NULL, &data, &err), TSL_OK);
    assert_true(has_line(&data->notes, "y: \"47,920\" ("));
    tsl_data_free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns),      cmocka_unit_test(test_words), cmocka_unit_test(test_hints),
        cmocka_unit_test(test_transactions), cmocka_unit_test(test_files), cmocka_unit_test(test_customers),
        cmocka_unit_test(test_data),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
