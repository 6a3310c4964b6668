/* verdict.c: what kind of segments these are, and why, in words. docs/methods/evidence.md. */
#include <tesela/output.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/text.h"
#include "output/bars.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>

#define MUCH_THE_SAME 0.75
#define ALIKE 0.6 /* in part */
#define FOLLOWS                                                                                                        \
    0.9 /* the adjusted Rand index of the segments and the natural groups, from which on these are the same */
#define STRONG 0.7    /* a silhouette above it tells of a strong structure (Kaufman & Rousseeuw 1990) */
#define LEAST_ROWS 30 /* of fewer customers, or of one cluster, any sample says the same */
#define MOST_REASONS 10

static const char *const names[] = {"", "natural", "reproducible", "constructed", "none"};

const char *tsl_verdict_get_name(tsl_verdict_word word)
{
    return (size_t)word < sizeof names / sizeof *names ? names[word] : "";
}

void tsl_verdict_free(tsl_verdict *verdict)
{
    if (verdict) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            tsl__free_texts(verdict->reason[lang], verdict->reason[lang] ? verdict->reason_count : 0);
        }
        free(verdict);
    }
}

/* ---- The word ------------------------------------------------------------------- */

static void take_stability(const tsl_model *model, tsl_verdict *v)
{
    const tsl_stability *delivered = model->delivered;
    const int judged = delivered && delivered->count && model->k > 1 && model->rows >= LEAST_ROWS;
    const tsl_stable_clusters *of = judged ? &delivered->of[0] : NULL;
    v->agreement = of ? of->agreement : (double)NAN;
    v->least_jaccard = of ? of->jaccard[0] : (double)NAN;
    for (int c = 1; of && c < of->k; c++) {
        v->least_jaccard = fmin(v->least_jaccard, of->jaccard[c]);
    }
}

/* Is there nothing that could have a gap? */
static int is_untested(const tsl_natural *natural)
{
    return natural->cols > 0 && natural->counted == 0;
}

/* As many clusters as there are natural groups, of the same rows; where an old file does not say which rows these are,
 * unless places draw them. */
static int follows_groups(const tsl_model *model, const tsl_verdict *v)
{
    return v->natural_k > 1 && model->k == v->natural_k &&
           (isnan(v->natural_agreement) ? model->sweep->placed == 0 : v->natural_agreement >= FOLLOWS);
}

static int is_reproducible(const tsl_verdict *v)
{
    return v->agreement >= TSL__AGREES && v->least_jaccard >= TSL__EACH_STABLE;
}

static tsl_verdict_word find_word(const tsl_results *results, const tsl_verdict *v)
{
    if (follows_groups(results->model, v)) {
        return TSL_VERDICT_NATURAL;
    }
    if (is_reproducible(v)) {
        return TSL_VERDICT_REPRODUCIBLE;
    }
    return v->agreement >= ALIKE ? TSL_VERDICT_CONSTRUCTED : TSL_VERDICT_NONE;
}

/* Whether natural groups were found, or could not be looked for. */
enum { NO_GROUPS, GROUPS, UNTESTED, GROUP_KINDS };

/* By the word, and whether natural groups were found that the segments do not follow, or could not be looked for. */
static const char *const headlines[][GROUP_KINDS][TSL_LANGS] = {
    [TSL_VERDICT_UNKNOWN] = {{"", ""}, {"", ""}, {"", ""}},
    [TSL_VERDICT_NATURAL] = {{"natural groups", "天然群体"}, {"natural groups", "天然群体"}, {"", ""}},
    [TSL_VERDICT_REPRODUCIBLE] = {{"reproducible segments, no natural groups", "分群可复现，但不是天然群体"},
                                  {"reproducible segments, which do not follow the natural groups",
                                   "分群可复现，但未按天然群体划分"},
                                  {"reproducible segments, not tested for natural groups",
                                   "分群可复现，未作天然群体检验"}},
    [TSL_VERDICT_CONSTRUCTED] = {{"constructed segments, no natural groups", "人为划分的客群，不是天然群体"},
                                 {"constructed segments, which do not follow the natural groups",
                                  "人为划分的客群，未按天然群体划分"},
                                 {"constructed segments, not tested for natural groups",
                                  "人为划分的客群，未作天然群体检验"}},
    [TSL_VERDICT_NONE] = {{"no natural groups here, and another sample gives other segments",
                           "没有天然群体，换一份样本会得到不同的客群"},
                          {"segments that do not follow the natural groups, and another sample gives others",
                           "未按天然群体划分，换一份样本会得到不同的客群"},
                          {"not tested for natural groups, and another sample gives other segments",
                           "未作天然群体检验，换一份样本会得到不同的客群"}},
};

