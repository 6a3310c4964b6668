/* purchase_kinds.c: the table of the purchase models. */
#include "value/terms/purchase_kinds.h"

static const struct {
    const char *name;
    int count, time[TSL_PURCHASE_PARAMETERS], dropout, any_time;
    const char *parameter[TSL_PURCHASE_PARAMETERS];
} kinds[TSL_PURCHASE_KINDS] = {
    [TSL_NBD] = {"nbd", 2, {0, 1}, 0, 0, {"r", "alpha"}},
    [TSL_BG_NBD] = {"bg-nbd", 4, {0, 1}, 1, 0, {"r", "alpha", "a", "b"}},
    [TSL_MBG_NBD] = {"mbg-nbd", 4, {0, 1}, 1, 0, {"r", "alpha", "a", "b"}},
    [TSL_PARETO_NBD] = {"pareto-nbd", 4, {0, 1, 0, 1}, 1, 1, {"r", "alpha", "s", "beta"}},
    [TSL_BG_BB] = {"bg-bb", 4, {0}, 0, 1, {"alpha", "beta", "gamma", "delta"}},
};

static const char *const verdicts[TSL_FIT_VERDICTS] = {"sound", "no dropout", "ridge", "no mean", "empty"};

const char *tsl_purchase_kind_get_name(tsl_purchase_kind kind)
{
    return (unsigned)kind < TSL_PURCHASE_KINDS ? kinds[kind].name : NULL;
}

int tsl_purchase_kind_get_count(tsl_purchase_kind kind)
{
    return (unsigned)kind < TSL_PURCHASE_KINDS ? kinds[kind].count : 0;
}

const char *tsl_purchase_kind_get_parameter(tsl_purchase_kind kind, int index)
{
    return index >= 0 && index < tsl_purchase_kind_get_count(kind) ? kinds[kind].parameter[index] : NULL;
}

const char *tsl_fit_verdict_get_name(tsl_fit_verdict verdict)
{
    return (unsigned)verdict < TSL_FIT_VERDICTS ? verdicts[verdict] : "?";
}

int tsl__purchase_is_time(tsl_purchase_kind kind, int index)
{
    return kinds[kind].time[index];
}

int tsl__purchase_has_dropout(tsl_purchase_kind kind)
{
    return kinds[kind].dropout;
}

int tsl__purchase_leaves_any_time(tsl_purchase_kind kind)
{
    return kinds[kind].any_time;
}
