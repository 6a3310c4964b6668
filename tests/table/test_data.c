/* test_data.c: plain numbers from CSV, NumPy and HDF5 files. */
#include "help.h"
#include "store/array_store.h"

static tsl_data_options plain_options(void)
{
    tsl_data_options opt;
    TSL_DEFAULTS(data, &opt);
    return opt;
}

static tsl_data *read_data(const char *path, const tsl_data_options *opt)
{
    const tsl_source from = source_of(path);
    tsl_data *data;
    tsl_error err;
    if (tsl_data_read(&from, opt, NULL, &data, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return data;
}

static void refuse(const char *path, tsl_data_options opt, tsl_status status, const char *message)
{
    const tsl_source from = source_of(path);
    tsl_data *data;
    tsl_error err;
    tsl_status seen = tsl_data_read(&from, &opt, NULL, &data, &err);
    if (seen != status || err.status != status || !strstr(err.message, message)) {
        fail_msg("%s (%s), not \"%s\"", err.message, tsl_status_get_name(seen), message);
    }
    assert_null(data);
}

static void check_values(const tsl_data *data, size_t rows, size_t cols, const double *values)
{
    assert_int_equal(data->rows, rows);
    assert_int_equal(data->cols, cols);
    for (size_t i = 0; i < rows * cols; i++) {
        assert_true(data->values[i] == values[i]);
    }
}

static void test_csv(void **state)
{
    (void)state;
    tsl_data *data = read_data(write_text("d.csv", "x,y\n1,2.5\n-3e2,0.1\n"), NULL);
    check_values(data, 2, 2, (const double[]){1, 2.5, -300, 0.1});
    assert_string_equal(data->name[1], "y");
    assert_null(data->id);
    assert_int_equal(data->file->rows, 2);
    assert_int_equal(data->file->header, 1);
    assert_int_equal(strlen(data->file->sha256), 64);
    tsl_data_free(data);
    data = read_data(write_text("d.csv", "1;2\n3;4\n"), NULL);
    check_values(data, 2, 2, (const double[]){1, 2, 3, 4});
    assert_string_equal(data->name[0], "c1");
    tsl_data_free(data);
}

static void test_id_and_ignore(void **state)
{
    (void)state;
    const char *const ignore[] = {"label", "#4"};
    tsl_data_options opt = plain_options();
    opt.id = "Name";
    opt.ignore = ignore;
    opt.ignore_count = 2;
    tsl_data *data = read_data(write_text("d.csv", "name,x,label,z,y\nfirst,1,A,q,2\n\"second, too\",3,B,r,4\n"), &opt);
    check_values(data, 2, 2, (const double[]){1, 2, 3, 4});
    assert_string_equal(data->id[1], "second, too");
    assert_string_equal(data->name[1], "y");
    tsl_data_free(data);
}

/* The index of the rows, which a program put in front, is no number of theirs. */
static void test_index(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t cols;
    } cases[] = {
        {",x,y\n0,5,2\n1,5,3\n2,6,1\n", 2},
        {"Unnamed: 0,x,y\n1,5,2\n2,5,3\n3,6,1\n", 2},
        {"序号,x,y\n7,5,2\n8,5,3\n9,6,1\n", 2},
        {"#,x,y\n1,5,2\n2,5,3\n3,6,1\n", 2},
        {"rownames,x,y\n1,5,2\n2,5,3\n3,6,1\n", 2},
        {",x,y\n0,5,2\n2,5,3\n1,6,1\n", 3},       /* not in the order of the rows */
        {",x,y\n0.5,5,2\n1.5,5,3\n2.5,6,1\n", 3}, /* not whole */
        {"n,x,y\n0,5,2\n1,5,3\n2,6,1\n", 3},      /* it has a name of its own */
        {"0,5,2\n1,5,3\n2,6,1\n", 3},             /* no column has a name */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_data *data = read_data(write_text("d.csv", cases[i].text), NULL);
        assert_int_equal(data->cols, cases[i].cols);
        assert_int_equal(data->notes.count, cases[i].cols == 2);
        assert_true(data->values[data->cols - 2] == 5 && data->values[data->cols - 1] == 2);
        tsl_data_free(data);
    }
    tsl_data_options opt = plain_options();
    opt.id = "c1"; /* kept as names; as weights; where nothing else is left */
    tsl_data *data = read_data(write_text("d.csv", cases[0].text), &opt);
    assert_string_equal(data->id[2], "2");
    assert_int_equal(data->notes.count, 0);
    tsl_data_free(data);
    opt.id = NULL;
    opt.weight = "c1";
    data = read_data(write_text("d.csv", cases[0].text), &opt);
    assert_true(data->weight[2] == 2 && data->cols == 2);
    tsl_data_free(data);
    opt.weight = "x";
    data = read_data(write_text("d.csv", ",x\n0,5\n1,5\n2,6\n"), &opt);
    assert_string_equal(data->name[0], "c1");
    tsl_data_free(data);
}

static void test_bad_csv(void **state)
{
    (void)state;
    const char *const ignore[] = {"labl"}, *const beyond[] = {"#3"}, *const all[] = {"#1"};
    tsl_data_options plain = plain_options(), opt = plain;
    refuse(write_text("d.csv", "x,kind\n1,2\n3,B\n"), plain, TSL_E_INPUT,
           "d.csv:3: kind: \"B\" is not a finite number");
    refuse(write_text("d.csv", "x,kind\n1,2\n3,B\n"), plain, TSL_E_INPUT, "--ignore \"kind\"");
    refuse(write_text("d.csv", "x,y\n1,2\n3,\n"), plain, TSL_E_INPUT, "d.csv:3: y is missing");
    refuse(write_text("d.csv", "x,y\n1,2\n3,1e999\n"), plain, TSL_E_INPUT, "is not a finite number");
    refuse(write_text("d.csv", "x,y\n1,\"2\n3,4\n5,6\n"), plain, TSL_E_INPUT,
           "d.csv:2: the row is malformed: a quote opens that the line does not close");
    refuse(write_text("d.csv", "x,y\n1,2\n3\n"), plain, TSL_E_INPUT, "d.csv:3: 1 field instead of 2");
    refuse(write_text("d.csv", "x,y\n"), plain, TSL_E_INPUT, "header only");
    refuse(path_of("none.csv"), plain, TSL_E_NOT_FOUND, "none.csv");
    opt.id = "w";
    refuse(write_text("d.csv", "x,y\n1,2\n"), opt, TSL_E_OPTION, "has no column \"w\"");
    opt = plain;
    opt.ignore = ignore;
    opt.ignore_count = 1;
    refuse(write_text("d.csv", "x,label\n1,2\n"), opt, TSL_E_OPTION, "did you mean \"label\"?");
    opt.ignore = beyond;
    refuse(write_text("d.csv", "x,y\n1,2\n"), opt, TSL_E_OPTION, "\"#3\"");
    opt.ignore = all;
    refuse(write_text("d.csv", "x\n1\n"), opt, TSL_E_INPUT, "no column is left");
}

static int stop(void *user, const tsl_progress_event *event)
{
    (void)user;
    assert_string_equal(event->stage, "data");
    return 1;
}

/* The same numbers in other encodings and forms; what was found is noted, what was said is not. */
static void test_forms(void **state)
{
    (void)state;
    static const double values[] = {1, 2.5, 3, 4};
    tsl_data_options opt = plain_options();
    tsl_data *data = read_data(write_text("d.csv", "l\xE4nge;x\n1;2.5\n3;4\n"), NULL);
    check_values(data, 2, 2, values);
    assert_string_equal(data->name[0], "länge");
    assert_string_equal(data->file->encoding, "windows-1252");
    assert_non_null(strstr(data->notes.text[0], "is read as windows-1252"));
    tsl_data_free(data);
    opt.encoding = TSL_ENCODING_WINDOWS1252;
    data = read_data(path_of("d.csv"), &opt);
    assert_string_equal(data->name[0], "länge");
    assert_int_equal(data->notes.count, 0);
    tsl_data_free(data);
    data = read_data(write_text("d.jsonl", "{\"x\":1,\"y\":2.5}\n{\"y\":4,\"x\":3}\n"), NULL);
    check_values(data, 2, 2, values);
    tsl_data_free(data);
    opt.encoding = (tsl_encoding)TSL_ENCODINGS;
    assert_int_equal(tsl_data_check(&opt, NULL), TSL_E_OPTION);
}

static void test_cancelled(void **state)
{
    (void)state;
    const tsl_source from = source_of(write_text("d.csv", "x,y\n1,2\n"));
    tsl_exec exec;
    tsl_data *data;
    tsl_error err;
    TSL_DEFAULTS(exec, &exec);
    exec.report = stop;
    assert_int_equal(tsl_data_read(&from, NULL, &exec, &data, &err), TSL_E_CANCELLED);
    assert_int_equal(err.status, TSL_E_CANCELLED);
    assert_null(data);
}

/* As scikit-learn ships its sets: counts and class names in front. */
static void test_line_of_counts(void **state)
{
    (void)state;
    tsl_data *data = read_data(write_text("d.csv", "2,2,setosa,virginica\n5.1,3.5,0\n4.9,3.0,1\n"), NULL);
    check_values(data, 2, 3, (const double[]){5.1, 3.5, 0, 4.9, 3.0, 1});
    assert_string_equal(data->name[2], "c3");
    assert_true(has_line(&data->notes, "counts 2 rows of 2 features"));
    tsl_data_free(data);
    refuse(write_text("d.csv", "a,2,b\n1,2,3\n"), plain_options(), TSL_E_INPUT, "\"a\" is not a finite number");
}

/* ---- NumPy ------------------------------------------------------------- */

/* A .npy file: version, header text (padded as NumPy does), then the bytes. */
static const char *write_npy(int version, const char *header, const void *bytes, size_t count)
{
    static unsigned char file[4096];
    size_t length = strlen(header) + 1, at = version == 1 ? 10 : 12, padded = (at + length + 63) / 64 * 64 - at;
    memcpy(file, "\x93NUMPY", 6);
    file[6] = (unsigned char)version;
    file[7] = 0;
    file[8] = (unsigned char)padded;
    file[9] = (unsigned char)(padded >> 8);
    file[10] = file[11] = 0;
    memset(file + at, ' ', padded);
    memcpy(file + at, header, length - 1);
    file[at + padded - 1] = '\n';
    memcpy(file + at + padded, bytes, count);
    return write_bytes("a.npy", file, at + padded + count);
}

static void test_npy_types(void **state)
{
    (void)state;
    const double f8[] = {1, 2.5, -3, 4, 5, 6};
    const float f4[] = {1, 2.5f, -3, 4, 5, 6};
    const int8_t i1[] = {1, 2, -3, 4, 5, 6};
    const int16_t i2[] = {1, 2, -3, 4, 5, 6};
    const int32_t i4[] = {1, 2, -3, 4, 5, 6};
    const int64_t i8[] = {1, 2, -3, 4, 5, 6};
    const uint8_t u1[] = {1, 2, 253, 4, 5, 6};
    const uint16_t u2[] = {1, 2, 65533, 4, 5, 6};
    const uint32_t u4[] = {1, 2, 4294967293u, 4, 5, 6};
    const uint64_t u8[] = {1, 2, (UINT64_C(1) << 53) - 1, 4, 5, 6};
    const uint16_t f2[] = {0x3C00, 0x4100, 0xC200, 0x4400, 0x0001, 0x7BFF};
    const uint8_t b1[] = {1, 0, 1, 0, 0, 1};
    const struct {
        const char *type;
        const void *bytes;
        size_t count;
        double second, third;
    } cases[] = {
        {"<f8", f8, sizeof f8, 2.5, -3},         {"<f4", f4, sizeof f4, 2.5, -3},
        {"|i1", i1, sizeof i1, 2, -3},           {"<i2", i2, sizeof i2, 2, -3},
        {"<i4", i4, sizeof i4, 2, -3},           {"<i8", i8, sizeof i8, 2, -3},
        {"|u1", u1, sizeof u1, 2, 253},          {"<u2", u2, sizeof u2, 2, 65533},
        {"<u4", u4, sizeof u4, 2, 4294967293.0}, {"<u8", u8, sizeof u8, 2, 9007199254740991.0},
        {"<f2", f2, sizeof f2, 2.5, -3},         {"|b1", b1, sizeof b1, 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char header[128];
        sprintf(header, "{'descr': '%s', 'fortran_order': False, 'shape': (2, 3), }", cases[i].type);
        tsl_data *data = read_data(write_npy(1 + (int)i % 3, header, cases[i].bytes, cases[i].count), NULL);
        assert_int_equal(data->rows, 2);
        assert_int_equal(data->cols, 3);
        assert_true(data->values[1] == cases[i].second);
        assert_true(data->values[2] == cases[i].third);
        assert_string_equal(data->name[2], "c3");
        tsl_data_free(data);
    }
}

/* The other order of bytes, of every type that has one. */
static void test_npy_big_endian(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        unsigned char bytes[16];
        size_t count;
    } cases[] = {
        {">f8", {0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xC0, 0x08, 0, 0, 0, 0, 0, 0}, 16},
        {">f4", {0x3F, 0xC0, 0, 0, 0xC0, 0x40, 0, 0}, 8},
        {">f2", {0x3E, 0, 0xC2, 0}, 4},
        {">i2", {0, 1, 0xFF, 0xFD}, 4},
        {">i4", {0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFD}, 8},
        {">i8", {0, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFD}, 16},
        {">u2", {0, 1, 0x01, 0x02}, 4},
        {">u4", {0, 0, 0, 1, 0x01, 0x02, 0x03, 0x04}, 8},
        {">u8", {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0x01, 0x02, 0x03, 0x04}, 16},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char header[128];
        sprintf(header, "{'descr': '%s', 'fortran_order': False, 'shape': (1, 2), }", cases[i].type);
        tsl_data *data = read_data(write_npy(1, header, cases[i].bytes, cases[i].count), NULL);
        double second = cases[i].type[1] != 'u' ? -3 : cases[i].type[2] == '2' ? 0x102 : 0x1020304;
        assert_true(data->values[0] == (cases[i].type[1] == 'f' ? 1.5 : 1));
        assert_true(data->values[1] == second);
        tsl_data_free(data);
    }
}

/* Doubles are kept to the bit, however large or small. */
static void test_npy_extremes(void **state)
{
    (void)state;
    const double f8[] = {1e300, -1e300, 5e-324, 0x1p53 + 2};
    tsl_data *data =
        read_data(write_npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", f8, sizeof f8), NULL);
    check_values(data, 2, 2, f8);
    tsl_data_free(data);
}

/* Whole numbers that lose digits as doubles: in .npy, HDF5 and CSV. */
static void test_whole_numbers(void **state)
{
    (void)state;
    const int64_t most[] = {(INT64_C(1) << 53) - 1, 1 - (INT64_C(1) << 53), 3, 4};
    const int64_t beyond[] = {1, 2, 3, INT64_C(1) << 53}, least[] = {1, INT64_MIN, 3, 4};
    const uint64_t wide[] = {1, 2, UINT64_MAX, 4};
    const char *const i8 = "{'descr': '<i8', 'fortran_order': False, 'shape': (2, 2), }";
    tsl_data *data = read_data(write_npy(1, i8, most, sizeof most), NULL);
    check_values(data, 2, 2, (const double[]){9007199254740991, -9007199254740991, 3, 4});
    tsl_data_free(data);
    refuse(write_npy(1, i8, beyond, sizeof beyond), plain_options(), TSL_E_INPUT,
           "a.npy: row 2, column 2: 9007199254740992 is beyond 2^53 - 1");
    refuse(write_npy(1, i8, least, sizeof least), plain_options(), TSL_E_INPUT,
           "a.npy: row 1, column 2: -9223372036854775808 is beyond");
    refuse(write_npy(1, "{'descr': '<i8', 'fortran_order': True, 'shape': (2, 2), }", beyond, sizeof beyond),
           plain_options(), TSL_E_INPUT, "row 2, column 2: 9007199254740992 is beyond");
    refuse(write_npy(1, "{'descr': '<u8', 'fortran_order': False, 'shape': (2, 2), }", wide, sizeof wide),
           plain_options(), TSL_E_INPUT, "row 2, column 1: 18446744073709551615 is beyond");
    refuse(write_text("d.csv", "x,y\n1,2\n3,9007199254740993\n"), plain_options(), TSL_E_INPUT,
           "d.csv:3: y: 9007199254740993 is beyond 2^53 - 1");
    refuse(write_text("d.csv", "x,y\n1,2\n3,9007199254740993.0\n"), plain_options(), TSL_E_INPUT,
           "d.csv:3: y: 9007199254740993.0 is beyond 2^53 - 1");
    refuse(write_text("d.csv", "x,y\n-9.007199254740993E+15,1\n"), plain_options(), TSL_E_INPUT,
           "d.csv:2: x: -9.007199254740993E+15 is beyond");
    data = read_data(write_text("d.csv", "x,y\n1e17,9007199254740992.0\n3,1.5\n"), NULL);
    check_values(data, 2, 2, (const double[]){1e17, 9007199254740992, 3, 1.5});
    tsl_data_free(data);
    data = read_data(write_text("d.csv", "x,y\n9007199254740991,-1e300\n3,12345678901234567890.5\n"), NULL);
    check_values(data, 2, 2, (const double[]){9007199254740991, -1e300, 3, 12345678901234567890.5});
    tsl_data_free(data);
}

static void test_npy_by_column(void **state)
{
    (void)state;
    const double f8[] = {1, 4, 2, 5, 3, 6};
    tsl_data *data =
        read_data(write_npy(1, "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }", f8, sizeof f8), NULL);
    check_values(data, 2, 3, (const double[]){1, 2, 3, 4, 5, 6});
    tsl_data_free(data);
}

static void test_bad_npy(void **state)
{
    (void)state;
    const double f8[] = {1, 2, 3, (double)INFINITY};
    static const struct {
        const char *header;
        size_t count;
        tsl_status status;
        const char *message;
    } cases[] = {
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", 32, TSL_E_INPUT, "row 2, column 2"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", 31, TSL_E_FORMAT, "cut short"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }", 24, TSL_E_FORMAT, "longer than its shape"},
        {"{'descr': '<f16', 'fortran_order': False, 'shape': (1, 1), }", 16, TSL_E_INPUT, "<f16"},
        {"{'descr': '<c8', 'fortran_order': False, 'shape': (1, 2), }", 16, TSL_E_INPUT, "<c8"},
        {"{'descr': '<i3', 'fortran_order': False, 'shape': (1, 2), }", 16, TSL_E_INPUT, "<i3"},
        {"{'descr': '|f8', 'fortran_order': False, 'shape': (1, 2), }", 16, TSL_E_INPUT, "|f8"},
        {"{'descr': '', 'fortran_order': False, 'shape': (1, 2), }", 16, TSL_E_INPUT, "values of type  cannot"},
        {"{'descr': '|O', 'fortran_order': False, 'shape': (1, 2), }", 16, TSL_E_INPUT, "|O"},
        {"{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }", 16, TSL_E_INPUT,
         "values of type [('a', '<f8')] cannot be read"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 16, TSL_E_INPUT, "its shape is (2,)"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 2), }", 16, TSL_E_INPUT, "(1, 1, 2)"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (0, 2), }", 0, TSL_E_INPUT, "no data"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", 16, TSL_E_FORMAT,
         "too large"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999, 4), }", 16, TSL_E_FORMAT, "cut short"},
        {"{'descr': '<f8', 'shape': (1, 2), }", 16, TSL_E_FORMAT, "order"},
        {"{'descr': '<f8', 'fortran_order': False}", 16, TSL_E_FORMAT, "no shape"},
        {"{'descr': '<f8xxxxxxxxx', 'fortran_order': False, 'shape': (1, 2), }", 16, TSL_E_INPUT, "<f8xxxxxxxxx"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (1, x), }", 16, TSL_E_INPUT, "(1, x)"},
        {"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999, 2), }", 16, TSL_E_INPUT,
         "two-dimensional"},
        {"no dictionary", 16, TSL_E_FORMAT, "its header has no type"},
        {"{'descr': 5, 'fortran_order': False, 'shape': (1, 2), }", 16, TSL_E_INPUT, "values of type 5 cannot"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refuse(write_npy(1, cases[i].header, f8, cases[i].count), plain_options(), cases[i].status, cases[i].message);
    }
    refuse(write_text("b.npy", "no numpy file"), plain_options(), TSL_E_FORMAT, "begins otherwise");
    refuse(write_text("b.npy", "\x93NUMPY\x09"), plain_options(), TSL_E_FORMAT, "cut short");
    refuse(write_text("b.npy", "\x93NUMPY\x09\x01xx"), plain_options(), TSL_E_FORMAT, "version is unknown");
    refuse(write_bytes("b.npy", "\x93NUMPY\x02\0\xFF\xFF\xFF\xFFxxxx", 16), plain_options(), TSL_E_FORMAT,
           "header is too long");
    tsl_data_options opt = plain_options();
    opt.id = "x";
    refuse(write_npy(1, cases[0].header, f8, 24), opt, TSL_E_OPTION, "no column that names the rows");
}

