/* test_help.c: the help, word for word. After a change that is meant, run this
 * test with TESELA_GOLDEN=write and look at what git shows. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const topics[] = {"run",      "features", "cluster", "label",         "assign",
                                     "evaluate", "compare",  "value",   "export",        "explain",
                                     "report",   "inspect",  "synth",   "configuration", ""};

static void check(const char *topic)
{
    char name[256];
    const char *write = getenv("TESELA_GOLDEN");
    snprintf(name, sizeof name, "%s/%s.txt", source("tests/cli/show/help"), *topic ? topic : "tesela");
    assert_run(0, "help %s", topic);
    assert_string_equal(last_outcome()->err, "");
    if (write && strcmp(write, "write") == 0) {
        put(name, last_outcome()->out);
    }
    char *golden = get(name, NULL);
    assert_string_equal(last_outcome()->out, golden);
    free(golden);
}

static void is_as_it_was(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        check(topics[i]);
    }
}

/* However it is asked for, and whatever else stands on the line. */
static void comes_from_anywhere(void **state)
{
    (void)state;
    assert_run(0, "help cluster");
    char *first = strdup(last_outcome()->out);
    assert_run(0, "cluster --help");
    assert_string_equal(last_outcome()->out, first);
    assert_run(0, "cluster data.csv --k 3 -h");
    assert_string_equal(last_outcome()->out, first);
    free(first);
}

static void fits_a_terminal(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        assert_run(0, "help %s", topics[i]);
        for (const char *line = last_outcome()->out; *line; line += strcspn(line, "\n") + 1) {
            size_t length = strcspn(line, "\n");
            assert_true(length <= 80);
            assert_true(length == 0 || line[length - 1] != ' ');
        }
    }
}

/* Each option of a command stands in its help, with what it does without it. */
static void is_complete(void **state)
{
    static const char *const parts[] = {"Usage:",          "\nReads ",     "\nWrites ",
                                        "\nExit status\n", "\nExamples\n", "  --config FILE.yaml\n",
                                        "  --json\n",      "  --quiet\n"};
    (void)state;
    for (size_t i = 0; i + 2 < sizeof topics / sizeof *topics; i++) {
        assert_run(0, "help %s", topics[i]);
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            assert_out(parts[p]);
        }
    }
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(is_as_it_was),
        IN_SANDBOX(comes_from_anywhere),
        IN_SANDBOX(fits_a_terminal),
        IN_SANDBOX(is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
