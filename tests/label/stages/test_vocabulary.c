/* test_vocabulary.c: every stage has a phase in every vocabulary, in words; and names that were given go before them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <tesela/label.h>

static void test_phases(void **state)
{
    (void)state;
    static const struct {
        tsl_vocabulary of;
        const char *codes, *zh; /* of the stages, in order */
    } cases[] = {
        {TSL_VOCABULARY_DEFAULT, "potential active active active active lost active", "潜在 活跃 流失"},
        {TSL_VOCABULARY_ACQUIRE, "acquire develop develop maintain win_back win_back develop", "获取 发展 维护 挽留"},
        {TSL_VOCABULARY_CLASSIC, "potential new existing existing existing lost existing",
         "潜在客户 新客户 老客户 流失客户"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char codes[200] = "", zh[200] = "";
        size_t count;
        const tsl_phase *phase = tsl_vocabulary_get_phases(cases[i].of, &count);
        for (int s = 0; s < TSL_STAGES; s++) {
            const size_t p = tsl_vocabulary_get_index(cases[i].of, (tsl_stage)s);
            assert_true(p < count);
            strcat(strcat(codes, s ? " " : ""), phase[p].code);
        }
        for (size_t p = 0; p < count; p++) {
            strcat(strcat(zh, p ? " " : ""), phase[p].names[1]);
        }
        assert_string_equal(codes, cases[i].codes);
        assert_string_equal(zh, cases[i].zh);
    }
    size_t none = 1;
    assert_null(tsl_vocabulary_get_phases(TSL_VOCABULARIES, &none));
    assert_int_equal(none, 0);
    assert_null(tsl_vocabulary_get_name(TSL_VOCABULARIES));
    assert_string_equal(tsl_vocabulary_get_name(TSL_VOCABULARY_ACQUIRE), "acquire");
}

static void test_names(void **state)
{
    (void)state;
    char given[] = "Sleeping";
    tsl_policy policy = {.vocabulary = TSL_VOCABULARY_DEFAULT};
    assert_string_equal(tsl_policy_get_stage_name(&policy, TSL_REACTIVATED, 1), "唤回");
    assert_string_equal(tsl_policy_get_stage_name(&policy, TSL_NEW, 0), "New");
    policy.vocabulary = TSL_VOCABULARY_ACQUIRE;
    assert_string_equal(tsl_policy_get_stage_name(&policy, TSL_REACTIVATED, 1), "发展");
    policy.stage_names[TSL_LOST][0] = given;
    assert_string_equal(tsl_policy_get_stage_name(&policy, TSL_LOST, 0), "Sleeping");
    assert_string_equal(tsl_policy_get_stage_name(&policy, TSL_LOST, 1), "挽留");
    assert_string_equal(tsl_policy_get_stage_name(&policy, TSL_AT_RISK, 0), "Win back");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_phases), cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
