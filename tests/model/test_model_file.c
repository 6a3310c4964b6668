/* test_model_file.c: src/model/model_file.c: what is written is read back, to the bit;
 * what is damaged is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/output.h>

#include "nightly.h"
#include "store/damage.h"

#include "base/alloc.h"
#include "base/notes.h"
#include "base/rng.h"
#include "store/array_store.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[256], path[512], other[512];

static int setup(void **state)
{
    (void)state;
    const char *temp = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/tesela-XXXXXX", temp ? temp : "/tmp");
    if (!mkdtemp(folder)) {
        return -1;
    }
    snprintf(path, sizeof path, "%s/model.h5", folder);
    snprintf(other, sizeof other, "%s/other.h5", folder);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    unlink(other);
    return rmdir(folder); /* fails where a temporary file was left */
}

/* ---- A model made by hand ---- */

/* Numbers from low to high, some of them missing where they may. */
static double *numbers(size_t count, double low, double high, int missing, tsl__rng *rng)
{
    double *x = tsl__alloc(count, sizeof *x);
    for (size_t i = 0; i < count; i++) {
        x[i] = missing && i % 5 == 1 ? NAN : low + (high - low) * tsl__rng_uniform(rng);
    }
    return x;
}

/* Sizes that add up to so many rows. */
static uint64_t *sizes(size_t count, uint64_t rows)
{
    uint64_t *x = tsl__alloc(count, sizeof *x);
    for (size_t i = 0; i < count; i++) {
        x[i] = i + 1 < count ? rows / (count + i) : rows;
        rows -= x[i];
    }
    return x;
}

static char **names(const char *lead, size_t count)
{
    char **name = tsl__alloc(count, sizeof *name);
    for (size_t i = 0; i < count; i++) {
        name[i] = tsl__format("%s %zu 列", lead, i);
    }
    return name;
}

static tsl_sweep *make_sweep(const tsl_model *m, tsl__rng *rng)
{
    tsl_sweep *s = tsl__alloc_zero(1, sizeof *s);
    *s = (tsl_sweep){.rows = m->rows, .cols = m->cols, .count = 4, .best = 1, .placed = 2, .places = TSL_PLACES_GIVEN};
    s->candidate = tsl__alloc_zero(s->count, sizeof *s->candidate);
    for (size_t i = 0; i < s->count; i++) {
        tsl_candidate *c = &s->candidate[i];
        *c = (tsl_candidate){.k = (int)i + 2,
                             .inertia = 1e9 / (double)(i + 1),
                             .silhouette = i == 3 ? NAN : tsl__rng_uniform(rng),
                             .calinski_harabasz = tsl__rng_uniform(rng),
                             .davies_bouldin = tsl__rng_uniform(rng),
                             .smallest_share = tsl__rng_uniform(rng),
                             .iterations = 17 + (int)i,
                             .converged = i != 2,
                             .penalty = 0.5 * (double)i,
                             .restart = 9 - (int)i};
        c->center = numbers((size_t)c->k * m->cols, -1, 1, 0, rng); /* not in the file */
        c->size = sizes((size_t)c->k, m->rows);
    }
    s->column_share = numbers(m->cols, 0, 1, 0, rng);
    s->info = (tsl_sweep_info){.seconds_fit = 1.5,
                               .threads = 3,
                               .kernel = "avx2",
                               .passes = 99,
                               .iterations = 12345,
                               .silhouette_rows = 1000,
                               .k_max_lowered = 12};
    strcpy(s->info.choice, "k = 3 has the greatest silhouette (0.61)");
    assert_int_equal(tsl__notes_put(&s->info.notes, NULL, "k goes up to 5, not 12"), TSL_OK);
    return s;
}

/* Three leaves: node 0 cuts, node 2 cuts again. */
static tsl_tree *make_tree(const tsl_model *m, tsl__rng *rng)
{
    static const tsl_tree_node node[] = {
        {1, 2, 0, 45.5, 1, -1, -1, 1000, 0}, {-1, -1, -1, 0, 0, 2, 0, 400, 390}, {3, 4, 1, INFINITY, -1, -1, 0, 600, 0},
        {-1, -1, -1, 0, 0, 0, 2, 500, 480},  {-1, -1, -1, 0, 0, 1, 2, 100, 70},
    };
    tsl_tree *t = tsl__alloc_zero(1, sizeof *t);
    *t = (tsl_tree){.node_count = 5,
                    .k = tsl_model_get_groups(m),
                    .leaves = 3,
                    .depth = 2,
                    .cols = m->raw_cols,
                    .cost = 1234.5,
                    .cost_ratio = 1.07,
                    .agreement = 0.94,
                    .method = TSL_TREE_SHALLOW,
                    .curve_count = 3};
    t->curve = tsl__alloc(t->curve_count, sizeof *t->curve);
    memcpy(t->curve, (const tsl_tree_point[]){{3, 1.07, 0.94}, {4, 1.05, 0.95}, {7, 1, 1}}, 3 * sizeof *t->curve);
    t->node = tsl__alloc(t->node_count, sizeof *t->node);
    memcpy(t->node, node, sizeof node);
    t->column = tsl__alloc(t->cols, sizeof *t->column);
    for (size_t i = 0; i < t->cols; i++) {
        const int level = i % 3 == TSL_TREE_LEVEL;
        t->column[i] =
            (tsl_tree_column){tsl__format("raw %zu 列", i), (tsl_tree_form)(i % 3),
                              tsl__format("%s", level ? "has=sign" : ""), tsl__format("%s", level ? "b=c" : "")};
    }
    t->precision = numbers((size_t)t->k, 0, 1, 1, rng);
    t->coverage = numbers((size_t)t->k, 0, 1, 0, rng);
    return t;
}

