/* effects.c: what a treatment did, by differences in differences: each measure of all customers and of each group
 * before, the change of the treated less that of the others. docs/methods/compare.md. */
#include "label/compare/measures.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "stat/difference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FEW_ANSWERS 5
#define ALIKE .01 /* p below which the arms were not alike before */
#define NORMAL_975 1.959963984540054

const char *tsl_arm_get_name(tsl_arm arm)
{
    static const char *const names[TSL_ARMS] = {"treated", "control"};
    return arm >= 0 && arm < TSL_ARMS ? names[arm] : "?";
}

/* ---- Sums of one arm -------------------------------------------------------------------------------- */

typedef struct sums {
    uint64_t count;
    double before, after;                      /* sums, then means */
    double before2, after2, change2, together; /* of deviations from the means */
    tsl__paired pairs;                         /* of a rate */
} sums;

static void add_first(sums *s, double before, double after)
{
    s->count++;
    s->before += before;
    s->after += after;
    s->pairs.both += before == 1 && after == 1;
    s->pairs.before += before == 1 && after == 0;
    s->pairs.after += before == 0 && after == 1;
    s->pairs.neither += before == 0 && after == 0;
}

static void divide(sums *s)
{
    s->before = s->count ? s->before / (double)s->count : (double)NAN;
    s->after = s->count ? s->after / (double)s->count : (double)NAN;
}

static void add_second(sums *s, double before, double after)
{
    const double b = before - s->before, a = after - s->after;
    s->before2 += b * b;
    s->after2 += a * a;
    s->change2 += (a - b) * (a - b);
    s->together += a * b;
}

/* ---- One effect --------------------------------------------------------------------------------------- */

typedef struct work {
    tsl_effects *out;
    tsl__measures *measures;
    tsl__subjects subjects;
    double *before, *after;
    sums *sum;              /* strata x arms, of the measure at hand */
    size_t *first[TSL_BYS]; /* the stratum of each group; SIZE_MAX: none */
} work;

/* Yes and no after, in the smaller number. */
static uint64_t count_answers(const sums *s)
{
    const uint64_t yes = (uint64_t)llround(s->after * (double)s->count);
    return yes < s->count - yes ? yes : s->count - yes;
}

static void tell_arm(const tsl_effect_measure *m, const sums *s, tsl_effect_arm *arm)
{
    *arm = (tsl_effect_arm){s->count, s->before, s->after, s->after - s->before, NAN, NAN};
    if (!m->has_before) {
        arm->before = arm->change = (double)NAN;
    } else if (m->is_rate) {
        const tsl__difference of = tsl__change_of_rates(s->pairs);
        arm->low = of.low;
        arm->high = of.high;
    } else {
        const tsl__interval of = tsl__interval_of_mean(arm->change, s->change2, s->count);
        arm->low = of.low;
        arm->high = of.high;
    }
}

static tsl__share_of get_rate(const sums *s)
{
    return (tsl__share_of){(uint64_t)llround(s->after * (double)s->count), s->count};
}

static tsl__difference compare_arms(const tsl_effect_measure *m, const sums *treated, const sums *control)
{
    if (m->is_rate) {
        return m->has_before ? tsl__difference_of_changes(treated->pairs, control->pairs)
                             : tsl__difference_of_rates(get_rate(treated), get_rate(control));
    }
    return m->has_before ? tsl__difference_of_means(
                               (tsl__measured){treated->count, treated->after - treated->before, treated->change2},
                               (tsl__measured){control->count, control->after - control->before, control->change2})
                         : tsl__difference_of_means((tsl__measured){treated->count, treated->after, treated->after2},
                                                    (tsl__measured){control->count, control->after, control->after2});
}

