/* test_file_columns.c: the columns of several files, by name. */
#include "help.h"
#include "table/file_columns.h"

/* The columns of the texts, each a file of its own: "name has+lacking/lacks" and the fields of the last file. */
static void put_columns(const char *const *text, size_t count, char out[1024])
{
    tsl__file_columns columns = {.count = 0};
    tsl_error err;
    size_t n = 0;
    for (size_t f = 0; f < count; f++) {
        const tsl_source from = {.bytes = text[f], .count = strlen(text[f])};
        const tsl__csv_options opt = {.from = &from, .header = -1};
        tsl__csv *csv;
        size_t *field;
        assert_int_equal(tsl__csv_open(&opt, &csv, &err), TSL_OK);
        assert_int_equal(tsl__file_columns_add(&columns, csv, &err), TSL_OK);
        assert_int_equal(tsl__file_columns_map(&columns, csv, &field, &err), TSL_OK);
        for (size_t i = 0; i < columns.count && f + 1 == count; i++) {
            const tsl__file_column *c = &columns.column[i];
            n += (size_t)snprintf(out + n, 1024 - n, "%s%s %zu+%zu/%zu ", i ? ", " : "", columns.name[i], c->has,
                                  c->lacking, c->lacks);
            n += field[i] == SIZE_MAX ? (size_t)snprintf(out + n, 1024 - n, "-")
                                      : (size_t)snprintf(out + n, 1024 - n, "%zu", field[i]);
        }
        free(field);
        tsl__csv_free(csv);
    }
    assert_int_equal(columns.files, count);
    tsl__file_columns_free(&columns);
}

static void has_the_columns_of_all_files(void **state)
{
    (void)state;
    static const struct {
        const char *text[4], *columns;
    } cases[] = {
        {{"a,b\n1,2\n"}, "a 0+0/0 0, b 0+0/0 1"},
        {{"a,b\n1,2\n", "B,c,a\n1,2,3\n"}, "a 0+0/0 2, b 0+0/0 0, c 1+1/0 1"},
        {{"a,b\n1,2\n", "a\nx\n", "c,a\n1,2\n"}, "a 0+0/0 1, b 0+2/1 -, c 2+2/0 0"},
        /* without a header: by place, or nothing of it is known */
        {{"a,b\nx,y\n", "c,a\nx,y\n", "1,2\n3,4\n"}, "a 0+0/0 0, b 0+1/1 1, c 1+2/0 -"},
        {{"a,b\nx,y\n", "1,2,3\n3,4,5\n"}, "a 0+1/1 -, b 0+1/1 -"},
        {{"1,2\n3,4\n", "a,b\nx,y\n"}, "c1 0+1/1 -, c2 0+1/1 -"},
        {{"1,2\n3,4\n", "5,6\n7,8\n"}, "c1 0+0/0 0, c2 0+0/0 1"},
        /* two names that differ in case alone are two columns, where a file has both */
        {{"Day\nx\n", "Day,day\nx,y\n"}, "Day 0+0/0 0, day 1+1/0 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[1024] = "";
        size_t count = 0;
        while (count < 4 && cases[i].text[count]) {
            count++;
        }
        put_columns(cases[i].text, count, out);
        assert_string_equal(out, cases[i].columns);
    }
}

/* Two columns that no file has both of are one: what lies behind moves up, and a file without a header goes by place.
 */
static void joins_two_columns(void **state)
{
    (void)state;
    static const char *const text[] = {"a,b\nx,y\n", "c,A2,b\nx,y,z\n", "a2,d\nx,y\n", "1,2\n3,4\n", "d,c\nx,y\n"};
    static const size_t wanted[][4] = {{0, 1, SIZE_MAX, SIZE_MAX},
                                       {1, 2, 0, SIZE_MAX},
                                       {0, SIZE_MAX, SIZE_MAX, 1},
                                       {0, 1, SIZE_MAX, SIZE_MAX},
                                       {SIZE_MAX, SIZE_MAX, 1, 0}};
    tsl__file_columns columns = {.count = 0};
    tsl__csv *csv[5];
    tsl_error err;
    for (size_t f = 0; f < 5; f++) {
        const tsl_source from = {.bytes = text[f], .count = strlen(text[f])};
        assert_int_equal(tsl__csv_open(&(tsl__csv_options){.from = &from, .header = -1}, &csv[f], &err), TSL_OK);
        assert_int_equal(tsl__file_columns_add(&columns, csv[f], &err), TSL_OK);
    }
    assert_int_equal(columns.count, 5); /* a, b, c, A2, d */
    assert_false(tsl__file_columns_meet(&columns, 0, 3));
    assert_true(tsl__file_columns_meet(&columns, 1, 3));
    assert_int_equal(tsl__file_columns_join(&columns, 0, 3, &err), TSL_OK);
    assert_int_equal(columns.count, 4);
    assert_string_equal(columns.name[3], "d");
    assert_int_equal(columns.column[0].lacking, 1);
    assert_int_equal(columns.column[0].lacks, 4);
    assert_int_equal(columns.column[2].has, 1);
    for (size_t f = 0; f < 5; f++) {
        size_t *field;
        assert_int_equal(tsl__file_columns_map(&columns, csv[f], &field, &err), TSL_OK);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(field[i], wanted[f][i]);
            assert_int_equal(tsl__file_columns_has(&columns, f, i), wanted[f][i] != SIZE_MAX);
        }
        free(field);
        tsl__csv_free(csv[f]);
    }
    tsl__file_columns_free(&columns);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_columns_of_all_files),
        cmocka_unit_test(joins_two_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
