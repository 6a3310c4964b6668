/* test_memory.c: every allocation of fitting and of applying, of choosing and of
 * labeling fails once. */
#include "failing.h"
#include "tables.h"

#include <tesela/label.h>

#include "base/parallel.h"
#include "feature/recipe.h"
#include "feature/shelves.h"

typedef struct story {
    tsl_tables tables;
    tsl_features *features;
    tsl_segmentation fitted;
    const tsl_recipe *recipe; /* that build applies, or NULL */
    const tsl_policy *policy; /* likewise of label */
    const double *weight;     /* of plain numbers */
    size_t memory;            /* limit of build; 0: none */
    int in_file;              /* 1: then the features lie in a temporary file */
} story;

/* A limit that does, but for what may lie in a file: that is asked without an error. */
static int short_of_room;

tsl_status __wrap_tsl__memory_check(const tsl_exec *exec, size_t more, tsl_error *err, const char *what, ...);
tsl_status __wrap_tsl__memory_check(const tsl_exec *exec, size_t more, tsl_error *err, const char *what, ...)
{
    (void)exec;
    (void)more;
    (void)what;
    return short_of_room && !err ? TSL_E_NOMEM : TSL_OK;
}

static const tsl_exec one_thread = {.size = sizeof one_thread, .threads = 1};

static tsl_feature_options options(void)
{
    tsl_feature_options opt;
    TSL_DEFAULTS(feature, &opt);
    static const tsl_feature_line lines[] = {
        {.name = "own_sum", .level = "lines", .aggregate = "sum", .source = "amount", .window = "90 days"},
        {.name = "own_gap", .level = "purchases", .aggregate = "gap_median"}};
    opt.line = lines;
    opt.line_count = 2;
    opt.max_categories = 1;
    opt.selection.apart = TSL_APART_NONE;
    return opt;
}

/* Where memory was short and yet all went well, all is there. */
static void check_whole(const tsl_features *f, const tsl_features *good)
{
    assert_int_equal(f->feature_count, good->feature_count);
    assert_memory_equal(f->x, good->x, f->customers * f->feature_count * sizeof *f->x);
    assert_memory_equal(f->history, good->history, f->customers * TSL_HISTORY_COLUMNS * sizeof *f->history);
}

static tsl_status build(void *user, tsl_error *err)
{
    story *s = user;
    tsl_features *f;
    tsl_feature_options opt = options();
    tsl_exec exec = one_thread;
    exec.memory = s->memory;
    short_of_room = s->in_file;
    tsl_status status = tsl_features_build(&s->tables, s->recipe, &opt, &exec, &f, err);
    short_of_room = 0;
    assert_int_equal(status == TSL_OK, f != NULL);
    if (f) {
        assert_int_equal(f->shelves != NULL, s->memory > 0);
        assert_int_equal(f->shelves && f->shelves->x.spill, s->in_file);
        assert_string_equal(f->id[1], s->features->id[1]);
        check_whole(f, s->features);
    }
    tsl_features_free(f);
    return status;
}

static tsl_status choose(void *user, tsl_error *err)
{
    story *s = user;
    tsl_feature_matrix *m = NULL;
    const char *in[] = {"rfm_score", "city=*"}, *out[] = {"channel:*"};
    armed = 0; /* what is chosen changes the recipe: each time another one */
    tsl_feature_options opt = options();
    tsl_features *f = features_of(s->tables.customers, s->tables.transactions, s->tables.interactions, s->recipe, &opt);
    armed = 1;
    tsl_status status =
        tsl_features_fit_selection(f, &(tsl_selection){in, 2, out, 1, TSL_BASIS_ALL, TSL_APART_DEFAULT, 0}, err);
    if (status == TSL_OK) {
        status = tsl__features_fit_again(f, TSL_APART_POTENTIAL, 1, err);
    }
    if (status == TSL_OK) {
        status = tsl_features_fit_selection(f, &(tsl_selection){in, 2, out, 1, TSL_BASIS_NUMERIC, TSL_APART_DEFAULT, 0},
                                            err);
    }
    if (status == TSL_OK) {
        status = tsl__features_fit_again(f, TSL_APART_ONCE, 1, err);
    }
    if (status == TSL_OK) {
        status = tsl_features_get_matrix(f, &one_thread, &m, err);
        assert_int_equal(status == TSL_OK, m != NULL);
    }
    tsl_feature_matrix_free(m);
    tsl_features_free(f);
    return status;
}

