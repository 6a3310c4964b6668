/* test_show_effects.c: which effects the terminal tells in a sentence: of all customers each measure, then of groups
 * those beyond chance, tiers before segments. Campaigns made by hand. */
#include "label/compare/rosters.h"
#include "program.h"

#include "cli/show/show_summary.h"
#include "cli/system/arena.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CUSTOMERS 2400
#define SEGMENTS 12
#define OF_VIPS 9
#define SHOWN "shown.txt"

static tsl_roster_group stages[] = {MAKE_GROUP("active", "Active", "活跃"), MAKE_GROUP("lost", "Lost", "流失")};

static char name_then[] = "then", name_now[] = "now";
static char text[CUSTOMERS][8], *ids[CUSTOMERS], segment_text[SEGMENTS][8];
static tsl_roster_group segments[SEGMENTS];
static int32_t segment[CUSTOMERS], tier[CUSTOMERS], stage_then[CUSTOMERS], stage_now[CUSTOMERS];
static int8_t arm[CUSTOMERS];

/* 1,200 of each arm, as many in each tier, the VIPs in nine segments and the others in three; nobody of them was lost.
 * Half of them are; of the treated none who is kept: of the first `kept` tiers. */
static void make_campaign(int kept)
{
    for (int s = 0; s < SEGMENTS; s++) {
        snprintf(segment_text[s], sizeof segment_text[s], "S%02d", s + 1);
        segments[s] =
            s < 3 ? segments_then[s] : (tsl_roster_group){segment_text[s], {segment_text[s], segment_text[s]}};
    }
    for (int i = 0; i < CUSTOMERS; i++) {
        const int place = i / 2;
        snprintf(text[i], sizeof text[i], "%04d", i);
        ids[i] = text[i];
        arm[i] = (int8_t)(i % 2);
        tier[i] = place / SEGMENTS % 3;
        segment[i] = tier[i] == 0 ? place % OF_VIPS : OF_VIPS + place % (SEGMENTS - OF_VIPS);
        stage_now[i] = place / (SEGMENTS * 3) % 2 && !(arm[i] == TSL_TREATED && tier[i] < kept);
    }
}

static tsl_roster make(char *name, int32_t *stage, int32_t as_of)
{
    return (tsl_roster){.name = name,
                        .customers = CUSTOMERS,
                        .id = ids,
                        .by = {{SEGMENTS, segments, segment}, {3, tiers, tier}, {2, stages, stage}},
                        .as_of = as_of};
}

static void show(const tsl_effects *effects, const char *lang)
{
    tsl_error err;
    fflush(stdout);
    const int out = dup(STDOUT_FILENO), file = open(SHOWN, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(file, STDOUT_FILENO);
    close(file);
    const tsl_status status = cli_show_effects(effects, lang, &err);
    fflush(stdout);
    dup2(out, STDOUT_FILENO);
    close(out);
    cli_arena_free();
    assert_int_equal(status, TSL_OK);
}

/* The lines that stand below the table begin so, and there is no other one. */
static void assert_said(const tsl_effects *effects, const char *lang, const char *const *begins)
{
    show(effects, lang);
    char *shown = get(SHOWN, NULL), *line = strstr(shown, "\n\n");
    assert_non_null(line);
    assert_non_null(line = strstr(line + 2, "\n\n"));
    for (line += 2; *begins; begins++) {
        if (strncmp(line, *begins, strlen(*begins)) != 0) {
            fail_msg("%.*s\ninstead of\n%s", (int)strcspn(line, "\n"), line, *begins);
        }
        line += strcspn(line, "\n") + 1;
    }
    assert_string_equal(line, "");
    free(shown);
}

static void assert_campaign(int kept, const char *const *en, const char *const *zh)
{
    make_campaign(kept);
    const tsl_roster then = make(name_then, stage_then, 100), now = make(name_now, stage_now, 190);
    const tsl_arms arms = {CUSTOMERS, arm, 1, {CUSTOMERS / 2, CUSTOMERS / 2}, {0, 0}, {0, 0}, 0, {0, 0}, 0};
    tsl_migration *m = NULL;
    tsl_effects *e = NULL;
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_effects_build(m, &arms, &e, NULL), TSL_OK);
    assert_said(e, "en", en);
    assert_said(e, "zh", zh);
    tsl_effects_free(e);
    tsl_migration_free(m);
}

/* A campaign that kept the VIPs, whose nine segments would leave no room for them. */
static void tells_of_vips(void **state)
{
    (void)state;
    assert_campaign(
        1,
        (const char *const[]){
            "churn (lost) of all customers: -17.0 points", "churn (lost) of VIP: -50.0 points",
            "churn (lost) of Champions: ", "churn (lost) of Once: ", "churn (lost) of Old: ", "churn (lost) of S04: ",
            "churn (lost) of S05: ", "churn (lost) of S06: ", "churn (lost) of S07: ",
            "2 more effects of groups beyond chance: marked with * in the table; --json has each sentence.\n", NULL},
        (const char *const[]){"全部客户的", "VIP的", "冠军的", "一次的", "旧的", "S04的", "S05的", "S06的", "S07的",
                              "另有 2 项分组效果也超出偶然：表中以 * 标出，--json 中各有一句说明。\n", NULL});
}

/* One that kept everybody: of fifteen groups beyond chance the tiers come first, and what is left out is counted. */
static void counts_the_rest(void **state)
{
    (void)state;
    assert_campaign(
        3,
        (const char *const[]){"churn (lost) of all customers: ", "churn (lost) of VIP: ", "churn (lost) of Gold: ",
                              "churn (lost) of Normal: ", "churn (lost) of Champions: ", "churn (lost) of Once: ",
                              "churn (lost) of Old: ", "churn (lost) of S04: ", "churn (lost) of S05: ",
                              "7 more effects of groups beyond chance: marked with * in the table; --json "
                              "has each sentence.\n",
                              NULL},
        (const char *const[]){"全部客户的", "VIP的", "金卡的", "普通的", "冠军的", "一次的", "旧的", "S04的", "S05的",
                              "另有 7 项分组效果也超出偶然：表中以 * 标出，--json 中各有一句说明。\n", NULL});
}

/* One that did nothing is told of all customers alone. */
static void tells_of_all(void **state)
{
    (void)state;
    assert_campaign(0, (const char *const[]){"churn (lost) of all customers: 0", NULL},
                    (const char *const[]){"全部客户的", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(tells_of_vips, sandbox_open, sandbox_close),
                                       cmocka_unit_test_setup_teardown(counts_the_rest, sandbox_open, sandbox_close),
                                       cmocka_unit_test_setup_teardown(tells_of_all, sandbox_open, sandbox_close)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
