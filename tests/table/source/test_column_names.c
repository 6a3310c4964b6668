/* test_column_names.c: names of columns made distinct. */
#include "table/source/column_names.h"

#include <time.h>

#include "help.h"

/* The names of headers divided by "|", likewise divided. */
static const char *name_all(const char *headers)
{
    static char out[512];
    tsl__names *names = tsl__names_open();
    assert_non_null(names);
    out[0] = 0;
    for (const char *p = headers;; p++) {
        size_t n = strcspn(p, "|");
        char *name = tsl__names_add(names, (tsl__span){p, n});
        assert_non_null(name);
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", p == headers ? "" : "|", name);
        free(name);
        p += n;
        if (!*p) {
            break;
        }
    }
    tsl__names_free(names);
    return out;
}

static void test_distinct(void **state)
{
    (void)state;
    assert_string_equal(name_all("a|b|a|a"), "a|b|a (2)|a (3)");
    assert_string_equal(name_all("a||b|"), "a|c2|b|c4");
    assert_string_equal(name_all("a|a (2)|a|a"), "a|a (2)|a (3)|a (4)");
    assert_string_equal(name_all("a|a|a (2)|a (2)"), "a|a (2)|a (2) (2)|a (2) (3)");
    assert_string_equal(name_all("c2||c2"), "c2|c2 (2)|c2 (3)");
}

/* As many equal names as a million take no more steps than other ones. */
static void test_many(void **state)
{
    (void)state;
    enum { COLUMNS = 1000000 };
    tsl__names *names = tsl__names_open();
    char last[32] = "";
    clock_t start = clock();
    for (int i = 0; i < COLUMNS; i++) {
        char *name = tsl__names_add(names, tsl__span_make("x"));
        assert_non_null(name);
        snprintf(last, sizeof last, "%s", name);
        free(name);
    }
    assert_string_equal(last, "x (1000000)");
    assert_true(clock() - start < 30 * CLOCKS_PER_SEC);
    tsl__names_free(names);
}

/* A file of so many columns, equal ones or not, is opened in a second. */
static void test_wide_files(void **state)
{
    (void)state;
    enum { COLUMNS = 100000 };
    char *text = malloc(64 + COLUMNS * 32), *at;
    assert_non_null(text);
    clock_t start = clock();
    for (int form = 0; form < 2; form++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        for (int file = 0; file < 2; file++) { /* the second one in another order */
            at = text + sprintf(text, file ? "amount,customer,date" : "customer,date,amount");
            for (int i = 0; i < COLUMNS; i++) {
                at += form ? sprintf(at, ",x") : sprintf(at, ",x%d", file ? COLUMNS - i : i);
            }
            at += sprintf(at, file ? "\n1,a,2020-01-01" : "\na,2020-01-01,1");
            for (int i = 0; i < COLUMNS; i++) {
                at += sprintf(at, ",0");
            }
            add_file(r, write_text(file ? "2.csv" : "1.csv", text));
        }
        if (run(r) != TSL_OK) {
            fail_msg("%s", r->err.message);
        }
        assert_int_equal(tsl_table_get_rows(r->table), 2);
        free_reading(r);
    }
    assert_true(clock() - start < 30 * CLOCKS_PER_SEC);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distinct),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_wide_files),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
