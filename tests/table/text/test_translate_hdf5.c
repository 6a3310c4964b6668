/* test_translate_hdf5.c: src/table/text/translate_hdf5.c: tables of HDF5 files, cell by cell. */
#include "help.h"

#include <hdf5.h>

#define ROWS 4
#define WIDTH 6

static void put(hid_t file, const char *name, hid_t type, const void *values)
{
    const hsize_t rows = ROWS;
    hid_t space = H5Screate_simple(1, &rows, NULL);
    hid_t set = H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(set >= 0 && H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    H5Dclose(set);
    H5Sclose(space);
}

/* Customers in texts of one width: the second has a NUL in it, and so has no place; the last is no UTF-8. */
static const char *make_file(void)
{
    static const char ids[ROWS][WIDTH] = {"b\xc3\xbc", "a\0b", "c ", "\xff"};
    const double amounts[ROWS] = {0.1, 1, NAN, 4};
    const char *path = path_of("orders.h5");
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), text = H5Tcopy(H5T_C_S1),
          time = H5Tcreate(H5T_OPAQUE, 8);
    H5Tset_size(text, WIDTH);
    H5Tset_tag(time, "NUMPY:<M8[D]");
    put(file, "customer", text, ids);
    put(file, "income", H5T_NATIVE_DOUBLE, amounts);
    put(file, "since", time, ((const int64_t[]){19723, 19724, INT64_MIN, 19725}));
    H5Tclose(text);
    H5Tclose(time);
    assert_true(H5Fclose(file) >= 0);
    return path;
}

static void cells_of_a_table(void **state)
{
    (void)state;
    tsl_table *table;
    tsl_error err;
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.max_rejects = 1;
    const tsl_source source = {.path = make_file()};
    if (tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, &opt, NULL, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(tsl_table_get_info(table)->used, 2);
    assert_int_equal(tsl_table_get_rejected(table, TSL_REJECT_ENCODING), 2);
    const tsl_column *id = tsl_table_get_column(table, 0), *income = tsl_table_get_column(table, 1),
                     *since = tsl_table_get_column(table, 2);
    assert_string_equal(id->dict[id->code[0]], "b\xc3\xbc");
    assert_string_equal(id->dict[id->code[1]], "c");
    assert_string_equal(income->name, "income");
    assert_true(income->number[0] == 0.1);
    assert_true(isnan(income->number[1]));
    assert_int_equal(since->integer[0], 19723 * 86400LL);
    assert_int_equal(since->integer[1], TSL_MISSING_INT);
    const tsl_file_info *file = tsl_table_get_file(table, 0);
    assert_null(file->encoding);
    assert_int_equal(file->rows, ROWS);
    tsl_table_free(table);
}

static void say_units(hid_t file, const char *set, const char *units)
{
    hid_t space = H5Screate(H5S_SCALAR), type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, strlen(units));
    hid_t attribute = H5Acreate_by_name(file, set, "units", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(attribute >= 0 && H5Awrite(attribute, type, units) >= 0);
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
}

/* Orders of customers in doubles or floats, amounts in such units. */
static reading *read_orders(hid_t type, const void *ids, const char *units, tsl_status expected)
{
    const double amounts[ROWS] = {150, 250, 1.234, 400};
    const char *path = path_of("orders.h5");
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), time = H5Tcreate(H5T_OPAQUE, 8);
    H5Tset_tag(time, "NUMPY:<M8[D]");
    put(file, "customer", type, ids);
    put(file, "amount", H5T_NATIVE_DOUBLE, amounts);
    put(file, "date", time, ((const int64_t[]){19723, 19724, 19724, 19725}));
    if (units) {
        say_units(file, "amount", units);
    }
    H5Tclose(time);
    assert_true(H5Fclose(file) >= 0);
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, path);
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), expected);
    return r;
}

