/* test_yaml.c: texts of a YAML file as they stand in it. */
#include "cli/ask/yaml.h"
#include "cli/system/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static cli_yaml *open_text(const char *text)
{
    char path[] = "/tmp/tesela-yaml-XXXXXX";
    const int file = mkstemp(path);
    const size_t n = strlen(text);
    tsl_error err;
    cli_yaml *yaml;
    assert_true(file >= 0 && write(file, text, n) == (ssize_t)n && close(file) == 0);
    assert_int_equal(cli_yaml_open(path, &yaml, &err), TSL_OK);
    unlink(path);
    return yaml;
}

/* Key and value of a mapping of one pair. */
static void check_pair(const char *text, const char *key, const char *value)
{
    cli_yaml *yaml = open_text(text);
    cli_node *k, *v;
    void *state = NULL;
    assert_true(cli_node_next_pair(cli_yaml_get_root(yaml), &state, &k, &v));
    assert_string_equal(cli_node_get_text(k), key);
    assert_string_equal(cli_node_get_text(v), value);
    cli_yaml_free(yaml);
}

/* Quotes within quotes are doubled, also two of them in a row. */
static void quotes_are_unescaped(void **state)
{
    (void)state;
    check_pair("where: 'coalesce(status, '''') != ''Cancelled'''\n", "where", "coalesce(status, '') != 'Cancelled'");
    check_pair("a: ''\n", "a", "");
    check_pair("a: ''''\n", "a", "'");
    check_pair("a: ''''''\n", "a", "''");
    check_pair("a: ''''''''\n", "a", "'''");
    check_pair("a: 'it''s'\n", "a", "it's");
    check_pair("{'k''''é': 'é''''''ö'}\n", "k''é", "é'''ö");
    check_pair("\xEF\xBB\xBF# é\na: 'x''''y' # '' z\n", "a", "x''y");
    check_pair("a: \"x''y\\\"\"\n", "a", "x''y\"");
    check_pair("a: x''y\n", "a", "x''y");
}

/* A line end is a blank, and an empty line a line end. */
static void lines_are_folded(void **state)
{
    (void)state;
    check_pair("a: 'x \n  y''\t\n\n\n  ''''z\n  '\n", "a", "x y'\n\n''z ");
    check_pair("a: 'x''''\r\n  y\r\n\r\n  z'\r\n", "a", "x'' y\nz");
    check_pair("a: '\n  x'\n", "a", " x");
}

static int tidy(void **state)
{
    (void)state;
    cli_arena_free();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(quotes_are_unescaped), cmocka_unit_test(lines_are_folded)};
    return cmocka_run_group_tests(tests, NULL, tidy);
}
