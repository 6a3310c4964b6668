/* evidence_file.c: the evidence of a fit <-> the group evidence of model.h5 (docs/formats.md).
 * Numbers alone: verdict and reasons are told from them, by the program that reads them. */
#include "model/evidence_file.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* ---- What the file holds of each struct ---- */

const tsl__field tsl__candidate_field[TSL__CANDIDATE_FIELDS] = {
    {"k", TSL__INT, offsetof(tsl_candidate, k), NULL},
    {"inertia", TSL__DOUBLE, offsetof(tsl_candidate, inertia), NULL},
    {"silhouette", TSL__DOUBLE, offsetof(tsl_candidate, silhouette), NULL},
    {"calinski_harabasz", TSL__DOUBLE, offsetof(tsl_candidate, calinski_harabasz), NULL},
    {"davies_bouldin", TSL__DOUBLE, offsetof(tsl_candidate, davies_bouldin), NULL},
    {"smallest_share", TSL__DOUBLE, offsetof(tsl_candidate, smallest_share), NULL},
    {"iterations", TSL__INT, offsetof(tsl_candidate, iterations), NULL},
    {"converged", TSL__BOOL, offsetof(tsl_candidate, converged), NULL},
    {"restart", TSL__INT, offsetof(tsl_candidate, restart), NULL},
};

/* /evidence: scalars. */
static const tsl__field evidence_field[] = {
    {"silhouette_rows", TSL__SIZE, offsetof(tsl_evidence, silhouette_rows), NULL},
    {"sample_rows", TSL__SIZE, offsetof(tsl_evidence, sample_rows), NULL},
    {"gap_best", TSL__INT, offsetof(tsl_evidence, gap_best), NULL},
    {"strength_best", TSL__INT, offsetof(tsl_evidence, strength_best), NULL},
};

/* /evidence/candidates */
static const tsl__field judged_field[] = {
    {"k", TSL__INT, offsetof(tsl_candidate_evidence, k), NULL},
    {"silhouette", TSL__DOUBLE, offsetof(tsl_candidate_evidence, silhouette), NULL},
    {"silhouette_error", TSL__DOUBLE, offsetof(tsl_candidate_evidence, silhouette_error), NULL},
    {"silhouette_macro", TSL__DOUBLE, offsetof(tsl_candidate_evidence, silhouette_macro), NULL},
    {"simplified_silhouette", TSL__DOUBLE, offsetof(tsl_candidate_evidence, simplified_silhouette), NULL},
    {"bic", TSL__DOUBLE, offsetof(tsl_candidate_evidence, bic), NULL},
    {"dunn", TSL__DOUBLE, offsetof(tsl_candidate_evidence, dunn), NULL},
    {"gap", TSL__DOUBLE, offsetof(tsl_candidate_evidence, gap), NULL},
    {"gap_error", TSL__DOUBLE, offsetof(tsl_candidate_evidence, gap_error), NULL},
    {"strength", TSL__DOUBLE, offsetof(tsl_candidate_evidence, strength), NULL},
    {"strength_error", TSL__DOUBLE, offsetof(tsl_candidate_evidence, strength_error), NULL},
};

/* /evidence/stability, /evidence/delivered: scalars, and one entry a candidate. */
static const tsl__field stability_field[] = {
    {"replicates", TSL__INT, offsetof(tsl_stability, replicates), NULL},
    {"rows", TSL__SIZE, offsetof(tsl_stability, rows), NULL},
};
static const tsl__field stable_field[] = {
    {"k", TSL__INT, offsetof(tsl_stable_clusters, k), NULL},
    {"agreement", TSL__DOUBLE, offsetof(tsl_stable_clusters, agreement), NULL},
    {"agreement_error", TSL__DOUBLE, offsetof(tsl_stable_clusters, agreement_error), NULL},
};

/* ... and of these one entry a cluster, candidate after candidate. */
static const struct {
    const char *name;
    size_t offset;
} measure[] = {{"jaccard", offsetof(tsl_stable_clusters, jaccard)},
               {"within", offsetof(tsl_stable_clusters, within)},
               {"across", offsetof(tsl_stable_clusters, across)}};

