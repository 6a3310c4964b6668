/* drift_wording.c: whether a model still fits its customers, and in words. */
#include "output/drift_wording.h"

#include <math.h>

/* Below this many customers a share says little. */
#define FEW 100

typedef enum verdict { FITS, SHIFTED, REFIT, UNKNOWN, VERDICTS } verdict;

static const char *const codes[VERDICTS] = {"fits", "shifted", "refit", "unknown"};

int tsl__drift_is_used(const tsl_recipe *recipe, size_t feature)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (recipe->column[c].feature == feature && recipe->column[c].weight > 0) {
            return 1;
        }
    }
    return 0;
}

tsl__drift_level tsl__drift_level_get(const tsl_feature_drift *feature)
{
    if (isnan(feature->psi)) {
        return TSL__DRIFT_UNKNOWN;
    }
    if (feature->psi < TSL_PSI_SHIFTED || feature->psi <= feature->psi_limit) {
        return TSL__DRIFT_STABLE;
    }
    return feature->psi < TSL_PSI_DRIFTED ? TSL__DRIFT_SHIFTED : TSL__DRIFT_DRIFTED;
}

tsl__drift_levels tsl__drift_levels_get(const tsl_drift *drift, const tsl_recipe *recipe)
{
    tsl__drift_levels levels = {.rows = drift->customers, .plain = recipe->plain};
    for (size_t f = 0; f < recipe->feature_count; f++) {
        tsl__drift_level level = tsl__drift_level_get(&drift->feature[f]);
        if (tsl__drift_is_used(recipe, f)) {
            levels.used++;
            levels.known += level > TSL__DRIFT_UNKNOWN;
            levels.moved += level > TSL__DRIFT_STABLE;
            levels.far += level == TSL__DRIFT_DRIFTED;
        }
    }
    return levels;
}

/* Where over a quarter of what the segments rest on has drifted, they are others by now. */
static verdict judge(const tsl__drift_levels *levels)
{
    return levels->known == 0 ? UNKNOWN : 4 * levels->far > levels->used ? REFIT : levels->moved ? SHIFTED : FITS;
}

const char *tsl__drift_verdict(const tsl__drift_levels *levels)
{
    return codes[judge(levels)];
}

/* "3 of the 22 features that the segments rest on have shifted, 1 of them far" */
static void put_english(const tsl__drift_levels *l, tsl__text *out)
{
    static const char rest[] = "that the segments rest on";
    if (l->used == 1) {
        tsl__text_printf(out, "the one feature %s has", rest);
    } else if (l->moved == l->used) {
        tsl__text_printf(out, "all %zu features %s have", l->used, rest);
    } else {
        tsl__text_printf(out, "%zu of the %zu features %s %s", l->moved, l->used, rest, l->moved == 1 ? "has" : "have");
    }
    if (l->moved == 1) {
        tsl__text_puts(out, l->far ? " shifted far" : " shifted, though not far");
    } else if (l->far == 0 || l->far == l->moved) {
        tsl__text_puts(out, l->far ? " shifted, all of them far" : " shifted, none of them far");
    } else {
        tsl__text_printf(out, " shifted, %zu of them far", l->far);
    }
}

static void put_chinese(const tsl__drift_levels *l, tsl__text *out)
{
    if (l->used == 1) {
        tsl__text_puts(out, "客群所依据的唯一特征");
    } else if (l->moved == l->used) {
        tsl__text_printf(out, "客群所依据的全部 %zu 个特征", l->used);
    } else {
        tsl__text_printf(out, "客群所依据的 %zu 个特征中有 %zu 个", l->used, l->moved);
    }
    if (l->moved == 1) {
        tsl__text_puts(out, l->far ? "显著偏移" : "发生偏移，尚不显著");
    } else if (l->far == 0 || l->far == l->moved) {
        tsl__text_puts(out, l->far ? "均显著偏移" : "发生偏移，均不显著");
    } else {
        tsl__text_printf(out, "发生偏移，其中 %zu 个显著偏移", l->far);
    }
}

static void put_few(const tsl__drift_levels *l, int lang, tsl__text *out)
{
    if (lang) {
        tsl__text_printf(out, l->plain ? "（仅 %zu 行数据，数字多属偶然）" : "（仅 %zu 位客户，数字多属偶然）",
                         l->rows);
    } else {
        tsl__text_printf(out, " (of %zu %s%s only, which leaves much to chance)", l->rows,
                         l->plain ? "row" : "customer", l->rows == 1 ? "" : "s");
    }
}

void tsl__drift_put_sentence(const tsl__drift_levels *levels, int lang, tsl__text *out)
{
    static const char *const begin[VERDICTS][2] = {
        {"the model still fits: ", "模型仍然适用："},
        {"the model still fits in the main, but ", "模型大体适用，但"},
        {"the model no longer fits: ", "模型已不再适用："},
        {"nothing can be said of whether the model still fits: there is nothing to compare it by",
         "无法判断模型是否仍然适用：没有可供比较的数据"}};
    const verdict is = judge(levels);
    tsl__text_puts(out, begin[is][lang]);
    if (is == FITS && levels->used == 1) {
        tsl__text_puts(out, lang ? "客群所依据的唯一特征未发生偏移"
                                 : "the one feature that the segments rest on has not shifted");
    } else if (is == FITS) {
        tsl__text_printf(out,
                         lang ? "客群所依据的 %zu 个特征均未发生偏移"
                              : "none of the %zu features that the segments rest on has shifted",
                         levels->used);
    } else if (is != UNKNOWN) {
        (lang ? put_chinese : put_english)(levels, out);
        tsl__text_puts(out, is == SHIFTED ? "" : lang ? "；请重新拟合" : "; fit it anew");
    }
    if (is != UNKNOWN && levels->rows < FEW) {
        put_few(levels, lang, out);
    }
}
