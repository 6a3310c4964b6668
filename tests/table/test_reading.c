/* test_reading.c: what a table under construction refuses of its beginning. */
#include "help.h"

/* Customers beside which no row can be an orphan's. */
static void test_known(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount\na,2020-01-01,5\n");
    reading *next = new_reading(TSL_TRANSACTIONS);
    add_file(next, r->file[0].path);
    next->known = r->table;
    assert_int_equal(run(next), TSL_E_OPTION);
    assert_non_null(strstr(next->err.message, "are no customers, but transactions"));
    free_reading(next);
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_known)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
