/* test_data_columns.c: columns of plain numbers that are left out, and the one that says how often each row counts. */
#include "help.h"
#include "table/data_stream.h"

static tsl_status read_weighted(const char *path, const char *weight, const char *id, tsl_data **out, tsl_error *err)
{
    const tsl_source from = source_of(path);
    tsl_data_options opt;
    TSL_DEFAULTS(data, &opt);
    opt.weight = weight;
    opt.id = id;
    return tsl_data_read(&from, &opt, NULL, out, err);
}

static tsl_data *read_well(const char *path, const char *weight, const char *id)
{
    tsl_data *data;
    tsl_error err;
    if (read_weighted(path, weight, id, &data, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return data;
}

/* The column is taken out, wherever it stands; the numbers are its fields', others counted in. */
static void test_taken_out(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *weight;
    } cases[] = {{"id,w,x,y\na,2,1,10\nb,0,3,30\n", "w"},
                 {"id,x,w,y\na,1,2,10\nb,3,0,30\n", "#3"},
                 {"id,x,y,w\na,1,10,2\nb,3,30,0\n", "W"}}; /* names as everywhere: case does not count */
    for (size_t i = 0; i < 3; i++) {
        tsl_data *data = read_well(write_text("d.csv", cases[i].csv), cases[i].weight, "id");
        assert_int_equal(data->cols, 2);
        assert_string_equal(data->name[0], "x");
        assert_string_equal(data->name[1], "y");
        assert_string_equal(data->weight_name, "w");
        assert_string_equal(data->id[1], "b");
        assert_memory_equal(data->values, ((double[]){1, 10, 3, 30}), 4 * sizeof(double));
        assert_memory_equal(data->weight, ((double[]){2, 0}), 2 * sizeof(double));
        tsl_data_free(data);
    }
    tsl_data *data = read_well(write_text("d.csv", "x,y\n1,2\n"), NULL, NULL);
    assert_null(data->weight);
    assert_null(data->weight_name);
    tsl_data_free(data);
}

/* An array has no names but the places of its columns. */
static void test_array(void **state)
{
    (void)state;
    static const double values[] = {1, 5, 10, 3, 0.5, 30};
    unsigned char file[128 + sizeof values];
    memset(file, ' ', 128);
    memcpy(file, "\x93NUMPY\x01\x00\x76\x00", 10);
    const char *header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";
    memcpy(file + 10, header, strlen(header));
    file[127] = '\n';
    memcpy(file + 128, values, sizeof values);
    const char *path = write_bytes("a.npy", file, sizeof file), *const names[] = {"#2", "c2"};
    for (int i = 0; i < 2; i++) {
        tsl_data *data = read_well(path, names[i], NULL);
        assert_int_equal(data->cols, 2);
        assert_string_equal(data->name[1], "c3");
        assert_memory_equal(data->values, ((double[]){1, 10, 3, 30}), 4 * sizeof(double));
        assert_memory_equal(data->weight, ((double[]){5, 0.5}), 2 * sizeof(double));
        tsl_data_free(data);
    }
    const tsl_source from = source_of(path);
    tsl_data_options opt;
    tsl__data_stream *stream;
    TSL_DEFAULTS(data, &opt);
    opt.weight = "#2";
    assert_int_equal(tsl__data_stream_open(&from, &opt, NULL, &stream, NULL), TSL_OK); /* chunk by chunk, too */
    assert_int_equal(tsl__data_stream_get_cols(stream), 2);
    tsl__data_stream_free(stream);
    tsl_data *data;
    tsl_error err;
    static const char *const out[] = {"c3", "#3", "c1"};
    for (size_t weighted = 0; weighted < 2; weighted++) { /* columns keep the names of their places */
        opt.weight = weighted ? "#2" : NULL;
        opt.ignore = out + weighted;
        opt.ignore_count = 2 - weighted;
        assert_int_equal(tsl_data_read(&from, &opt, NULL, &data, &err), TSL_OK);
        assert_int_equal(data->cols, 2 - weighted);
        assert_string_equal(data->name[0], "c1");
        assert_memory_equal(data->values, ((double[][4]){{1, 5, 3, 0.5}, {1, 3}}[weighted]),
                            data->cols * 2 * sizeof(double));
        tsl_data_free(data);
    }
    opt.ignore = out;
    opt.ignore_count = 3;
    assert_int_equal(tsl_data_read(&from, &opt, NULL, &data, &err), TSL_E_INPUT);
    assert_non_null(strstr(err.message, "a.npy: of the columns none is left"));
    opt.weight = "#1";
    assert_int_equal(tsl_data_read(&from, &opt, NULL, &data, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "weight: the column \"#1\" is left out"));
    opt.ignore = (const char *const[]){"d"};
    opt.ignore_count = 1;
    assert_int_equal(tsl_data_read(&from, &opt, NULL, &data, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "a.npy has no column \"d\"; there are #1 to #3"));
    assert_int_equal(read_weighted(path, NULL, "#1", &data, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "no column that names the rows"));
    assert_int_equal(read_weighted(path, "#4", NULL, &data, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "has no column \"#4\"; there are #1 to #3"));
    assert_null(data);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *weight, *message;
        tsl_status status;
    } cases[] = {
        {"x,w\n1,2\n3,-1.5\n", "w", "d.csv: row 2: the weight (w) is -1.5; expected 0 or more", TSL_E_INPUT},
        {"x,w\n1,2\n3,\n", "w", "d.csv:3: w is missing", TSL_E_INPUT},
        {"x,w\n1,2\n3,inf\n", "w", "d.csv:3: w: \"inf\" is not a finite number", TSL_E_INPUT},
        {"x,w\n1,0\n3,0\n", "w", "d.csv: the weight (w) is 0 in every row", TSL_E_INPUT},
        {"w\n1\n2\n", "w", "of the columns none is left", TSL_E_INPUT},
        {"x,weight\n1,2\n", "wieght", "did you mean \"weight\"?", TSL_E_OPTION},
        {"x,w\n1,2\n", "#3", "has no column \"#3\"", TSL_E_OPTION},
    };
    tsl_data *data;
    tsl_error err;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_status seen = read_weighted(write_text("d.csv", cases[i].csv), cases[i].weight, NULL, &data, &err);
        if (seen != cases[i].status || !strstr(err.message, cases[i].message)) {
            fail_msg("%s, not \"%s\"", err.message, cases[i].message);
        }
        assert_null(data);
    }
    assert_int_equal(read_weighted(write_text("d.csv", "x,w\n1,2\n"), "w", "w", &data, &err), TSL_E_OPTION);
    assert_non_null(strstr(err.message, "is left out, or names the rows"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_taken_out), cmocka_unit_test(test_array),
                                       cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