/* Ids that the type does not keep apart are refused; those that it does are whole numbers. */
static void ids_of_floats(void **state)
{
    (void)state;
    const double doubles[ROWS] = {9007199254740993.0, 9007199254740991.0, 1234567890123456.0, 5};
    const float floats[ROWS] = {16777216.0F, 16777215.0F, 2e7F, 1234567.0F};
    reading *r = read_orders(H5T_NATIVE_DOUBLE, doubles, NULL, TSL_OK);
    assert_int_equal(r->rejects, 1);
    assert_non_null(strstr(r->reject[0].message, "\"9.007199254740992e+15\" is in scientific notation"));
    const tsl_column *id = column(r, TSL_ROLE_CUSTOMER);
    assert_string_equal(text_at(id, 0), "9007199254740991");
    assert_string_equal(text_at(id, 1), "1234567890123456");
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[1], 12340); /* no comma elsewhere makes it 1234 */
    free_reading(r);
    r = read_orders(H5T_NATIVE_FLOAT, floats, NULL, TSL_OK);
    assert_int_equal(r->rejects, 2);
    assert_non_null(strstr(r->reject[0].message, "\"1.6777216e+07\""));
    assert_string_equal(text_at(column(r, TSL_ROLE_CUSTOMER), 0), "16777215");
    free_reading(r);
}

/* The units that the file tells are those of the column's name. */
static void units_of_columns(void **state)
{
    (void)state;
    const double ids[ROWS] = {1, 2, 3, 4};
    reading *r = read_orders(H5T_NATIVE_DOUBLE, ids, "cents", TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], 15000);
    assert_true(has_line(&r->table->info.understood, "amount: amount (cents) (decimal, in cents, divided by 100)"));
    free_reading(r);
    r = read_orders(H5T_NATIVE_DOUBLE, ids, "USD", TSL_OK);
    assert_string_equal(r->table->info.currency, "USD");
    free_reading(r);
    r = read_orders(H5T_NATIVE_DOUBLE, ids, "kg", TSL_E_INPUT);
    assert_non_null(strstr(r->err.message, "which is not money"));
    free_reading(r);
    r = read_orders(H5T_NATIVE_DOUBLE, ids, "ms", TSL_E_INPUT);
    free_reading(r);
    r = read_orders(H5T_NATIVE_DOUBLE, ids, "1", TSL_OK);
    free_reading(r);
}

/* One amount of 1250 under such a name, as a field of records, as a key of JSON Lines, as an array of the caller's, and
 * as a column of CSV. */
static const char *put_record(const char *name)
{
    const hsize_t rows = 1;
    const struct {
        double customer;
        int64_t day;
        double amount;
    } record = {7, 19723, 1250};
    const char *path = path_of("records.h5");
    hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), time = H5Tcreate(H5T_OPAQUE, 8);
    hid_t type = H5Tcreate(H5T_COMPOUND, sizeof record), space = H5Screate_simple(1, &rows, NULL);
    H5Tset_tag(time, "NUMPY:<M8[D]");
    H5Tinsert(type, "customer", 0, H5T_NATIVE_DOUBLE);
    H5Tinsert(type, "date", 8, time);
    H5Tinsert(type, name, 16, H5T_NATIVE_DOUBLE);
    hid_t set = H5Dcreate2(file, "orders", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(set >= 0 && H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &record) >= 0);
    H5Dclose(set);
    H5Tclose(type);
    H5Tclose(time);
    H5Sclose(space);
    assert_true(H5Fclose(file) >= 0);
    return path;
}

static tsl_status build_arrays(reading *r, const char *name)
{
    const double ids[] = {7}, amounts[] = {1250};
    const int32_t days[] = {19723};
    const tsl_array arrays[] = {{.name = "customer", .dtype = TSL_F64, .data = ids},
                                {.name = "date", .dtype = TSL_DAY32, .data = days},
                                {.name = name, .dtype = TSL_F64, .data = amounts}};
    return tsl_table_build(TSL_TRANSACTIONS, arrays, 3, 1, NULL, NULL, &r->opt, NULL, &r->table, &r->err);
}

