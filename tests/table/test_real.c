/* test_real.c: the bundled real tables, to the row and to the 1/10000. */
#include "help.h"

#define DATASETS TESELA_SOURCE_DIR "/datasets/"

static int64_t sum(const tsl_column *c, size_t rows)
{
    int64_t total = 0;
    for (size_t row = 0; row < rows; row++) {
        total += c->integer[row] == TSL_MISSING_INT ? 0 : c->integer[row];
    }
    return total;
}

static void test_online_retail(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, DATASETS "online-retail/online_retail_lines.csv.xz");
    assert_int_equal(run(r), TSL_OK);
    const tsl_table_info *info = &r->table->info;
    assert_int_equal(info->read, 541909);
    assert_int_equal(r->table->rejected_by[TSL_REJECT_NO_CUSTOMER], 135080);
    assert_int_equal(info->used, 406829);
    assert_int_equal(column(r, TSL_ROLE_CUSTOMER)->dict_count, 4372);
    assert_int_equal(column(r, TSL_ROLE_ORDER)->dict_count, 22190);
    assert_int_equal(sum(column(r, TSL_ROLE_AMOUNT), r->table->rows), INT64_C(83000658140));
    int64_t positive = 0;
    for (size_t row = 0; row < r->table->rows; row++) {
        int64_t amount = column(r, TSL_ROLE_AMOUNT)->integer[row];
        positive += amount > 0 ? amount : 0;
    }
    assert_int_equal(positive, INT64_C(89114079040));
    char first[11], last[11];
    tsl_day_write((int32_t)(info->first_time / 86400), first);
    tsl_day_write((int32_t)(info->last_time / 86400), last);
    assert_string_equal(first, "2010-12-01");
    assert_string_equal(last, "2011-12-09");
    assert_string_equal(r->table->file[0].compression, "xz");
    assert_int_equal(r->table->file[0].bytes_text, 47100511);
    free_reading(r);
}

static void test_adventureworks_sales(void **state)
{
    (void)state;
    reading *customers = new_reading(TSL_CUSTOMERS), *r = new_reading(TSL_TRANSACTIONS);
    add_file(customers, DATASETS "adventureworks/AdventureWorks_Customers.csv");
    assert_int_equal(run(customers), TSL_OK);
    add_file(r, DATASETS "adventureworks/AdventureWorks_Sales_2019.csv");
    add_file(r, DATASETS "adventureworks/AdventureWorks_Sales_2017.csv");
    add_file(r, DATASETS "adventureworks/AdventureWorks_Sales_2018.csv");
    r->lookup[0] = (tsl_lookup){source_of(DATASETS "adventureworks/AdventureWorks_Products.csv"), "ProductKey", NULL};
    r->opt.lookup_count = 1;
    r->known = customers->table;
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 56046);
    assert_int_equal(r->table->info.orphans, 0);
    assert_int_equal(column(r, TSL_ROLE_CUSTOMER)->dict_count, 17411);
    assert_int_equal(column(r, TSL_ROLE_ORDER)->dict_count, 25162);
    assert_int_equal(sum(column(r, TSL_ROLE_AMOUNT), r->table->rows), INT64_C(249145868193));
    assert_int_equal(sum(column(r, TSL_ROLE_COST), r->table->rows), INT64_C(144568713851));
    assert_int_equal(r->table->info.time_of_day, 0);
    free_reading(r);
    free_reading(customers);
}

static void test_adventureworks_customers(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, DATASETS "adventureworks/AdventureWorks_Customers.csv");
    assert_int_equal(run(r), TSL_OK);
    static const struct {
        const char *name;
        tsl_column_type type;
        size_t missing, values;
    } expected[] = {
        {"BirthDate", TSL_TYPE_BIRTH, 0, 0},      {"MaritalStatus", TSL_TYPE_CATEGORY, 0, 2},
        {"Gender", TSL_TYPE_CATEGORY, 130, 2},    {"AnnualIncome", TSL_TYPE_NUMBER, 0, 0},
        {"TotalChildren", TSL_TYPE_NUMBER, 0, 0}, {"EducationLevel", TSL_TYPE_CATEGORY, 0, 5},
        {"Occupation", TSL_TYPE_CATEGORY, 0, 5},  {"HomeOwner", TSL_TYPE_BOOLEAN, 0, 0},
    };
    assert_int_equal(r->table->rows, 18148);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const tsl_column *c = named(r, expected[i].name);
        assert_non_null(c);
        assert_int_equal(c->type, expected[i].type);
        assert_int_equal(c->missing, expected[i].missing);
        assert_int_equal(c->dict_count, expected[i].values);
    }
    assert_string_equal(r->table->column[0].dict[0], "11000");
    assert_true(named(r, "AnnualIncome")->number[0] == 90000);
    assert_null(named(r, "EmailAddress"));
    assert_null(named(r, "FirstName"));
    assert_true(r->table->file[0].bom);
    free_reading(r);
}

static void test_orders_by_name(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, DATASETS "rfm/rfm_data_orders.csv");
    assert_int_equal(run(r), TSL_OK);
    assert_int_equal(r->table->rows, 4906);
    assert_int_equal(column(r, TSL_ROLE_CUSTOMER)->dict_count, 995);
    assert_int_equal(sum(column(r, TSL_ROLE_AMOUNT), r->table->rows), INT64_C(4641580000));
    free_reading(r);
}

static void test_quality_sets(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        size_t rows, cols;
    } sets[] = {
        {DATASETS "quality/iris.csv", 150, 4},
        {DATASETS "quality/wine.csv", 178, 13},
        {DATASETS "quality/wdbc.csv", 569, 30},
    };
    const char *const ignore[] = {"class"};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        const tsl_source from = source_of(sets[i].path);
        tsl_data_options opt;
        tsl_data *data;
        tsl_error err;
        TSL_DEFAULTS(data, &opt);
        opt.ignore = ignore;
        opt.ignore_count = 1;
        if (tsl_data_read(&from, &opt, NULL, &data, &err) != TSL_OK) {
            fail_msg("%s", err.message);
        }
        assert_int_equal(data->rows, sets[i].rows);
        assert_int_equal(data->cols, sets[i].cols);
        tsl_data_free(data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_online_retail),
        cmocka_unit_test(test_adventureworks_sales),
        cmocka_unit_test(test_adventureworks_customers),
        cmocka_unit_test(test_orders_by_name),
        cmocka_unit_test(test_quality_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
