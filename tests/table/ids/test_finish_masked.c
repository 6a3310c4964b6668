/* test_finish_masked.c: ids of which a part is hidden. */
#include "help.h"

static const tsl_table_finding *find_weak(const reading *r)
{
    const tsl_table_finding *found = NULL;
    for (size_t i = 0; tsl_table_get_finding(r->table, i); i++) {
        const tsl_table_finding *f = tsl_table_get_finding(r->table, i);
        found = f->kind == TSL_FINDING_WEAK_IDS && strstr(f->message, "hide a part") ? f : found;
    }
    return found;
}

static void test_found(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "customer,date,amount\n小**0,2024-01-01,1\n小**1,2024-01-02,2\n"
                                             "小**0,2024-01-03,3\nann,2024-01-04,4\n");
    const tsl_table_finding *f = find_weak(r);
    assert_non_null(f);
    assert_int_equal(f->count, 2);
    assert_non_null(strstr(f->message, "customer: 2 of 3 ids hide a part, such as "));
    assert_non_null(strstr(f->message, "\"小**0\" ("));
    assert_non_null(strstr(f->message, "; --customer names another column"));
    assert_non_null(f->example[0].file);
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "customer,date,amount\n小**0,2024-01-01,1\nbob,2024-01-02,2\n"); /* half of them */
    assert_null(find_weak(r));
    free_reading(r);
    r = read_text(TSL_CUSTOMERS, "customer,age\n138****0000,30\n138****0001,40\n");
    assert_non_null(find_weak(r));
    free_reading(r);
}

/* One that hides nothing goes before, though it be a name; what may be an order's id does not. */
static void test_preferred(void **state)
{
    (void)state;
    reading *r = read_text(TSL_TRANSACTIONS, "买家手机号,买家昵称,date,amount\n138****0000,ann,2024-01-01,1\n"
                                             "138****0000,bob,2024-01-02,2\n");
    assert_string_equal(column(r, TSL_ROLE_CUSTOMER)->name, "买家昵称");
    assert_null(find_weak(r));
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "买家手机号,买家昵称,date,amount\n13800000000,ann,2024-01-01,1\n"
                                    "13800000001,bob,2024-01-02,2\n");
    assert_string_equal(column(r, TSL_ROLE_CUSTOMER)->name, "买家手机号");
    free_reading(r);
    r = read_text(TSL_TRANSACTIONS, "id,买家昵称,date,amount\n1,a**n,2024-01-01,1\n2,b**b,2024-01-02,2\n");
    assert_string_equal(column(r, TSL_ROLE_CUSTOMER)->name, "买家昵称");
    assert_non_null(find_weak(r));
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS); /* as it is said, with the other one named */
    add_file(r,
             write_text("table.csv", "买家手机号,买家会员名,收货人,date,amount\n138****0000,ann,小**0,2024-01-01,1\n"));
    map_role(r, TSL_ROLE_CUSTOMER, "买家手机号");
    assert_int_equal(run(r), TSL_OK);
    assert_non_null(find_weak(r));
    assert_non_null(strstr(find_weak(r)->message, "; it may be \"买家会员名\" ("));
    assert_null(strstr(find_weak(r)->message, "收货人"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_preferred),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
