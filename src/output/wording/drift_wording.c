/* drift_wording.c: whether a model still fits its customers, and in words. */
#include "output/wording/drift_wording.h"

#include <math.h>

/* Below this many customers a share says little. */
#define FEW 100

typedef enum verdict { FITS, SHIFTED, REFIT, UNKNOWN, VERDICTS } verdict;

static const char *const codes[VERDICTS] = {"fits", "shifted", "refit", "unknown"};

const char *tsl__drift_level_get_name(tsl__drift_level level)
{
    static const char *const levels[] = {
        [TSL__DRIFT_UNKNOWN] = NULL,
        [TSL__DRIFT_STABLE] = "stable",
        [TSL__DRIFT_SHIFTED] = "shifted",
        [TSL__DRIFT_DRIFTED] = "drifted",
    };
    return levels[level];
}

int tsl__drift_is_used(const tsl_recipe *recipe, size_t feature)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        if (column->feature == feature && (column->weight > 0 || column->pooled)) {
            return 1;
        }
    }
    return 0;
}

/* An index or a ratio by its two marks, where it is more than chance. */
static tsl__drift_level get_level(double value, int by_chance, double shifted, double drifted)
{
    if (isnan(value)) {
        return TSL__DRIFT_UNKNOWN;
    }
    if (value < shifted || by_chance) {
        return TSL__DRIFT_STABLE;
    }
    return value < drifted ? TSL__DRIFT_SHIFTED : TSL__DRIFT_DRIFTED;
}

tsl__drift_level tsl__drift_level_get(const tsl_feature_drift *feature)
{
    return get_level(feature->psi, feature->psi <= feature->psi_limit, TSL_PSI_SHIFTED, TSL_PSI_DRIFTED);
}

tsl__drift_level tsl__drift_level_get_shares(const tsl_segmentation_drift *segments)
{
    return segments ? get_level(segments->psi, segments->psi <= segments->psi_limit, TSL_PSI_SHIFTED, TSL_PSI_DRIFTED)
                    : TSL__DRIFT_UNKNOWN;
}

tsl__drift_level tsl__drift_level_get_distance(const tsl_segmentation_drift *segments)
{
    if (!segments || isnan(segments->distance_limit)) {
        return TSL__DRIFT_UNKNOWN;
    }
    /* marks times then, and not a ratio: then may be 0 */
    return get_level(segments->distance_now, segments->distance_now <= segments->distance_limit,
                     TSL_DISTANCE_SHIFTED * segments->distance_then, TSL_DISTANCE_DRIFTED * segments->distance_then);
}

tsl__drift_levels tsl__drift_levels_get(const tsl_drift *drift, const tsl_recipe *recipe,
                                        const tsl_segmentation_drift *segments)
{
    tsl__drift_levels levels = {.rows = drift->customers,
                                .plain = recipe->plain,
                                .shares = tsl__drift_level_get_shares(segments),
                                .distance = tsl__drift_level_get_distance(segments)};
    if (segments) {
        levels.psi = segments->psi;
        levels.distance_then = segments->distance_then;
        levels.distance_now = segments->distance_now;
    }
    for (size_t f = 0; f < recipe->feature_count; f++) {
        tsl__drift_level level = tsl__drift_level_get(&drift->feature[f]);
        if (tsl__drift_is_used(recipe, f)) {
            levels.used++;
            levels.known += level > TSL__DRIFT_UNKNOWN;
            levels.moved += level > TSL__DRIFT_STABLE;
            levels.far += level == TSL__DRIFT_DRIFTED;
            levels.gone += level == TSL__DRIFT_DRIFTED && drift->feature[f].missing >= 1;
        }
    }
    return levels;
}

/* Where over a quarter of what the segments rest on has drifted, or their sizes or distances have, they are others by
 * now; so are they where over a tenth is gone, as a table that was lost leaves everybody alike in all that it told. */
static verdict judge(const tsl__drift_levels *l)
{
    if (l->known == 0) {
        return UNKNOWN;
    }
    if (4 * l->far > l->used || 10 * l->gone > l->used || l->shares == TSL__DRIFT_DRIFTED ||
        l->distance == TSL__DRIFT_DRIFTED) {
        return REFIT;
    }
    return l->moved || l->shares == TSL__DRIFT_SHIFTED || l->distance == TSL__DRIFT_SHIFTED ? SHIFTED : FITS;
}

