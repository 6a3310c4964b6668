/* test_partition.c: labels of any kind, their columns, ids and order. */
#include "table/help.h"

static tsl_partition *take(const char *path, const char *column, const char *id)
{
    tsl_partition *p;
    tsl_partition_options opt;
    tsl_error err = {0};
    TSL_DEFAULTS(partition, &opt);
    opt.column = column;
    opt.id = id;
    if (tsl_partition_read(&(tsl_source){.path = path}, &opt, NULL, &p, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return p;
}

static void check(tsl_partition *p, const char *column, const char *id, const char *const *name, int k,
                  const int32_t *label, size_t rows)
{
    assert_string_equal(p->column, column);
    assert_true(id ? strcmp(p->id_column, id) == 0 : !p->id_column);
    assert_int_equal(p->k, k);
    assert_int_equal(p->rows, rows);
    for (int i = 0; i < k; i++) {
        assert_string_equal(p->name[i], name[i]);
    }
    assert_memory_equal(p->label, label, rows * sizeof *label);
    tsl_partition_free(p);
}

/* Numbers by their value, texts by their bytes. */
static void test_order(void **state)
{
    (void)state;
    check(take(write_text("a.csv", "label\n10\n9\n-1\n9\n"), NULL, NULL), "label", NULL,
          (const char *[]){"-1", "9", "10"}, 3, (int32_t[]){2, 1, 0, 1}, 4);
    check(take(write_text("b.csv", "label\n10\n9\nx\n9\n"), NULL, NULL), "label", NULL,
          (const char *[]){"10", "9", "x"}, 3, (int32_t[]){0, 1, 2, 1}, 4);
    tsl_partition *p = take(write_text("c.csv", "label,v\n金,1\n,2\nNA,3\n\"a, b\",4\n"), NULL, NULL);
    assert_int_equal(p->unlabelled, 2);
    check(p, "label", NULL, (const char *[]){"a, b", "金"}, 2, (int32_t[]){1, -1, -1, 0}, 4);
    check(take(write_text("d.csv", "3\n1\n3\n"), NULL, NULL), "c1", NULL, (const char *[]){"1", "3"}, 2,
          (int32_t[]){1, 0, 1}, 3);
}

static void test_columns(void **state)
{
    (void)state;
    const char *const ab[] = {"a", "b"};
    const int32_t label[] = {0, 1};
    check(take(write_text("a.csv", "Customer_ID,group\n7,a\n8,b\n"), NULL, NULL), "group", "Customer_ID", ab, 2, label,
          2);
    check(take(write_text("b.csv", "x,Cluster,y\n1,a,2\n2,b,3\n"), NULL, NULL), "Cluster", NULL, ab, 2, label, 2);
    check(take(write_text("c.csv", "x,cluster,y\n1,c,a\n2,c,b\n"), "y", NULL), "y", NULL, ab, 2, label, 2);
    check(take(path_of("c.csv"), "#3", NULL), "y", NULL, ab, 2, label, 2);
    check(take(path_of("c.csv"), "y", "x"), "y", "x", ab, 2, label, 2);
    check(take(path_of("c.csv"), "y", "who"), "y", NULL, ab, 2, label, 2); /* the data's name for ids */
    tsl_partition *p = take(write_text("d.csv", "id,segment,segment_name\nq,a,A\np,b,B\n"), NULL, NULL);
    assert_string_equal(p->id[0], "q");
    check(p, "segment", "id", ab, 2, label, 2);
}

static void test_encoding(void **state)
{
    (void)state;
    write_text("p.csv", "label\n\xC4\xD0\n\xC5\xAE\n");
    tsl_partition_options opt;
    tsl_partition *p;
    tsl_error err;
    TSL_DEFAULTS(partition, &opt);
    assert_int_equal(tsl_partition_read(&(tsl_source){.path = path_of("p.csv")}, &opt, NULL, &p, &err), TSL_OK);
    check(p, "label", NULL, (const char *[]){"女", "男"}, 2, (int32_t[]){1, 0}, 2);
    opt.encoding = TSL_ENCODING_WINDOWS1252;
    assert_int_equal(tsl_partition_read(&(tsl_source){.path = path_of("p.csv")}, &opt, NULL, &p, &err), TSL_OK);
    check(p, "label", NULL, (const char *[]){"ÄÐ", "Å®"}, 2, (int32_t[]){0, 1}, 2);
    opt.encoding = (tsl_encoding)-1;
    assert_int_equal(tsl_partition_check(&opt, &err), TSL_E_OPTION);
}

static void write_npy(const char *name, const char *header, const void *data, size_t bytes)
{
    unsigned char file[512] = "\x93NUMPY\x01\x00";
    const size_t length = strlen(header);
    file[8] = (unsigned char)length;
    memcpy(file + 10, header, length);
    memcpy(file + 10 + length, data, bytes);
    write_bytes(name, file, 10 + length + bytes);
}

static void test_arrays(void **state)
{
    (void)state;
    const int64_t ints[] = {3, -1, 3, 20};
    const double floats[] = {0.5, 1, NAN, 1};
    write_npy("a.npy", "{'descr': '<i8', 'fortran_order': False, 'shape': (4,), }\n", ints, sizeof ints);
    check(take(path_of("a.npy"), NULL, NULL), "c1", NULL, (const char *[]){"-1", "3", "20"}, 3, (int32_t[]){1, 0, 1, 2},
          4);
    write_npy("b.npy", "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }\n", floats, sizeof floats);
    check(take(path_of("b.npy"), "#2", NULL), "c2", NULL, (const char *[]){"1"}, 1, (int32_t[]){0, 0}, 2);
    tsl_partition *p = take(path_of("b.npy"), "c1", NULL);
    assert_int_equal(p->unlabelled, 1);
    check(p, "c1", NULL, (const char *[]){"0.5"}, 1, (int32_t[]){0, -1}, 2);
    tsl_data *data; /* a matrix has two dimensions still */
    tsl_error err;
    assert_int_equal(tsl_data_read(&(tsl_source){.path = path_of("a.npy")}, NULL, NULL, &data, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "two-dimensional"));
}

static void refuse(const char *path, const char *column, tsl_status status, const char *message)
{
    tsl_partition *p = (tsl_partition *)&p;
    tsl_partition_options opt;
    tsl_error err;
    TSL_DEFAULTS(partition, &opt);
    opt.column = column;
    assert_int_equal(tsl_partition_read(&(tsl_source){.path = path}, &opt, NULL, &p, &err), status);
    assert_null(p);
    if (!strstr(err.message, message)) {
        fail_msg("\"%s\" does not hold \"%s\"", err.message, message);
    }
}

static void test_refusals(void **state)
{
    (void)state;
    refuse(write_text("a.csv", "x,y\n1,2\n"), NULL, TSL_E_OPTION, "which column holds the labels is not said");
    refuse(path_of("a.csv"), "z", TSL_E_OPTION, "has no column \"z\"; the columns are: x, y");
    refuse(write_text("b.csv", "id,label\n,2\n"), NULL, TSL_E_INPUT, "b.csv:2: id is missing");
    refuse(write_text("c.csv", "id,label\n1,\"2\n3,4\n5,6\n"), NULL, TSL_E_INPUT,
           "c.csv:2: the row is malformed: a quote opens that the line does not close");
    refuse(write_text("c.csv", "id,label\n1,2,3\n"), NULL, TSL_E_INPUT, "c.csv:2: 3 fields instead of 2");
    refuse(write_text("d.csv", "id,label\n"), NULL, TSL_E_INPUT, "");
    refuse(path_of("none.csv"), NULL, TSL_E_NOT_FOUND, "none.csv");
    const double two[] = {1, 2};
    write_npy("e.npy", "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }\n", two, sizeof two);
    refuse(path_of("e.npy"), NULL, TSL_E_OPTION, "has the columns #1 to #2");
    refuse(path_of("e.npy"), "#3", TSL_E_OPTION, "has the columns #1 to #2");
    tsl_partition_options opt;
    tsl_error err;
    TSL_DEFAULTS(partition, &opt);
    opt.delimiter = 'x';
    assert_int_equal(tsl_partition_check(&opt, &err), TSL_E_OPTION);
    tsl_partition_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_columns),
                                       cmocka_unit_test(test_arrays), cmocka_unit_test(test_encoding),
                                       cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