/* ---- HDF5 -------------------------------------------------------------- */

static const char *write_hdf5(const double *values, size_t rows, size_t cols)
{
    static const tsl__store_kind kind = {"test", 1, "dict", "0.1.0", 0};
    tsl__store *store;
    const char *path = path_of("a.h5");
    assert_int_equal(tsl__store_create(&(tsl_target){.path = path, .replace = 1}, &kind, &store, NULL), TSL_OK);
    tsl__store_put_array(store, "X", TSL__DOUBLE, values, rows, cols);
    assert_int_equal(tsl__store_close(store, NULL), TSL_OK);
    return path;
}

static void test_hdf5(void **state)
{
    (void)state;
    const double values[] = {1, 2.5, -3, 4, 5, 6}, bad[] = {1, (double)NAN};
    char place[450];
    snprintf(place, sizeof place, "%s:/X", write_hdf5(values, 3, 2));
    tsl_data *data = read_data(place, NULL);
    check_values(data, 3, 2, values);
    assert_string_equal(data->name[1], "c2");
    assert_string_equal(data->file->name, place);
    assert_true(data->file->bytes > 48);
    assert_int_equal(strlen(data->file->sha256), 64);
    tsl_data_free(data);
    snprintf(place, sizeof place, "%s:/Y", path_of("a.h5"));
    refuse(place, plain_options(), TSL_E_NOT_FOUND, "\"/Y\"");
    snprintf(place, sizeof place, "%s:/X", write_hdf5(bad, 1, 2));
    refuse(place, plain_options(), TSL_E_INPUT, "row 1, column 2 is not a finite number");
    snprintf(place, sizeof place, "%s:/X", path_of("none.h5"));
    refuse(place, plain_options(), TSL_E_NOT_FOUND, "none.h5");
    snprintf(place, sizeof place, "%s:/X", write_text("b.h5", "no HDF5 file"));
    refuse(place, plain_options(), TSL_E_FORMAT, "b.h5");
}

