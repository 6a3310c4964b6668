/* test_movers_csv.c: movers.csv to the byte: ids as in segments.csv, and what a spreadsheet would run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/output.h>

#include "base/text.h"

#include <math.h>
#include <string.h>

static char vip[] = "vip", normal[] = "normal", champ[] = "CHAMP", next[] = "a,b", name[] = "run";
static tsl_roster_group segments[] = {{champ, {champ, champ}}, {next, {next, next}}},
                        tiers[] = {{vip, {vip, vip}}, {normal, {normal, normal}}};
static char *ids_then[] = {"'=1+1", "b", "gone"}, *ids_now[] = {"'=1+1", "b", "new \"one\""};
static char *reasons[] = {"up", "'@", "why, so"};
static int32_t segment_then[] = {0, 0, 0}, segment_now[] = {1, 0, 0}, tier_then[] = {1, 0, 0}, tier_now[] = {0, 1, 0};
static int64_t value_then[] = {15000, TSL_MISSING_INT, 20000}, value_now[] = {-12345678, 40000, 1};

static tsl_status keep(void *user, const void *bytes, size_t count, tsl_error *err)
{
    (void)err;
    tsl__text_append(user, bytes, count);
    return TSL_OK;
}

static void test_bytes(void **state)
{
    (void)state;
    static const char expected[] =
        "customer_id,change,segment_code_then,segment_code_now,tier_then,tier_now,tier_change,lifecycle_then,"
        "lifecycle_now,value_then,value_now,changed,reason\n"
        "\"'=1+1\",moved,CHAMP,\"a,b\",normal,vip,up,,,1.5,-1234.5678,,up\n"
        "b,moved,CHAMP,CHAMP,vip,normal,down,,,,4,,\"'@\"\n"
        "gone,vanished,CHAMP,,vip,,,,,2,,,\n"
        "\"new \"\"one\"\"\",new,,CHAMP,,vip,,,,,0.0001,,\"why, so\"\n";
    const tsl_roster then = {.name = name,
                             .customers = 3,
                             .id = ids_then,
                             .by = {{2, segments, segment_then}, {2, tiers, tier_then}},
                             .value = value_then,
                             .as_of = 1};
    const tsl_roster now = {.name = name,
                            .customers = 3,
                            .id = ids_now,
                            .by = {{2, segments, segment_now}, {2, tiers, tier_now}},
                            .value = value_now,
                            .reason = reasons,
                            .as_of = 2};
    tsl_migration *m = NULL;
    tsl__text text = {0};
    const tsl_target target = {.write = keep, .user = &text};
    assert_int_equal(tsl_migration_build(&then, &now, NULL, &m, NULL), TSL_OK);
    assert_int_equal(tsl_migration_write(m, "en", &target, NULL, NULL), TSL_OK);
    assert_string_equal(text.data, expected);
    assert_string_equal(tsl_csv_get_kind(text.data), "movers");
    assert_int_equal(tsl_migration_write(m, "de", &target, NULL, NULL), TSL_E_OPTION);
    tsl__text_free(&text);
    tsl_migration_free(m);
}

/* What it says of one effect, in both languages. */
static void test_sentence(void **state)
{
    (void)state;
    char code[] = "churn", en[] = "churn (lost)", zh[] = "流失率";
    tsl_effect_measure measure = {code, {en, zh}, 1, 1};
    tsl_effect_stratum stratum[] = {{TSL_BY_TIER, 0}};
    tsl_effect effect = {.arm = {{1200, .12, .095, -.025, -.04, -.01}, {1190, .119, .1195, .0005, -.01, .01}},
                         .difference = -.0255,
                         .low = -.045,
                         .high = -.006,
                         .p = .01,
                         .p_adjusted = .2,
                         .relative = -.2,
                         .relative_low = -.31,
                         .relative_high = -.07};
    const tsl_roster then = {.by = {[TSL_BY_TIER] = {2, tiers, tier_then}}};
    tsl_migration migration = {.then = &then};
    const tsl_effects effects = {.migration = &migration,
                                 .measure_count = 1,
                                 .measure = &measure,
                                 .stratum_count = 1,
                                 .stratum = stratum,
                                 .count = 1,
                                 .of = &effect,
                                 .looked_at = 20};
    char *text = NULL;
    assert_int_equal(tsl_effects_get_sentence(&effects, 0, "en", &text, NULL), TSL_OK);
    assert_string_equal(text,
                        "churn (lost) of vip: -2.5 points (95 % interval -4.5 to -0.6), relatively -20.0 % "
                        "(-31.0 % to -7.0 %); from 12.0 % to 9.5 % among 1200 treated, from 11.9 % to 11.9 % among "
                        "1190 held back; beyond chance by itself, not of 20 that were looked at (Holm)");
    tsl_text_free(text);
    assert_int_equal(tsl_effects_get_sentence(&effects, 0, "zh", &text, NULL), TSL_OK);
    assert_string_equal(text,
                        "vip的流失率：-2.5 个百分点（95% 区间 -4.5 至 -0.6），相对变化 -20.0%（-31.0% 至 -7.0%）；"
                        "实验组 1200 人由 12.0% 变为 9.5%，对照组 1190 人由 11.9% 变为 11.9%；"
                        "单看显著，但在所看的 20 个结果中可能是偶然");
    tsl_text_free(text);
    tsl_policy policy = {.by_alive = 1};
    tsl_segmentation by_alive = {.policy = &policy};
    const tsl_roster now = {.segmentation = &by_alive};
    migration.now = &now;
    migration.bases_differ = 1;
    assert_int_equal(tsl_effects_get_sentence(&effects, 0, "en", &text, NULL), TSL_OK);
    assert_non_null(strstr(text, "; stages went by gaps then and by P(alive) now: the change is not the customers' "
                                 "doing alone"));
    tsl_text_free(text);
    policy.by_alive = 0;
    assert_int_equal(tsl_effects_get_sentence(&effects, 0, "zh", &text, NULL), TSL_OK);
    assert_non_null(strstr(text, "；前次的阶段按仍活跃的概率、后次按购买间隔判定，前后之差不全是客户行为所致"));
    tsl_text_free(text);
    migration.bases_differ = 0;
    effect.arm[TSL_CONTROL].customers = 0;
    effect.p = NAN;
    assert_int_equal(tsl_effects_get_sentence(&effects, 0, "en", &text, NULL), TSL_OK);
    assert_non_null(strstr(text, "is no effect of the treatment"));
    tsl_text_free(text);
    assert_int_equal(tsl_effects_get_sentence(&effects, 1, "en", &text, NULL), TSL_E_OPTION);
    assert_null(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bytes), cmocka_unit_test(test_sentence)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