/* What the treated came to, against what they would have come to: the logarithm of the ratio, by the delta method. */
static void tell_relative(const tsl_effect_measure *m, const sums *t, const sums *c, tsl_effect *e)
{
    const int paired = m->has_before;
    const double other = paired ? t->before + (c->after - c->before) : c->after;
    const double m1 = (double)t->count * (double)(t->count - 1), m2 = (double)c->count * (double)(c->count - 1);
    e->relative = e->relative_low = e->relative_high = (double)NAN;
    if (!(t->after > 0) || !(other > 0)) {
        return;
    }
    const double of_after = t->after2 / m1, of_before = paired ? t->before2 / m1 : 0;
    const double with = paired ? t->together / m1 : 0, of_other = (paired ? c->change2 : c->after2) / m2;
    const double error = sqrt(fmax(0, of_after / (t->after * t->after) + (of_before + of_other) / (other * other) -
                                          2 * with / (t->after * other)));
    const double ratio = log(t->after / other);
    e->relative = expm1(ratio);
    if (t->count > 1 && c->count > 1 && error > 0) {
        e->relative_low = expm1(ratio - NORMAL_975 * error);
        e->relative_high = expm1(ratio + NORMAL_975 * error);
    }
}

static void tell_effect(const work *w, size_t stratum, size_t measure)
{
    tsl_effects *out = w->out;
    const tsl_effect_measure *m = &out->measure[measure];
    const sums *s = &w->sum[stratum * TSL_ARMS];
    const int compared = out->arms->has_control;
    if (!s[TSL_TREATED].count || (compared && !s[TSL_CONTROL].count)) {
        return;
    }
    tsl_effect *e = &out->of[stratum * out->measure_count + measure];
    e->measure = measure;
    e->stratum = stratum;
    e->difference = e->low = e->high = e->p = e->p_adjusted = (double)NAN;
    e->relative = e->relative_low = e->relative_high = (double)NAN;
    for (int arm = 0; arm <= compared; arm++) {
        tell_arm(m, &s[arm], &e->arm[arm]);
        e->few |= s[arm].count < TSL_EFFECT_FEW || (m->is_rate && count_answers(&s[arm]) < FEW_ANSWERS);
    }
    if (!compared) {
        tell_arm(m, &s[TSL_CONTROL], &e->arm[TSL_CONTROL]);
        return;
    }
    const tsl__difference of = compare_arms(m, &s[TSL_TREATED], &s[TSL_CONTROL]);
    e->difference = of.value;
    e->low = of.low;
    e->high = of.high;
    e->p = of.p;
    tell_relative(m, &s[TSL_TREATED], &s[TSL_CONTROL], e);
}

/* ---- All customers and groups of one measure ------------------------------------------------------------ */

/* Each stratum that a subject is in. */
static size_t find_strata(const work *w, size_t subject, size_t stratum[1 + TSL_BYS])
{
    size_t count = 1;
    stratum[0] = 0;
    for (int by = 0; by < TSL_BYS; by++) {
        const tsl_roster_groups *groups = &w->out->migration->then->by[by];
        if (w->first[by]) {
            stratum[count++] = w->first[by][groups->of[w->subjects.then[subject]]];
        }
    }
    return count;
}

/* One after the other, so that the sums are the same each time. */
static void add_all(const work *w, const tsl_effect_measure *m, void (*add)(sums *, double, double))
{
    for (size_t i = 0; i < w->subjects.count; i++) {
        const double before = m->has_before ? w->before[i] : 0;
        size_t stratum[1 + TSL_BYS];
        if (isnan(before) || isnan(w->after[i])) {
            continue;
        }
        const size_t count = find_strata(w, i, stratum);
        for (size_t s = 0; s < count; s++) {
            add(&w->sum[stratum[s] * TSL_ARMS + (size_t)w->subjects.arm[i]], before, w->after[i]);
        }
    }
}