static tsl_status cluster(void *user, tsl_error *err)
{
    story *s = user;
    tsl_feature_matrix *m = NULL;
    tsl_sweep *sweep = NULL;
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    const char **names = NULL;
    opt.k_max = 4;
    opt.restarts = 2;
    tsl_model_free(s->fitted.model);
    s->fitted.model = NULL;
    tsl_status status = tsl_features_get_matrix(s->features, NULL, &m, err);
    if (status == TSL_OK) {
        tsl_matrix x = {m->values, m->rows, m->cols, m->cols, TSL_F64};
        tsl_matrix raw = {s->features->x, m->rows, s->features->feature_count, s->features->feature_count, TSL_F64};
        status = tsl_kmeans_fit(&x, NULL, NULL, &opt, &one_thread, &sweep, err);
        names = __real_malloc(m->cols * sizeof *names);
        for (size_t c = 0; c < m->cols; c++) {
            names[c] = m->column[c].name;
        }
        if (status == TSL_OK) {
            status = tsl_model_build(&x, NULL, names, sweep, &(tsl_raw_columns){&raw, NULL}, NULL, NULL, &one_thread,
                                     &s->fitted.model, err);
        }
        if (status != TSL_OK) {
            tsl_sweep_free(sweep);
        }
    }
    free(names);
    tsl_feature_matrix_free(m);
    return status;
}

static tsl_status label(void *user, tsl_error *err)
{
    story *s = user;
    tsl_labels *labels;
    tsl_status status = tsl_labels_build(s->features, s->fitted.model, s->fitted.model->assignment, s->policy, NULL,
                                         &one_thread, &labels, err);
    assert_int_equal(status == TSL_OK, labels != NULL);
    tsl_labels_free(labels);
    return status;
}

static tsl_status compare(void *user, tsl_error *err)
{
    story *s = user;
    tsl_drift *drift;
    tsl_status status = tsl_drift_build(s->features, &one_thread, &drift, err);
    assert_int_equal(status == TSL_OK, drift != NULL);
    tsl_drift_free(drift);
    return status;
}

static tsl_status build_plain(void *user, tsl_error *err)
{
    story *s = user;
    tsl_features *f;
    static const char *const name[] = {"a", "b"}, *const id[] = {"x", "y", "z"};
    static const double values[] = {1, 2, 3, 5, 8, 13};
    const tsl_matrix x = {values, 3, 2, 2, TSL_F64};
    tsl_status status = tsl_features_build_plain(&x, s->weight, name, id, s->recipe, NULL, &one_thread, &f, err);
    assert_int_equal(status == TSL_OK, f != NULL);
    tsl_features_free(f);
    return status;
}

