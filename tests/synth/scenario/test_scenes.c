/* test_scenes.c: src/synth/scenario/scenes.c: what every scenario's declaration has to keep. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "synth/scenario/scene.h"

static void names_each_once(void **state)
{
    const tsl__scene *scene;
    (void)state;
    for (size_t i = 0; (scene = tsl__scene_get(i)); i++) {
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(scene->about.name, tsl__scene_get(k)->about.name);
        }
        for (size_t a = 0; a < scene->kinds; a++) {
            for (size_t b = 0; b < a; b++) {
                assert_string_not_equal(scene->kind[a].name, scene->kind[b].name);
            }
        }
    }
    assert_null(tsl__scene_get(1000));
}

static double add(const double *number, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += number[i];
    }
    return sum;
}

static void has_shares_of_one(void **state)
{
    const tsl__scene *scene;
    (void)state;
    for (size_t i = 0; (scene = tsl__scene_get(i)); i++) {
        double sum = 0;
        assert_in_range(scene->kinds, 1, TSL__SCENE_KINDS);
        for (size_t k = 0; k < scene->kinds; k++) {
            const tsl__scene_kind *kind = &scene->kind[k];
            sum += kind->share;
            assert_true(kind->weekend >= 0 && kind->weekend < 1 && kind->evening >= 0 && kind->evening <= 1);
            assert_true(kind->spend >= 0 && kind->orders >= 0 && kind->life >= 0 && kind->returns < .5);
            assert_true(kind->orders > 0 || !(kind->spend > 0));
            for (size_t t = 0; scene->trait[t].draw; t++) { /* of texts that are there */
                size_t texts = 0;
                while (texts < TSL__SCENE_TEXTS && scene->trait[t].text[texts]) {
                    texts++;
                }
                if (scene->trait[t].draw == TSL__TRAIT_TEXT) {
                    assert_true(add(kind->trait[t] + texts, TSL__SCENE_TEXTS - texts) == 0);
                } else if (scene->trait[t].draw != TSL__TRAIT_SINCE) {
                    assert_true(scene->trait[t].low < scene->trait[t].high && kind->trait[t][1] > 0);
                }
            }
        }
        if (fabs(sum - 1) > 1e-12) {
            fail_msg("%s: the shares add up to %g", scene->about.name, sum);
        }
        assert_true(scene->level_shape > 1);
    }
}

/* The configuration says the day behind the tables, and cuts tiers as the truth does. */
static void configures_what_it_makes(void **state)
{
    const tsl__scene *scene;
    char line[256];
    (void)state;
    for (size_t i = 0; (scene = tsl__scene_get(i)); i++) {
        snprintf(line, sizeof line, "as_of: %d-01-01\n", scene->first_year + scene->years);
        assert_non_null(strstr(scene->config, line));
        if (scene->tier[0].code) {
            int at = snprintf(line, sizeof line, "  cuts: [");
            for (const tsl__scene_tier *tier = scene->tier; tier->cut > 0; tier++) {
                const char *mark = tier->is_over ? "\"" : "";
                at += snprintf(line + at, sizeof line - (size_t)at, "%s%s%s%.9g%s", tier > scene->tier ? ", " : "",
                               mark, tier->is_over ? ">" : "", tier->cut, mark);
                assert_true(tier[1].code && tier[1].cut < tier->cut);
            }
            snprintf(line + at, sizeof line - (size_t)at, "]\n");
            if (!strstr(scene->config, line)) {
                fail_msg("%s: lacks %s", scene->about.name, line);
            }
            snprintf(line, sizeof line, "  value: %s\n",
                     scene->tier_trait         ? scene->tier_trait
                     : scene->tier_days == 365 ? "monetary_365d"
                                               : "monetary_total");
            assert_non_null(strstr(scene->config, line));
        }
        snprintf(line, sizeof line, "  new_days: %d\n", scene->new_days);
        assert_true((scene->new_days > 0) == (strstr(scene->config, line) != NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_each_once), cmocka_unit_test(has_shares_of_one),
                                       cmocka_unit_test(configures_what_it_makes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
