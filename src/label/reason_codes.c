/* reason_codes.c: reasons as codes that stay the same, and what they are called. */
#include "label/internal.h"

#include <string.h>

#define NO_STAGE TSL_STAGES

static const struct {
    const char *code, *name[TSL_LANGS];
    tsl_stage stage; /* whose reason it is; NO_STAGE: of several, or of none */
} reasons[TSL_REASONS] = {
    [TSL_REASON_NO_PURCHASE] = {"no_purchase", {"No purchase yet", "尚无购买"}, TSL_POTENTIAL},
    [TSL_REASON_BOUGHT_ONCE] = {"bought_once", {"Bought once, lately", "近期首购"}, TSL_NEW},
    [TSL_REASON_WITHIN_GAP] = {"within_gap", {"Within the usual gap", "在惯常间隔内"}, TSL_ACTIVE},
    [TSL_REASON_REGULAR] = {"regular", {"Regular for long", "长期规律购买"}, TSL_MATURE},
    [TSL_REASON_OVER_GAP] = {"over_gap", {"Silent for longer than usual", "超过惯常间隔未购买"}, TSL_AT_RISK},
    [TSL_REASON_FAR_OVER_GAP] = {"far_over_gap", {"Silent for far longer than usual", "远超惯常间隔未购买"}, TSL_LOST},
    [TSL_REASON_CAME_BACK] = {"came_back", {"Came back after a silence", "沉默后回归"}, TSL_REACTIVATED},
    [TSL_REASON_NO_DATE] = {"no_date", {"Last purchase not known", "最近购买时间未知"}, NO_STAGE},
    [TSL_REASON_RETURNS_ONLY] = {"returns_only",
                                 {"Returns or cancelled orders only", "仅有退货或取消的订单"},
                                 TSL_POTENTIAL},
    [TSL_REASON_NO_AMOUNT] = {"no_amount", {"Only lines without an amount", "仅有金额为零的记录"}, TSL_POTENTIAL},
    [TSL_REASON_ONCE_NOT_BACK] = {"once_not_back",
                                  {"Bought once and did not come back", "首购后未再购买"},
                                  TSL_AT_RISK},
    [TSL_REASON_ONCE_FAR_OVER] = {"once_far_over", {"Bought once, long ago", "仅在很久前购买一次"}, TSL_LOST},
    [TSL_REASON_ALIVE] = {"alive", {"Likely to be still a customer", "很可能仍为客户"}, TSL_ACTIVE},
    [TSL_REASON_REGULAR_ALIVE] = {"regular_alive",
                                  {"Regular for long, likely to stay", "长期规律购买，很可能留存"},
                                  TSL_MATURE},
    [TSL_REASON_GONE] = {"gone", {"Hardly likely to be still a customer", "仍为客户的可能性低"}, NO_STAGE},
    [TSL_REASON_OVER_GAP_ALIVE] = {"over_gap_alive",
                                   {"Silent for longer than usual, likely to be still a customer",
                                    "超过惯常间隔未购买，但可能仍为客户"},
                                   TSL_AT_RISK},
    [TSL_REASON_EARLY_GONE] = {"early_gone",
                               {"Within the usual gap, hardly likely to be still a customer",
                                "在惯常间隔内，但仍为客户的可能性低"},
                               TSL_AT_RISK},
    [TSL_REASON_FAR_OVER_GONE] = {"far_over_gone",
                                  {"Silent for far longer than usual, hardly likely to be still a customer",
                                   "远超惯常间隔未购买，仍为客户的可能性低"},
                                  TSL_LOST},
    [TSL_REASON_STILL_AT_RISK] = {"still_at_risk", {"Still at risk", "仍在预警中"}, TSL_AT_RISK},
    [TSL_REASON_STILL_LOST] = {"still_lost", {"Still lost", "仍处流失"}, TSL_LOST},
    [TSL_REASON_VALUE] = {"value", {"By value", "依据价值"}, NO_STAGE},
    [TSL_REASON_PLACE] = {"place", {"By likeness", "依据相似度"}, NO_STAGE},
};

const char *tsl_reason_get_code(tsl_reason reason)
{
    return (unsigned)reason < TSL_REASONS ? reasons[reason].code : NULL;
}

const char *tsl_reason_get_name(tsl_reason reason, const char *lang)
{
    const int zh = lang && strcmp(lang, tsl_lang_get_code(1)) == 0;
    return (unsigned)reason < TSL_REASONS ? reasons[reason].name[zh] : NULL;
}

tsl_stage tsl__reason_get_stage(const char *code)
{
    int reason = 0;
    while (reason < TSL_REASONS && strcmp(reasons[reason].code, code) != 0) {
        reason++;
    }
    return reason < TSL_REASONS ? reasons[reason].stage : NO_STAGE;
}
