/* summary_findings.c: the summary of the customers who lie far from all others, or whose value was cut off by far; it
 * names none of them. docs/methods/outliers.md. */
#include "output/summary.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Times that are worth saying. */
#define MANY_TIMES 2

static void write_number(double value, char out[32])
{
    tsl__shown_write(value, fabs(value) >= 100 ? 0 : fabs(value) >= 1 ? 1 : 3, out);
}

static double get_times(const tsl_finding *f)
{
    return f->value > 0 && f->typical > 0 ? f->value / f->typical : (double)NAN;
}

/* By what: " by spend: 4000 where the median of all is 100, 40 times as much"; of several, it is their own median. */
static void put_english(const tsl_finding *f, const char *what, tsl__text *out)
{
    char times[32], value[32], typical[32];
    write_number(get_times(f), times);
    write_number(f->value, value);
    write_number(f->typical, typical);
    tsl__text_printf(out, " by %s", what);
    if (!isnan(f->value)) {
        tsl__text_printf(out, ": %s where the median of all is %s", value, typical);
    }
    if (get_times(f) >= MANY_TIMES) {
        tsl__text_printf(out, ", %s times as much", times);
    }
}

static void put_chinese(const tsl_finding *f, const char *what, tsl__text *out)
{
    char times[32], value[32], typical[32];
    write_number(get_times(f), times);
    write_number(f->value, value);
    write_number(f->typical, typical);
    tsl__text_puts(out, isnan(f->value) ? "：差别在于" : "：其");
    tsl__text_join(out, what);
    if (isnan(f->value)) {
        return;
    }
    tsl__text_join(out, "为");
    if (get_times(f) >= MANY_TIMES) {
        tsl__text_printf(out, "中位数的 %s 倍（%s 对 %s）", times, value, typical);
    } else {
        tsl__text_printf(out, " %s，而中位数为 %s", value, typical);
    }
}

/* Who is at what, and what that counts as; of several, their median. */
static void put_cut(const tsl_finding *f, const char *what, int plain, int chinese, tsl__text *out)
{
    char value[32], bound[32];
    const int one = f->count == 1;
    write_number(f->value, value);
    write_number(f->bound, bound);
    if (chinese) {
        tsl__text_printf(out, "%zu %s的", f->count, plain ? "行" : "位客户");
        tsl__text_join(out, what);
        tsl__text_join(out, "为");
        tsl__text_printf(out, " %s%s，超过截断界限 %s 的十倍，聚类时按该界限计", value, one ? "" : "（中位数）", bound);
    } else {
        tsl__text_printf(
            out, "%zu %s at %s by %s%s, over ten times %s, where values are cut off: so much counts in clusters",
            f->count, plain ? (one ? "row is" : "rows are") : (one ? "customer is" : "customers are"), value, what,
            one ? "" : " (their median)", bound);
    }
}

static char *make_words(const tsl_finding *f, int plain, const char *lang)
{
    char *what = NULL;
    tsl__text out = {0};
    if (tsl_feature_get_label(f->name, lang, &what, NULL) != TSL_OK) {
        return NULL;
    }
    if (f->bound != 0) {
        put_cut(f, what, plain, strcmp(lang, "zh") == 0, &out);
    } else if (strcmp(lang, "zh") == 0) {
        tsl__text_printf(&out, plain ? "%zu 行远离其他所有行" : "%zu 位客户远离其他所有人", f->count);
        put_chinese(f, what, &out);
    } else {
        tsl__text_printf(&out, "%zu %s far from %s", f->count,
                         plain ? (f->count == 1 ? "row lies" : "rows lie")
                               : (f->count == 1 ? "customer lies" : "customers lie"),
                         plain ? "all others" : "everybody");
        put_english(f, what, &out);
    }
    tsl_text_free(what);
    if (out.failed) {
        tsl__text_free(&out);
        return NULL;
    }
    return out.data;
}

void tsl__summary_findings(tsl__json *doc, const tsl_results *results)
{
    const tsl_findings *from = results->findings;
    if (!from) {
        return;
    }
    json_t *findings = tsl__json_set_array(doc, doc->root, "findings");
    for (size_t i = 0; i < from->count; i++) {
        const tsl_finding *f = &from->of[i];
        char *en = make_words(f, !results->features, "en"), *zh = make_words(f, !results->features, "zh");
        json_t *finding = tsl__json_push_object(doc, findings);
        doc->failed |= !en || !zh;
        tsl__json_set(doc, finding, "kind", json_string(f->bound != 0 ? "cut" : "far"));
        tsl__json_set(doc, finding, "size", tsl__json_count(f->count));
        tsl__summary_name(doc, finding, f->name);
        tsl__json_set(doc, finding, "above", json_boolean(f->above));
        tsl__json_set(doc, finding, "value", tsl__json_number(f->value));
        tsl__json_set(doc, finding, "typical", tsl__json_number(f->typical));
        if (f->bound != 0) {
            tsl__json_set(doc, finding, "bound", tsl__json_number(f->bound));
        }
        tsl__json_set(doc, finding, "left_out", json_boolean(from->left_out && f->bound == 0));
        tsl__json_set_langs(doc, finding, "words", en, zh);
        free(en);
        free(zh);
    }
}