/* ---- Bytes in memory: what they begin as ---------------------------------- */

static char *read_file(const char *path, size_t *count)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);
    assert_non_null(file);
    assert_non_null(bytes);
    *count = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return bytes;
}

static void test_bytes(void **state)
{
    (void)state;
    const double f8[] = {1, 2.5, -3, 4};
    const char *paths[] = {
        write_npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", f8, sizeof f8),
        write_text("d.csv", "x,y\n1,2.5\n-3,4\n"),
        write_hdf5(f8, 2, 2),
    };
    const char *const names[] = {NULL, NULL, "in memory:/X"};
    for (size_t i = 0; i < 3; i++) {
        size_t count;
        char *bytes = read_file(paths[i], &count);
        const tsl_source from = {names[i], bytes, count};
        tsl_data *data;
        tsl_error err;
        if (tsl_data_read(&from, NULL, NULL, &data, &err) != TSL_OK) {
            fail_msg("%s", err.message);
        }
        check_values(data, 2, 2, f8);
        assert_string_equal(data->file->name, i == 2 ? "in memory:/X" : "bytes");
        assert_int_equal(data->file->bytes, count);
        tsl_data_free(data);
        free(bytes);
    }
}

static void test_options(void **state)
{
    (void)state;
    tsl_data_options opt = plain_options();
    tsl_error err;
    assert_int_equal(tsl_data_check(NULL, &err), TSL_OK);
    opt.delimiter = 'x';
    assert_int_equal(tsl_data_check(&opt, &err), TSL_E_OPTION);
    opt = plain_options();
    opt.header = -2;
    assert_int_equal(tsl_data_check(&opt, &err), TSL_E_OPTION);
    opt = plain_options();
    opt.ignore_count = 1;
    assert_int_equal(tsl_data_check(&opt, &err), TSL_E_OPTION);
    opt.size = 0;
    assert_int_equal(tsl_data_check(&opt, &err), TSL_E_OPTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),           cmocka_unit_test(test_id_and_ignore),
        cmocka_unit_test(test_bad_csv),       cmocka_unit_test(test_cancelled),
        cmocka_unit_test(test_forms),         cmocka_unit_test(test_line_of_counts),
        cmocka_unit_test(test_npy_types),     cmocka_unit_test(test_npy_big_endian),
        cmocka_unit_test(test_npy_extremes),  cmocka_unit_test(test_whole_numbers),
        cmocka_unit_test(test_npy_by_column), cmocka_unit_test(test_bad_npy),
        cmocka_unit_test(test_hdf5),          cmocka_unit_test(test_index),
        cmocka_unit_test(test_bytes),         cmocka_unit_test(test_options),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
