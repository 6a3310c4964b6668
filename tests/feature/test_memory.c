/* test_memory.c: every allocation of building, choosing and labeling fails once. */
#include "failing.h"
#include "tables.h"

#include <tesela/label.h>

typedef struct story {
    tsl_table *customers, *transactions, *interactions;
    tsl_features *features;
    tsl_model *model;
} story;

static tsl_feature_options options(void)
{
    tsl_feature_options opt = tsl_feature_defaults();
    opt.threads = 1;
    opt.max_categories = 1;
    return opt;
}

/* Where memory was short and yet all went well, all is there. */
static void check_whole(const tsl_features *f, const tsl_features *good)
{
    assert_int_equal(f->feature_count, good->feature_count);
    assert_memory_equal(f->x, good->x, f->customers * f->feature_count * sizeof *f->x);
}

static tsl_status build(void *user, tsl_error *err)
{
    story *s = user;
    tsl_features *f;
    tsl_feature_options opt = options();
    tsl_status status = tsl_features_build(s->customers, s->transactions, s->interactions, &opt, &f, err);
    assert_int_equal(status == TSL_OK, f != NULL);
    if (f) {
        check_whole(f, s->features);
    }
    tsl_features_free(f);
    return status;
}

static tsl_status choose(void *user, tsl_error *err)
{
    story *s = user;
    tsl_feature_matrix *m;
    const char *in[] = {"rfm_score", "city=*"}, *out[] = {"channel:*"};
    tsl_status status = tsl_features_get_matrix(s->features, &(tsl_selection){in, 2, out, 1}, &m, err);
    assert_int_equal(status == TSL_OK, m != NULL);
    tsl_feature_matrix_free(m);
    return status;
}

static tsl_status cluster(void *user, tsl_error *err)
{
    story *s = user;
    tsl_feature_matrix *m = NULL;
    tsl_sweep *sweep = NULL;
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    const tsl_exec one = {.size = sizeof one, .threads = 1};
    const char **names = NULL;
    opt.k_max = 4;
    opt.restarts = 2;
    tsl_model_free(s->model);
    s->model = NULL;
    tsl_status status = tsl_features_get_matrix(s->features, NULL, &m, err);
    if (status == TSL_OK) {
        tsl_matrix x = {m->values, m->rows, m->cols, m->cols, TSL_F64};
        tsl_matrix raw = {s->features->x, m->rows, s->features->feature_count, s->features->feature_count, TSL_F64};
        status = tsl_kmeans_fit(&x, NULL, NULL, &opt, &one, &sweep, err);
        names = __real_malloc(m->cols * sizeof *names);
        for (size_t c = 0; c < m->cols; c++) {
            names[c] = m->column[c].name;
        }
        if (status == TSL_OK) {
            status = tsl_model_build(&x, NULL, names, sweep, &raw, NULL, NULL, NULL, &one, &s->model, err);
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
    tsl_label_options opt = tsl_label_defaults();
    opt.threads = 1;
    tsl_status status = tsl_labels_build(s->features, s->model, &opt, &labels, err);
    assert_int_equal(status == TSL_OK, labels != NULL);
    tsl_labels_free(labels);
    return status;
}

static void test_all_stages(void **state)
{
    (void)state;
    story s = {0};
    s.customers = table_of_text(TSL_CUSTOMERS, "customer_id,birth date,city,satisfaction\na,1980-01-01,Rome,3\n"
                                               "b,1990-01-01,Bonn,\nc,,Bonn,4\nd,2000-05-05,,5\n");
    s.transactions = table_of_text(TSL_TRANSACTIONS, "customer,order,date,amount,channel\na,1,2024-01-01,5,web\n"
                                                     "a,2,2024-02-01,6,shop\nb,3,2024-01-05,50,web\n"
                                                     "b,4,2024-03-01,-5,web\ne,5,2024-02-05,7,app\n");
    s.interactions =
        table_of_text(TSL_INTERACTIONS, "customer,date,kind\na,2024-01-03,visit\nf,2024-01-04,complaint\n");
    tsl_feature_options opt = options();
    assert_int_equal(tsl_features_build(s.customers, s.transactions, s.interactions, &opt, &s.features, NULL), TSL_OK);
    sweep_failures(build, &s, 100);
    sweep_failures(choose, &s, 20);
    sweep_failures(cluster, &s, 60);
    sweep_failures(label, &s, 20);
    tsl_model_free(s.model);
    tsl_features_free(s.features);
    tsl_table_free(s.customers);
    tsl_table_free(s.transactions);
    tsl_table_free(s.interactions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all_stages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
