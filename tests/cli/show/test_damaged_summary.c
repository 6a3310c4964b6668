/* test_damaged_summary.c: a summary may come from anywhere: whatever it lacks, or holds in the place of something else,
 * inspect and report show the rest of it. */
#include "program.h"

#include "cli/show/show_summary.h"
#include "cli/system/arena.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHOWN "shown.txt" /* what inspect prints */

static tsl_status take_page(void *user, const void *bytes, size_t count, tsl_error *err)
{
    (void)user;
    (void)bytes;
    (void)count;
    (void)err;
    return TSL_OK;
}

/* Shows it in this process, where a signal is the end of the test. The page is drawn of the text: no node of it is
 * looked at but those at the top. */
static void show(const json_t *summary, int page)
{
    char *text = json_dumps(summary, JSON_COMPACT);
    tsl_error err;
    assert_non_null(text);
    tsl_status status = cli_show_summary(text, page ? "zh" : "en", CLI_SHOW_ALL, &err);
    assert_true(status == TSL_OK || status == TSL_E_FORMAT);
    status = page ? tsl_report_write(text, NULL, &(tsl_target){.write = take_page}, &err) : TSL_OK;
    assert_true(status == TSL_OK || status == TSL_E_FORMAT);
    free(text);
    cli_arena_free();
}

#define OTHERS 4

/* What can stand in a node's place; NULL: the node is not there. */
static json_t *make_other(int which)
{
    return which == 0 ? json_null() : which == 1 ? json_integer(-7) : which == 2 ? json_string("x") : NULL;
}

static size_t spoil(json_t *whole, json_t *at);

/* Each of them in the place of a member, and then of what is within it; gives how many were tried. */
static size_t spoil_member(json_t *whole, json_t *at, const char *key)
{
    json_t *kept = json_incref(json_object_get(at, key));
    size_t tried = 0;
    for (int which = 0; which < OTHERS; which++, tried++) {
        json_t *other = make_other(which);
        if (other) {
            json_object_set_new(at, key, other);
        } else {
            json_object_del(at, key);
        }
        show(whole, at == whole);
    }
    json_object_set(at, key, kept);
    tried += spoil(whole, kept);
    json_decref(kept);
    return tried;
}

/* The first row of a list stands for all of them. */
static size_t spoil_row(json_t *whole, json_t *array)
{
    json_t *kept = json_incref(json_array_get(array, 0));
    size_t tried = 0;
    for (int which = 0; which + 1 < OTHERS; which++, tried++) {
        json_array_set_new(array, 0, make_other(which));
        show(whole, 0);
    }
    json_array_set(array, 0, kept);
    tried += spoil(whole, kept);
    json_decref(kept);
    return tried;
}

static size_t spoil(json_t *whole, json_t *at)
{
    size_t tried = 0;
    json_t *keys = json_array();
    const char *key;
    json_t *value;
    json_object_foreach(at, key, value)
    {
        json_array_append_new(keys, json_string(key)); /* a walk does not live through changes */
    }
    for (size_t i = 0; i < json_array_size(keys); i++) {
        tried += spoil_member(whole, at, json_string_value(json_array_get(keys, i)));
    }
    json_decref(keys);
    return tried + (json_array_size(at) ? spoil_row(whole, at) : 0);
}

/* A run's summary, each of its nodes spoilt in turn. */
static void assert_shown(const char *name)
{
    char *text = get(name, NULL);
    json_t *whole = json_loads(text, 0, NULL);
    free(text);
    fflush(stdout);
    const int out = dup(STDOUT_FILENO), file = open(SHOWN, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(file, STDOUT_FILENO);
    close(file);
    const size_t tried = spoil(whole, whole);
    fflush(stdout);
    dup2(out, STDOUT_FILENO);
    close(out);
    json_decref(whole);
    assert_in_range(tried, 500, 100000);
    text = get(SHOWN, NULL);
    assert_null(strstr(text, "(null)"));
    free(text);
}

static void shows_the_rest(void **state)
{
    (void)state;
    put_orders("then.csv", 60, 5);
    put_orders("now.csv", 80, 6);
    assert_run(0, "run --transactions then.csv --output then --evidence none --quiet");
    assert_run(0, "run --transactions now.csv --previous then --output now --quiet");
    assert_shown("now/summary.json");
    assert_run(0, "run --transactions now.csv --model then/model.h5 --refit tiers --output moved --quiet");
    assert_shown("moved/summary.json");
    assert_run(0, "run --transactions now.csv --target monetary_total --output told --quiet");
    assert_shown("told/summary.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(shows_the_rest, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
