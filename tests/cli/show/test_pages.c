/* test_pages.c: manual pages and completion: whatever stands in the table of
 * parameters stands in each of them, and a command's own options stand in its
 * own page and no other's. */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const commands[] = {"run",     "check", "features", "cluster", "label",  "assign",  "evaluate",
                                       "compare", "value", "export",   "explain", "report", "inspect", "synth"};
static const char *const shells[] = {"bash", "zsh", "fish"};
enum { COMMANDS = sizeof commands / sizeof *commands, SHELLS = sizeof shells / sizeof *shells, NAME_BYTES = 128 };

static char *printed(const char *format, const char *word)
{
    char line[256];
    snprintf(line, sizeof line, format, word);
    assert_run(0, "%s", line);
    assert_string_equal(last_outcome()->err, "");
    char *copy = strdup(last_outcome()->out);
    assert_non_null(copy);
    return copy;
}

static void assert_holds(const char *what, const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("%s lacks \"%s\"", what, part);
    }
}

/* Hyphens as roff takes them for what they are. */
static void roff_name(const char *name, char out[NAME_BYTES])
{
    size_t used = 0;
    for (; *name; name++) {
        used += (size_t)snprintf(out + used, NAME_BYTES - used, "%s%c", *name == '-' ? "\\" : "", *name);
    }
}

/* The next text that stands between `before` and a quotation mark; NULL: no more. */
static const char *next_name(const char *at, const char *before, char name[NAME_BYTES])
{
    const char *begin = strstr(at, before);
    if (!begin) {
        return NULL;
    }
    begin += strlen(before);
    snprintf(name, NAME_BYTES, "%.*s", (int)strcspn(begin, "\""), begin);
    return begin;
}

/* Every option that the source of the table names, somewhere in each. */
static void hold_every_option(void **state)
{
    char name[NAME_BYTES], escaped[NAME_BYTES], part[NAME_BYTES * 2];
    char *table = get(source("src/cli/ask/params.c"), NULL), *page[COMMANDS], *script[SHELLS];
    int count = 0;
    (void)state;
    for (size_t i = 0; i < COMMANDS; i++) {
        page[i] = printed("help man %s", commands[i]);
    }
    for (size_t i = 0; i < SHELLS; i++) {
        script[i] = printed("help completion %s", shells[i]);
    }
    for (const char *at = table; (at = next_name(at, ".option = \"", name)); count++) {
        int found = 0;
        roff_name(name, escaped);
        snprintf(part, sizeof part, "\\fB\\-\\-%s\\fR", escaped);
        for (size_t i = 0; i < COMMANDS; i++) {
            found |= strstr(page[i], part) != NULL;
        }
        if (!found) {
            fail_msg("no manual page has --%s", name);
        }
        snprintf(part, sizeof part, " --%s ", name);
        assert_holds("bash", script[0], part);
        snprintf(part, sizeof part, "--%s", name);
        assert_holds("zsh", script[1], part);
        snprintf(part, sizeof part, " -l %s ", name);
        assert_holds("fish", script[2], part);
    }
    assert_true(count > 30);
    free(table);
    for (size_t i = 0; i < COMMANDS; i++) {
        free(page[i]);
    }
    for (size_t i = 0; i < SHELLS; i++) {
        free(script[i]);
    }
}

/* The part of a script between the first two marks; cut in place. */
static const char *between(char *text, const char *from, const char *to)
{
    char *begin = strstr(text, from);
    assert_non_null(begin);
    char *end = strstr(begin + strlen(from), to);
    assert_non_null(end);
    *end = '\0';
    return begin;
}

/* The options of a command, as its help lists them, and no others. */
static void hold_each_command_s_own(void **state)
{
    char part[NAME_BYTES * 2], name[NAME_BYTES], escaped[NAME_BYTES];
    (void)state;
    for (size_t c = 0; c < COMMANDS; c++) {
        char *help = printed("help %s", commands[c]), *page = printed("help man %s", commands[c]);
        char *bash = printed("help completion %s", "bash"), *zsh = printed("help completion %s", "zsh");
        char *fish = printed("help completion %s", "fish");
        snprintf(part, sizeof part, "    %s) echo '", commands[c]);
        const char *bash_part = between(bash, part, ";;");
        snprintf(part, sizeof part, "_tesela_%s() {", commands[c]);
        const char *zsh_part = between(zsh, part, "}\n");
        size_t count = 0, in_page = 0;
        for (const char *at = help; (at = strstr(at, "\n  --")); count++) {
            at += strlen("\n  --");
            snprintf(name, sizeof name, "%.*s", (int)strcspn(at, " \n"), at);
            roff_name(name, escaped);
            snprintf(part, sizeof part, "\\fB\\-\\-%s\\fR", escaped);
            assert_holds(commands[c], page, part);
            snprintf(part, sizeof part, strcmp(name, "help") ? " --%s " : " --%s'", name);
            assert_holds("bash", bash_part, part);
            snprintf(part, sizeof part, "--%s", name);
            assert_holds("zsh", zsh_part, part);
            snprintf(part, sizeof part, "'__fish_seen_subcommand_from %s' -l %s ", commands[c], name);
            assert_holds("fish", fish, part);
        }
        for (const char *at = page; (at = strstr(at, "\\fB\\-\\-")); at++) {
            in_page++;
        }
        assert_true(count >= 5);
        assert_int_equal(in_page, count);
        free(help);
        free(page);
        free(bash);
        free(zsh);
        free(fish);
    }
}

static void hold_every_key(void **state)
{
    char name[NAME_BYTES], escaped[NAME_BYTES], part[NAME_BYTES * 2];
    char *help = printed("help %s", "configuration"), *page = printed("help man %s", "configuration");
    int count = 0;
    (void)state;
    for (const char *at = strstr(help, "\nInput\n"); (at = strstr(at, "\n  ")); count++) {
        at += strlen("\n  ");
        if (*at != ' ') {
            snprintf(name, sizeof name, "%.*s", (int)strcspn(at, "\n"), at);
            roff_name(name, escaped);
            snprintf(part, sizeof part, "\\fB%s\\fR", escaped);
            assert_holds("tesela.yaml(5)", page, part);
        }
    }
    assert_true(count > 50);
    free(help);
    free(page);
}

static void refuse_what_is_not_there(void **state)
{
    (void)state;
    assert_run(2, "help man nothing");
    assert_err("there is no help on \"nothing\"");
    assert_run(2, "help completion tcsh");
    assert_err("for bash, zsh and fish, not for \"tcsh\"");
    assert_run(2, "help completion");
    assert_string_equal(last_outcome()->out, "");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(hold_every_option),
        IN_SANDBOX(hold_each_command_s_own),
        IN_SANDBOX(hold_every_key),
        IN_SANDBOX(refuse_what_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