const char *tsl__drift_verdict(const tsl__drift_levels *levels)
{
    return codes[judge(levels)];
}

/* ---- Which of the three it was ---------------------------------------------------- */

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
    if (l->gone == l->moved) {
        tsl__text_puts(out, " (missing for everybody)");
    } else if (l->gone) {
        tsl__text_printf(out, " (%zu missing for everybody)", l->gone);
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
    if (l->gone == l->moved) {
        tsl__text_puts(out, "（全部缺失）");
    } else if (l->gone) {
        tsl__text_printf(out, "（其中 %zu 个全部缺失）", l->gone);
    }
}

/* By level, shifted and drifted, and language. */
static void put_shares(const tsl__drift_levels *l, int lang, tsl__text *out)
{
    static const char *const words[2][2] = {
        {"the segments' sizes have shifted (PSI %s)", "客群规模发生偏移（PSI %s）"},
        {"the segments' sizes have shifted far (PSI %s)", "客群规模显著偏移（PSI %s）"}};
    char psi[32];
    tsl__shown_write(l->psi, 3, psi);
    tsl__text_printf(out, words[l->shares == TSL__DRIFT_DRIFTED][lang], psi);
}

static void put_distance(const tsl__drift_levels *l, int lang, tsl__text *out)
{
    static const char *const words[2][2] = {
        {"the mean distance to the segments' centres has grown from %s to %s", "到客群中心的平均距离由 %s 增至 %s"},
        {"the mean distance to the segments' centres has grown far, from %s to %s",
         "到客群中心的平均距离由 %s 显著增至 %s"}};
    char then[32], now[32];
    tsl__shown_write(l->distance_then, 3, then);
    tsl__shown_write(l->distance_now, 3, now);
    tsl__text_printf(out, words[l->distance == TSL__DRIFT_DRIFTED][lang], then, now);
}

/* Whatever has moved, one behind the other. */
static void put_moved(const tsl__drift_levels *l, int lang, tsl__text *out)
{
    const char *const gap = lang ? "；" : "; ";
    const size_t begin = out->length;
    if (l->moved) {
        (lang ? put_chinese : put_english)(l, out);
    }
    if (l->shares > TSL__DRIFT_STABLE) {
        tsl__text_puts(out, out->length > begin ? gap : "");
        put_shares(l, lang, out);
    }
    if (l->distance > TSL__DRIFT_STABLE) {
        tsl__text_puts(out, out->length > begin ? gap : "");
        put_distance(l, lang, out);
    }
}

/* That nothing has, of what is known. */
static void put_stable(const tsl__drift_levels *l, int lang, tsl__text *out)
{
    static const char *const segments[2][2][2] = {
        {{"", ""}, {", nor has the mean distance to the centres grown", "，到客群中心的平均距离也未变大"}},
        {{", nor have the segments' sizes", "，客群规模也未偏移"},
         {", nor have the segments' sizes and distances", "，客群规模和到中心的距离也未偏移"}}};
    if (l->used == 1) {
        tsl__text_puts(out, lang ? "客群所依据的唯一特征未发生偏移"
                                 : "the one feature that the segments rest on has not shifted");
    } else {
        tsl__text_printf(out,
                         lang ? "客群所依据的 %zu 个特征均未发生偏移"
                              : "none of the %zu features that the segments rest on has shifted",
                         l->used);
    }
    tsl__text_puts(out, segments[l->shares > TSL__DRIFT_UNKNOWN][l->distance > TSL__DRIFT_UNKNOWN][lang]);
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
    if (is == FITS) {
        put_stable(levels, lang, out);
    } else if (is != UNKNOWN) {
        put_moved(levels, lang, out);
        tsl__text_puts(out, is == SHIFTED ? "" : lang ? "；请重新拟合" : "; fit it anew");
    }
    if (is != UNKNOWN && levels->rows < FEW) {
        put_few(levels, lang, out);
    }
}