static int find_groups(const tsl_natural *natural)
{
    return natural->k > 1 ? GROUPS : is_untested(natural) ? UNTESTED : NO_GROUPS;
}

/* Where nothing tells whether another sample gives the same. */
static const char *const unjudged[TSL_LANGS] = {"nothing to judge these segments by", "无从判断这些客群"};

/* ---- Reasons ----------------------------------------------------------------------- */

/* What rows are called: where no recipe tells of customers, they are numbers. */
typedef struct row_words {
    const char *many, *zh, *zh_counted;
} row_words;
static const row_words customers = {"customers", "客户", "位客户"}, plain_rows = {"rows", "行", "行"};

static const row_words *get_words(const tsl_results *results)
{
    const tsl_recipe *recipe = results->recipe ? results->recipe : results->features ? results->features->recipe : NULL;
    return recipe && !recipe->plain ? &customers : &plain_rows;
}

static tsl_status add(tsl_verdict *v, tsl_error *err, char *en, char *zh)
{
    const size_t at = v->reason_count;
    if (!en || !zh || at == MOST_REASONS) {
        free(en);
        free(zh);
        return tsl__error_nomem(err);
    }
    v->reason[0][at] = en;
    v->reason[1][at] = zh;
    v->reason_count++;
    return TSL_OK;
}

/* A few values that many have in common are no continuum. */
static int are_few_kinds(const tsl_natural *natural)
{
    return natural->distinct > 0 && natural->distinct * TSL_NATURAL_EACH_KIND <= natural->rows;
}

/* No test was made, as nothing has a density that could have a gap. */
static tsl_status add_untested(const tsl_natural *natural, const row_words *rows, tsl_verdict *v, tsl_error *err)
{
    if (natural->two_valued == natural->cols) {
        return add(v, err,
                   tsl__format("only columns of two values: the test of natural groups needs numbers that spread"),
                   tsl__format("只有二值列：天然群体检验需要取值分散的数值列"));
    }
    if (are_few_kinds(natural)) {
        return add(v, err,
                   tsl__format("only %zu kinds of %s: the test of natural groups needs numbers that spread",
                               natural->distinct, rows->many),
                   tsl__format("只有 %zu 种%s：天然群体检验需要取值分散的数值列", natural->distinct, rows->zh));
    }
    return add(
        v, err,
        tsl__format("only columns whose gaps are single values, such as many zeros, a scale of a few answers, or "
                    "yes and no: the test of natural groups needs numbers that spread"),
        tsl__format("各列的空隙只由个别取值造成（如大量的零、少数几个选项、是/否）："
                    "天然群体检验需要取值分散的数值列"));
}

/* Columns that did not count, though they are numbers. */
static tsl_status add_pinned(const tsl_natural *natural, tsl_verdict *v, tsl_error *err)
{
    if (natural->pinned == 0 || natural->counted == 0) {
        return TSL_OK;
    }
    return add(v, err,
               tsl__format("%zu of %zu columns %s a gap that single values make, such as many zeros or a scale of a "
                           "few answers, which is no sign of groups",
                           natural->pinned, natural->cols, natural->pinned == 1 ? "has" : "have"),
               tsl__format("%zu/%zu 列的空隙只由个别取值造成（如大量的零或少数几个选项），不作为群体的依据",
                           natural->pinned, natural->cols));
}

