/* test_memory.c: the n-th allocation fails, for every n: an error, no crash, no leak. */
#include "failing.h"
#include "help.h"

static tsl_status read_table(void *user, tsl_error *err)
{
    tsl_table *table;
    tsl_status st = tsl_table_read(user, &table, err);
    assert_int_equal(st == TSL_OK, table != NULL);
    tsl_table_free(table);
    return st;
}

static tsl_status read_plain(void *user, tsl_error *err)
{
    tsl_data *data;
    tsl_status st = tsl_data_read(user, &data, err);
    assert_int_equal(st == TSL_OK, data != NULL);
    tsl_data_free(data);
    return st;
}

static void test_transactions(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "CustomerID,InvoiceNo,InvoiceDate,Qty,ProductKey,\"x \"\"y\"\"\"\n"
                                    "a,1,3/4/2020,2,P,z\nb,2,12/31/2020,x,P,\"q\"\"q\"\nc,3,1/1/2021,2,R,u\n"
                                    "c,3,1/1/2020,2,,u\n,3,1/1/2020,2,,u\nd,4\n"));
    r->lookup[0] = (tsl_lookup){
        write_text("p.csv", "ProductKey,ProductPrice,Product Cost,Category\nP,1.5,1,c\nQ,2,1,d\n"), "ProductKey", NULL};
    r->opt.lookup_count = 1;
    r->opt.max_rejects = 1;
    r->opt.rejects = NULL;
    assert_int_equal(tsl_day_read("2020-04-01", &r->opt.as_of, NULL), TSL_OK);
    sweep_failures(read_table, &r->opt, 20);
    free_reading(r);
}

static void test_customers(void **state)
{
    (void)state;
    const char *const levels[] = {"low", "mid", "high"};
    const tsl_column_rule rule = {
        .name = "level", .type = TSL_TYPE_ORDINAL, .group = TSL_GROUP_AUTO, .levels = levels, .level_count = 3};
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", "id,age,City,BirthDate,email,flag,level,sat\na,1,Rome,3/4/1980,x@y,Y,low,3\n"
                                    "b,2,Bonn,30/4/1980,y@y,N,high,4\nb,2,Bonn,30/4/1980,y@y,N,high,4\n"
                                    "c,2,Bonn,30/4/1980,y@y,N,high,4\nc,2,Bonn,30/4/1981,y@y,N,high,4\n"
                                    "d,x,Bonn,30/4/1981,q@y,N,mid,9\n"));
    map_role(r, TSL_ROLE_SATISFACTION, "sat * 2");
    r->opt.rules = &rule;
    r->opt.rule_count = 1;
    r->opt.max_rejects = 1;
    r->opt.rejects = NULL;
    sweep_failures(read_table, &r->opt, 20);
    free_reading(r);
}

static void test_data(void **state)
{
    (void)state;
    const char *const ignore[] = {"kind"};
    tsl_data_options opt = tsl_data_defaults(write_text("d.csv", "name,x,y,kind\na,1,2,u\nb,3,4,v\n"));
    opt.id = "name";
    opt.ignore = ignore;
    opt.ignore_count = 1;
    sweep_failures(read_plain, &opt, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transactions),
        cmocka_unit_test(test_customers),
        cmocka_unit_test(test_data),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
