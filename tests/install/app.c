/* app.c: a program of somebody else's, built against an installed Tesela: it
 * clusters six points and meets each library that stands behind the rooms. */
#include <tesela/tesela.h>

#include <stdio.h>
#include <string.h>

static int cluster(void)
{
    static const double values[] = {0, 0, 0, 1, 1, 0, 9, 9, 9, 10, 10, 9};
    tsl_matrix x = {values, 6, 2, 2, TSL_F64};
    tsl_kmeans_options opt;
    TSL_DEFAULTS(kmeans, &opt);
    tsl_sweep *sweep = NULL;
    tsl_error err;
    opt.k_max = 4;
    if (tsl_kmeans_fit(&x, NULL, NULL, &opt, NULL, &sweep, &err) != TSL_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    const tsl_candidate *best = &sweep->candidate[sweep->best];
    int bad = best->k != 2 || best->size[0] != 3 || best->inertia < 2.66 || best->inertia > 2.67;
    tsl_sweep_free(sweep);
    return bad;
}

/* What is not there is said to be not there: by the reader of tables, by HDF5. */
static int miss(void)
{
    const tsl_source none = {.path = "/nonexistent/orders.csv"}, nowhere = {.path = "/nonexistent/features.h5"};
    const tsl_target report = {.path = "/nonexistent/report.html"};
    tsl_table *table = NULL;
    tsl_features *features = NULL;
    tsl_error err;
    return tsl_table_read(TSL_TRANSACTIONS, &none, 1, NULL, NULL, NULL, NULL, &table, &err) != TSL_E_NOT_FOUND ||
           !strstr(err.message, none.path) || tsl_features_read(&nowhere, NULL, &features, &err) != TSL_E_NOT_FOUND ||
           tsl_report_write("no summary", NULL, &report, &err) == TSL_OK;
}

int main(int argc, char **argv)
{
    if (argc != 2 || strcmp(tsl_version_get(), argv[1]) != 0) {
        return 1;
    }
    if (cluster() != 0) {
        return 2;
    }
    if (miss() != 0) {
        return 3;
    }
    puts(tsl_version_get());
    return 0;
}