/* /evidence/natural: scalars, and one entry a k. */
static const tsl__field natural_field[] = {
    {"k", TSL__INT, offsetof(tsl_natural, k), NULL},
    {"at_limit", TSL__BOOL, offsetof(tsl_natural, at_limit), NULL},
    {"only_two", TSL__BOOL, offsetof(tsl_natural, only_two), NULL},
    {"rows", TSL__SIZE, offsetof(tsl_natural, rows), NULL},
    {"cols", TSL__SIZE, offsetof(tsl_natural, cols), NULL},
    {"k_max", TSL__INT, offsetof(tsl_natural, k_max), NULL},
    {"distinct", TSL__SIZE, offsetof(tsl_natural, distinct), NULL},
    {"counted", TSL__SIZE, offsetof(tsl_natural, counted), NULL},
    {"two_valued", TSL__SIZE, offsetof(tsl_natural, two_valued), NULL},
    {"pinned", TSL__SIZE, offsetof(tsl_natural, pinned), NULL},
    {"far_rows", TSL__SIZE, offsetof(tsl_natural, far_rows), NULL},
    {"k_with_far", TSL__INT, offsetof(tsl_natural, k_with_far), NULL},
};
static const tsl__field test_field[] = {
    {"k", TSL__INT, offsetof(tsl_natural_test, k), NULL},
    {"pairs", TSL__INT, offsetof(tsl_natural_test, pairs), NULL},
    {"pairs_hit", TSL__INT, offsetof(tsl_natural_test, pairs_hit), NULL},
    {"passes", TSL__BOOL, offsetof(tsl_natural_test, passes), NULL},
    {"dip", TSL__DOUBLE, offsetof(tsl_natural_test, dip), NULL},
    {"valley", TSL__DOUBLE, offsetof(tsl_natural_test, valley), NULL},
    {"rows", TSL__SIZE, offsetof(tsl_natural_test, rows), NULL},
    {"flat", TSL__BOOL, offsetof(tsl_natural_test, flat), NULL},
};

/* /evidence/validity: scalars. */
static const tsl__field validity_field[] = {
    {"natural_agreement", TSL__DOUBLE, offsetof(tsl_validity, natural_agreement), NULL},
    {"inertia", TSL__DOUBLE, offsetof(tsl_validity, quality.inertia), NULL},
    {"silhouette", TSL__DOUBLE, offsetof(tsl_validity, quality.silhouette), NULL},
    {"silhouette_error", TSL__DOUBLE, offsetof(tsl_validity, quality.silhouette_error), NULL},
    {"silhouette_macro", TSL__DOUBLE, offsetof(tsl_validity, quality.silhouette_macro), NULL},
    {"simplified_silhouette", TSL__DOUBLE, offsetof(tsl_validity, quality.simplified_silhouette), NULL},
    {"simplified_macro", TSL__DOUBLE, offsetof(tsl_validity, quality.simplified_macro), NULL},
    {"calinski_harabasz", TSL__DOUBLE, offsetof(tsl_validity, quality.calinski_harabasz), NULL},
    {"davies_bouldin", TSL__DOUBLE, offsetof(tsl_validity, quality.davies_bouldin), NULL},
    {"bic", TSL__DOUBLE, offsetof(tsl_validity, quality.bic), NULL},
    {"dunn", TSL__DOUBLE, offsetof(tsl_validity, quality.dunn), NULL},
    {"gap", TSL__DOUBLE, offsetof(tsl_validity, gap), NULL},
    {"gap_error", TSL__DOUBLE, offsetof(tsl_validity, gap_error), NULL},
    {"strength", TSL__DOUBLE, offsetof(tsl_validity, strength), NULL},
    {"strength_error", TSL__DOUBLE, offsetof(tsl_validity, strength_error), NULL},
    {"sample_rows", TSL__SIZE, offsetof(tsl_validity, sample_rows), NULL},
    {"silhouette_rows", TSL__SIZE, offsetof(tsl_validity, quality.silhouette_rows), NULL},
};

/* ---- Both ways ---- */

static double **get_measure(tsl_stable_clusters *of, size_t number)
{
    return (double **)(void *)((char *)of + measure[number].offset);
}

/* Where a measure of a stability lies. */
typedef char place[64];

static const char *find_place(const char *group, const char *name, place out)
{
    snprintf(out, sizeof(place), "%s/%s", group, name);
    return out;
}

static size_t count_clusters(const tsl_stability *s)
{
    size_t total = 0;
    for (size_t c = 0; c < s->count; c++) {
        total += (size_t)s->of[c].k;
    }
    return total;
}

/* ---- Writing ---- */

