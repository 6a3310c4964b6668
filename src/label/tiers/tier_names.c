/* tier_names.c: what tiers are called, and how many of them an options struct asks for. */
#include "label/tiers/tier_plan.h"

#include "base/error.h"
#include "base/options.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define CODE_MAX 32 /* characters */
#define USUAL 5     /* tiers where nothing is said */

typedef struct word {
    const char *code, *names[TSL_LANGS];
} word;

/* By their number: those that practitioners have names for. */
static const word three[] = {{"high", {"High", "高价值"}}, {"mid", {"Mid", "中价值"}}, {"low", {"Low", "低价值"}}};
static const word five[] = {{"vip", {"VIP", "VIP"}},
                            {"gold", {"Gold", "金卡"}},
                            {"silver", {"Silver", "银卡"}},
                            {"bronze", {"Bronze", "铜卡"}},
                            {"normal", {"Normal", "普通"}}};
static const word any[TSL_TIERS_MAX] = {
    {"tier_1", {"Tier 1", "1 级"}},    {"tier_2", {"Tier 2", "2 级"}},    {"tier_3", {"Tier 3", "3 级"}},
    {"tier_4", {"Tier 4", "4 级"}},    {"tier_5", {"Tier 5", "5 级"}},    {"tier_6", {"Tier 6", "6 级"}},
    {"tier_7", {"Tier 7", "7 级"}},    {"tier_8", {"Tier 8", "8 级"}},    {"tier_9", {"Tier 9", "9 级"}},
    {"tier_10", {"Tier 10", "10 级"}}, {"tier_11", {"Tier 11", "11 级"}}, {"tier_12", {"Tier 12", "12 级"}}};

static const word *find_word(size_t count, size_t tier)
{
    return tier >= count || count > TSL_TIERS_MAX ? NULL
           : count == 3                           ? &three[tier]
           : count == USUAL                       ? &five[tier]
                                                  : &any[tier];
}

const char *tsl_tier_get_code(size_t count, size_t tier)
{
    const word *found = find_word(count, tier);
    return found ? found->code : NULL;
}

const char *tsl_tier_get_name(size_t count, size_t tier, const char *lang)
{
    const word *found = find_word(count, tier);
    return found ? found->names[strcmp(lang, "zh") == 0] : NULL;
}

void tsl_tiers_defaults(tsl_tier_method method, size_t count, double *share)
{
    static const double of_five[] = {.01, .04, .15, .30};
    for (size_t t = 0; t + 1 < count; t++) {
        share[t] = method == TSL_TIER_REVENUE ? 1 / (double)count
                   : count == USUAL           ? of_five[t]
                                              : ldexp(1, (int)t) / (ldexp(1, (int)count) - 1);
    }
}

/* ---- How many ------------------------------------------------------------------------- */

#define SHARES_OFF 1e-9 /* that shares may add up to another sum by rounding */

static double add_shares(const tsl_label_options *o)
{
    double sum = 0;
    for (size_t t = 0; t < o->tier_share_count; t++) {
        sum += o->tier_share[t];
    }
    return sum;
}

size_t tsl_label_get_shared_tiers(const tsl_label_options *o)
{
    const size_t more = o->tier_share_count + 1;
    const int named = (size_t)o->tier_count == more || (!o->tier_count && o->tier_name_count == more);
    const int whole = !named && fabs(add_shares(o) - 1) <= SHARES_OFF;
    return o->tier_share_count ? more - (size_t)whole : 0;
}

size_t tsl__tiers_get_count(const tsl_label_options *o)
{
    const int by_cuts = o->tier_method == TSL_TIER_CUTS;
    return o->tier_count                                                   ? (size_t)o->tier_count
           : by_cuts && o->tier_cut_count                                  ? o->tier_cut_count + 1
           : tsl__tiers_have_shares(o->tier_method) && o->tier_share_count ? tsl_label_get_shared_tiers(o)
           : o->tier_name_count                                            ? o->tier_name_count
                                                                           : USUAL;
}

static tsl_status check_count(const tsl_label_options *o, tsl_error *err)
{
    const size_t count = tsl__tiers_get_count(o), given = o->tier_share_count;
    const int are_whole = given && tsl_label_get_shared_tiers(o) == given;
    const struct {
        size_t has, needs;
        const char *what;
    } parts[] = {{o->tier_name_count, count, "names"},
                 {tsl__tiers_have_shares(o->tier_method) ? given : 0, are_whole ? count : count - 1, "shares"},
                 {o->tier_method == TSL_TIER_CUTS ? o->tier_cut_count : 0, count - 1, "cuts"}};
    if (count < 2 || count > TSL_TIERS_MAX) {
        return tsl__error_set(err, TSL_E_OPTION, "tiers: %zu are too %s, 2 to %d are expected", count,
                              count < 2 ? "few" : "many", TSL_TIERS_MAX);
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].has && parts[i].has != parts[i].needs) {
            return tsl__error_set(err, TSL_E_OPTION, "tiers: %zu tiers have %zu %s, not %zu", count, parts[i].needs,
                                  parts[i].what, parts[i].has);
        }
    }
    return TSL_OK;
}

/* ---- Names ------------------------------------------------------------------------------ */

static tsl_status check_code(const char *code, tsl_error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    const size_t length = code ? strlen(code) : 0;
    return length > 0 && length <= CODE_MAX && strspn(code, letters) == length
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION,
                                "\"%s\" is no code of a tier: a to z, 0 to 9 and _ are, up to %d of them",
                                code ? code : "", CODE_MAX);
}

