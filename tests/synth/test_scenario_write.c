/* test_scenario_write.c: src/synth/scenario_write.c: the folder: the same bytes for any number of threads and on every
 * machine, as many rows as were asked for, whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/synth.h>

#include "base/hash.h"
#include "store/scratch.h"

static tsl_error err;
static const char *const files[] = {"transactions.csv", "customers.csv", "interactions.csv", "truth.csv"};

static char *read_all(const char *folder, const char *name, size_t *length)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", scratch_path(folder), name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    static char bytes[1 << 22];
    *length = fread(bytes, 1, sizeof bytes - 1, file);
    assert_true(*length < sizeof bytes - 1);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

/* Of the tables and the truth. */
static uint64_t hash_folder(const char *folder)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        size_t length;
        const char *bytes = read_all(folder, files[i], &length);
        hash = tsl__hash64(bytes, length, hash);
    }
    return hash;
}

static tsl_scenario make(const char *name, int customers, uint64_t seed, int threads)
{
    tsl_scenario_options opt;
    tsl_exec exec;
    tsl_scenario made;
    TSL_DEFAULTS(scenario, &opt);
    TSL_DEFAULTS(exec, &exec);
    opt.customers = customers;
    opt.seed = seed;
    exec.threads = threads;
    assert_int_equal(tsl_scenario_write(scratch_path("s"), 1, name, &opt, &exec, &made, &err), TSL_OK);
    return made;
}

/* A machine on which this fails draws other customers than all others do. */
static void writes_the_same_everywhere(void **state)
{
    static const struct {
        const char *name;
        uint64_t hash;
    } known[] = {
        {"company", UINT64_C(0x3aa101af84b12374)},      {"ecommerce", UINT64_C(0x28dae1c844b24b9b)},
        {"bank", UINT64_C(0x2b8807a7ef4648a5)},         {"five-tiers", UINT64_C(0xe87f26c7d3e1c426)},
        {"insurer", UINT64_C(0xf72cf2f3f6986581)},      {"it-firm", UINT64_C(0x14deec3fb4f33a9a)},
        {"manufacturer", UINT64_C(0x89cb6966cdc230f3)}, {"retailer", UINT64_C(0xe5cf2edaeced78aa)},
        {"education", UINT64_C(0xca4198b086b1e92b)},    {"travel", UINT64_C(0x6bb1d303e8b38e69)},
        {"finance", UINT64_C(0xcee73df0b697e66e)},      {"noise", UINT64_C(0x264aad39752792b2)},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_string_equal(tsl_scenario_get(i)->name, known[i].name);
        make(known[i].name, 500, 3, 1);
        const uint64_t hash = hash_folder("s");
        if (hash != known[i].hash) {
            print_message("%s: 0x%016llx\n", known[i].name, (unsigned long long)hash);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* Over several blocks of rows. */
static void knows_no_threads(void **state)
{
    (void)state;
    make("company", 20000, 2, 1);
    const uint64_t first = hash_folder("s");
    for (int threads = 2; threads <= 5; threads++) {
        make("company", 20000, 2, threads);
        assert_true(hash_folder("s") == first);
    }
    make("company", 20000, 3, 2);
    assert_true(hash_folder("s") != first);
}

static size_t count_lines(const char *name)
{
    size_t length, count = 0;
    for (const char *at = read_all("s", name, &length); (at = strchr(at, '\n')); at++) {
        count++;
    }
    return count;
}

static void has_as_many_as_asked_for(void **state)
{
    tsl_scenario_options opt;
    tsl_scenario made;
    (void)state;
    TSL_DEFAULTS(scenario, &opt);
    opt.customers = 700;
    opt.lines = 4321;
    opt.interactions = 99;
    assert_int_equal(tsl_scenario_write(scratch_path("s"), 0, "education", &opt, NULL, &made, &err), TSL_OK);
    assert_int_equal(made.lines, 4321);
    assert_int_equal(count_lines("transactions.csv"), 4322);
    assert_int_equal(count_lines("customers.csv"), 701);
    assert_int_equal(count_lines("truth.csv"), 701);
    assert_int_equal(count_lines("interactions.csv"), 100);
    /* as many a customer as usual */
    made = make("company", 300, 1, 0);
    assert_int_equal(made.lines, 600);
    assert_int_equal(made.interactions, 150);
    assert_int_equal(count_lines("transactions.csv"), 601);
    assert_int_equal(made.customers, 300);
    made = make("noise", 1, 1, 0);
    assert_int_equal(made.lines, 6);
}

static void check_refused(const char *name, const tsl_scenario_options *opt, const char *part)
{
    assert_int_equal(tsl_scenario_write(scratch_path("no"), 0, name, opt, NULL, NULL, &err), TSL_E_OPTION);
    if (!strstr(err.message, part)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, part);
    }
    assert_false(scratch_has(scratch_path("no")));
}

static void refuses_what_it_cannot_make(void **state)
{
    tsl_scenario_options opt;
    (void)state;
    TSL_DEFAULTS(scenario, &opt);
    assert_int_equal(tsl_scenario_check(&opt, &err), TSL_OK);
    check_refused("compny", &opt, "no scenario is called \"compny\"; did you mean \"company\"?");
    check_refused("x", &opt, "no scenario is called \"x\"; there are company, ecommerce, ");
    opt.customers = 100;
    opt.lines = 3;
    check_refused("company", &opt, "lines: 3 are too few for the ");
    opt.customers = -1;
    assert_int_equal(tsl_scenario_check(&opt, &err), TSL_E_OPTION);
    check_refused("company", &opt, "customers: -1 is outside 1 to 99999999");
}

static void takes_no_foreign_folder(void **state)
{
    tsl_scenario_options opt;
    (void)state;
    make("noise", 10, 1, 0);
    TSL_DEFAULTS(scenario, &opt);
    opt.customers = 10;
    assert_int_equal(tsl_scenario_write(scratch_path("s"), 0, "noise", &opt, NULL, NULL, &err), TSL_E_EXISTS);
    scratch_write(scratch_path("s/mine.txt"), "x", 1);
    assert_int_equal(tsl_scenario_write(scratch_path("s"), 1, "noise", &opt, NULL, NULL, &err), TSL_E_EXISTS);
}

static void stops_when_asked_to(void **state)
{
    static const volatile int stop = 1;
    tsl_exec exec;
    (void)state;
    TSL_DEFAULTS(exec, &exec);
    exec.stop = &stop;
    assert_int_equal(tsl_scenario_write(scratch_path("s"), 0, "noise", NULL, &exec, NULL, &err), TSL_E_CANCELLED);
    assert_false(scratch_has(scratch_path("s")));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {TEST(writes_the_same_everywhere), TEST(knows_no_threads),
                                       TEST(has_as_many_as_asked_for),   TEST(refuses_what_it_cannot_make),
                                       TEST(takes_no_foreign_folder),    TEST(stops_when_asked_to)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
