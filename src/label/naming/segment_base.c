/* segment_base.c: what a segment is: by the typical place or the class that its code
 * tells, or by the purchases of everybody in it. docs/methods/segment-names.md. */
#include "label/naming/naming.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "stat/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Words by code; "other": where the silence of its customers, or what they bought next, says otherwise than the code.
 */
static const struct {
    const char *code;
    int quiet; /* the code's own words say that it is, -1: that does not come into it, or is what the code is */
    const char *own[TSL_LANGS], *other[TSL_LANGS];
} bases[] = {
    {"CHAMP", 0, {"Champions", "核心客户"}, {"Best, gone quiet", "核心沉寂客户"}},
    {"LOYAL", 0, {"Loyal", "忠诚客户"}, {"Loyal, gone quiet", "忠诚沉寂客户"}},
    {"ACTIVE_SMALL", 0, {"Active, smaller", "活跃小额客户"}, {"Middling, gone quiet", "中等沉寂客户"}},
    {"GOOD_QUIET", 1, {"Good, gone quiet", "优质沉寂客户"}, {"Good, between orders", "优质待复购客户"}},
    {"SMALL_QUIET", 1, {"Small, gone quiet", "小额沉寂客户"}, {"Small, between orders", "小额待复购客户"}},
    {"REPEAT", -1, {"Repeat buyers", "复购客户"}, {0}},
    {"ONCE", -1, {"Once", "单次购买客户"}, {0}},
    {"ONCE_LARGER", -1, {"Once, larger", "大额单次购买客户"}, {0}},
    {"ONCE_SMALLER", -1, {"Once, smaller", "小额单次购买客户"}, {0}},
    {"ONCE_RECENT", -1, {"Once, recent", "近期首购客户"}, {0}},
    {"ONCE_RECENT_LARGER", -1, {"Once, recent, larger", "大额近期首购客户"}, {0}},
    {"ONCE_RECENT_SMALLER", -1, {"Once, recent, smaller", "小额近期首购客户"}, {0}},
    {"ONCE_LAPSED", -1, {"Once, lapsed", "首购流失客户"}, {"Once, earlier", "早期首购客户"}},
    {"ONCE_LAPSED_LARGER",
     -1,
     {"Once, lapsed, larger", "大额首购流失客户"},
     {"Once, earlier, larger", "大额早期首购客户"}},
    {"ONCE_LAPSED_SMALLER",
     -1,
     {"Once, lapsed, smaller", "小额首购流失客户"},
     {"Once, earlier, smaller", "小额早期首购客户"}},
    {"POTENTIAL", -1, {"Potential", "潜在客户"}, {0}},
};
#define BASES (sizeof bases / sizeof *bases)

/* The field's words in Chinese, by recency (bought lately), frequency and spend: low, high. */
static const char *const by_rfm[2][2][2] = {{{"一般挽留客户", "重要挽留客户"}, {"一般保持客户", "重要保持客户"}},
                                            {{"一般发展客户", "重要发展客户"}, {"一般价值客户", "重要价值客户"}}};

/* ---- Silence and purchases -------------------------------------------------------- */

/* The median of a feature in each segment; NaN where nobody in it has a value. */
static tsl_status get_medians(const tsl_labels *labels, const char *feature, double *median, tsl_error *err)
{
    const tsl_features *features = labels->features;
    const size_t f = tsl_features_get_index(features, feature);
    if (f < features->feature_count) {
        return tsl__segment_medians_get(labels, features->x + f, features->feature_count, median, err);
    }
    for (size_t s = 0; s < labels->segment_count; s++) {
        median[s] = NAN;
    }
    return TSL_OK;
}

/* The purchases of everybody in the segment, where they are the same 0 or 1; -1
 * where they are not, or not known. */