static void put_stability(tsl__store *store, const char *group, const tsl_stability *s)
{
    const size_t total = count_clusters(s);
    double *all = tsl__alloc(total, sizeof *all);
    place path;
    if (!all) {
        tsl__store_fail_nomem(store);
        return;
    }
    tsl__store_put_dict(store, group);
    tsl__store_put_records(store, group, stability_field, COUNT(stability_field), s, TSL__SCALAR, sizeof *s);
    tsl__store_put_records(store, group, stable_field, COUNT(stable_field), s->of, s->count, sizeof *s->of);
    for (size_t m = 0; m < COUNT(measure); m++) {
        double *to = all;
        for (size_t c = 0; c < s->count; c++) {
            memcpy(to, *get_measure(&s->of[c], m), (size_t)s->of[c].k * sizeof *to);
            to += s->of[c].k;
        }
        tsl__store_put_column(store, find_place(group, measure[m].name, path), TSL__DOUBLE, all, total);
    }
    free(all);
}

static void put_natural(tsl__store *store, const tsl_natural *n)
{
    tsl__store_put_dict(store, "evidence/natural");
    tsl__store_put_dict(store, "evidence/natural/tests");
    tsl__store_put_records(store, "evidence/natural", natural_field, COUNT(natural_field), n, TSL__SCALAR, sizeof *n);
    tsl__store_put_records(store, "evidence/natural/tests", test_field, COUNT(test_field), n->test, n->count,
                           sizeof *n->test);
}

/* /evidence/plain: scalars. */
static const tsl__field plain_field[] = {
    {"rows", TSL__SIZE, offsetof(tsl_sweep, rows), NULL},
    {"cols", TSL__SIZE, offsetof(tsl_sweep, cols), NULL},
};

static void put_plain(tsl__store *store, const tsl_sweep *plain)
{
    tsl__store_put_dict(store, "evidence/plain");
    tsl__store_put_records(store, "evidence/plain", tsl__candidate_field, TSL__CANDIDATE_FIELDS, plain->candidate,
                           plain->count, sizeof *plain->candidate);
    tsl__store_put_records(store, "evidence/plain", plain_field, COUNT(plain_field), plain, TSL__SCALAR, sizeof *plain);
    tsl__store_put_texts(store, "evidence/plain/notes", plain->info.notes.text, plain->info.notes.count, 0);
}

void tsl__evidence_put(tsl__store *store, const tsl_model *model)
{
    const tsl_evidence *e = model->evidence;
    if (!e) {
        return;
    }
    tsl__store_put_dict(store, "evidence");
    tsl__store_put_dict(store, "evidence/candidates");
    tsl__store_put_records(store, "evidence", evidence_field, COUNT(evidence_field), e, TSL__SCALAR, sizeof *e);
    tsl__store_put_records(store, "evidence/candidates", judged_field, COUNT(judged_field), e->of, e->count,
                           sizeof *e->of);
    put_stability(store, "evidence/stability", e->stability);
    put_natural(store, e->natural);
    if (model->delivered) {
        put_stability(store, "evidence/delivered", model->delivered);
    }
    if (model->validity) {
        tsl__store_put_dict(store, "evidence/validity");
        tsl__store_put_records(store, "evidence/validity", validity_field, COUNT(validity_field), model->validity,
                               TSL__SCALAR, sizeof *model->validity);
    }
    if (model->plain) {
        put_plain(store, model->plain);
    }
}

/* ---- Reading ---- */

/* Hands each candidate its part of a measure. */
static void get_parts(tsl__store *store, const char *group, size_t number, size_t total, tsl_stability *s)
{
    place path;
    double *all = tsl__store_get_column(store, find_place(group, measure[number].name, path), TSL__DOUBLE, total);
    const double *from = all;
    for (size_t c = 0; all && c < s->count; c++) {
        const size_t k = (size_t)s->of[c].k;
        double *to = tsl__alloc(k, sizeof *to);
        if (!to) {
            tsl__store_fail_nomem(store);
            break;
        }
        memcpy(to, from, k * sizeof *to);
        *get_measure(&s->of[c], number) = to;
        from += k;
    }
    free(all);
}

static tsl_stability *get_stability(tsl__store *store, const char *group)
{
    place path;
    const size_t count = tsl__store_get_shape(store, find_place(group, "k", path)).rows;
    tsl_stability *s = tsl__alloc_zero(1, sizeof *s);
    if (!s || !(s->of = tsl__alloc_zero(count, sizeof *s->of))) {
        tsl__store_fail_nomem(store);
        return s;
    }
    s->count = count;
    tsl__store_check_dict(store, group);
    tsl__store_get_records(store, group, stability_field, COUNT(stability_field), s, TSL__SCALAR, sizeof *s);
    tsl__store_get_records(store, group, stable_field, COUNT(stable_field), s->of, count, sizeof *s->of);
    for (size_t c = 0; c < count && !tsl__store_failed(store); c++) {
        if (s->of[c].k < 1 || s->of[c].k > TSL_CLUSTERS_MAX) {
            tsl__store_fail(store, TSL_E_FORMAT, path, "%d is no number of clusters", s->of[c].k);
        }
    }
    for (size_t m = 0; m < COUNT(measure) && !tsl__store_failed(store); m++) {
        get_parts(store, group, m, count_clusters(s), s);
    }
    return s;
}

