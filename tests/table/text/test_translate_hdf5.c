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
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells_of_a_table), cmocka_unit_test(groups_are_of_hdf5_alone)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