static void find_common(const tsl_labels *labels, tsl__naming *out)
{
    const tsl_features *features = labels->features;
    const size_t f = tsl_features_get_index(features, "frequency");
    const int unseen = -2;
    for (size_t s = 0; s < labels->segment_count; s++) {
        out[s].purchases = unseen;
    }
    for (size_t i = 0; i < labels->customers && f < features->feature_count; i++) {
        const double x = features->x[i * features->feature_count + f];
        int *common = &out[labels->customer_segment[i] - 1].purchases;
        if (tsl__weight_get(features->weight, i) > 0) {
            *common = (x == 0 || x == 1) && (*common == unseen || x == *common) ? (int)x : -1;
        }
    }
    for (size_t s = 0; s < labels->segment_count; s++) {
        out[s].purchases = out[s].purchases == unseen ? -1 : out[s].purchases;
    }
}

/* 0: by the features at hand nobody ever bought on two days, so that no gap between purchases is known. */
static int find_returns(const tsl_features *features)
{
    const size_t f = tsl_features_get_index(features, "purchase_days");
    int returns = f == features->feature_count;
    for (size_t i = 0; i < features->customers && !returns; i++) {
        returns = features->x[i * features->feature_count + f] > 1;
    }
    return returns;
}

/* ---- The field's words -------------------------------------------------------------- */

/* What is the same for all customers parts no clusters, wherever their places lie. */
static int varies(const tsl_features *features, const char *feature)
{
    const size_t f = tsl_features_get_index(features, feature), cols = features->feature_count;
    int differ = f == cols;
    for (size_t i = 1; i < features->customers && !differ; i++) {
        differ = features->x[i * cols + f] != features->x[f];
    }
    return differ;
}

/* Whether the centre lies above the mean of those who are in clusters; -1: they are not found by that. */
static int is_above(const tsl_model *model, size_t cluster, const char *column)
{
    for (size_t c = 0; c < model->cols; c++) {
        if (strcmp(model->column[c], column) == 0) {
            return model->center[cluster * model->cols + c] > 0;
        }
    }
    return -1;
}

static int is_said(const tsl__naming *of, size_t count, const char *words)
{
    for (size_t s = 0; s < count; s++) {
        if (of[s].base[1] && strcmp(of[s].base[1], words) == 0) {
            return 1;
        }
    }
    return 0;
}

/* One of the eight, where no segment before has it, and its customers spend more, or less, than all who bought, too. */
static void take_rfm(const tsl__labeling *job, size_t s, int quiet, tsl__naming *out)
{
    const int frequent = is_above(job->model, s, "frequency"), spends = is_above(job->model, s, "monetary_total");
    if (quiet >= 0 && frequent >= 0 && spends >= 0 && tsl__spend_is_so(job, out, s, spends)) {
        const char *words = by_rfm[!quiet][frequent][spends];
        out[s].base[1] = is_said(out, s, words) ? out[s].base[1] : words;
    }
}

/* ---- The base ------------------------------------------------------------------------ */

static size_t find_code(const char *code)
{
    size_t b = 0;
    while (b < BASES && strcmp(bases[b].code, code) != 0) {
        b++;
    }
    return b;
}

const char *tsl_segment_get_base(const char *code, int lang)
{
    const size_t b = find_code(code);
    return b < BASES && lang >= 0 && lang < TSL_LANGS ? bases[b].own[lang] : NULL;
}

const char *tsl__base_get_other(const char *code, int lang)
{
    const size_t b = find_code(code);
    return b < BASES ? bases[b].other[lang] : NULL;
}

static int begins(const char *name, const char *words)
{
    return strncmp(name, words, strlen(words)) == 0;
}

tsl__base_state tsl__base_get_state(const tsl_segment *segment)
{
    const size_t b = find_code(segment->code);
    if (b == BASES || (bases[b].quiet < 0 && !begins(segment->code, "ONCE"))) {
        return TSL__BASE_OTHER;
    }
    const int other = bases[b].other[0] && begins(segment->names[0], bases[b].other[0]);
    if (bases[b].quiet < 0) {
        return begins(segment->code, "ONCE_RECENT")             ? TSL__BASE_ONCE_RECENT
               : begins(segment->code, "ONCE_LAPSED") && !other ? TSL__BASE_ONCE_LAPSED
                                                                : TSL__BASE_ONCE;
    }
    return bases[b].quiet && other ? TSL__BASE_PAUSED : bases[b].quiet || other ? TSL__BASE_QUIET : TSL__BASE_ACTIVE;
}