/* Where the answer hangs on those who were left out. */
static tsl_status add_far(const tsl_natural *natural, const row_words *rows, tsl_verdict *v, tsl_error *err)
{
    const int k = natural->k_with_far;
    if (natural->far_rows == 0 || k == natural->k) {
        return TSL_OK;
    }
    if (k < 2) {
        return add(v, err,
                   tsl__format("that hangs on the %zu %s far from all others, which the test leaves out: with them no "
                               "natural groups are found",
                               natural->far_rows, rows->many),
                   tsl__format("结论取决于检验时排除的 %zu %s（远离其他所有%s）：计入后未发现天然群体",
                               natural->far_rows, rows->zh_counted, rows->zh));
    }
    return add(
        v, err,
        tsl__format("that hangs on the %zu %s far from all others, which the test leaves out: with them %d groups "
                    "are found, with gaps between them",
                    natural->far_rows, rows->many, k),
        tsl__format("结论取决于检验时排除的 %zu %s（远离其他所有%s）：计入后发现 %d 个彼此有空隙的群体",
                    natural->far_rows, rows->zh_counted, rows->zh, k));
}

/* The greatest k that would be the answer, were its clusters not flat; 0: none. */
static int find_flat(const tsl_natural *natural)
{
    int k = 0;
    for (size_t s = 0; s < natural->count; s++) {
        k = natural->test[s].flat && natural->test[s].k > natural->k ? natural->test[s].k : k;
    }
    return k;
}

/* Clusters with gaps between them that were refused, as they have no width. */
static tsl_status add_flat(const tsl_natural *natural, tsl_verdict *v, tsl_error *err)
{
    const int k = find_flat(natural), none = natural->k < 2;
    if (k == 0) {
        return TSL_OK;
    }
    return add(
        v, err,
        tsl__format("%s%d clusters have gaps between them, but in some direction no width, as yes/no columns "
                    "leave them that were mixed into numbers: no sign of groups",
                    none ? "no natural groups were found: " : "", k),
        tsl__format("%s%d 个簇之间虽有空隙，但在某个方向上没有宽度（是/否列混入数值列时即如此），不作为群体的依据",
                    none ? "未发现天然群体：" : "", k));
}

/* None were found. */
static tsl_status add_no_groups(const tsl_natural *natural, const row_words *rows, tsl_verdict *v, tsl_error *err)
{
    const int k_max = natural->k_max;
    if (is_untested(natural)) {
        return add_untested(natural, rows, v, err);
    }
    if (find_flat(natural) > 0) {
        return TSL_OK; /* add_flat says it */
    }
    if (k_max < 2) {
        return add(v, err, tsl__format("too few %s differ to look for natural groups", rows->many),
                   tsl__format("有差异的%s太少，无法检验是否存在天然群体", rows->zh));
    }
    char *en = k_max == 2
                   ? tsl__format("two clusters have no gap between them")
                   : tsl__format("at each k from 2 to %d some neighbouring clusters have no gap between them", k_max);
    char *zh =
        k_max == 2 ? tsl__format("两个簇之间没有空隙") : tsl__format("k 从 2 到 %d，总有相邻的簇之间没有空隙", k_max);
    const tsl_status status =
        !en || !zh
            ? tsl__error_nomem(err)
            : add(v, err,
                  tsl__format("no natural groups were found: %s (groups nearer than about 4 standard deviations, "
                              "or of under 30 %s, may be missed)",
                              en, rows->many),
                  tsl__format("未发现天然群体：%s（相距不足约 4 个标准差或不足 30 %s的群体可能检不出）", zh,
                              rows->zh_counted));
    free(en);
    free(zh);
    return status;
}

static tsl_status add_natural(const tsl_natural *natural, const row_words *rows, tsl_verdict *v, tsl_error *err)
{
    const int k = natural->k;
    tsl_status status = TSL_OK;
    if (k < 2) {
        return add_no_groups(natural, rows, v, err);
    }
    TSL__TRY(add(v, err,
                 tsl__format("%s%d groups lie apart, with a gap between any two neighbours",
                             natural->at_limit ? "at least " : "", k),
                 tsl__format("%s%d 个群体彼此分开，相邻群体之间均有空隙", natural->at_limit ? "至少 " : "", k)));
    if (natural->only_two) {
        TSL__TRY(add(v, err, tsl__format("two groups alone are the weakest claim: a thin curve looks like that, too"),
                     tsl__format("仅分出两个群体是最弱的结论：细长弯曲的分布也会如此")));
    }
done:
    return status;
}

/* What draws the clusters, as a clause. */
static const char *const drawn[][TSL_LANGS] = {
    [TSL_PLACES_UNKNOWN] = {", drawn by places", "，由给定位置划定"},
    [TSL_PLACES_TYPICAL] = {", drawn by typical places", "，由典型位置划定"},
    [TSL_PLACES_GIVEN] = {", drawn by the places of a file", "，由文件中给定的位置划定"},
    [TSL_PLACES_PREVIOUS] = {", drawn by the centres of the previous run's segments", "，由上一次运行的客群中心划定"},
};