static void test_all_stages(void **state)
{
    (void)state;
    story s = {0};
    tsl_table *customers =
        table_of_text(TSL_CUSTOMERS, "customer_id,birth date,city,satisfaction\na,1980-01-01,Rome,3\n"
                                     "b,1990-01-01,Bonn,\nc,,Bonn,4\nd,2000-05-05,,5\n");
    tsl_table *transactions =
        table_of_text(TSL_TRANSACTIONS, "customer,order,date,amount,channel\na,1,2024-01-01,5,web\n"
                                        "a,2,2024-02-01,6,shop\nb,3,2024-01-05,50,web\n"
                                        "b,4,2024-03-01,-5,web\ne,5,2024-02-05,7,app\n");
    tsl_table *interactions =
        table_of_text(TSL_INTERACTIONS, "customer,date,kind\na,2024-01-03,visit\nf,2024-01-04,complaint\n");
    s.tables = (tsl_tables){customers, transactions, interactions, TSL_NO_DAY, 0};
    tsl_feature_options opt = options();
    assert_int_equal(tsl_features_build(&s.tables, NULL, &opt, NULL, &s.features, NULL), TSL_OK);
    sweep_failures(build, &s, 100);
    s.memory = (size_t)1 << 40;
    sweep_failures(build, &s, 100);
    s.recipe = s.features->recipe;
    sweep_failures(build, &s, 100);
    s.in_file = 1;
    sweep_failures(build, &s, 100);
    s.recipe = NULL;
    sweep_failures(build, &s, 100);
    s.in_file = 0;
    s.recipe = s.features->recipe;
    s.memory = 0;
    sweep_failures(build, &s, 100);
    sweep_failures(choose, &s, 10);
    sweep_failures(cluster, &s, 60);
    sweep_failures(label, &s, 20);
    tsl_labels *labels = NULL;
    assert_int_equal(tsl_labels_build(s.features, s.fitted.model, s.fitted.model->assignment, NULL, NULL, &one_thread,
                                      &labels, NULL),
                     TSL_OK);
    s.policy = labels->policy;
    sweep_failures(label, &s, 20);
    sweep_failures(compare, &s, 2);
    tsl_labels_free(labels);
    tsl_model_free(s.fitted.model);
    tsl_features_free(s.features);
    tsl_table_free(customers);
    tsl_table_free(transactions);
    tsl_table_free(interactions);
}

static void test_plain(void **state)
{
    (void)state;
    story s = {0};
    tsl_features *f = NULL;
    const double values[] = {1, 2, 3, 5, 8, 13};
    const tsl_matrix x = {values, 3, 2, 2, TSL_F64};
    sweep_failures(build_plain, &s, 20);
    s.weight = (const double[]){2, 0, .5};
    sweep_failures(build_plain, &s, 20);
    assert_int_equal(tsl_features_build_plain(&x, NULL, (const char *[]){"b", "a"}, NULL, NULL, NULL, NULL, &f, NULL),
                     TSL_OK);
    s.recipe = f->recipe; /* its columns stand the other way round */
    sweep_failures(build_plain, &s, 20);
    tsl_features_free(f);
}

static tsl_status build_told(void *user, tsl_error *err)
{
    story *s = user;
    tsl_features *f;
    tsl_status status = tsl_features_build(&s->tables, s->recipe, NULL, &one_thread, &f, err);
    assert_int_equal(status == TSL_OK, f != NULL);
    tsl_features_free(f);
    return status;
}

/* Customers who tell their purchases themselves, also in place of transactions. */
static void test_told(void **state)
{
    (void)state;
    story s = {0};
    tsl_table *customers =
        table_of_text(TSL_CUSTOMERS, "customer_id,first_order,last_order,recency,orders,total_spent\n"
                                     "a,2024-01-01,2024-03-01,9,4,100.25\nb,,2024-02-10,,1,7\nc,,,,,\nd,,,,0,5\n");
    tsl_table *transactions =
        table_of_text(TSL_TRANSACTIONS, "customer,date,amount\na,2024-01-01,5\na,2024-02-01,6\nb,2024-01-05,50\n");
    tsl_feature_options opt = options();
    opt.line_count = 0;
    s.tables = (tsl_tables){NULL, transactions, NULL, TSL_NO_DAY, 0};
    assert_int_equal(tsl_features_build(&s.tables, NULL, &opt, NULL, &s.features, NULL), TSL_OK);
    s.tables = (tsl_tables){customers, NULL, NULL, TSL_NO_DAY, 0};
    sweep_failures(build_told, &s, 60);
    s.recipe = s.features->recipe;
    sweep_failures(build_told, &s, 60);
    tsl_features_free(s.features);
    tsl_table_free(customers);
    tsl_table_free(transactions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_stages), cmocka_unit_test(test_plain),
                                       cmocka_unit_test(test_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