/* The next period speaks against silence; whoever knows of it notes that. */
static int came_back(const tsl__labeling *job, size_t s)
{
    return job->kept && job->kept->back && job->kept->back[s];
}

static tsl_status note_other(const tsl__labeling *job, size_t s, size_t b, double silence, tsl_error *err)
{
    tsl_labels *labels = job->labels;
    char days[32], gap[32];
    tsl__shown_write(silence, 0, days);
    tsl__shown_write(labels->features->recipe->gap_days, 0, gap);
    return tsl__notes_add(&labels->notes,
                          "segment %d (%s) is called \"%s\", not \"%s\": half of its customers have been silent for %s "
                          "days or %s, %s the usual gap between purchases of %s days",
                          labels->policy->segment[s].number, bases[b].code, bases[b].other[0], bases[b].own[0], days,
                          bases[b].quiet ? "less" : "more", bases[b].quiet ? "within" : "beyond", gap);
}

static tsl_status note_once(const tsl__labeling *job, size_t s, size_t b, const char *name, tsl_error *err)
{
    return tsl__notes_add(
        &job->labels->notes,
        "segment %d (%s) is called \"%s\", not \"%s\": half of its customers or more bought on one day "
        "alone",
        job->labels->policy->segment[s].number, bases[b].code, name, bases[b].own[0]);
}

/* Likewise, and of what parts them. */
static int is_parted_above(const tsl__labeling *job, size_t s, const char *feature)
{
    return varies(job->labels->features, feature) ? is_above(job->model, s, feature) : -1;
}

/* Silence without a usual gap is no lapse: one is then earlier than the others, if clusters are found by that. */
static tsl__once_when get_when(const tsl__labeling *job, size_t s, int quiet, tsl__once_kind kind)
{
    const int early = quiet < 0 ? is_parted_above(job, s, "recency_days") : quiet;
    const int more = early < 0 && kind == TSL__ONE_DAY ? is_parted_above(job, s, "frequency") : -1;
    const tsl__once_when by_orders = more < 0 ? TSL__ONCE_UNTOLD : more ? TSL__ONCE_MORE : TSL__ONCE_FEWER;
    return early < 0 ? by_orders : !early ? TSL__ONCE_RECENT : quiet == 1 ? TSL__ONCE_LAPSED : TSL__ONCE_EARLIER;
}

static int is_once_by_place(const tsl__labeling *job, size_t s, const tsl__naming *of)
{
    const size_t b = find_code(job->labels->policy->segment[s].code);
    return b < BASES && bases[b].quiet >= 0 && of[s].once;
}

/* Where none of those who bought once has lapsed, "recent" parts none of them: they are so, or earlier, beside each
 * other. */
static int are_once_by_side(const tsl__labeling *job, const int *quiet, const tsl__naming *of)
{
    int seen[2] = {0}, lapsed = 0;
    for (size_t s = 0; s < job->labels->segment_count; s++) {
        if (is_once_by_place(job, s, of)) {
            const int above = is_parted_above(job, s, "recency_days");
            seen[above > 0] |= above >= 0;
            lapsed |= quiet[s] != 0;
        }
    }
    return seen[0] && seen[1] && !lapsed;
}

/* By its place, where the mean of its customers says so as well, else neither. */
static tsl__spend get_spend(const tsl__labeling *job, size_t s, const tsl__naming *of)
{
    const int above = is_above(job->model, s, "monetary_total");
    return above < 0                              ? TSL__SPEND_UNTOLD
           : !tsl__spend_is_so(job, of, s, above) ? TSL__SPEND_MEDIUM
           : above                                ? TSL__SPEND_LARGER
                                                  : TSL__SPEND_SMALLER;
}

/* Of a segment by a typical place, at most of whose customers bought on one day. */
static tsl_status take_once(const tsl__labeling *job, size_t s, size_t b, int quiet, tsl__naming *out, tsl_error *err)
{
    const tsl__once_kind kind = out[s].purchases == 1 ? TSL__ONCE : out[s].returns ? TSL__MOSTLY_ONCE : TSL__ONE_DAY;
    const tsl__once_when when = came_back(job, s) ? TSL__ONCE_EARLIER : get_when(job, s, quiet, kind);
    const char *const *words = tsl__once_words_get(kind, when, get_spend(job, s, out));
    memcpy(out[s].base, words, sizeof out[s].base);
    return tsl__kept_name_get(job->kept, bases[b].code) ? TSL_OK : note_once(job, s, b, words[0], err);
}