/* Two, of which one is of nobody; and what all groups are called. */
static void make_classes(tsl_model *m, tsl__rng *rng)
{
    m->class_count = 2;
    m->class_size = tsl__alloc_zero(2, sizeof *m->class_size);
    m->class_size[0] = 30;
    m->class_weight = numbers(2, 0, 1e90, 0, rng);
    m->code = names("CODE", (size_t)tsl_model_get_groups(m));
    m->code[1][0] = '\0'; /* one that has none */
}

static tsl_stability *make_stability(const tsl_candidate *of, size_t count, tsl__rng *rng)
{
    tsl_stability *s = tsl__alloc_zero(1, sizeof *s);
    *s = (tsl_stability){.count = count, .replicates = 200, .rows = 1000};
    s->of = tsl__alloc_zero(count, sizeof *s->of);
    for (size_t c = 0; c < count; c++) {
        const size_t k = (size_t)of[c].k;
        s->of[c] = (tsl_stable_clusters){.k = of[c].k,
                                         .agreement = c == 1 ? NAN : tsl__rng_uniform(rng),
                                         .agreement_error = tsl__rng_uniform(rng),
                                         .jaccard = numbers(k, 0, 1, 1, rng),
                                         .within = numbers(k, 0, 1, 0, rng),
                                         .across = numbers(k, 0, 1, 1, rng)};
    }
    return s;
}

/* Of a plain sweep beside the model's. */
static void make_evidence(tsl_model *m, tsl__rng *rng)
{
    tsl_evidence *e = m->evidence = tsl__alloc_zero(1, sizeof *e);
    m->plain = make_sweep(m, rng);
    m->plain->rows = m->rows - 1; /* one lies far */
    m->plain->cols = m->cols + 3;
    *e = (tsl_evidence){
        .count = m->plain->count, .silhouette_rows = 999, .sample_rows = 998, .gap_best = 1, .strength_best = 3};
    e->of = tsl__alloc_zero(e->count, sizeof *e->of);
    for (size_t c = 0; c < e->count; c++) {
        e->of[c] = (tsl_candidate_evidence){.k = m->plain->candidate[c].k,
                                            .silhouette = tsl__rng_uniform(rng),
                                            .silhouette_error = .01,
                                            .silhouette_macro = tsl__rng_uniform(rng),
                                            .simplified_silhouette = tsl__rng_uniform(rng),
                                            .bic = -12345.25,
                                            .dunn = NAN,
                                            .gap = tsl__rng_uniform(rng),
                                            .gap_error = .02,
                                            .strength = tsl__rng_uniform(rng),
                                            .strength_error = NAN};
    }
    e->stability = make_stability(m->plain->candidate, m->plain->count, rng);
    m->delivered = make_stability(&m->sweep->candidate[m->sweep->best], 1, rng);
    m->validity = tsl__alloc_zero(1, sizeof *m->validity);
    *m->validity = (tsl_validity){.natural_agreement = tsl__rng_uniform(rng),
                                  .quality = {.inertia = 17,
                                              .silhouette = -.5,
                                              .calinski_harabasz = 99,
                                              .davies_bouldin = 2,
                                              .silhouette_rows = 996,
                                              .silhouette_error = .01,
                                              .silhouette_macro = .2,
                                              .simplified_silhouette = .3,
                                              .simplified_macro = .4,
                                              .bic = -7,
                                              .dunn = NAN},
                                  .gap = -.1,
                                  .gap_error = .2,
                                  .strength = .3,
                                  .strength_error = .04,
                                  .sample_rows = 995};
    e->natural = tsl__alloc_zero(1, sizeof *e->natural);
    *e->natural = (tsl_natural){.k = 2,
                                .at_limit = 1,
                                .only_two = 1,
                                .rows = 997,
                                .cols = 7,
                                .k_max = 3,
                                .count = 2,
                                .distinct = 5,
                                .counted = 4,
                                .two_valued = 2,
                                .far_rows = 3,
                                .k_with_far = 1,
                                .pinned = 1};
    e->natural->test = tsl__alloc(2, sizeof *e->natural->test);
    memcpy(e->natural->test,
           (const tsl_natural_test[]){{2, 1, 1, 1, 2.5, .25, 800, 1}, {3, 2, 1, 0, .5, (double)INFINITY, 4, 0}},
           2 * sizeof *e->natural->test);
}

/* raw: with raw columns, classes, a tree and evidence. */
static tsl_model *make_model(int raw)
{
    tsl__rng rng = tsl__rng_open(5, 6, 7);
    tsl_model *m = tsl__alloc_zero(1, sizeof *m);
    *m = (tsl_model){.rows = 1000, .cols = 7, .k = 3, .raw_cols = raw ? 11 : 0};
    m->column = names("column", m->cols);
    m->center = numbers((size_t)m->k * m->cols, -1e300, 1e300, 0, &rng);
    m->size = sizes((size_t)m->k, m->rows);
    m->mean_distance = numbers((size_t)m->k, 0, 1e300, 1, &rng);
    m->sweep = make_sweep(m, &rng);
    if (raw) {
        m->center_raw = numbers((size_t)m->k * m->raw_cols, -8e307, 8e307, 1, &rng);
        m->raw_column = names("raw", m->raw_cols);
        make_classes(m, &rng);
        m->tree = make_tree(m, &rng);
        make_evidence(m, &rng);
        m->value = tsl__strdup("monetary_total");
        m->weight = tsl__strdup("次数");
        m->weights_hash = UINT64_C(0x8000000000000001);
        m->sweep->candidate[1].weight = numbers((size_t)m->k, 0, 1e90, 0, &rng);
        m->init_hash = 77;
    }
    m->features_hash = UINT64_C(0xfedcba9876543210);
    m->options = tsl__strdup("{\"seed\":1,\"k_min\":2}");
    return m;
}

