/* effects_wording.c: what a treatment did, in words: "churn (lost) of VIP: -20 % ...". */
#include "output/wording/effects_wording.h"

#include <tesela/output.h>

#include "base/error.h"

#include <math.h>
#include <string.h>

enum { EN, ZH };

enum { PLACES = 2, MOST_PLACES = 4 };

static int is_hidden(double value, int places)
{
    return value != 0 && fabs(value) * tsl__ten_doubles[places] < .5;
}

/* As many that neither of two that stand together is without a digit. */
static int choose_places(double a, double b)
{
    int places = PLACES;
    while (places < MOST_PLACES && (is_hidden(a, places) || is_hidden(b, places))) {
        places++;
    }
    return places;
}

/* A rate in hundredths with a decimal, a number with so many at most. */
static void put_figure(double value, int is_rate, int places, tsl__text *out)
{
    char number[32];
    tsl__shown_write(value, places, number);
    if (is_rate) {
        tsl__text_printf(out, "%.1f", fabs(value) < .0005 ? 0 : 100 * value);
    } else {
        tsl__text_puts(out, number);
    }
}

static void put_value(double value, int is_rate, int places, int lang, tsl__text *out)
{
    put_figure(value, is_rate, places, out);
    tsl__text_puts(out, !is_rate ? "" : lang == ZH ? "%" : " %");
}

/* Rates differ by points. */
static void put_difference(double value, int is_rate, int places, tsl__text *out)
{
    tsl__text_puts(out, value > 0 ? "+" : "");
    put_figure(value, is_rate, places, out);
}

static void put_unit(int is_rate, int lang, tsl__text *out)
{
    tsl__text_puts(out, !is_rate ? "" : lang == ZH ? " 个百分点" : " points");
}

static void put_interval(double low, double high, int is_rate, int lang, tsl__text *out)
{
    if (isnan(low) || isnan(high)) {
        tsl__text_puts(out, lang == ZH ? "（客户太少，没有区间）" : " (too few for an interval)");
        return;
    }
    tsl__text_puts(out, lang == ZH ? "（95% 区间 " : " (95 % interval ");
    const int places = choose_places(low, high);
    put_difference(low, is_rate, places, out);
    tsl__text_puts(out, lang == ZH ? " 至 " : " to ");
    put_difference(high, is_rate, places, out);
    tsl__text_puts(out, lang == ZH ? "）" : ")");
}

/* "from 12.0 % to 9.5 % among 1,200 treated" */
static void put_arm(const tsl_effect_measure *m, const tsl_effect_arm *arm, tsl_arm which, int lang, tsl__text *out)
{
    static const char *const who[TSL_LANGS][TSL_ARMS] = {{"treated", "held back"}, {"实验组", "对照组"}};
    const int places = choose_places(m->has_before ? arm->before : 0, arm->after);
    if (lang == ZH) {
        tsl__text_printf(out, "%s %llu 人", who[ZH][which], (unsigned long long)arm->customers);
        tsl__text_puts(out, m->has_before ? "由 " : "为 ");
    } else {
        tsl__text_puts(out, m->has_before ? "from " : "");
    }
    if (m->has_before) {
        put_value(arm->before, m->is_rate, places, lang, out);
        tsl__text_puts(out, lang == ZH ? " 变为 " : " to ");
    }
    put_value(arm->after, m->is_rate, places, lang, out);
    if (lang == EN) {
        tsl__text_printf(out, " among %llu %s", (unsigned long long)arm->customers, who[EN][which]);
    }
}

static void put_head(const tsl_effects *effects, const tsl_effect *of, int lang, tsl__text *out)
{
    const tsl_effect_stratum *stratum = &effects->stratum[of->stratum];
    const char *measure = effects->measure[of->measure].names[lang];
    const char *group =
        stratum->by < 0 ? NULL : effects->migration->then->by[stratum->by].group[stratum->group].names[lang];
    if (lang == ZH) {
        tsl__text_printf(out, "%s的%s：", group ? group : "全部客户", measure);
    } else {
        tsl__text_printf(out, "%s of %s: ", measure, group ? group : "all customers");
    }
}