/* Of a segment by its place or its class. */
static tsl_status take_code(const tsl__labeling *job, size_t s, size_t b, double silence, int quiet, int by_side,
                            tsl__naming *out, tsl_error *err)
{
    const int back = came_back(job, s) && bases[b].quiet < 0 && bases[b].other[0];
    const int other = back || (bases[b].quiet >= 0 && quiet >= 0 && quiet != bases[b].quiet);
    const int noted = other && !came_back(job, s) && !tsl__kept_name_get(job->kept, bases[b].code);
    tsl_status status = TSL_OK;
    out[s].anchored = 1;
    if (is_once_by_place(job, s, out)) {
        return take_once(job, s, b, by_side ? -1 : quiet, out, err);
    }
    memcpy(out[s].base, other ? bases[b].other : bases[b].own, sizeof out[s].base);
    TSL__TRY(noted ? note_other(job, s, b, silence, err) : TSL_OK);
    if (bases[b].quiet >= 0 && !other) { /* what is worded otherwise than the code has one word, as in English */
        take_rfm(job, s, quiet, out);
    }
done:
    return status;
}

tsl_status tsl__bases_find(const tsl__labeling *job, int *quiet, tsl__naming *out, tsl_error *err)
{
    static const char *const bought[2][TSL_LANGS] = {{"Potential", "潜在客户"}, {"One purchase", "仅购买一次"}};
    tsl_labels *labels = job->labels;
    const int returns = find_returns(labels->features);
    const double gap = returns ? labels->features->recipe->gap_days : (double)NAN;
    tsl_status status = TSL_OK;
    double *silence = NULL, *days = NULL;
    TSL__NEED(silence = tsl__alloc(labels->segment_count, sizeof *silence));
    TSL__NEED(days = tsl__alloc(labels->segment_count, sizeof *days));
    TSL__TRY(get_medians(labels, "recency_days", silence, err));
    TSL__TRY(get_medians(labels, "purchase_days", days, err));
    find_common(labels, out);
    for (size_t s = 0; s < labels->segment_count; s++) {
        quiet[s] = isnan(silence[s]) || !(gap > 0) ? -1 : silence[s] > gap && !came_back(job, s);
        out[s].once = days[s] <= 1;
        out[s].returns = returns;
    }
    const int by_side = are_once_by_side(job, quiet, out);
    for (size_t s = 0; s < labels->segment_count; s++) {
        const size_t b = find_code(labels->policy->segment[s].code);
        if (b < BASES) {
            TSL__TRY(take_code(job, s, b, silence[s], quiet[s], by_side, out, err));
        } else if (out[s].purchases >= 0) {
            memcpy(out[s].base, bought[out[s].purchases], sizeof out[s].base);
        }
    }
    TSL__TRY(tsl__smallness_check(job, out, err));
done:
    free(silence);
    free(days);
    return status;
}

/* The words where the name begins with them and they are longer than what was found. */
static const char *get_longer(const char *found, const char *words, const char *name)
{
    return words && begins(name, words) && (!found || strlen(words) > strlen(found)) ? words : found;
}

int tsl__base_contradicts(const char *code, const char *const base[TSL_LANGS], const char *name)
{
    const size_t b = find_code(code);
    if (b == BASES || bases[b].quiet < 0 || !base[0]) {
        return 0;
    }
    const char *said = NULL; /* the longest of what a segment of the code is called that the name begins with */
    said = get_longer(said, bases[b].own[0], name);
    said = get_longer(said, bases[b].other[0], name);
    said = get_longer(said, tsl__smallness_get_plain(bases[b].own[0]), name);
    said = get_longer(said, tsl__smallness_get_plain(bases[b].other[0]), name);
    said = get_longer(said, tsl__once_words_get_longest(name), name);
    return said && strcmp(said, base[0]) != 0;
}