static tsl_natural *get_natural(tsl__store *store)
{
    const size_t count = tsl__store_get_shape(store, "evidence/natural/tests/k").rows;
    tsl_natural *n = tsl__alloc_zero(1, sizeof *n);
    if (!n || !(n->test = tsl__alloc_zero(count, sizeof *n->test))) {
        tsl__store_fail_nomem(store);
        return n;
    }
    n->count = count;
    tsl__store_check_dict(store, "evidence/natural");
    tsl__store_check_dict(store, "evidence/natural/tests");
    tsl__store_get_records(store, "evidence/natural", natural_field, COUNT(natural_field), n, TSL__SCALAR, sizeof *n);
    tsl__store_get_records(store, "evidence/natural/tests", test_field, COUNT(test_field), n->test, count,
                           sizeof *n->test);
    return n;
}

static tsl_sweep *get_plain(tsl__store *store)
{
    const size_t count = tsl__store_get_shape(store, "evidence/plain/k").rows,
                 notes = tsl__store_get_shape(store, "evidence/plain/notes").rows;
    tsl_sweep *plain = tsl__alloc_zero(1, sizeof *plain);
    if (!plain || !(plain->candidate = tsl__alloc_zero(count, sizeof *plain->candidate))) {
        tsl__store_fail_nomem(store);
        return plain;
    }
    plain->count = count;
    plain->info.kernel = "";
    tsl__store_check_dict(store, "evidence/plain");
    if (tsl__store_has(store, "evidence/plain/rows")) { /* a file of before does not say */
        tsl__store_get_records(store, "evidence/plain", plain_field, COUNT(plain_field), plain, TSL__SCALAR,
                               sizeof *plain);
    }
    tsl__store_get_records(store, "evidence/plain", tsl__candidate_field, TSL__CANDIDATE_FIELDS, plain->candidate,
                           count, sizeof *plain->candidate);
    plain->info.notes.text = tsl__store_get_texts(store, "evidence/plain/notes", notes);
    plain->info.notes.count = plain->info.notes.text ? notes : 0;
    return plain;
}

static tsl_validity *get_validity(tsl__store *store)
{
    tsl_validity *validity = tsl__alloc_zero(1, sizeof *validity);
    if (!validity) {
        tsl__store_fail_nomem(store);
        return NULL;
    }
    tsl__store_check_dict(store, "evidence/validity");
    tsl__store_get_records(store, "evidence/validity", validity_field, COUNT(validity_field), validity, TSL__SCALAR,
                           sizeof *validity);
    return validity;
}

void tsl__evidence_get(tsl__store *store, tsl_model *model)
{
    if (!tsl__store_has(store, "evidence") || tsl__store_failed(store)) {
        return;
    }
    const size_t count = tsl__store_get_shape(store, "evidence/candidates/k").rows;
    tsl_evidence *e = model->evidence = tsl__alloc_zero(1, sizeof *e);
    if (!e || !(e->of = tsl__alloc_zero(count, sizeof *e->of))) {
        tsl__store_fail_nomem(store);
        return;
    }
    e->count = count;
    tsl__store_check_dict(store, "evidence");
    tsl__store_check_dict(store, "evidence/candidates");
    tsl__store_get_records(store, "evidence", evidence_field, COUNT(evidence_field), e, TSL__SCALAR, sizeof *e);
    tsl__store_get_records(store, "evidence/candidates", judged_field, COUNT(judged_field), e->of, count,
                           sizeof *e->of);
    e->stability = get_stability(store, "evidence/stability");
    e->natural = get_natural(store);
    if (tsl__store_has(store, "evidence/delivered")) {
        model->delivered = get_stability(store, "evidence/delivered");
    }
    if (tsl__store_has(store, "evidence/validity")) { /* a file of before has none */
        model->validity = get_validity(store);
    }
    if (tsl__store_has(store, "evidence/plain")) {
        model->plain = get_plain(store);
    }
}
