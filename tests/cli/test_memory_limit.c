/* test_memory_limit.c: --memory: the same bytes, within the limit; what cannot be within it is refused with the figure.
 */
#include "program.h"

#include "nightly.h"

#include <glob.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SKIP_UNCOUNTED() skip() /* the sanitizer's own memory counts as the program's */
#else
#define SKIP_UNCOUNTED() ((void)0)
#endif

#define FEW " --select lines,first_line_days,last_line_days,line_days,monetary_total"
#define CUSTOMERS 250000U
#define MANY 6000000U /* more than have room in 64 MB */

static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(*state >> 33);
}

/* Digits with leading zeros. */
static char *put_digits(char *to, uint32_t value, int digits)
{
    for (int i = digits; i > 0; i--, value /= 10) {
        to[i - 1] = (char)('0' + value % 10);
    }
    return to + digits;
}

static void write_lines(const char *name, size_t lines, uint32_t customers)
{
    static char buffer[1 << 16];
    uint64_t state = 1;
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    fputs("customer_id,order_time,amount\n", file);
    for (size_t i = 0; i < lines;) {
        char *to = buffer;
        for (; i < lines && to < buffer + sizeof buffer - 64; i++) {
            *to++ = 'C';
            to = put_digits(to, next_random(&state) % customers, 7);
            memcpy(to, ",2023-", 6);
            to = put_digits(to + 6, 1 + next_random(&state) % 12, 2);
            *to++ = '-';
            to = put_digits(to, 1 + next_random(&state) % 28, 2);
            *to++ = ' ';
            to = put_digits(to, next_random(&state) % 24, 2);
            *to++ = ':';
            to = put_digits(to, next_random(&state) % 60, 2);
            memcpy(to, ":00,", 4);
            to = put_digits(to + 4, 1 + next_random(&state) % 300, 3);
            *to++ = '.';
            to = put_digits(to, next_random(&state) % 100, 2);
            *to++ = '\n';
        }
        assert_int_equal(fwrite(buffer, 1, (size_t)(to - buffer), file), to - buffer);
    }
    assert_int_equal(fclose(file), 0);
}

/* Done, and within 105 % of so many megabytes. */
static void check(long megabytes, const char *arguments)
{
    const outcome *seen =
        run("features t.csv --quiet --force --output limited.h5 --memory %ldM %s", megabytes, arguments);
    if (seen->status) {
        fail_msg("%ldM %s: %d: %s", megabytes, arguments, seen->status, seen->err);
    }
    if (seen->peak_bytes > (megabytes << 20) / 100 * 105) {
        fail_msg("%ldM %s: it took %ld KB", megabytes, arguments, seen->peak_bytes >> 10);
    }
}

static long find_figure(const char *text)
{
    const char *at = strstr(text, " need ");
    assert_non_null(at);
    return strtol(at + 6, NULL, 10);
}

static void limits_hold(void **state)
{
    (void)state;
    SKIP_UNCOUNTED();
    write_lines("t.csv", some_or_all(3000000, 20000000), CUSTOMERS);
    assert_run(0, "features t.csv --quiet --output few.h5" FEW);
    check(64, FEW " --threads 1");
    assert_same_file("few.h5", "limited.h5");
    check(64, FEW " --threads 2");
    assert_same_file("few.h5", "limited.h5");
    assert_run(0, "features t.csv --quiet --output all.h5");
    check(256, "--threads 2");
    assert_same_file("all.h5", "limited.h5");
    check(64, "--threads 2"); /* features alone are 64 MB: they lie in a file */
    assert_same_file("all.h5", "limited.h5");
    check(64, "--threads 1 --basis all --scale rank-normal --returns net");
    assert_run(0, "features t.csv --quiet --force --output all.h5 --basis all --scale rank-normal --returns net");
    assert_same_file("all.h5", "limited.h5");
}

/* What is refused says how much would do, and it does; nothing that was begun is left. */
static void what_is_too_much_is_refused(void **state)
{
    (void)state;
    SKIP_UNCOUNTED();
    write_lines("t.csv", 2500000, MANY);
    const outcome *seen = run("features t.csv --quiet --output limited.h5 --memory 64M --threads 2" FEW);
    assert_int_equal(seen->status, 1);
    assert_err("memory: 64M are too little: ");
    assert_true(seen->peak_bytes <= (64L << 20) / 100 * 105);
    const long figure = find_figure(seen->err);
    assert_run(0, "features t.csv --quiet --output few.h5" FEW);
    check(figure, "--threads 2" FEW);
    assert_same_file("few.h5", "limited.h5");
    seen = run("run t.csv --quiet --output small --evidence none --k 3 --memory 128M");
    assert_int_equal(seen->status, 1);
    assert_err("memory: 128M are too little: ");
}