/* ---- Equality: NULL, or what differs ---- */

static int same_bytes(const void *a, const void *b, size_t count)
{
    return count == 0 || (a && b && memcmp(a, b, count) == 0);
}

static int same_texts(char *const *a, char *const *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(a[i], b[i]) != 0) {
            return 0;
        }
    }
    return 1;
}

static int same_weights(const tsl_candidate *a, const tsl_candidate *b)
{
    return a->weight ? same_bytes(a->weight, b->weight, (size_t)a->k * sizeof *a->weight) : !b->weight;
}

static const char *sweep_difference(const tsl_sweep *a, const tsl_sweep *b)
{
    const tsl_sweep_info *p = &a->info, *q = &b->info;
    if (a->rows != b->rows || a->cols != b->cols || a->count != b->count || a->best != b->best ||
        a->placed != b->placed || !b->column_share ||
        !same_bytes(a->column_share, b->column_share, a->cols * sizeof(double))) {
        return "sweep";
    }
    for (size_t i = 0; i < a->count; i++) {
        const tsl_candidate *c = &a->candidate[i], *d = &b->candidate[i];
        if (c->k != d->k || !same_bytes(&c->inertia, &d->inertia, 5 * sizeof(double)) ||
            c->iterations != d->iterations || c->converged != d->converged || c->restart != d->restart || d->center ||
            !same_weights(c, d) || c->penalty != d->penalty ||
            !same_bytes(c->size, d->size, (size_t)c->k * sizeof *c->size)) {
            return "candidate";
        }
    }
    if (p->iterations != q->iterations || p->silhouette_rows != q->silhouette_rows ||
        p->k_max_lowered != q->k_max_lowered || strcmp(p->choice, q->choice) != 0 || p->notes.count != q->notes.count ||
        !same_texts(p->notes.text, q->notes.text, p->notes.count) || strcmp(q->kernel, "") != 0 || q->threads ||
        q->passes) {
        return "sweep's info";
    }
    return NULL;
}

static const char *tree_difference(const tsl_tree *a, const tsl_tree *b)
{
    if (!a != !b) {
        return "tree's presence";
    }
    if (!a) {
        return NULL;
    }
    if (a->node_count != b->node_count || a->k != b->k || a->leaves != b->leaves || a->depth != b->depth ||
        a->cols != b->cols || a->method != b->method || a->curve_count != b->curve_count ||
        !same_bytes(&a->cost, &b->cost, 3 * sizeof(double))) {
        return "tree";
    }
    for (size_t i = 0; i < a->node_count; i++) {
        tsl_tree_node p = a->node[i], q = b->node[i];
        if (p.left != q.left || p.right != q.right || p.column != q.column ||
            !same_bytes(&p.threshold, &q.threshold, sizeof p.threshold) || p.missing_left != q.missing_left ||
            p.cluster != q.cluster || p.parent != q.parent || p.rows != q.rows || p.hits != q.hits) {
            return "node";
        }
    }
    for (size_t i = 0; i < a->curve_count; i++) {
        const tsl_tree_point p = a->curve[i], q = b->curve[i];
        if (p.leaves != q.leaves || p.cost_ratio != q.cost_ratio || p.agreement != q.agreement) {
            return "curve";
        }
    }
    for (size_t i = 0; i < a->cols; i++) {
        const tsl_tree_column *c = &a->column[i], *d = &b->column[i];
        if (strcmp(c->name, d->name) != 0 || c->form != d->form || strcmp(c->category, d->category) != 0 ||
            strcmp(c->level, d->level) != 0) {
            return "tree's columns";
        }
    }
    int same = same_bytes(a->precision, b->precision, (size_t)a->k * sizeof(double)) &&
               same_bytes(a->coverage, b->coverage, (size_t)a->k * sizeof(double));
    return same ? NULL : "precision or coverage";
}

static int same_stability(const tsl_stability *a, const tsl_stability *b)
{
    int same = a->count == b->count && a->replicates == b->replicates && a->rows == b->rows;
    for (size_t c = 0; same && c < a->count; c++) {
        const tsl_stable_clusters *p = &a->of[c], *q = &b->of[c];
        const size_t bytes = (size_t)p->k * sizeof(double);
        same = p->k == q->k && same_bytes(&p->agreement, &q->agreement, 2 * sizeof(double)) &&
               same_bytes(p->jaccard, q->jaccard, bytes) && same_bytes(p->within, q->within, bytes) &&
               same_bytes(p->across, q->across, bytes);
    }
    return same;
}

static int same_natural(const tsl_natural *a, const tsl_natural *b)
{
    int same = a->k == b->k && a->at_limit == b->at_limit && a->only_two == b->only_two && a->rows == b->rows &&
               a->cols == b->cols && a->k_max == b->k_max && a->count == b->count && a->distinct == b->distinct &&
               a->counted == b->counted && a->two_valued == b->two_valued && a->pinned == b->pinned &&
               a->far_rows == b->far_rows && a->k_with_far == b->k_with_far;
    for (size_t i = 0; same && i < a->count; i++) {
        const tsl_natural_test *p = &a->test[i], *q = &b->test[i];
        same = p->k == q->k && p->pairs == q->pairs && p->pairs_hit == q->pairs_hit && p->passes == q->passes &&
               same_bytes(&p->dip, &q->dip, 2 * sizeof(double)) && p->rows == q->rows && p->flat == q->flat;
    }
    return same;
}