/* Natural groups that were found, and not asked for. */
static tsl_status add_other_k(const tsl_results *results, tsl_verdict *v, tsl_error *err)
{
    if (v->natural_k < 2 || follows_groups(results->model, v)) {
        return TSL_OK;
    }
    const tsl_sweep *sweep = results->model->sweep;
    const char *const *by = sweep->placed ? drawn[sweep->places] : (const char *const[TSL_LANGS]){"", ""};
    const int k = results->model->k;
    if (isnan(v->natural_agreement)) {
        return add(v, err, tsl__format("the segments do not follow these groups: there are %d clusters%s", k, by[0]),
                   tsl__format("当前客群并未按这些群体划分：共 %d 个簇%s", k, by[1]));
    }
    const double index = floor(v->natural_agreement * 100) / 100; /* under .9 is not .90 */
    return add(v, err,
               tsl__format("the segments do not follow these groups: there are %d clusters%s (adjusted Rand index "
                           "%.2f)",
                           k, by[0], index),
               tsl__format("当前客群并未按这些群体划分：共 %d 个簇%s（调整兰德指数 %.2f）", k, by[1], index));
}

/* What another sample of them gives, in words. */
static const char *const again[][TSL_LANGS] = {{"the same segments", "相同的客群"},
                                               {"much the same segments", "大体相同的客群"},
                                               {"segments that are alike in part", "部分相同的客群"},
                                               {"other segments", "不同的客群"}};

static tsl_status add_stability(const tsl_results *results, const row_words *rows, tsl_verdict *v, tsl_error *err)
{
    /* Rounded down: 1.00 is said of what is the same. */
    const double agreement = floor(v->agreement * 100) / 100, least = floor(v->least_jaccard * 100) / 100;
    const char *const *gives = again[is_reproducible(v)              ? 0
                                     : v->agreement >= MUCH_THE_SAME ? 1
                                     : v->agreement >= ALIKE         ? 2
                                                                     : 3];
    if (results->model->k < 2) {
        return add(v, err, tsl__format("there is one cluster, which any sample gives"),
                   tsl__format("只有一个簇，任何样本都会得到它"));
    }
    if (isnan(v->agreement)) {
        return add(v, err, tsl__format("too few %s to tell whether another sample gives the same segments", rows->many),
                   tsl__format("%s太少，无法判断换一份样本是否得到相同的客群", rows->zh));
    }
    return add(v, err,
               tsl__format("another sample of these %s gives %s: agreement %.2f over %d bootstrap replicates, the "
                           "least stable segment %.2f",
                           rows->many, gives[0], agreement, results->model->delivered->replicates, least),
               tsl__format("换一份样本会得到%s：%d 次自助抽样的一致性为 %.2f，最不稳定的客群为 %.2f", gives[1],
                           results->model->delivered->replicates, agreement, least));
}

/* Intervals of one number come back in any sample, whatever the number is. */
static tsl_status add_one_column(const tsl_model *model, tsl_verdict *v, tsl_error *err)
{
    if (model->cols != 1 || v->word != TSL_VERDICT_REPRODUCIBLE) {
        return TSL_OK;
    }
    const char *name = model->column[0];
    return add(v, err,
               tsl__format("clusters are found by %s alone: bands of one number are always steady, so that the "
                           "agreement is no evidence of segments",
                           name),
               tsl__format("聚类只依据 %s 一列：按单个数值分段总是稳定的，一致性高不能作为存在分群的证据", name));
}

/* Whether as many clusters were looked at, each beside its neighbours, and no gap was measured between some. */
static int has_no_gap(const tsl_natural *natural, int k)
{
    for (size_t i = 0; i < natural->count; i++) {
        const tsl_natural_test *test = &natural->test[i];
        if (test->k == k) {
            return isfinite(test->valley) && !(test->dip >= 1 && test->valley <= TSL__SHALLOW);
        }
    }
    return 0;
}

/* Whether the segments are steps of something without gaps: where that was looked for, and nothing else may part them,
 * such as yes and no, or a value that many have. */
