/* test_odd_values.c: numbers that can hardly be meant are noted with their count, and others are not. */
#include "table/schema/odd_values.h"

#include "help.h"

/* 200 customers: column `name` holds 1 + i % turn, and each of the odd values once a hundred rows. */
static reading *read_column(const char *name, int low, int turn, const double *odd, int odds, int scale)
{
    static char table[10000];
    int n = snprintf(table, sizeof table, "customer,%s,y\n", name);
    for (int i = 0; i < 200; i++) {
        const int is_odd = i % 100 >= 7 && i % 100 < 7 + odds;
        const double value = is_odd ? odd[i % 100 - 7] : low + i * 7 % turn;
        n += snprintf(table + n, sizeof table - (size_t)n, "c%03d,%g,%d\n", i, scale ? value * value : value,
                      i * 7 % 11);
    }
    return read_text(TSL_CUSTOMERS, table);
}

static const char *note_of(const reading *r, const char *part)
{
    for (size_t i = 0; i < r->table->info.notes.count; i++)
        if (strstr(r->table->info.notes.text[i], part))
            return r->table->info.notes.text[i];
    return "";
}

static void test_notes(void **state)
{
    (void)state;
    static const double far[] = {589314}, ages[] = {-1, 0, 999}, missing[] = {999};
    reading *r = read_column("satisfaction_score", 1, 5, far, 1, 0);
    assert_string_equal(note_of(r, "satisfaction"),
                        "satisfaction_score: 2 of 200 numbers are 589314, where all others are "
                        "1 to 5; they are used as they stand");
    free_reading(r);
    r = read_column("rating", 1, 5, far, 1, 0);
    assert_string_equal(note_of(r, "rating"),
                        "rating: 2 of 200 numbers are 589314, where all others are 1 to 5; they are "
                        "used as they stand");
    free_reading(r);
    r = read_column("age", 18, 60, ages, 3, 0);
    assert_string_equal(note_of(r, "age"),
                        "age: 6 of 200 numbers are no ages: such as 999; they are used as they stand");
    free_reading(r);
    r = read_column("rating", 1, 5, missing, 1, 0); /* the features say what becomes of these */
    assert_string_equal(note_of(r, "rating:"), "");
    free_reading(r);
    r = read_column("spend", 1, 180, far, 0, 1); /* skewed */
    assert_string_equal(note_of(r, "spend:"), "");
    free_reading(r);
}

static void test_interactions(void **state)
{
    (void)state;
    static char table[10000];
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        int n = snprintf(table, sizeof table, "customer,time,satisfaction\n");
        for (int i = 0; i < 100; i++)
            n += snprintf(table + n, sizeof table - (size_t)n, "c,2020-01-01,%d\n", i == 50 ? 555 : 1 + i % 5);
        reading *r = new_reading(TSL_INTERACTIONS);
        r->opt.by_customer = by_customer;
        add_file(r, write_text("table.csv", table));
        assert_int_equal(run(r), TSL_OK);
        assert_string_equal(note_of(r, "satisfaction"),
                            "satisfaction: 1 of 100 numbers is 555, where all others are 1 to "
                            "5; they are used as they stand");
        free_reading(r);
    }
}

static void test_names(void **state)
{
    (void)state;
    assert_int_equal(tsl__odd_find("Age"), TSL__ODD_AGES);
    assert_int_equal(tsl__odd_find("customer_age"), TSL__ODD_AGES);
    assert_int_equal(tsl__odd_find("年龄（岁）"), TSL__ODD_AGES);
    assert_int_equal(tsl__odd_find("account_age"), TSL__ODD_AMOUNTS);
    assert_int_equal(tsl__odd_find("page"), TSL__ODD_AMOUNTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notes),
        cmocka_unit_test(test_interactions),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
