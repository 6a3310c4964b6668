/* test_standard_input.c: what comes through a pipe is what it is, by its bytes,
 * and gives what the same file gives by its name. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void assert_piped(int status, const char *file, const char *line)
{
    const setting how = {.piped = file};
    run_with(&how, "%s", line);
    if (last_outcome()->status != status) {
        fail_msg("%s < %s: exit status %d\n%s", line, file, last_outcome()->status, last_outcome()->err);
    }
}

static void make_features(void)
{
    put_orders("orders.csv", 60, 6);
    assert_run(0, "features --transactions orders.csv --output f.h5 --quiet");
    assert_run(0, "cluster f.h5 --k 3 --output m.h5 --labels l.csv --quiet");
}

static void takes_features(void **state)
{
    (void)state;
    make_features();
    assert_piped(0, "f.h5", "cluster - --k 3 --output m2.h5 --labels l2.csv --quiet");
    assert_same_file("m.h5", "m2.h5");
    assert_same_file("l.csv", "l2.csv");
    assert_run(0, "assign f.h5 m.h5 --output a.csv --quiet");
    assert_piped(0, "f.h5", "assign - m.h5 --output a2.csv --quiet");
    assert_same_file("a.csv", "a2.csv");
    assert_run(0, "label f.h5 m.h5 --output s.csv --quiet");
    assert_piped(0, "f.h5", "label - m.h5 --output s2.csv --quiet");
    assert_same_file("s.csv", "s2.csv");
    assert_piped(0, "m.h5", "label f.h5 - --output s3.csv --quiet");
    assert_same_file("s.csv", "s3.csv");
    assert_piped(0, "f.h5", "explain m.h5 --features - --leaves 5");
}

/* Fails unless the command, with the file's name and with "-" in the place of
 * %s, prints the same. */
static void assert_same_output(const char *command, const char *file)
{
    char line[512];
    snprintf(line, sizeof line, command, file);
    assert_run(0, "%s", line);
    char *by_name = strdup(last_outcome()->out);
    snprintf(line, sizeof line, command, "-");
    assert_piped(0, file, line);
    assert_string_equal(last_outcome()->out, by_name);
    assert_true(*by_name != '\0');
    free(by_name);
}

static void inspects(void **state)
{
    static const char *const files[] = {
        "f.h5", "m.h5", "l.csv", "out/rejects.csv", "out/summary.json", "out/manifest.json"};
    (void)state;
    make_features();
    assert_run(0, "run --transactions orders.csv --k 3 --output out --quiet");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_same_output("inspect %s", files[i]);
    }
    assert_same_output("report %s --output - --quiet", "out/summary.json");
    assert_same_output("explain %s", "m.h5");
    put("empty", "");
    assert_piped(3, "empty", "inspect -");
    assert_err("standard input: is an empty or binary file that tesela did not write");
    assert_piped(3, "orders.csv", "inspect -");
    assert_err("standard input: is a text or table that tesela did not write");
    assert_piped(3, "f.h5", "report -");
    assert_err("standard input: ");
}

static double get_value(int row, int column)
{
    return row % 3 * 10 + column % 7 + row * column % 11 / 16.0;
}

/* A .npy of 300 rows of 20 columns: more than is looked at ahead. */
static void put_npy(const char *name, int by_column)
{
    static const char magic[10] = {'\x93', 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
    FILE *file = fopen(name, "wb");
    char header[119];
    assert_non_null(file);
    snprintf(header, sizeof header, "{'descr': '<f8', 'fortran_order': %s, 'shape': (300, 20), }",
             by_column ? "True" : "False");
    assert_int_equal(fwrite(magic, 1, sizeof magic, file), sizeof magic);
    assert_int_equal(fprintf(file, "%-117s\n", header), 118);
    for (int i = 0; i < 6000; i++) {
        double value = by_column ? get_value(i % 300, i / 300) : get_value(i / 20, i % 20);
        assert_int_equal(fwrite(&value, sizeof value, 1, file), 1);
    }
    assert_int_equal(fclose(file), 0);
}

static void takes_plain_numbers(void **state)
{
    static const char *const files[] = {"row.npy", "column.npy", "data.csv", "data.csv.gz"};
    (void)state;
    char line[256];
    put_npy("row.npy", 0);
    put_npy("column.npy", 1);
    void *csv = put_open("data.csv");
    for (int row = 0; row < 300; row++) {
        char text[600] = "";
        for (int column = 0; column < 20; column++) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.17g", column ? "," : "",
                     get_value(row, column));
        }
        put_line(csv, "%s", text);
    }
    put_close(csv);
    assert_int_equal(system("gzip -k data.csv"), 0);
    assert_run(0, "cluster row.npy --k 3 --scale none --output m.h5 --labels l.csv --quiet");
    assert_run(0, "assign row.npy m.h5 --output a.csv --quiet");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        int text = strstr(files[i], "csv") != NULL;
        snprintf(line, sizeof line, "cluster - --k 3 --scale none --labels l2.csv --force --quiet%s",
                 text ? " --header no" : "");
        assert_piped(0, files[i], line);
        assert_same_file("l.csv", "l2.csv");
        snprintf(line, sizeof line, "assign - m.h5 --output a2.csv --force --quiet%s", text ? " --header no" : "");
        assert_piped(0, files[i], line);
        assert_same_file("a.csv", "a2.csv");
    }
    assert_run(0, "assign column.npy m.h5 --output a2.csv --force --quiet");
    assert_same_file("a.csv", "a2.csv");
}

static void refuses_what_cannot_be(void **state)
{
    (void)state;
    make_features();
    assert_piped(3, "m.h5", "cluster - --k 3");
    assert_err("standard input: is a model file, expected a features file or plain data");
    assert_piped(2, "f.h5", "cluster - --k 3 --scale z");
    assert_err("is for plain data");
    put("cut.h5", "\x89HDF\r\n\x1a\n and nothing more");
    assert_piped(3, "cut.h5", "assign - m.h5");
    assert_err("standard input: is an HDF5 file that is damaged or cut short");
    put("empty", "");
    assert_piped(3, "empty", "cluster -");
    assert_err("standard input: is empty");
    assert_piped(2, "f.h5", "label - - --output s.csv");
    assert_err("standard input (-) can be read only once");
    assert_piped(2, "f.h5", "explain - --features -");
    assert_err("standard input (-) can be read only once");
    assert_piped(2, "f.h5", "run --transactions - --model - --output out");
    assert_err("standard input (-) can be read only once");
    assert_piped(2, "f.h5", "run --customers - --anchors - --output out");
    assert_err("standard input (-) can be read only once");
    assert_piped(2, "f.h5", "run --transactions - --previous - --output out");
    assert_err("standard input (-) can be read only once");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {TEST(takes_features), TEST(inspects), TEST(takes_plain_numbers),
                                       TEST(refuses_what_cannot_be)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