static const char *evidence_difference(const tsl_model *a, const tsl_model *b)
{
    const tsl_evidence *p = a->evidence, *q = b->evidence;
    if (!p != !q || !a->plain != !b->plain || !a->delivered != !b->delivered || !a->validity != !b->validity) {
        return "evidence's presence";
    }
    if (!p) {
        return NULL;
    }
    int same = p->count == q->count && a->plain->rows == b->plain->rows && a->plain->cols == b->plain->cols &&
               p->silhouette_rows == q->silhouette_rows && p->sample_rows == q->sample_rows &&
               p->gap_best == q->gap_best && p->strength_best == q->strength_best &&
               same_stability(p->stability, q->stability) && same_stability(a->delivered, b->delivered) &&
               same_natural(p->natural, q->natural) && same_bytes(a->validity, b->validity, sizeof *a->validity);
    for (size_t c = 0; same && c < p->count; c++) {
        const tsl_candidate *from = &a->plain->candidate[c], *to = &b->plain->candidate[c];
        same = p->of[c].k == q->of[c].k &&
               same_bytes(&p->of[c].silhouette, &q->of[c].silhouette, 10 * sizeof(double)) && from->k == to->k &&
               same_bytes(&from->inertia, &to->inertia, 5 * sizeof(double)) && from->iterations == to->iterations &&
               from->converged == to->converged && !to->center && !to->size;
    }
    return same && a->plain->info.notes.count == b->plain->info.notes.count ? NULL : "evidence";
}

static const char *difference(const tsl_model *a, const tsl_model *b)
{
    size_t k = (size_t)a->k, wide = a->cols * sizeof(double);
    if (a->rows != b->rows || a->cols != b->cols || a->k != b->k || a->raw_cols != b->raw_cols ||
        a->features_hash != b->features_hash || a->weights_hash != b->weights_hash || a->init_hash != b->init_hash) {
        return "shape";
    }
    if (!same_texts(a->column, b->column, a->cols)) {
        return "column";
    }
    if (!same_bytes(a->center, b->center, k * wide) || !same_bytes(a->size, b->size, k * sizeof *a->size) ||
        !same_bytes(a->mean_distance, b->mean_distance, k * sizeof(double)) || b->assignment) {
        return "center";
    }
    if (!same_bytes(a->center_raw, b->center_raw, k * a->raw_cols * sizeof(double)) ||
        !same_texts(a->raw_column, b->raw_column, a->raw_cols)) {
        return "raw";
    }
    if (!a->weight != !b->weight || (a->weight && strcmp(a->weight, b->weight) != 0)) {
        return "weight";
    }
    if (!a->value != !b->value || (a->value && strcmp(a->value, b->value) != 0) ||
        strcmp(a->options, b->options) != 0) {
        return "text";
    }
    const size_t classes = (size_t)a->class_count;
    if (a->class_count != b->class_count || !same_bytes(a->class_size, b->class_size, classes * sizeof(uint64_t)) ||
        !same_bytes(a->class_weight, b->class_weight, classes * sizeof(double)) || !a->code != !b->code ||
        (a->code && !same_texts(a->code, b->code, k + classes))) {
        return "classes";
    }
    const char *found = sweep_difference(a->sweep, b->sweep);
    found = found ? found : evidence_difference(a, b);
    return found ? found : tree_difference(a->tree, b->tree);
}

/* ---- Tests ---- */

