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
    for (size_t i = 0; i < r->table->info.notes.count; i++) {
        if (strstr(r->table->info.notes.text[i], part)) {
            return r->table->info.notes.text[i];
        }
    }
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
    assert_string_equal(note_of(r, "age: 4"),
                        "age: 4 of 200 numbers are no age of anybody, such as -1, and are taken as missing");
    assert_string_equal(note_of(r, "age: 2"), "age: 2 of 196 numbers are no ages: 0; they are used as they stand");
    free_reading(r);
    r = read_column("rating", 1, 5, missing, 1, 0); /* the features say what becomes of these */
    assert_string_equal(note_of(r, "rating:"), "");
    free_reading(r);
    r = read_column("spend", 1, 180, far, 0, 1); /* skewed */
    assert_string_equal(note_of(r, "spend:"), "");
    free_reading(r);
}

/* What is certainly no age is missing in a column of ages: beyond 130, below 0. What may be one stays. */
static void test_ages(void **state)
{
    (void)state;
    static const struct {
        const char *name, *ages;
        double value[8];
        int remembered;
    } cases[] = {
        {"age", "-1 999 0 121 130 131 0.5 40 41 42 43 44 45", {NAN, NAN, 0, 121, 130, NAN, 0.5, 40}, 1},
        {"客户年龄", "-1 999 30 31 32 33 34 35", {NAN, NAN, 30, 31, 32, 33, 34, 35}, 1},
        {"age", "20 30 40 50 60 70 80 90", {20, 30, 40, 50, 60, 70, 80, 90}, 1},
        {"age", "-1 999 -2 998 -3 40 41 42", {-1, 999, -2, 998, -3, 40, 41, 42}, 0}, /* most are none */
        {"age", "1 2 3 4 5 6 7 -1", {1, 2, 3, 4, 5, 6, 7, -1}, 0},                   /* no ages in years, perhaps */
        {"points", "-1 999 30 31 32 33 34 35", {-1, 999, 30, 31, 32, 33, 34, 35}, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[300], ages[100];
        int n = snprintf(text, sizeof text, "customer,%s\n", cases[i].name), row = 0;
        snprintf(ages, sizeof ages, "%s", cases[i].ages);
        for (char *age = strtok(ages, " "); age; age = strtok(NULL, " ")) {
            n += snprintf(text + n, sizeof text - (size_t)n, "c%02d,%s\n", row++, age);
        }
        reading *r = read_text(TSL_CUSTOMERS, text);
        const tsl_column *c = tsl_table_get_column(r->table, 1);
        for (size_t k = 0; k < 8; k++) {
            if (isnan(cases[i].value[k]) ? !isnan(c->number[k]) : c->number[k] != cases[i].value[k]) {
                fail_msg("case %zu, row %zu: %g, not %g", i, k, c->number[k], cases[i].value[k]);
            }
        }
        assert_int_equal(strstr(tsl_table_get_reading(r->table), "\"ages\":[") != NULL, cases[i].remembered);
        free_reading(r);
    }
}

/* The next table is read as the first was, whatever it shows by itself. */
static void test_ages_later(void **state)
{
    (void)state;
    for (int known = 0; known < 2; known++) {
        reading *r = new_reading(TSL_CUSTOMERS);
        add_file(r, write_text("next.csv", "customer,age\na,-1\nb,999\nc,40\n"));
        r->opt.like = known ? "{\"table\":\"customers\",\"found_types\":{\"age\":\"number\"},\"ages\":[\"age\"]}"
                            : "{\"table\":\"customers\",\"found_types\":{\"age\":\"number\"}}";
        assert_int_equal(run(r), TSL_OK);
        const tsl_column *c = tsl_table_get_column(r->table, 1);
        assert_int_equal(c->missing, known ? 2 : 0);
        assert_int_equal(isnan(c->number[0]) && isnan(c->number[1]), known);
        assert_true(c->number[2] == 40);
        assert_int_equal(strstr(tsl_table_get_reading(r->table), "\"ages\":[\"age\"]") != NULL, known);
        free_reading(r);
    }
}

static void test_interactions(void **state)
{
    (void)state;
    static char table[10000];
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        int n = snprintf(table, sizeof table, "customer,time,satisfaction\n");
        for (int i = 0; i < 100; i++) {
            n += snprintf(table + n, sizeof table - (size_t)n, "c,2020-01-01,%d\n", i == 50 ? 555 : 1 + i % 5);
        }
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
        cmocka_unit_test(test_notes),      cmocka_unit_test(test_interactions), cmocka_unit_test(test_ages),
        cmocka_unit_test(test_ages_later), cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
