/* test_large_input.c: lines without an end, a hundred thousand columns, millions of empty lines, NULs: refused, or
 * rejected by themselves, with clear words and in bounded memory. */
#include "program.h"

#include "nightly.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined __SANITIZE_ADDRESS__ || defined __clang__
enum { BYTES = 0 }; /* the sanitizer's shadow alone takes terabytes; LLVM's OpenMP: docs/decisions/openmp.md */
#else
enum { BYTES = 450 << 20 };
#endif

/* Longer than any line may be; at night, than any memory that is given. */
static size_t long_line(void)
{
    return some_or_all((size_t)40 << 20, (size_t)1 << 30);
}

static void put_times(FILE *file, const char *text, size_t count)
{
    char some[1 << 16];
    const size_t length = strlen(text), most = sizeof some / length;
    for (size_t i = 0; i < most; i++) {
        memcpy(some + i * length, text, length);
    }
    for (; count; count -= count < most ? count : most) {
        assert_int_equal(fwrite(some, length, count < most ? count : most, file), count < most ? count : most);
    }
}

typedef enum file_form { CSV, JSON_LINES, FORMS } file_form;

static const char *const names[FORMS] = {"t.csv", "t.jsonl"};

static void put_rows(FILE *file, file_form form)
{
    for (int i = 0; i < 40; i++) {
        fprintf(file,
                form == CSV ? "c%d,2024-01-%02d,%d\n"
                            : "{\"customer\":\"c%d\",\"date\":\"2024-01-%02d\",\"amount\":%d}\n",
                i % 9, 1 + i % 28, i + 1);
    }
}

static FILE *start(file_form form)
{
    FILE *file = fopen(names[form], "wb");
    assert_non_null(file);
    if (form == CSV) {
        fputs("customer,date,amount\n", file);
    }
    return file;
}

/* Reads it in little memory; err: what is said. */
static void check(int status, file_form form, const char *text)
{
    const outcome *seen = run_with(&(setting){.address_bytes = BYTES},
                                   "features --transactions %s --output f.h5 --rejects r.csv --force "
                                   "--threads 2",
                                   names[form]);
    if (seen->status != status) {
        fail_msg("%s: %d: %s", names[form], seen->status, seen->err);
    }
    assert_err(text);
}

/* A line that begins with one text, goes on with another for ever, and stands behind the rows. */
static void check_long(file_form form, const char *begin, const char *text, const char *message)
{
    FILE *file = start(form);
    put_rows(file, form);
    fputs(begin, file);
    put_times(file, text, long_line() / strlen(text));
    fputs("\n", file);
    put_rows(file, form);
    assert_int_equal(fclose(file), 0);
    check(3, form, message);
}

static void long_lines_are_refused(void **state)
{
    (void)state;
    check_long(CSV, "c1,2024-01-01,", "x", "t.csv:42: the row is longer than 16 MiB\n");
    check_long(CSV, "c1,2024-01-01,\"", "x\n",
               "t.csv:42: the row is longer than 16 MiB; is a quote in it not closed?\n");
    check_long(CSV, "", ",", "t.csv:42: the row is longer than 16 MiB\n");
    check_long(JSON_LINES, "{\"customer\":\"", "x", "t.jsonl:41: the line is longer than 16 MiB\n");
    check_long(JSON_LINES, "", "[", "t.jsonl:41: the line is longer than 16 MiB\n");
}

static void many_columns_are_read(void **state)
{
    (void)state;
    const int columns = 100000;
    FILE *file = fopen(names[CSV], "wb");
    fputs("customer,date,amount", file);
    for (int c = 0; c < columns; c++) {
        fprintf(file, ",k%d", c);
    }
    for (int i = 0; i < 20; i++) {
        fprintf(file, "\nc%d,2024-01-%02d,5", i % 9, 1 + i);
        put_times(file, ",1", (size_t)columns);
    }
    assert_int_equal(fclose(file), 0);
    check(0, CSV, "transactions: 20 rows read, 20 used, 0 rejected");
    file = fopen(names[JSON_LINES], "wb");
    for (int i = 0; i < 10; i++) {
        fprintf(file, "{\"customer\":\"c%d\",\"date\":\"2024-01-%02d\",\"amount\":5", i % 9, 1 + i);
        for (int c = 0; c < columns; c++) {
            fprintf(file, ",\"k%d\":1", c);
        }
        fputs("}\n", file);
    }
    assert_int_equal(fclose(file), 0);
    check(0, JSON_LINES, "transactions: 10 rows read, 10 used, 0 rejected");
}

/* They are no rows, and the lines behind them keep their numbers. */
static void empty_lines_are_passed_over(void **state)
{
    (void)state;
    const size_t lines = some_or_all(1000000, 100000000);
    char expected[80];
    for (file_form form = CSV; form < FORMS; form++) {
        FILE *file = start(form);
        put_rows(file, form);
        put_times(file, "\n", lines);
        fputs(form == CSV ? "c1,soon,1\n" : "{\"customer\":\"c1\",\"date\":\"soon\",\"amount\":1}\n", file);
        put_rows(file, form);
        assert_int_equal(fclose(file), 0);
        check(0, form, "transactions: 81 rows read, 80 used, 1 rejected (1 bad_cell)");
        char *rejects = get("r.csv", NULL);
        snprintf(expected, sizeof expected, "\n%s,%zu,date,bad_cell,soon,", names[form],
                 lines + (form == CSV ? 42 : 41));
        assert_non_null(strstr(rejects, expected));
        free(rejects);
    }
}

static void nuls_reject_their_row_alone(void **state)
{
    (void)state;
    static const char csv[] = "c\0001,2024-01-01,5\n\0\nc1,2024-01-0\0002,5\n",
                      json[] = "{\"customer\":\"c\0001\",\"date\":\"2024-01-01\",\"amount\":5}\n\0\n"
                               "{\"customer\":\"c\\u00001\",\"date\":\"2024-01-01\",\"amount\":5}\n";
    for (file_form form = CSV; form < FORMS; form++) {
        FILE *file = start(form);
        put_rows(file, form);
        fwrite(form == CSV ? csv : json, 1, form == CSV ? sizeof csv - 1 : sizeof json - 1, file);
        put_rows(file, form);
        assert_int_equal(fclose(file), 0);
        check(0, form, "transactions: 83 rows read, 80 used, 3 rejected (3 encoding)");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(long_lines_are_refused, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(many_columns_are_read, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(empty_lines_are_passed_over, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(nuls_reject_their_row_alone, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
