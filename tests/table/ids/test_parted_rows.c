/* test_parted_rows.c: one customer in two files, each of which has columns that the other lacks. */
#include "../help.h"

static reading *read_both(const char *one, const char *other, const char *more, tsl_status status)
{
    reading *r = new_reading(TSL_CUSTOMERS);
    r->opt.max_rejects = 1;
    add_file(r, write_text("one.csv", one));
    add_file(r, write_text("two.csv", other));
    if (more) {
        add_file(r, write_text("three.csv", more));
    }
    if (run(r) != status) {
        fail_msg("%s", r->err.message);
    }
    return r;
}

static void refuses_parts_of_one_row(void **state)
{
    (void)state;
    static const struct {
        const char *text[3], *message;
    } cases[] = {
        {{"id,age,city\na,30,Rome\nb,40,Bonn\n", "id,income\nb,5\na,6\n"},
         "2 customers stand in several files whose columns differ"},
        {{"id,age,city\na,30,Rome\nb,40,Bonn\n", "customer_id,page_views\nb,5\nc,6\n"},
         "1 customer stands in several files whose columns differ"},
        /* a column that was added, beside the same cells */
        {{"id,age\na,30\nb,40\n", "id,age,city\na,30,Rome\nc,50,Bonn\n"},
         "one.csv:2 and %two.csv:2: only %two.csv has \"city\"; take one"},
        /* what is wrong of another customer does not hide it */
        {{"id,age\na,30\nb,40\n", "id,age,city\nb,41,Rome\na,30,Bonn\n"}, "1 customer stands"},
        {{"id,age\na,30\n", "id,v,w,x,y\nb,1,2,3,4\n", "id,v,w,x,y\na,1,2,3,4\n"},
         "only %three.csv has \"v\", \"w\", \"x\" and 1 more; take one"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = read_both(cases[i].text[0], cases[i].text[1], cases[i].text[2], TSL_E_INPUT);
        char wanted[800] = "";
        for (const char *c = cases[i].message; *c; c++) { /* % is the folder */
            snprintf(wanted + strlen(wanted), sizeof wanted - strlen(wanted), *c == '%' ? "%s/" : "%.1s",
                     *c == '%' ? folder : c);
        }
        if (!strstr(r->err.message, wanted) || !strstr(r->err.message, "customers.lookups")) {
            fail_msg("%s", r->err.message);
        }
        free_reading(r);
    }
}

/* Rows that do contradict each other, or repeat, are rejected as ever. */
static void rejects_what_contradicts(void **state)
{
    (void)state;
    static const struct {
        const char *text[2];
        tsl_reject_kind kind;
        size_t rejected;
    } cases[] = {
        {{"id,age\na,30\nb,40\n", "id,age,city\na,31,Rome\nc,50,Bonn\n"}, TSL_REJECT_CONFLICT, 2},
        {{"id,age\na,30\nb,40\n", "id,age,city\na,30,\nc,50,Bonn\n"}, TSL_REJECT_DUPLICATE, 1},
        {{"id,age\na,30\nb,40\n", "id,age\na,30\nc,50\n"}, TSL_REJECT_DUPLICATE, 1},
        {{"id,age\na,30\na,40\n", "id,age,city\nb,31,Rome\nc,50,Bonn\n"}, TSL_REJECT_CONFLICT, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = read_both(cases[i].text[0], cases[i].text[1], NULL, TSL_OK);
        assert_int_equal(tsl_table_get_rejected(r->table, cases[i].kind), cases[i].rejected);
        free_reading(r);
    }
}

/* The way out that is told. */
static void looks_the_other_file_up(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("one.csv", "id,age\na,30\nb,40\n"));
    r->lookup[r->opt.lookup_count++] =
        (tsl_lookup){source_of(write_text("two.csv", "customer_id,income\nb,5\na,6\n")), "id", "customer_id"};
    assert_int_equal(run(r), TSL_OK);
    assert_non_null(named(r, "income"));
    assert_true(named(r, "income")->number[0] == 6);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_parts_of_one_row),
        cmocka_unit_test(rejects_what_contradicts),
        cmocka_unit_test(looks_the_other_file_up),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