/* "-20 % (-31 % to -7 %)" */
static void put_relative(const tsl_effect *of, int lang, tsl__text *out)
{
    const char *percent = lang == ZH ? "%" : " %";
    if (isnan(of->relative)) {
        return;
    }
    tsl__text_puts(out, lang == ZH ? "，相对变化 " : ", relatively ");
    put_difference(of->relative, 1, PLACES, out);
    tsl__text_puts(out, percent);
    if (!isnan(of->relative_low)) {
        tsl__text_puts(out, lang == ZH ? "（" : " (");
        put_difference(of->relative_low, 1, PLACES, out);
        tsl__text_printf(out, "%s%s", percent, lang == ZH ? " 至 " : " to ");
        put_difference(of->relative_high, 1, PLACES, out);
        tsl__text_printf(out, "%s%s", percent, lang == ZH ? "）" : ")");
    }
}

/* What is left of it among so many that were looked at. */
static void put_verdict(const tsl_effects *effects, const tsl_effect *of, int lang, tsl__text *out)
{
    const int beyond = of->p_adjusted < .05, alone = of->p < .05;
    if (isnan(of->p)) {
        return;
    }
    if (lang == ZH) {
        tsl__text_printf(out,
                         beyond  ? "；在所看的 %zu 个结果中经 Holm 校正仍显著"
                         : alone ? "；单看显著，但在所看的 %zu 个结果中可能是偶然"
                                 : "；不超出偶然（共看 %zu 个结果）",
                         effects->looked_at);
    } else {
        tsl__text_printf(out,
                         beyond  ? "; beyond chance, also of %zu that were looked at (Holm)"
                         : alone ? "; beyond chance by itself, not of %zu that were looked at (Holm)"
                                 : "; no more than chance gives (%zu were looked at)",
                         effects->looked_at);
    }
    tsl__text_puts(out, !of->few ? "" : lang == ZH ? "；客户较少" : "; few customers");
}

/* Stages that go by something else in each run move by that alone. */
static void put_bases(const tsl_effects *effects, const tsl_effect_measure *m, int lang, tsl__text *out)
{
    const tsl_migration *all = effects->migration;
    if (!all->bases_differ || strcmp(m->code, "churn") != 0) {
        return;
    }
    const int alive = all->now->segmentation->policy->by_alive;
    if (lang == ZH) {
        tsl__text_printf(out, "；前次的阶段按%s、后次按%s判定，前后之差不全是客户行为所致",
                         alive ? "购买间隔" : "仍活跃的概率", alive ? "仍活跃的概率" : "购买间隔");
    } else {
        tsl__text_printf(out, "; stages went by %s then and by %s now: the change is not the customers' doing alone",
                         alive ? "gaps" : "P(alive)", alive ? "P(alive)" : "gaps");
    }
}

void tsl__effect_put(const tsl_effects *effects, size_t index, int lang, tsl__text *out)
{
    const tsl_effect *of = &effects->of[index];
    const tsl_effect_measure *m = &effects->measure[of->measure];
    const int compared = of->arm[TSL_CONTROL].customers > 0;
    put_head(effects, of, lang, out);
    if (compared) {
        put_difference(of->difference, m->is_rate, PLACES, out);
        put_unit(m->is_rate, lang, out);
        put_interval(of->low, of->high, m->is_rate, lang, out);
        put_relative(of, lang, out);
        tsl__text_puts(out, lang == ZH ? "；" : "; ");
    }
    put_arm(m, &of->arm[TSL_TREATED], TSL_TREATED, lang, out);
    if (compared) {
        tsl__text_puts(out, lang == ZH ? "，" : ", ");
        put_arm(m, &of->arm[TSL_CONTROL], TSL_CONTROL, lang, out);
        put_verdict(effects, of, lang, out);
    } else if (m->has_before) {
        tsl__text_puts(out, lang == ZH ? "，变化 " : ", ");
        put_difference(of->arm[TSL_TREATED].change, m->is_rate, PLACES, out);
        put_unit(m->is_rate, lang, out);
        put_interval(of->arm[TSL_TREATED].low, of->arm[TSL_TREATED].high, m->is_rate, lang, out);
        tsl__text_puts(out, lang == ZH ? "；没有对照组，不能说是措施的效果"
                                       : "; without others to compare with this is no effect of the treatment");
    }
    put_bases(effects, m, lang, out);
}

tsl_status tsl_effects_get_sentence(const tsl_effects *effects, size_t index, const char *lang, char **out,
                                    tsl_error *err)
{
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    int which;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(tsl_lang_read(lang, &which, err));
    TSL__TRY(index < effects->count
                 ? TSL_OK
                 : tsl__error_set(err, TSL_E_OPTION, "there is no effect %zu, of %zu", index + 1, effects->count));
    tsl__effect_put(effects, index, which, &text);
    TSL__NEED(*out = tsl__text_take(&text));
done:
    tsl__text_free(&text);
    return status;
}