static int part_continuum(const tsl_model *model)
{
    const tsl_natural *natural = model->evidence->natural;
    return natural->counted > 0 && natural->k < 2 && natural->k_with_far < 2 && natural->pinned == 0 &&
           natural->two_valued == 0 && has_no_gap(natural, model->k) &&
           !(model->validity && model->validity->quality.silhouette > STRONG);
}

static tsl_status add_continuum(const row_words *rows, tsl_verdict *v, tsl_error *err)
{
    if (rows == &plain_rows) {
        return add(v, err, tsl__format("the segments part a continuum: rows near a border are much like those beyond"),
                   tsl__format("这些客群是对连续分布的划分：边界附近的行与邻近客群相似"));
    }
    return add(v, err,
               tsl__format("the segments part a continuum: customers near a border are much like those beyond it, and "
                           "the segments serve to treat customers by degree"),
               tsl__format("这些客群是对连续分布的划分：边界附近的客户与邻近客群相似，适合用来分级对待客户"));
}

/* How segments may serve that no gap tells apart. */
static tsl_status add_use(const tsl_model *model, const row_words *rows, tsl_verdict *v, tsl_error *err)
{
    const tsl_natural *natural = model->evidence->natural;
    switch (v->word) {
    case TSL_VERDICT_REPRODUCIBLE:
    case TSL_VERDICT_CONSTRUCTED:
        if (are_few_kinds(natural)) {
            return add(v, err,
                       tsl__format("there are only %zu distinct rows: %s of one kind are the same in all that "
                                   "clusters are found by, and the segments put such kinds together",
                                   natural->distinct, rows->many),
                       tsl__format("只有 %zu 种不同的取值组合：同一组合的%s在聚类所用的各列上完全相同，"
                                   "客群是对这些组合的归并",
                                   natural->distinct, rows->zh));
        }
        return part_continuum(model) ? add_continuum(rows, v, err) : TSL_OK;
    case TSL_VERDICT_NONE:
        return add(
            v, err,
            tsl__format("a division of one's own making can still serve where its borders are chosen for a purpose, "
                        "such as tiers of value"),
            tsl__format("若边界是为特定目的而选（如价值分级），人为划分仍然可用"));
    default:
        return TSL_OK;
    }
}

static tsl_status add_reasons(const tsl_results *results, tsl_verdict *v, tsl_error *err)
{
    const tsl_natural *natural = results->model->evidence->natural;
    const row_words *rows = get_words(results);
    tsl_status status = TSL_OK;
    for (int lang = 0; lang < TSL_LANGS; lang++) {
        TSL__NEED(v->reason[lang] = tsl__alloc_zero(MOST_REASONS, sizeof *v->reason[lang]));
    }
    TSL__TRY(add_natural(natural, rows, v, err));
    TSL__TRY(add_flat(natural, v, err));
    TSL__TRY(add_pinned(natural, v, err));
    TSL__TRY(add_far(natural, rows, v, err));
    TSL__TRY(add_other_k(results, v, err));
    TSL__TRY(add_stability(results, rows, v, err));
    TSL__TRY(add_one_column(results->model, v, err));
    TSL__TRY(add_use(results->model, rows, v, err));
done:
    return status;
}

tsl_status tsl_verdict_build(const tsl_results *results, tsl_verdict **out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_verdict *v = NULL;
    *out = NULL;
    tsl__error_reset(err);
    TSL__NEED(v = tsl__alloc_zero(1, sizeof *v));
    v->agreement = v->least_jaccard = v->natural_agreement = NAN;
    if (results->model && results->model->evidence) {
        v->natural_k = results->model->evidence->natural->k;
        v->at_least = results->model->evidence->natural->at_limit;
        v->natural_agreement = results->model->validity ? results->model->validity->natural_agreement : (double)NAN;
        const int groups = find_groups(results->model->evidence->natural);
        take_stability(results->model, v);
        v->word = find_word(results, v);
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            v->headline[lang] =
                isnan(v->agreement) && v->word == TSL_VERDICT_NONE ? unjudged[lang] : headlines[v->word][groups][lang];
        }
        TSL__TRY(add_reasons(results, v, err));
    }
    *out = v;
    v = NULL;
done:
    tsl_verdict_free(v);
    return status;
}