/* Whether the arms were alike before. */
static tsl_status note_unlike(const work *w, const tsl_effect_measure *m, tsl_error *err)
{
    const sums *t = &w->sum[TSL_TREATED], *c = &w->sum[TSL_CONTROL];
    const tsl__difference of = tsl__difference_of_means((tsl__measured){t->count, t->before, t->before2},
                                                        (tsl__measured){c->count, c->before, c->before2});
    return m->has_before && of.p < ALIKE
               ? tsl__notes_add(
                     &w->out->notes,
                     "treated and control were not alike before: %s %.4g and %.4g; who is chosen for what he "
                     "did moves back to the mean by himself, which looks like an effect",
                     m->names[0], t->before, c->before)
               : TSL_OK;
}

static tsl_status tell_measure(const work *w, size_t measure, tsl_error *err)
{
    tsl_effects *out = w->out;
    const tsl_effect_measure *m = &out->measure[measure];
    tsl__measures_get(w->measures, measure, &w->subjects, w->before, w->after);
    memset(w->sum, 0, out->stratum_count * TSL_ARMS * sizeof *w->sum);
    add_all(w, m, add_first);
    for (size_t s = 0; s < out->stratum_count * TSL_ARMS; s++) {
        divide(&w->sum[s]);
    }
    add_all(w, m, add_second);
    for (size_t s = 0; s < out->stratum_count; s++) {
        tell_effect(w, s, measure);
    }
    return out->arms->has_control ? note_unlike(w, m, err) : TSL_OK;
}

/* ---- What is looked at ------------------------------------------------------------------------------------ */

/* All customers, then the segments and tiers that they were in. */
static tsl_status open_strata(work *w, tsl_error *err)
{
    static const tsl_by kinds[] = {TSL_BY_SEGMENT, TSL_BY_TIER};
    const tsl_roster *then = w->out->migration->then;
    tsl_status status = TSL_OK;
    size_t groups = 1;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        groups += then->by[kinds[k]].count;
    }
    TSL__NEED(w->out->stratum = tsl__alloc(groups, sizeof *w->out->stratum));
    w->out->stratum[w->out->stratum_count++] = (tsl_effect_stratum){-1, 0};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const tsl_roster_groups *of = &then->by[kinds[k]];
        if (of->count) {
            TSL__NEED(w->first[kinds[k]] = tsl__alloc(of->count, sizeof **w->first));
        }
        for (size_t g = 0; g < of->count; g++) {
            w->first[kinds[k]][g] = w->out->stratum_count;
            w->out->stratum[w->out->stratum_count++] = (tsl_effect_stratum){(int)kinds[k], g};
        }
    }
done:
    return status;
}

/* How customers are found who go by pseudonyms. */
static tsl_status refuse_ids(const tsl_roster *then, unsigned long long given, tsl_error *err)
{
    const char *key = then->features ? then->features->recipe->pseudonyms : "";
    return *key
               ? tsl__error_set(err, TSL_E_INPUT,
                                "none of the %llu treated customers is in both runs, whose customers are pseudonyms by "
                                "the key %s: --pseudonymise KEYFILE with that key finds them by their own ids",
                                given, key)
               : tsl__error_set(err, TSL_E_INPUT,
                                "none of the %llu treated customers is in both runs: are their ids written alike?",
                                given);
}

static tsl_status refuse_treated(const tsl_roster *then, const tsl_arms *arms, tsl_error *err)
{
    const unsigned long long given = arms->given[TSL_TREATED], both = arms->both;
    if (given == 0) {
        return tsl__error_set(err, TSL_E_INPUT, "nobody is named who was treated");
    }
    return both ? tsl__error_set(
                      err, TSL_E_INPUT,
                      "of the %llu treated customers %llu are named as held back, too, and none of the others "
                      "is in both runs",
                      given, both)
                : refuse_ids(then, given, err);
}