static void units_in_names_of_fields(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int64_t amount; /* in 1/10000; -1: refused */
    } cases[] = {{"amount_cents", 125000}, {"金额(万元)", 125000000000}, {"amount (kEUR)", 12500000000},
                 {"amount (kg)", -1},      {"amount (ms)", -1},          {"amount", 12500000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2][200];
        snprintf(text[0], sizeof text[0], "customer,date,%s\n7,2024-01-01,1250\n", cases[i].name);
        snprintf(text[1], sizeof text[1], "{\"customer\":7,\"date\":\"2024-01-01\",\"%s\":1250}\n", cases[i].name);
        const char *const paths[] = {write_text("t.csv", text[0]), write_text("t.jsonl", text[1]),
                                     put_record(cases[i].name), NULL};
        for (size_t p = 0; p < sizeof paths / sizeof *paths; p++) {
            reading *r = new_reading(TSL_TRANSACTIONS);
            if (paths[p]) {
                add_file(r, paths[p]);
            }
            const tsl_status status = paths[p] ? run(r) : build_arrays(r, cases[i].name);
            if (status != (cases[i].amount < 0 ? TSL_E_INPUT : TSL_OK)) {
                fail_msg("%s in way %zu: %s", cases[i].name, p, r->err.message);
            }
            if (status == TSL_OK) {
                assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[0], cases[i].amount);
            } else {
                assert_non_null(strstr(r->err.message, "which is not money"));
            }
            free_reading(r);
        }
    }
}

/* Days alone are counted from a day that nobody told. */
static void units_of_times(void **state)
{
    (void)state;
    static const struct {
        const char *units;
        int64_t day;
        tsl_status status;
    } cases[] = {{"days since 1970-01-01", 19723, TSL_OK},
                 {"days", 19723, TSL_E_INPUT},
                 {"d", 45292, TSL_E_INPUT},
                 {"hours", 45292, TSL_E_INPUT},
                 {"ms", 1704067200000, TSL_OK},
                 {"s", 1704067200, TSL_OK},
                 {"s", 1704067200000, TSL_E_INPUT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = path_of("times.h5");
        const int64_t times[ROWS] = {cases[i].day, cases[i].day, cases[i].day, cases[i].day};
        hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
        put(file, "customer", H5T_NATIVE_DOUBLE, ((const double[ROWS]){1, 2, 3, 4}));
        put(file, "amount", H5T_NATIVE_DOUBLE, ((const double[ROWS]){1, 2, 3, 4}));
        put(file, "date", H5T_NATIVE_INT64, times);
        say_units(file, "date", cases[i].units);
        assert_true(H5Fclose(file) >= 0);
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, path);
        const tsl_status status = run(r);
        if (status != cases[i].status) {
            fail_msg("%s: %s", cases[i].units, r->err.message);
        }
        if (status == TSL_OK) {
            assert_int_equal(column(r, TSL_ROLE_TIME)->integer[0], 1704067200);
        } else {
            assert_non_null(strstr(r->err.message, "which tell no day without the one that they are counted from"));
        }
        free_reading(r);
    }
}

static void groups_are_of_hdf5_alone(void **state)
{
    (void)state;
    tsl_table *table;
    tsl_error err;
    char path[500];
    snprintf(path, sizeof path, "%s:/orders", write_text("orders.csv", "customer,income\na,1\n"));
    const tsl_source source = {.path = path};
    assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &source, 1, NULL, NULL, NULL, NULL, &table, &err), TSL_E_NOT_FOUND);
    assert_non_null(strstr(err.message, "orders.csv: is no HDF5 file, so that there is no /orders in it"));
    /* but of bytes the path is a name */
    const tsl_source bytes = {.path = "https://shop/orders.csv", .bytes = "customer,income\na,1\n", .count = 20};
    assert_int_equal(tsl_table_read(TSL_CUSTOMERS, &bytes, 1, NULL, NULL, NULL, NULL, &table, &err), TSL_OK);
    tsl_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_a_table),         cmocka_unit_test(ids_of_floats),
        cmocka_unit_test(units_of_columns),         cmocka_unit_test(units_of_times),
        cmocka_unit_test(units_in_names_of_fields), cmocka_unit_test(groups_are_of_hdf5_alone)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