tsl_status tsl_tier_name_check(const tsl_tier_name *name, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(check_code(name->code, err));
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        const char *text = name->names[lang];
        if (text && (!*text || strpbrk(text, "\r\n") || tsl__utf8_check(text, strlen(text)) != strlen(text))) {
            return tsl__error_set(err, TSL_E_OPTION, "tier %s: a name is one line of text, not \"%s\"", name->code,
                                  text);
        }
    }
done:
    return status;
}

static tsl_status check_names(const tsl_label_options *o, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t t = 0; t < o->tier_name_count; t++) {
        TSL__TRY(tsl_tier_name_check(&o->tier_name[t], err));
        for (size_t other = 0; other < t; other++) {
            if (strcmp(o->tier_name[other].code, o->tier_name[t].code) == 0) {
                return tsl__error_set(err, TSL_E_OPTION, "tiers: two have the code \"%s\"", o->tier_name[t].code);
            }
            for (int lang = 0; lang < TSL_LANGS; lang++) {
                const char *own = o->tier_name[t].names[lang], *before = o->tier_name[other].names[lang];
                if (own && before && strcmp(own, before) == 0) {
                    return tsl__error_set(err, TSL_E_OPTION, "tiers.names: %s is called \"%s\", as %s is",
                                          o->tier_name[t].code, own, o->tier_name[other].code);
                }
            }
        }
    }
done:
    return status;
}

tsl_status tsl__tier_names_take(const tsl_label_options *o, tsl_policy *policy, tsl_error *err)
{
    tsl_status status = TSL_OK;
    for (size_t t = 0; t < policy->tier_count; t++) {
        tsl_tier_name usual = {.code = NULL};
        if (!o->tier_name_count) {
            const word *found = find_word(policy->tier_count, t);
            usual = (tsl_tier_name){found->code, {found->names[0], found->names[1]}};
        }
        TSL__TRY(tsl__policy_name_tier(policy, t, o->tier_name_count ? &o->tier_name[t] : &usual, err));
    }
done:
    return status;
}

/* ---- All that is asked for ---------------------------------------------------------------- */

static tsl_status check_shares(const tsl_label_options *o, tsl_error *err)
{
    const double sum = add_shares(o);
    size_t held = 0; /* tiers that somebody can be in */
    for (size_t t = 0; t < o->tier_share_count; t++) {
        if (!(o->tier_share[t] >= 0 && o->tier_share[t] <= 1)) {
            return tsl__error_set(err, TSL_E_OPTION, "tier_share[%zu]: %g is outside 0 to 1", t, o->tier_share[t]);
        }
        held += o->tier_share[t] > 0;
    }
    if (sum > 1 + SHARES_OFF) {
        return tsl__error_set(err, TSL_E_OPTION, "tiers: the shares add up to %g, over 1", sum);
    }
    held += sum < 1 - SHARES_OFF;
    return !o->tier_share_count || held > 1
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION,
                                "tiers: with shares that add up to %g all customers are in one tier; expected are "
                                "those of all tiers but the last, such as 1%%, 4%%, 15%%, 30%%",
                                sum);
}

int tsl__tier_cuts_fall(const tsl_tier_cut *higher, const tsl_tier_cut *lower)
{
    return lower->least < higher->least || (lower->least == higher->least && higher->above && !lower->above);
}

static tsl_status check_cuts(const tsl_label_options *o, tsl_error *err)
{
    if (!o->tier_cut_count) {
        return tsl__error_set(err, TSL_E_OPTION, "tiers: by cuts they need the least value of all but the last");
    }
    for (size_t t = 0; t < o->tier_cut_count; t++) {
        const tsl_tier_cut *cut = &o->tier_cut[t];
        if (!isfinite(cut->least)) {
            return tsl__error_set(err, TSL_E_OPTION, "tiers: a cut is a number, not %g", cut->least);
        }
        if (t > 0 && !tsl__tier_cuts_fall(cut - 1, cut)) {
            return tsl__error_set(err, TSL_E_OPTION, "tiers: the cuts must fall, but %s%g is followed by %s%g",
                                  cut[-1].above ? ">" : "", cut[-1].least, cut->above ? ">" : "", cut->least);
        }
    }
    const tsl_tier_cut *last = &o->tier_cut[o->tier_cut_count - 1];
    return last->least > 0 || (last->least == 0 && last->above)
               ? TSL_OK
               : tsl__error_set(err, TSL_E_OPTION,
                                "tiers: a cut is over 0, or >0, not %g: values of 0 and less are in the last tier",
                                last->least);
}

tsl_status tsl__tiers_check(const tsl_label_options *o, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if ((unsigned)o->tier_method > TSL_TIER_BREAKS) {
        return tsl__error_set(err, TSL_E_OPTION, "tiers: %d is no method", (int)o->tier_method);
    }
    TSL__TRY(tsl__options_check_list(o->tier_share, o->tier_share_count, "tiers: shares", err));
    TSL__TRY(tsl__options_check_list(o->tier_cut, o->tier_cut_count, "tiers: cuts", err));
    TSL__TRY(tsl__options_check_list(o->tier_name, o->tier_name_count, "tiers: names", err));
    TSL__TRY(tsl__tiers_have_shares(o->tier_method) ? check_shares(o, err) : TSL_OK);
    TSL__TRY(o->tier_method == TSL_TIER_CUTS ? check_cuts(o, err) : TSL_OK);
    TSL__TRY(check_names(o, err));
    TSL__TRY(check_count(o, err));
done:
    return status;
}