static void small_tables_do_with_the_least(void **state)
{
    (void)state;
    SKIP_UNCOUNTED();
    write_lines("t.csv", 2000, CUSTOMERS);
    assert_run(0, "features t.csv --quiet --output all.h5");
    check(64, "--threads 3");
    assert_same_file("all.h5", "limited.h5");
    assert_run(0, "run t.csv --quiet --output plain --evidence none --k 3");
    assert_run(0, "run t.csv --quiet --output small --evidence none --k 3 --memory 64M");
    assert_same_file("plain/segments.csv", "small/segments.csv");
    assert_same_file("plain/model.h5", "small/model.h5");
    char *summary = get("small/summary.json", NULL);
    json_t *json = json_loads(summary, 0, NULL);
    assert_true(json_at(json, "memory.limit") == 64 << 20);
    assert_true(json_at(json, "memory.peak") > 1 << 20);
    json_decref(json);
    free(summary);
}

/* Customers, orders and interactions, some of customers that the first lacks; fitted, and applied. */
static void all_tables_are_limited(void **state)
{
    (void)state;
    SKIP_UNCOUNTED();
    void *file = put_open("people.csv");
    put_line(file, "customer_id,gender,city,birth_date");
    for (int i = 0; i < 300; i++) {
        put_line(file, "C%07d,%c,%s,19%02d-03-01", 900 * i, i % 3 ? 'F' : 'M', i % 5 ? "Bonn" : "Ulm", 40 + i % 60);
    }
    put_close(file);
    file = put_open("visits.csv");
    put_line(file, "customer_id,time,type,minutes");
    for (int i = 0; i < 4000; i++) {
        put_line(file, "C%07d,2023-%02d-%02d 10:%02d:00,%s,%d", i * 77 % 250000, 1 + i % 12, 1 + i % 28, i % 60,
                 i % 7 ? "visit" : "complaint", i % 90);
    }
    put_close(file);
    write_lines("t.csv", 90000, CUSTOMERS);
    static const char tables[] = "--transactions t.csv --customers people.csv --interactions visits.csv";
    for (int threads = 1; threads <= 3; threads += 2) {
        assert_run(0, "features %s --quiet --force --output all.h5 --threads %d", tables, threads);
        assert_run(0, "features %s --quiet --force --output limited.h5 --threads %d --memory 128M", tables,
                   4 - threads);
        assert_same_file("all.h5", "limited.h5");
        assert_run(0, "features %s --quiet --force --output again.h5 --like all.h5 --threads %d --memory 128M", tables,
                   threads);
        assert_run(0, "features %s --quiet --force --output plain.h5 --like all.h5", tables);
        assert_same_file("plain.h5", "again.h5");
    }
}

static void sizes_are_read(void **state)
{
    (void)state;
    write_lines("t.csv", 100, CUSTOMERS);
    static const char *const good[] = {"64M", "64m", "67108864", "65536K", "1G", "0"};
    static const char *const bad[] = {"63M",      "1", "M", "", "-64M", "64MB", "1.5G", "99999999999999999999T",
                                      "16777216T"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_run(0, "features t.csv --quiet --force --output f.h5 --memory %s", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_run(2, "features t.csv --quiet --force --output f.h5 --memory=%s", bad[i]);
        assert_err("is not a size of memory, 64M or more, such as 256M, 4G or bytes");
    }
    put("c.yaml", "memory: 63M\n");
    assert_run(2, "features t.csv --quiet --force --output f.h5 --config c.yaml");
    assert_err("c.yaml:1:9: memory: ");
}

static void no_room_is_told(void **state)
{
    (void)state;
    SKIP_UNCOUNTED();
    write_lines("t.csv", 500000, CUSTOMERS);
    const outcome *seen = run_with(&(setting){.file_bytes = 1 << 20, .ignored = SIGXFSZ},
                                   "features t.csv --quiet --output f.h5 --memory 64M" FEW);
    assert_int_equal(seen->status, 1);
    assert_err(": the temporary file cannot be written, at ");
    assert_err("File too large");
    write_lines("t.csv", 240000, CUSTOMERS); /* few lines, that fit, of many customers, whose features do not */
    seen = run_with(&(setting){.file_bytes = 30 << 20, .ignored = SIGXFSZ},
                    "features t.csv --quiet --output f.h5 --memory 64M --threads 1");
    assert_int_equal(seen->status, 1);
    assert_err(": the temporary file cannot be made as long as it has to be, at 0 MB of ");
    glob_t left;
    assert_int_equal(glob("f.h5*", 0, NULL, &left), GLOB_NOMATCH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(limits_hold, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(what_is_too_much_is_refused, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(small_tables_do_with_the_least, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(all_tables_are_limited, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(sizes_are_read, sandbox_open, sandbox_close),
        cmocka_unit_test_setup_teardown(no_room_is_told, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