static void write_model(const tsl_model *model, const char *name)
{
    tsl_error err = {0};
    if (tsl_model_write(model, &(tsl_target){.path = name, .replace = 1}, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
}

static void check_same(const tsl_model *model, const char *name)
{
    tsl_error err = {0};
    tsl_model *back;
    if (tsl_model_read(&(tsl_source){.path = name}, &back, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    const char *found = difference(model, back);
    if (found) {
        fail_msg("%s differs", found);
    }
    tsl_model_free(back);
}

static void check_refused(const char *name, tsl_status expected, const char *part)
{
    tsl_error err = {0};
    tsl_model *back = (tsl_model *)(uintptr_t)1;
    assert_int_equal(tsl_model_read(&(tsl_source){.path = name}, &back, &err), expected);
    assert_null(back);
    if (!strstr(err.message, part)) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, part);
    }
}

static void test_round_trip(void **state)
{
    (void)state;
    for (int raw = 0; raw < 2; raw++) {
        tsl_model *model = make_model(raw);
        write_model(model, path);
        check_same(model, path);
        tsl_model_free(model);
    }
}

static char *bytes_of(const char *name, size_t *count)
{
    struct stat there;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0 && fstat(fd, &there) == 0);
    char *bytes = malloc((size_t)there.st_size);
    assert_int_equal(read(fd, bytes, (size_t)there.st_size), there.st_size);
    close(fd);
    *count = (size_t)there.st_size;
    return bytes;
}

/* Threads, seconds, kernel and passes are no part of the file; nor is the time. */
static void test_same_bytes(void **state)
{
    (void)state;
    size_t count[2];
    tsl_model *model = make_model(1);
    write_model(model, path);
    char *first = bytes_of(path, &count[0]);
    sleep(1);
    model->sweep->info.seconds_fit = 7;
    model->sweep->info.threads = 1;
    model->sweep->info.kernel = "generic";
    model->sweep->info.passes = 1;
    write_model(model, other);
    char *second = bytes_of(other, &count[1]);
    assert_int_equal(count[0], count[1]);
    assert_memory_equal(first, second, count[0]);
    free(first);
    free(second);
    tsl_model_free(model);
}

/* What was read can be written again, to the same bytes. */
static void test_written_again(void **state)
{
    (void)state;
    size_t count[2];
    tsl_error err = {0};
    tsl_model *model = make_model(1), *back;
    write_model(model, path);
    assert_int_equal(tsl_model_read(&(tsl_source){.path = path}, &back, &err), TSL_OK);
    write_model(back, other);
    char *first = bytes_of(path, &count[0]), *second = bytes_of(other, &count[1]);
    assert_int_equal(count[0], count[1]);
    assert_memory_equal(first, second, count[0]);
    free(first);
    free(second);
    tsl_model_free(model);
    tsl_model_free(back);
}

/* A tree that would lead its reader astray, with checksums in order. */
static void test_unsound_trees(void **state)
{
    (void)state;
    static const struct {
        size_t node;
        tsl_tree_node put;
    } cases[] = {
        {0, {0, 2, 0, 45.5, 1, -1, -1, 1000, 0}},  /* its own child */
        {0, {1, 5, 0, 45.5, 1, -1, -1, 1000, 0}},  /* a child beyond the last */
        {0, {1, 1, 0, 45.5, 1, -1, -1, 1000, 0}},  /* one child twice */
        {0, {1, 2, 11, 45.5, 1, -1, -1, 1000, 0}}, /* a column beyond the last */
        {0, {1, 2, 0, 45.5, 1, -1, 0, 1000, 0}},   /* a root with a parent */
        {1, {-1, -1, -1, 0, 0, 5, 0, 400, 390}},   /* a group beyond the last */
        {1, {-1, -1, -1, 0, 0, -1, 0, 400, 390}},  /* a leaf without a cluster */
        {2, {1, 4, 1, 0, -1, -1, 0, 600, 0}},      /* a child before its parent */
        {3, {-1, -1, -1, 0, 0, 0, 0, 500, 480}},   /* another's child */
        {4, {-1, -1, -1, 0, 0, 1, 0, 100, 70}},    /* a parent whose child it is not */
        {4, {-1, -1, -1, 0, 0, 1, 9, 100, 70}},    /* a parent beyond the last */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tsl_model *model = make_model(1);
        model->tree->node[cases[i].node] = cases[i].put;
        write_model(model, path);
        check_refused(path, TSL_E_FORMAT, "does not fit into the tree");
        tsl_model_free(model);
    }
}

/* Numbers that the nodes tell are what the nodes tell: what walks a tree, or makes
 * room for its walk, trusts them. */
static void test_derived(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        int value;
        const char *said;
    } cases[] = {
        {offsetof(tsl_tree, depth), 1, "/tree/depth: is not the depth"},
        {offsetof(tsl_tree, depth), 0, "/tree/depth"},
        {offsetof(tsl_tree, depth), -1, "/tree/depth"},
        {offsetof(tsl_tree, depth), 3, "/tree/depth"},
        {offsetof(tsl_tree, leaves), 2, "/tree/leaves: is not the number"},
        {offsetof(tsl_tree, leaves), 4, "/tree/leaves"},
        {offsetof(tsl_tree, leaves), -3, "/tree/leaves"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tsl_model *model = make_model(1);
        memcpy((char *)model->tree + cases[i].at, &cases[i].value, sizeof(int));
        write_model(model, path);
        check_refused(path, TSL_E_FORMAT, cases[i].said);
        tsl_model_free(model);
    }
    /* A pair of nodes that nobody leads to. */
    tsl_model *model = make_model(1);
    tsl_tree *tree = model->tree;
    tree->node = realloc(tree->node, 7 * sizeof *tree->node);
    assert_non_null(tree->node);
    tree->node[5] = tree->node[6] = tree->node[4];
    tree->node_count = 7;
    write_model(model, path);
    check_refused(path, TSL_E_FORMAT, "/tree/nodes: some stand beside the tree");
    tree->node[5].parent = tree->node[6].parent = 0; /* whose children are others */
    write_model(model, path);
    check_refused(path, TSL_E_FORMAT, "/tree/nodes: some stand beside the tree");
    tsl_model_free(model);
}

/* Numbers that cannot be, one at a time, and what is said of each. */
static const char *const impossible[] = {
    "/rows: is not at least 1",
    "/centers: entry 5 is out of range",
    "/centers: entry 6 is out of range",
    "/centers_raw: entry 4 is out of range",
    "/sizes: do not add up to the rows",
    "/sizes: entry 1 is more than the rows that there are",
    "/mean_distances: entry 0 is out of range",
    "/sweep/sizes: entry 5 is more than the rows that there are",
    "/sweep/inertia: entry 2 is out of range",
    "/sweep/silhouette: entry 2 is out of range",
    "/sweep/smallest_share: entry 2 is out of range",
    "/sweep/iterations: entry 2 is negative",
    "/sweep/silhouette_rows: is more than the rows that there are",
    "/tree/nodes: entry 0 has rows or a threshold that cannot be",
    "/tree/nodes: entry 4 has rows or a threshold that cannot be",
    "/tree/nodes: entry 2 has rows or a threshold that cannot be",
    "/tree/nodes: entry 2 has rows or a threshold that cannot be",
    "/tree/coverage: entry 2 is out of range",
    "/tree/curve/leaves: entry 2 does not rise",
    "/tree/curve/cost_ratio: entry 1 is out of range",
    "/tree/curve/agreement: entry 0 is out of range",
    "/weights: entry 1 is out of range",
    "/weights: add up to nothing that can be",
};

static void spoil(tsl_model *m, int which)
{
    tsl_candidate *c = &m->sweep->candidate[2];
    tsl_tree_node *node = m->tree->node;
    switch (which) {
    case 0:
        m->rows = 0;
        break;
    case 1:
        m->center[5] = INFINITY;
        break;
    case 2:
        m->center[6] = NAN;
        break;
    case 3:
        m->center_raw[4] = -INFINITY;
        break;
    case 4:
        m->size[1] = 0;
        break;
    case 5:
        m->size[1] = UINT64_MAX;
        break;
    case 6:
        m->mean_distance[0] = -1;
        break;
    case 7:
        c->size[0] = 1001;
        break;
    case 8:
        c->inertia = NAN;
        break;
    case 9:
        c->silhouette = 1.5;
        break;
    case 10:
        c->smallest_share = -0.1;
        break;
    case 11:
        c->iterations = -1;
        break;
    case 12:
        m->sweep->info.silhouette_rows = 1001;
        break;
    case 13:
        node[1].rows = 401;
        break;
    case 14:
        node[4].hits = 101;
        break;
    case 15:
        node[2].threshold = NAN;
        break;
    case 16:
        node[2].missing_left = 7;
        break;
    case 17:
        m->tree->coverage[2] = 1.01;
        break;
    case 18:
        m->tree->curve[2].leaves = 4;
        break;
    case 19:
        m->tree->curve[1].cost_ratio = NAN;
        break;
    case 20:
        m->tree->curve[0].agreement = 1.5;
        break;
    case 21:
        m->sweep->candidate[1].weight[1] = -1;
        break;
    default:
        memset(m->sweep->candidate[1].weight, 0, (size_t)m->k * sizeof(double));
    }
}

static void test_impossible_numbers(void **state)
{
    (void)state;
    for (int i = 0; i < (int)(sizeof impossible / sizeof impossible[0]); i++) {
        tsl_model *model = make_model(1);
        spoil(model, i);
        write_model(model, path);
        check_refused(path, TSL_E_FORMAT, impossible[i]);
        tsl_model_free(model);
    }
}

/* ---- Crafted files: any numbers in any array, with checksums in order ---- */

/* One array of the file. */
typedef struct item {
    const char *path;
    tsl__kind kind;
    size_t rows, cols; /* cols 0: one dimension */
    double value[16];  /* of whichever kind */
} item;

/* Two clusters in a plane, told apart by one cut: all that a file holds in numbers. */
static const item file_items[] = {
    {"rows", TSL__SIZE, TSL__SCALAR, 0, {100}},
    {"k", TSL__INT, TSL__SCALAR, 0, {2}},
    {"features_hash", TSL__UINT64, TSL__SCALAR, 0, {7}},
    {"centers", TSL__DOUBLE, 2, 2, {0, 1, 5, 6}},
    {"sizes", TSL__UINT64, 2, 0, {60, 40}},
    {"mean_distances", TSL__DOUBLE, 2, 0, {1, 2}},
    {"weights_hash", TSL__UINT64, TSL__SCALAR, 0, {5}},
    {"weights", TSL__DOUBLE, 2, 0, {61.5, 30}},
    {"centers_raw", TSL__DOUBLE, 2, 3, {0, 1, 0.5, 5, 6, 0.25}},
    {"class_count", TSL__INT, TSL__SCALAR, 0, {1}},
    {"class_sizes", TSL__UINT64, 1, 0, {25}},
    {"class_weights", TSL__DOUBLE, 1, 0, {20.5}},
    {"sweep/k", TSL__INT, 2, 0, {2, 3}},
    {"sweep/inertia", TSL__DOUBLE, 2, 0, {9, 8}},
    {"sweep/silhouette", TSL__DOUBLE, 2, 0, {0.5, 0.4}},
    {"sweep/calinski_harabasz", TSL__DOUBLE, 2, 0, {90, 80}},
    {"sweep/davies_bouldin", TSL__DOUBLE, 2, 0, {0.5, 0.6}},
    {"sweep/smallest_share", TSL__DOUBLE, 2, 0, {0.4, 0.2}},
    {"sweep/iterations", TSL__INT, 2, 0, {3, 4}},
    {"sweep/converged", TSL__BOOL, 2, 0, {1, 0}},
    {"sweep/restart", TSL__INT, 2, 0, {0, 1}},
    {"sweep/penalty", TSL__DOUBLE, 2, 0, {0, 0}},
    {"columns/share", TSL__DOUBLE, 2, 0, {0.25, 0.75}},
    {"sweep/sizes", TSL__UINT64, 5, 0, {60, 40, 50, 30, 20}},
    {"sweep/best", TSL__SIZE, TSL__SCALAR, 0, {0}},
    {"sweep/placed", TSL__INT, TSL__SCALAR, 0, {1}},
    {"sweep/places", TSL__INT, TSL__SCALAR, 0, {1}},
    {"sweep/iterations_all", TSL__UINT64, TSL__SCALAR, 0, {9}},
    {"sweep/silhouette_rows", TSL__UINT64, TSL__SCALAR, 0, {100}},
    {"sweep/k_max_lowered", TSL__INT, TSL__SCALAR, 0, {0}},
    {"tree/nodes/left", TSL__INT32, 5, 0, {1, -1, 3, -1, -1}},
    {"tree/nodes/right", TSL__INT32, 5, 0, {2, -1, 4, -1, -1}},
    {"tree/nodes/column", TSL__INT32, 5, 0, {0, -1, 2, -1, -1}},
    {"tree/nodes/threshold", TSL__DOUBLE, 5, 0, {3, 0, 0, 0, 0}},
    {"tree/nodes/missing_left", TSL__INT32, 5, 0, {1, -1, -1, -1, -1}},
    {"tree/nodes/cluster", TSL__INT32, 5, 0, {-1, 0, -1, 1, 2}},
    {"tree/nodes/parent", TSL__INT32, 5, 0, {-1, 0, 0, 2, 2}},
    {"tree/nodes/rows", TSL__UINT64, 5, 0, {115, 60, 55, 30, 25}},
    {"tree/nodes/hits", TSL__UINT64, 5, 0, {0, 60, 0, 30, 25}},
    {"tree/leaves", TSL__INT, TSL__SCALAR, 0, {3}},
    {"tree/depth", TSL__INT, TSL__SCALAR, 0, {2}},
    {"tree/cost", TSL__DOUBLE, TSL__SCALAR, 0, {10}},
    {"tree/cost_ratio", TSL__DOUBLE, TSL__SCALAR, 0, {1.1}},
    {"tree/agreement", TSL__DOUBLE, TSL__SCALAR, 0, {0.95}},
    {"tree/precision", TSL__DOUBLE, 3, 0, {0.9, 1, 1}},
    {"tree/coverage", TSL__DOUBLE, 3, 0, {1, 0.8, 1}},
};
enum { ITEMS = sizeof file_items / sizeof file_items[0] };

/* A number as a cell of its kind; what does not fit is cut off as a file's writer might. */
static void put_cell(tsl__kind kind, double value, char *cells, size_t at)
{
    const int64_t whole = value >= 9.2e18 ? INT64_MAX : value <= -9.2e18 || isnan(value) ? INT64_MIN : (int64_t)value;
    if (kind == TSL__DOUBLE) {
        ((double *)(void *)cells)[at] = value;
    } else if (kind == TSL__UINT64 || kind == TSL__SIZE) {
        ((uint64_t *)(void *)cells)[at] = value >= 1.8e19   ? UINT64_MAX
                                          : value >= 9.2e18 ? (uint64_t)1 << 63
                                                            : (uint64_t)whole;
    } else {
        ((int32_t *)(void *)cells)[at] = kind == TSL__BOOL ? value != 0 : (int32_t)whole;
    }
}

static void put_item(tsl__store *store, const item *it)
{
    char cells[16 * 8];
    const size_t count = it->rows == TSL__SCALAR ? 1 : it->rows * (it->cols ? it->cols : 1);
    for (size_t i = 0; i < count; i++) {
        put_cell(it->kind, it->value[i], cells, i);
    }
    if (it->cols) {
        tsl__store_put_array(store, it->path, it->kind, cells, it->rows, it->cols);
    } else {
        tsl__store_put_column(store, it->path, it->kind, cells, it->rows);
    }
}

/* The file with one item changed, or none (ITEMS). */
static void craft(size_t changed, const item *instead)
{
    static const tsl__store_kind kind = {"model", 2, "dict", "0.1.0", 2};
    static char c1[] = "c1", c2[] = "c2", flag[] = "Gender=F", number[] = "number", value[] = "value",
                gender[] = "Gender", f[] = "F", nothing[] = "", note[] = "a note";
    static char *columns[] = {c1, c2}, *raw[] = {c1, c2, flag}, *form[] = {number, number, value};
    static char *category[] = {nothing, nothing, gender}, *level[] = {nothing, nothing, f}, *notes[] = {note};
    static const char *const dicts[] = {"columns", "sweep", "tree", "tree/nodes"};
    tsl__store *store;
    tsl_error err = {0};
    assert_int_equal(tsl__store_create(&(tsl_target){.path = path, .replace = 1}, &kind, &store, &err), TSL_OK);
    for (size_t i = 0; i < 4; i++) {
        tsl__store_put_dict(store, dicts[i]);
    }
    tsl__store_put_number(store, "format_version", 2);
    tsl__store_put_text(store, "program_version", "x");
    tsl__store_put_text(store, "options", "{}");
    tsl__store_put_texts(store, "columns/name", columns, 2, 0);
    tsl__store_put_texts(store, "raw_columns", raw, 3, 0);
    tsl__store_put_texts(store, "codes", raw, 3, 0);
    tsl__store_put_text(store, "sweep/choice", "because");
    tsl__store_put_texts(store, "sweep/notes", notes, 1, 0);
    tsl__store_put_texts(store, "tree/name", raw, 3, 0);
    tsl__store_put_texts(store, "tree/form", form, 3, 0);
    tsl__store_put_texts(store, "tree/category", category, 3, 0);
    tsl__store_put_texts(store, "tree/level", level, 3, 0);
    for (size_t i = 0; i < ITEMS; i++) {
        put_item(store, i == changed ? instead : &file_items[i]);
    }
    if (tsl__store_close(store, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
}

/* Does everything with a model that was taken for good. */
static void use(const tsl_model *model)
{
    const double row[] = {0, 1, 1, NAN, 4, 0, 7, NAN, 1, 3, 3, 3};
    int32_t label[4], leaf[4], cluster[4];
    tsl_tree_path *way;
    size_t ways;
    tsl_rule *rule;
    char *text;
    tsl_assignment out = {.rows = 4, .label = label};
    const double flat[] = {0, 1, 4, 5, 6, 7, 8, 9};
    const tsl_matrix x = {flat, 4, model->cols, model->cols, TSL_F64}, raw = {row, 4, 3, 3, TSL_F64};
    if (model->cols == 2) {
        assert_int_equal(tsl_kmeans_predict(&x, model->center, model->k, NULL, &out, NULL), TSL_OK);
    }
    assert_int_equal(tsl_tree_predict(model->tree, &raw, NULL, leaf, cluster, NULL), TSL_OK);
    for (int c = -1; c < tsl_model_get_groups(model); c++) {
        assert_int_equal(tsl_tree_get_paths(model->tree, c, &way, &ways, NULL), TSL_OK);
        tsl_tree_paths_free(way, ways);
    }
    assert_int_equal(tsl_rules_build(model, &rule, NULL), TSL_OK);
    tsl_rules_free(rule, (size_t)tsl_model_get_groups(model));
    assert_int_equal(tsl_rules_get_tree(model->tree, "zh", &text, NULL), TSL_OK);
    tsl_text_free(text);
    write_model(model, other);
    check_same(model, other);
}

/* Either it is refused, or all of it can be used. 1: refused. */
static int try_file(void)
{
    tsl_model *model;
    tsl_error err = {0};
    if (tsl_model_read(&(tsl_source){.path = path}, &model, &err) != TSL_OK) {
        assert_true(err.status == TSL_E_FORMAT && err.message[0]);
        return 1;
    }
    use(model);
    tsl_model_free(model);
    return 0;
}

static void test_crafted(void **state)
{
    (void)state;
    static const double nasty[] = {-1,  0,     1,    2,         3,     4,   5,   99,     101,     65536,
                                   1e5, 2.2e9, -3e9, -INFINITY, 1e300, NAN, 0.3, 9.3e18, INFINITY};
    enum { NASTY = sizeof nasty / sizeof nasty[0] };
    int refused = 0, tried = 0;
    tsl__rng rng = tsl__rng_open(1, 9, 9);
    craft(ITEMS, NULL);
    assert_int_equal(try_file(), 0);
    for (size_t i = 0; i < ITEMS; i++) {
        const item *good = &file_items[i];
        const int scalar = good->rows == TSL__SCALAR;
        const size_t count = scalar ? 1 : good->rows * (good->cols ? good->cols : 1);
        for (size_t n = 0; n < count * NASTY; n++) { /* one number after the other */
            if (tsl__rng_below(&rng, some_or_all(8, 1)) == 0) {
                item bad = *good;
                bad.value[n / NASTY] = nasty[n % NASTY];
                craft(i, &bad);
                refused += try_file();
                tried++;
            }
        }
        for (size_t rows = 0; !scalar && rows <= 7; rows++) { /* other shapes */
            item bad = *good;
            bad.rows = rows;
            if (rows != good->rows && rows * (bad.cols ? bad.cols : 1) <= 16) {
                craft(i, &bad);
                refused += try_file();
                tried++;
            }
        }
    }
    print_message("%d of %d crafted files refused, the others were sound\n", refused, tried);
    assert_true(refused > tried / 2);
}

static void test_refused(void **state)
{
    (void)state;
    tsl_error err = {0};
    check_refused(path, TSL_E_NOT_FOUND, "No such file");
    static const tsl__store_kind kinds[] = {{"features", 2, "dict", "0.1.0", 2},
                                            {"model", 3, "dict", "0.1.0", 3},
                                            {"model", 2, "dict", "0.1.0", 2},
                                            {"model", 1, "dict", "0.1.0", 1}};
    static const char *const said[] = {"is a features file, expected a model file", "has version 3 of the model format",
                                       "/rows: is missing", "has version 1 of the model format"};
    for (size_t i = 0; i < 4; i++) {
        tsl__store *store;
        assert_int_equal(tsl__store_create(&(tsl_target){.path = path, .replace = 1}, &kinds[i], &store, &err), TSL_OK);
        assert_int_equal(tsl__store_close(store, &err), TSL_OK);
        check_refused(path, TSL_E_FORMAT, said[i]);
    }
    tsl_model *model = make_model(1);
    model->sweep->best = 2; /* of another k */
    write_model(model, path);
    check_refused(path, TSL_E_FORMAT, "/sweep/best");
    tsl_model_free(model);
}

static damage_verdict read_damaged(const char *name, const void *model)
{
    tsl_error err = {0};
    tsl_model *back;
    tsl_status status = tsl_model_read(&(tsl_source){.path = name}, &back, &err);
    if (status != TSL_OK) {
        return status == TSL_E_FORMAT && err.message[0] && !back ? DAMAGE_REFUSED : DAMAGE_WRONG;
    }
    damage_verdict verdict = difference(model, back) ? DAMAGE_WRONG : DAMAGE_SAME;
    tsl_model_free(back);
    return verdict;
}

static void test_flips(void **state)
{
    (void)state;
    const size_t flips = some_or_all(450, 5000), cuts = some_or_all(50, 400);
    tsl_model *model = make_model(1);
    write_model(model, path);
    long refused = damage_flip(path, flips, 1, read_damaged, model);
    assert_true(refused >= 0);
    print_message("%ld of %zu flips refused, the others changed nothing\n", refused, flips);
    assert_true(refused >= (long)(flips - flips / 100)); /* HDF5 may leave gaps that hold nothing */
    assert_int_equal(damage_cut(path, cuts, 2, read_damaged, model), cuts);
    check_same(model, path);
    tsl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, setup, teardown),
        cmocka_unit_test_setup_teardown(test_same_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_written_again, setup, teardown),
        cmocka_unit_test_setup_teardown(test_unsound_trees, setup, teardown),
        cmocka_unit_test_setup_teardown(test_derived, setup, teardown),
        cmocka_unit_test_setup_teardown(test_impossible_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_crafted, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_flips, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
