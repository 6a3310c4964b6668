/* test_outcome_names.c: names that are outcomes, and names that look like them and are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "feature/words/outcome_names.h"

typedef struct named {
    const char *name;
    int two; /* it holds two values */
} named;

static const named outcomes[] = {
    {"Churn", 1},
    {"churned", 1},
    {"Churn Value", 1},
    {"Churn Score", 0},
    {"Churn Label", 1},
    {"Churn Reason", 0},
    {"churn_flag", 1},
    {"is_churn", 1},
    {"CustomerChurn", 1},
    {"Attrition_Flag", 1},
    {"Attrition", 1},
    {"Exited", 1},
    {"Response", 1},
    {"responded", 1},
    {"Responded_Flag", 1},
    {"converted", 1},
    {"isConverted", 1},
    {"y", 1},
    {"Y", 1},
    {"target", 0},
    {"TARGET", 1},
    {"label", 1},
    {"default", 1},
    {"default.payment.next.month", 1},
    {"default payment next month", 1},
    {"deposit", 1},
    {"subscribed", 1},
    {"is_canceled", 1},
    {"Purchased", 1},
    {"Survived", 1},
    {"SeriousDlqin2yrs", 1},
    {"isFraud", 1},
    {"Loan_Status", 1},
    {"predicted_class", 0},
    {"propensity_score", 0},
    {"Revenue", 1},
    {"Outcome", 1},
    {"流失", 1},
    {"是否流失", 1},
    {"流失标志", 1},
    {"客户流失", 1},
    {"流失概率", 0},
    {"是否购买", 1},
    {"是否响应", 1},
    {"是否违约", 1},
    {"违约概率", 0},
    {"是否续费", 1},
    {"购买标志", 1},
    {"是否离网", 1},
    {"目标变量", 0},
    {"标签", 1},
    {"是否逾期", 1},
    {"是否已流失", 1},
};

static const named innocent[] = {
    {"AcceptedCmp1", 1},
    {"Complain", 1},
    {"CLTV", 0},
    {"Customer Lifetime Value", 0},
    {"Satisfaction Score", 0},
    {"deposit", 0},
    {"Deposit Amount", 0},
    {"default_limit", 0},
    {"Default Language", 0},
    {"revenue", 0},
    {"Response Time", 0},
    {"response_count", 0},
    {"Target Market", 0},
    {"target_price", 0},
    {"Label Printing", 1},
    {"purchase", 0},
    {"Purchases", 0},
    {"Purchase Count", 0},
    {"PreviousPurchases", 0},
    {"Subscription Length", 0},
    {"subscription_fee", 0},
    {"cancelled_orders", 0},
    {"return_count", 0},
    {"Status", 1},
    {"Tenure", 0},
    {"HasCrCard", 1},
    {"IsActiveMember", 1},
    {"loan", 1},
    {"housing", 1},
    {"poutcome", 0},
    {"previous", 0},
    {"campaign", 0},
    {"risk_score", 0},
    {"Credit Score", 0},
    {"conversion_rate", 0},
    {"visits", 0},
    {"Spending Score", 0},
    {"year", 0},
    {"y_coordinate", 0},
    {"days_y", 0},
    {"Closed Deals", 0},
    {"left_handed", 1},
    {"Won Deals", 0},
    {"客户标签", 0},
    {"购买次数", 0},
    {"购买金额", 0},
    {"逾期天数", 0},
    {"违约次数", 0},
    {"历史违约次数", 0},
    {"违约金额", 0},
    {"响应时间", 0},
    {"订阅时长", 0},
    {"是否会员", 1},
    {"是否有车", 1},
    {"是否已婚", 1},
    {"续费次数", 0},
    {"流失天数", 0},
    {"性别", 1},
    {"退货次数", 0},
    {"存款", 0},
    {"点击次数", 0},
    {"激活日期", 0},
    {"Kidhome", 0},
    {"PaperlessBilling", 1},
    {"Partner", 1},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_outcomes(void **state)
{
    (void)state;
    assert_int_equal(COUNT(outcomes), 53);
    for (size_t i = 0; i < COUNT(outcomes); i++) {
        if (!tsl__outcome_is_named(outcomes[i].name, outcomes[i].two, NULL, 0)) {
            fail_msg("%s is missed", outcomes[i].name);
        }
    }
}

static void test_innocent(void **state)
{
    (void)state;
    assert_int_equal(COUNT(innocent), 65);
    for (size_t i = 0; i < COUNT(innocent); i++) {
        if (tsl__outcome_is_named(innocent[i].name, innocent[i].two, NULL, 0)) {
            fail_msg("%s is none", innocent[i].name);
        }
    }
}

/* What depends on two values, or on a value of a category. */
static void test_values(void **state)
{
    (void)state;
    const char *const status[] = {"Stayed", "Churned", "Joined"}, *const plan[] = {"Basic", "Gold"},
                      *const zh[] = {"在网", "已离网"};
    assert_false(tsl__outcome_is_named("Customer Status", 0, NULL, 0));
    assert_true(tsl__outcome_is_named("Customer Status", 0, status, 3));
    assert_false(tsl__outcome_is_named("Customer Status", 1, plan, 2));
    assert_true(tsl__outcome_is_named("客户状态", 1, zh, 2));
    assert_true(tsl__outcome_is_named("is_target", 1, NULL, 0));
    assert_false(tsl__outcome_is_named("is_target", 0, NULL, 0));
    assert_true(tsl__outcome_is_named("流失标签", 0, NULL, 0));
    assert_true(tsl__outcome_is_named("本月是否流失", 0, NULL, 0));
    assert_false(tsl__outcome_is_named("流失原因", 0, NULL, 0));
    assert_true(tsl__outcome_is_named("churn date", 0, NULL, 0)); /* known of those who left alone */
    assert_false(tsl__outcome_is_named("days since churn", 0, NULL, 0));
    assert_false(tsl__outcome_is_named("y", 0, NULL, 0)); /* a place beside x */
    assert_false(tsl__outcome_is_named("", 1, NULL, 0));
    assert_false(tsl__outcome_is_named("is", 1, NULL, 0));
    assert_false(tsl__outcome_is_named("是否", 1, NULL, 0));
    assert_false(tsl__outcome_is_named("标签", 0, (const char *const[]){"a"}, 1) &&
                 tsl__outcome_is_named("客户标签", 0, NULL, 0));
}

static void test_levels(void **state)
{
    (void)state;
    static const char *const levels[] = {"Yes", "Attrited Customer", "Churned", "是", "流失", "TRUE"},
                             *const others[] = {"no", "Existing Customer", "Stayed", "否", "在网", "", "maybe"};
    for (size_t i = 0; i < COUNT(levels); i++) {
        assert_true(tsl__outcome_is_level(levels[i]));
    }
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_false(tsl__outcome_is_level(others[i]));
    }
}

/* Names of any length, cut where they are too long; bytes that are no characters. */
static void test_long_names(void **state)
{
    (void)state;
    char name[2000];
    for (size_t n = 0; n < sizeof name - 1; n += 7) {
        for (size_t i = 0; i < n; i++) {
            name[i] = "aB_ 9\xe6\xb5\x81\xff"[(i * 5 + n) % 9];
        }
        name[n] = '\0';
        (void)tsl__outcome_is_named(name, 1, NULL, 0);
    }
    assert_false(tsl__outcome_is_named("\xe6", 1, NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_outcomes), cmocka_unit_test(test_innocent),
                                       cmocka_unit_test(test_values), cmocka_unit_test(test_levels),
                                       cmocka_unit_test(test_long_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
