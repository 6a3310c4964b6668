/* test_finish_kinds.c: a column of kinds of which none is known is told of, with its most frequent ones. */
#include "help.h"

static reading *of_kinds(const char *const *kinds, int by_customer)
{
    char text[2000] = "customer,date,event_type\n";
    for (size_t i = 0; kinds[i]; i++) {
        sprintf(text + strlen(text), "c%d,2024-01-%02d,%s\n", (int)i % 3, (int)i + 1, kinds[i]);
    }
    reading *r = new_reading(TSL_INTERACTIONS);
    add_file(r, write_text("visits.csv", text));
    r->opt.by_customer = by_customer;
    if (run(r) != TSL_OK) {
        fail_msg("%s", r->err.message);
    }
    return r;
}

#define KINDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_unknown_kinds(void **state)
{
    (void)state;
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        reading *r = of_kinds(KINDS("scroll", "it's", "scroll", "", "wishlist", "share"), by_customer);
        assert_true(
            has_line(&r->table->info.notes,
                     "event_type: no kind is known for a visit, a contact with the service or a complaint "
                     "(\"scroll\" in 2 rows, \"it's\" in 1 row, \"share\" in 1 row, ...): visits, service_contacts "
                     "and complaints are missing; a line of features.lines counts what you name (level: "
                     "interactions, aggregate: count, filter: event_type = 'scroll')"));
        const tsl_table_finding *f;
        int found = 0;
        for (size_t i = 0; (f = tsl_table_get_finding(r->table, i)); i++) {
            found += f->kind == TSL_FINDING_UNKNOWN_KINDS && f->count == 5;
        }
        assert_int_equal(found, 1);
        free_reading(r);
    }
}

/* One that is known will do, and so does no kind at all. */
static void test_known_kinds(void **state)
{
    (void)state;
    const char *const *const cases[] = {KINDS("scroll", "page_view"), KINDS("", "")};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = of_kinds(cases[i], 0);
        assert_false(has_line(&r->table->info.notes, "no kind is known"));
        free_reading(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_unknown_kinds), cmocka_unit_test(test_known_kinds)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