static tsl_status open_subjects(work *w, tsl_error *err)
{
    const tsl_migration *all = w->out->migration;
    const int8_t *arm = w->out->arms->of;
    tsl__subjects *s = &w->subjects;
    tsl_status status = TSL_OK;
    TSL__NEED(s->then = tsl__alloc(all->then->customers, sizeof *s->then));
    TSL__NEED(s->now = tsl__alloc(all->then->customers, sizeof *s->now));
    TSL__NEED(s->arm = tsl__alloc(all->then->customers, sizeof *s->arm));
    for (size_t i = 0; i < all->then->customers; i++) {
        const int there = arm[i] >= 0 && all->row_now[i] != SIZE_MAX;
        if (arm[i] >= 0) {
            (there ? w->out->used : w->out->absent)[arm[i]]++;
        }
        if (there) {
            s->then[s->count] = i;
            s->now[s->count] = all->row_now[i];
            s->arm[s->count++] = arm[i];
        }
    }
    TSL__TRY(w->out->used[TSL_TREATED] ? TSL_OK : refuse_treated(all->then, w->out->arms, err));
    TSL__NEED(w->before = tsl__alloc(s->count, sizeof *w->before));
    TSL__NEED(w->after = tsl__alloc(s->count, sizeof *w->after));
done:
    return status;
}

/* ---- What must be known to read it ---------------------------------------------------------------------------- */

static tsl_status note_arm(tsl_effects *out, tsl_arm arm, tsl_error *err)
{
    const tsl_arms *arms = out->arms;
    return arms->unknown[arm] || out->absent[arm]
               ? tsl__notes_add(&out->notes,
                                "%s: of %llu customer%s %llu %s not in %s, and %llu %s only there; they are left out",
                                tsl_arm_get_name(arm), (unsigned long long)arms->given[arm],
                                arms->given[arm] == 1 ? "" : "s", (unsigned long long)arms->unknown[arm],
                                arms->unknown[arm] == 1 ? "is" : "are", out->migration->then->name,
                                (unsigned long long)out->absent[arm], out->absent[arm] == 1 ? "is" : "are")
               : TSL_OK;
}

static tsl_status note_again(tsl_effects *out, tsl_arm arm, tsl_error *err)
{
    const unsigned long long again = out->arms->again[arm];
    return again
               ? tsl__notes_add(&out->notes, "%s: %llu row%s a customer whom a row above names, too; each counts once",
                                tsl_arm_get_name(arm), again, again == 1 ? " names" : "s name")
               : TSL_OK;
}

static tsl_status note_blank(tsl_effects *out, tsl_arm arm, tsl_error *err)
{
    const unsigned long long blank = out->arms->blank[arm];
    return blank ? tsl__notes_add(&out->notes, "%s: %llu row%s no id, and name%s nobody", tsl_arm_get_name(arm), blank,
                                  blank == 1 ? " holds" : "s hold", blank == 1 ? "s" : "")
                 : TSL_OK;
}

