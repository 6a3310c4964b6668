/* test_crm_pair.c: two runs side by side: every customer of either once, in the order of ids, and where he was before
 * as the later run says it, or else as the earlier one shows. */
#include "crm/made_run.h"

#include "base/rng.h"
#include "base/text.h"
#include "crm/crm_pair.h"

static tsl_error err;

#define HEADER "customer_id,segment_code,segment_from,segment_since\n"

static void open_runs(const char *now, const char *then, tsl__scored_run *run, tsl__scored_run *since)
{
    assert_int_equal(tsl__scored_run_open(made_run("run", NULL, now), &made_exec, run, &err), TSL_OK);
    if (then) {
        const char *folder = made_run("then", &(made_summary){.as_of = "2024-05-31"}, then);
        assert_int_equal(tsl__scored_run_open(folder, &made_exec, since, &err), TSL_OK);
    }
}

/* "a+- CHAMP LOYAL 2024-06-30 moves;": who he is, where he stands, and what is told of him. */
static char *walk(tsl__crm_pair *pair)
{
    tsl__text out = {0};
    for (;;) {
        if (tsl__crm_pair_read(pair, &err) != TSL_OK) {
            fail_msg("%s", err.message);
        }
        if (!pair->in_run && !pair->in_since) {
            break;
        }
        const tsl__span *cell = tsl__crm_pair_get(pair)->cell;
        const size_t fields[] = {TSL__FIELD_ID, TSL__FIELD_SEGMENT, TSL__FIELD_PREVIOUS, TSL__FIELD_CHANGED_ON};
        tsl__text_puts(&out, pair->in_run ? pair->in_since ? "both" : "now" : "then");
        for (int f = 0; f < 4; f++) {
            tsl__text_printf(&out, " %.*s", (int)cell[fields[f]].n, cell[fields[f]].s);
        }
        tsl__text_puts(&out, pair->in_run && pair->in_since && tsl__crm_pair_moves(pair) ? " moves\n" : "\n");
    }
    tsl__text_puts(&out, "");
    return tsl__text_take(&out);
}

static void assert_walk(tsl__crm_pair *pair, const char *expected)
{
    char *seen = walk(pair);
    assert_string_equal(seen, expected);
    free(seen);
}

static void test_two_runs(void **state)
{
    (void)state;
    tsl__scored_run run, since;
    open_runs(
        HEADER
        "a,CHAMP,,\nb,CHAMP,,\nc,CHAMP,,\nd,CHAMP,LOYAL,2024-06-15\ne,CHAMP,LOYAL,\ng,LOYAL,,\nh,LOYAL,X,2024-06-01\n",
        HEADER "b,CHAMP,,\nc,LOYAL,OLD,2024-01-01\nd,CHAMP,,\ne,CHAMP,LOYAL,\nf,LOYAL,OLD,2024-01-01\n", &run, &since);
    tsl__crm_pair pair = {.run = &run, .since = &since};
    static const char expected[] = "now a CHAMP  2024-06-30\n" /* since the run that first has him */
                                   "both b CHAMP  \n"          /* neither knows */
                                   "both c CHAMP LOYAL 2024-06-30 moves\n"
                                   "both d CHAMP LOYAL 2024-06-15 moves\n" /* the run knows more */
                                   "both e CHAMP LOYAL \n"
                                   "then f LOYAL OLD 2024-01-01\n"
                                   "now g LOYAL  2024-06-30\n"
                                   "now h LOYAL X 2024-06-01\n";
    assert_walk(&pair, expected);
    assert_int_equal(tsl__crm_pair_rewind(&pair, &err), TSL_OK);
    assert_walk(&pair, expected);
    tsl__scored_run_close(&run);
    tsl__scored_run_close(&since);
}

/* Alone a run is as it stands. */
static void test_one_run(void **state)
{
    (void)state;
    tsl__scored_run run;
    open_runs(HEADER "a,CHAMP,,\nb,CHAMP,LOYAL,2024-01-01\n", NULL, &run, NULL);
    tsl__crm_pair pair = {.run = &run};
    assert_walk(&pair, "now a CHAMP  \nnow b CHAMP LOYAL 2024-01-01\n");
    tsl__scored_run_close(&run);
}

/* Whoever is in either is met once, in order, and where he is. */
static void test_by_chance(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(3, 0, 0);
    for (int round = 0; round < 200; round++) {
        const uint64_t now = tsl__rng_u64(&rng), then = tsl__rng_u64(&rng);
        tsl__text text[3] = {{0}, {0}, {0}};
        for (int k = 0; k < 2; k++) {
            tsl__text_puts(&text[k], HEADER);
        }
        tsl__text_puts(&text[2], "");
        for (int i = 0; i < 64; i++) {
            const int in_run = (int)(now >> i & 1), in_since = (int)(then >> i & 1);
            for (int k = 0; k < 2; k++) {
                if (k ? in_since : in_run) {
                    tsl__text_printf(&text[k], "c%02d,CHAMP,,2024-01-01\n", i);
                }
            }
            if (in_run || in_since) {
                tsl__text_printf(&text[2], "%s c%02d CHAMP  2024-01-01\n",
                                 !in_since ? "now"
                                 : in_run  ? "both"
                                           : "then",
                                 i);
            }
        }
        tsl__scored_run run, since;
        open_runs(text[0].data, text[1].data, &run, &since);
        tsl__crm_pair pair = {.run = &run, .since = &since};
        assert_walk(&pair, text[2].data);
        tsl__scored_run_close(&run);
        tsl__scored_run_close(&since);
        for (int k = 0; k < 3; k++) {
            tsl__text_free(&text[k]);
        }
    }
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {IN_SCRATCH(test_two_runs), IN_SCRATCH(test_one_run), IN_SCRATCH(test_by_chance)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
