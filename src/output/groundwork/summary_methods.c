/* summary_methods.c: the summary of ways of segmenting beside the run's, and of the questions that a doubtful reader
 * asks, each with what was measured, the bar and the answer. docs/methods/ways.md. */
#include "output/bars.h"
#include "output/summary.h"

#include <math.h>
#include <string.h>

/* ---- Methods ------------------------------------------------------------------------ */

static void add_method(tsl__json *doc, json_t *methods, const tsl_methods *all, const tsl_method *from)
{
    json_t *method = tsl__json_push_object(doc, methods);
    tsl__json_set(doc, method, "method", json_string(from->name));
    tsl__json_set(doc, method, "k", json_integer(from->k));
    tsl__json_set(doc, method, "eta2", tsl__json_number(from->eta2));
    tsl__json_set(doc, method, "auc", tsl__json_number(from->auc));
    json_t *cuts = tsl__json_set_array(doc, method, "cuts");
    for (int c = 0; c < all->cuts; c++) {
        tsl__json_push(doc, cuts, tsl__json_number(from->cut_eta2[c]));
    }
    tsl__json_set(doc, method, "agreement_sample", tsl__json_number(from->agreement_sample));
    tsl__json_set(doc, method, "agreement_month", tsl__json_number(from->agreement_month));
}

static void add_methods(tsl__json *doc, json_t *evidence, const tsl_methods *from)
{
    json_t *cuts = tsl__json_set_array(doc, evidence, "cuts");
    for (int c = 0; c < from->cuts; c++) {
        tsl__json_push(doc, cuts, tsl__json_day(from->cut[c]));
    }
    tsl__json_set(doc, evidence, "days", json_integer(from->days));
    tsl__json_set(doc, evidence, "customers", tsl__json_count(from->customers));
    tsl__json_set(doc, evidence, "sampled", json_boolean(from->sampled));
    json_t *methods = tsl__json_set_array(doc, evidence, "methods");
    for (size_t m = 0; m < from->count; m++) {
        if (m == 0 || from->method[m].k > 1) { /* one class of everybody is no way of segmenting */
            add_method(doc, methods, from, &from->method[m]);
        }
    }
}

/* ---- Questions ----------------------------------------------------------------------- */

typedef struct question {
    const char *kind;
    double measured, bar;
    int less; /* 1: the less the better */
    int yes;
    json_t *of; /* what it is of, taken over; NULL: nothing by itself */
} question;

/* What was not measured is not asked. */
static void ask(tsl__json *doc, json_t *questions, const question *q)
{
    if (isnan(q->measured)) {
        json_decref(q->of);
        return;
    }
    json_t *to = tsl__json_push_object(doc, questions);
    tsl__json_set(doc, to, "kind", json_string(q->kind));
    tsl__json_set(doc, to, "measured", tsl__json_number(q->measured));
    tsl__json_set(doc, to, "bar", tsl__json_number(q->bar));
    tsl__json_set(doc, to, "better", json_string(q->less ? "less" : "more"));
    tsl__json_set(doc, to, "yes", json_boolean(q->yes));
    tsl__json_set(doc, to, "of", q->of ? q->of : json_null());
}

/* Are there natural groups? By the emptiest place between neighbours of the k where it is emptiest; where the dip is
 * none there is no such place. */
static void ask_natural(tsl__json *doc, json_t *questions, const tsl_natural *natural)
{
    double least = NAN;
    int k = 0;
    for (size_t i = 0; i < natural->count; i++) {
        const tsl_natural_test *t = &natural->test[i];
        const double valley = t->dip >= 1 && !t->flat ? t->valley : fmax(t->valley, 1);
        if (isfinite(valley) && !(valley >= least)) {
            least = valley;
            k = t->k;
        }
    }
    ask(doc, questions, &(question){"natural", least, TSL__SHALLOW, 1, natural->k > 1, k ? json_integer(k) : NULL});
}

/* Does another sample give the same segments, and each of them? */
static void ask_sample(tsl__json *doc, json_t *questions, const tsl_verdict *verdict, const tsl_model *model)
{
    const tsl_stable_clusters *of = model->delivered && model->delivered->count ? &model->delivered->of[0] : NULL;
    int least = 0;
    for (int c = 1; of && c < of->k; c++) {
        least = of->jaccard[c] < of->jaccard[least] ? c : least;
    }
    ask(doc, questions,
        &(question){"sample", verdict->agreement, TSL__AGREES, 0, verdict->agreement >= TSL__AGREES, NULL});
    ask(doc, questions,
        &(question){"each", verdict->least_jaccard, TSL__EACH_STABLE, 0, verdict->least_jaccard >= TSL__EACH_STABLE,
                    json_integer(least)});
}

static const tsl_method *find_method(const tsl_methods *methods, const char *name)
{
    const tsl_method *found = NULL;
    for (size_t m = 0; methods && m < methods->count && !found; m++) {
        found = strcmp(methods->method[m].name, name) == 0 ? &methods->method[m] : NULL;
    }
    return found;
}

/* Would they have been found a month earlier, and do they tell more of what comes next than the usual map? Of segments
 * that know the period nothing is claimed. */
static void ask_methods(tsl__json *doc, json_t *questions, const tsl_methods *methods)
{
    const tsl_method *own = find_method(methods, "segments"), *map = find_method(methods, "rfm_map");
    if (!own) {
        return;
    }
    const int anew = !isnan(own->agreement_sample), is_map = map && map->eta2 >= TSL_TELLING_ETA2;
    const double bar = is_map ? map->eta2 : TSL_TELLING_ETA2;
    ask(doc, questions,
        &(question){"refit", own->agreement_month, TSL__HOLDS, 0, own->agreement_month >= TSL__HOLDS, NULL});
    ask(doc, questions,
        &(question){"tells", anew ? own->eta2 : (double)NAN, bar, 0, own->eta2 >= bar && own->auc >= TSL_TELLING_AUC,
                    is_map ? json_string(map->name) : NULL});
}

void tsl__summary_methods(tsl__json *doc, const tsl_results *results)
{
    const tsl_model *model = results->model;
    tsl_verdict *verdict = NULL;
    if (!model || !model->evidence) {
        return;
    }
    if (tsl_verdict_build(results, &verdict, NULL) != TSL_OK) {
        doc->failed = 1;
        return;
    }
    json_t *evidence = tsl__json_set_object(doc, doc->root, "evidence");
    if (results->methods) {
        add_methods(doc, evidence, results->methods);
    }
    json_t *questions = tsl__json_set_array(doc, evidence, "questions");
    ask_natural(doc, questions, model->evidence->natural);
    ask_sample(doc, questions, verdict, model);
    ask_methods(doc, questions, results->methods);
    tsl_verdict_free(verdict);
}