static tsl_status note_all(tsl_effects *out, tsl_error *err)
{
    const tsl_arms *arms = out->arms;
    tsl_status status = TSL_OK;
    for (int arm = 0; arm < TSL_ARMS; arm++) {
        TSL__TRY(note_arm(out, (tsl_arm)arm, err));
        TSL__TRY(note_again(out, (tsl_arm)arm, err));
        TSL__TRY(note_blank(out, (tsl_arm)arm, err));
    }
    TSL__TRY(arms->both ? tsl__notes_add(&out->notes, "%llu customer%s in both treated and control, and left out",
                                         (unsigned long long)arms->both, arms->both == 1 ? " is" : "s are")
                        : TSL_OK);
    TSL__TRY(arms->unsaid
                 ? tsl__notes_add(&out->notes,
                                  "of %llu customer%s the cell that would say who was treated is empty: in neither "
                                  "arm, and left out",
                                  (unsigned long long)arms->unsaid, arms->unsaid == 1 ? "" : "s")
                 : TSL_OK);
    if (!arms->has_control) {
        TSL__TRY(tsl__notes_add(&out->notes,
                                "nobody was held back: before and after alone do not tell what the treatment "
                                "did. Season, other campaigns and the way of the extreme back to the mean "
                                "are in the change, too; --control names customers who were not treated"));
    } else if (!out->used[TSL_CONTROL]) {
        TSL__TRY(tsl__notes_add(&out->notes, "no customer of the control is in both runs: nothing can be compared"));
    }
done:
    return status;
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

/* Those that are there come to the front; how many have a p, and what is left of it. */
static tsl_status close_effects(tsl_effects *out, tsl_error *err)
{
    const size_t all = out->stratum_count * out->measure_count;
    tsl_status status = TSL_OK;
    double *p = NULL, *adjusted = NULL;
    size_t *order = NULL;
    TSL__NEED(p = tsl__alloc(all, sizeof *p));
    TSL__NEED(adjusted = tsl__alloc(all, sizeof *adjusted));
    TSL__NEED(order = tsl__alloc(all, sizeof *order));
    for (size_t i = 0; i < all; i++) {
        if (out->of[i].arm[TSL_TREATED].customers) {
            p[out->count] = out->of[i].p;
            out->looked_at += isnan(out->of[i].p) ? 0 : 1;
            out->of[out->count++] = out->of[i];
        }
    }
    tsl__adjust_by_holm(p, out->count, order, adjusted);
    for (size_t i = 0; i < out->count; i++) {
        out->of[i].p_adjusted = adjusted[i];
    }
done:
    free(p);
    free(adjusted);
    free(order);
    return status;
}

static tsl_status fill(work *w, tsl_error *err)
{
    tsl_effects *out = w->out;
    const tsl_migration *all = out->migration;
    tsl_status status = TSL_OK;
    if (all->then->as_of == TSL_NO_DAY || all->now->as_of == TSL_NO_DAY || all->now->as_of <= all->then->as_of) {
        return tsl__error_set(
            err, TSL_E_OPTION,
            "what a treatment did is told by a first run and a later one: %s is not as of a later day "
            "than %s",
            all->now->name, all->then->name);
    }
    out->days = all->now->as_of - all->then->as_of;
    TSL__TRY(open_subjects(w, err));
    TSL__TRY(open_strata(w, err));
    TSL__TRY(tsl__measures_open(out, &w->measures, err));
    TSL__TRY(note_all(out, err));
    TSL__NEED(out->of = tsl__alloc_zero(out->stratum_count * out->measure_count, sizeof *out->of));
    TSL__NEED(w->sum = tsl__alloc(out->stratum_count * TSL_ARMS, sizeof *w->sum));
    for (size_t m = 0; m < out->measure_count; m++) {
        TSL__TRY(tell_measure(w, m, err));
    }
    TSL__TRY(close_effects(out, err));
done:
    return status;
}

tsl_status tsl_effects_build(const tsl_migration *migration, const tsl_arms *arms, tsl_effects **out, tsl_error *err)
{
    work w = {.out = NULL};
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__NEED(w.out = tsl__alloc_zero(1, sizeof *w.out));
    w.out->migration = migration;
    w.out->arms = arms;
    TSL__TRY(fill(&w, err));
    *out = w.out;
    w.out = NULL;
done:
    tsl_effects_free(w.out);
    tsl__measures_free(w.measures);
    free(w.subjects.then);
    free(w.subjects.now);
    free(w.subjects.arm);
    free(w.before);
    free(w.after);
    free(w.sum);
    for (int by = 0; by < TSL_BYS; by++) {
        free(w.first[by]);
    }
    return status;
}

void tsl_effects_free(tsl_effects *effects)
{
    if (!effects) {
        return;
    }
    for (size_t m = 0; m < effects->measure_count; m++) {
        free(effects->measure[m].code);
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free(effects->measure[m].names[lang]);
        }
    }
    free(effects->measure);
    free(effects->stratum);
    free(effects->of);
    tsl__notes_free(&effects->notes);
    free(effects);
}
