/* test_model_file.c: src/model/model_file.c: what is written is read back, to the bit;
 * what is damaged is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <tesela/model.h>

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

static double *numbers(size_t count, tsl__rng *rng)
{
    double *x = tsl__alloc(count, sizeof *x);
    for (size_t i = 0; i < count; i++) {
        x[i] = i % 5 == 4 ? NAN : i % 7 == 6 ? INFINITY : (tsl__rng_uniform(rng) - 0.5) * 1e5;
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
    *s = (tsl_sweep){.rows = m->rows, .cols = m->cols, .count = 4, .best = 1};
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
                             .restart = 9 - (int)i};
        c->center = numbers((size_t)c->k * m->cols, rng); /* not in the file */
        c->size = tsl__alloc((size_t)c->k, sizeof *c->size);
        for (int k = 0; k < c->k; k++) {
            c->size[k] = tsl__rng_u64(rng);
        }
    }
    s->info = (tsl_sweep_info){.seconds_fit = 1.5,
                               .threads = 3,
                               .kernel = "avx2",
                               .passes = 99,
                               .iterations = 12345,
                               .silhouette_rows = 10000,
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
                    .k = m->k,
                    .leaves = 3,
                    .depth = 2,
                    .cols = m->raw_cols,
                    .cost = 1234.5,
                    .cost_ratio = 1.07,
                    .agreement = 0.94};
    t->node = tsl__alloc(t->node_count, sizeof *t->node);
    memcpy(t->node, node, sizeof node);
    t->name = names("raw", t->cols);
    t->form = tsl__alloc(t->cols, sizeof *t->form);
    for (size_t i = 0; i < t->cols; i++) {
        t->form[i] = (tsl_tree_form)(i % 3);
    }
    t->precision = numbers((size_t)m->k, rng);
    t->coverage = numbers((size_t)m->k, rng);
    return t;
}

/* raw: with raw columns and a tree. */
static tsl_model *make_model(int raw)
{
    tsl__rng rng = tsl__rng_open(5, 6, 7);
    tsl_model *m = tsl__alloc_zero(1, sizeof *m);
    *m = (tsl_model){.rows = 1000, .cols = 7, .k = 3, .raw_cols = raw ? 11 : 0};
    m->column = names("column", m->cols);
    m->column_weight = numbers(m->cols, &rng);
    m->column_center = numbers(m->cols, &rng);
    m->column_scale = numbers(m->cols, &rng);
    m->center = numbers((size_t)m->k * m->cols, &rng);
    m->size = tsl__alloc((size_t)m->k, sizeof *m->size);
    for (int k = 0; k < m->k; k++) {
        m->size[k] = UINT64_MAX - (uint64_t)k;
    }
    m->sweep = make_sweep(m, &rng);
    if (raw) {
        m->center_raw = numbers((size_t)m->k * m->raw_cols, &rng);
        m->raw_column = names("raw", m->raw_cols);
        m->tree = make_tree(m, &rng);
        m->value = tsl__strdup("monetary_total");
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

static const char *sweep_difference(const tsl_sweep *a, const tsl_sweep *b)
{
    const tsl_sweep_info *p = &a->info, *q = &b->info;
    if (a->rows != b->rows || a->cols != b->cols || a->count != b->count || a->best != b->best) {
        return "sweep";
    }
    for (size_t i = 0; i < a->count; i++) {
        const tsl_candidate *c = &a->candidate[i], *d = &b->candidate[i];
        if (c->k != d->k || !same_bytes(&c->inertia, &d->inertia, 5 * sizeof(double)) ||
            c->iterations != d->iterations || c->converged != d->converged || c->restart != d->restart || d->center ||
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
        a->cols != b->cols || !same_bytes(&a->cost, &b->cost, 3 * sizeof(double))) {
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
    int same = same_texts(a->name, b->name, a->cols) && same_bytes(a->form, b->form, a->cols * sizeof *a->form) &&
               same_bytes(a->precision, b->precision, (size_t)a->k * sizeof(double)) &&
               same_bytes(a->coverage, b->coverage, (size_t)a->k * sizeof(double));
    return same ? NULL : "tree's columns";
}

static const char *difference(const tsl_model *a, const tsl_model *b)
{
    size_t k = (size_t)a->k, wide = a->cols * sizeof(double);
    if (a->rows != b->rows || a->cols != b->cols || a->k != b->k || a->raw_cols != b->raw_cols ||
        a->features_hash != b->features_hash) {
        return "shape";
    }
    if (!same_texts(a->column, b->column, a->cols) || !same_bytes(a->column_weight, b->column_weight, wide) ||
        !same_bytes(a->column_center, b->column_center, wide) || !same_bytes(a->column_scale, b->column_scale, wide)) {
        return "column";
    }
    if (!same_bytes(a->center, b->center, k * wide) || !same_bytes(a->size, b->size, k * sizeof *a->size)) {
        return "center";
    }
    if (!same_bytes(a->center_raw, b->center_raw, k * a->raw_cols * sizeof(double)) ||
        !same_texts(a->raw_column, b->raw_column, a->raw_cols)) {
        return "raw";
    }
    if (!a->value != !b->value || (a->value && strcmp(a->value, b->value) != 0) ||
        strcmp(a->options, b->options) != 0) {
        return "text";
    }
    const char *found = sweep_difference(a->sweep, b->sweep);
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
        {1, {-1, -1, -1, 0, 0, 3, 0, 400, 390}},   /* a cluster beyond the last */
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

static void test_refused(void **state)
{
    (void)state;
    tsl_error err = {0};
    check_refused(path, TSL_E_NOT_FOUND, "No such file");
    static const tsl__store_kind kinds[] = {
        {"features", 1, "dict", "0.1.0"}, {"model", 2, "dict", "0.1.0"}, {"model", 1, "dict", "0.1.0"}};
    static const char *const said[] = {"is a features file, expected a model file", "version 2", "/rows: is missing"};
    for (size_t i = 0; i < 3; i++) {
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
    const size_t flips = 5000, cuts = 400;
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
        cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_flips, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
