/*
 * bench_natural.c: how often the test of natural groups errs, beside single indices, and what it costs.
 *
 *   bench_natural [all | alone | few]         the table; alone: of the test alone; few: of the small ones among a
 *                                           quarter of the sets
 *   bench_natural write DIR                   each set as DIR/FAMILY-SET-K-ROWSxCOLS.f64, and the test's verdicts
 *   bench_natural draw DIR                    the same without the test; of groups a file .i32 of each row's, too
 *   bench_natural time FILE ROWS COLS         the test against the sweep k = 2..10 (bench_kmeans data writes FILE)
 *
 * Of families without groups: in how many sets groups are said to be. Of the
 * others: in how many sets as many groups are found as there are. Ends with 1
 * where more than 5 in 100 clouds or sets of points are called natural, thin curves apart, or
 * fewer than 26 of the 32 sets whose groups lie 6 standard deviations apart get
 * their number.
 *
 * The peers see the standardised columns, each with k = 1 or 2 to 12 and 5 runs
 * a k: silhouette: natural where the greatest is 0.5 or more; Calinski-Harabasz
 * and Davies-Bouldin: the best k, as they know no other answer; BIC: of
 * spherical normals of one variance (Pelleg & Moore 2000); gap: Tibshirani,
 * Walther & Hastie (2001), 5 references, uniform between each column's ends.
 */
#include "natural_sets.h"

#include "base/alloc.h"
#include "base/parallel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/model.h>
#include <time.h>

enum { K_MAX = 12, REFERENCES = 5, SMALL_CELLS = 20000 };

typedef enum method { PRISM, SILHOUETTE, CALINSKI, DAVIES, BIC, GAP, METHODS } method;

static const char *const method_names[METHODS] = {"prism", "silhouette", "CH", "DB", "BIC", "gap"};

static double seconds[METHODS];

static void stop(const char *message)
{
    fprintf(stderr, "%s\n", message);
    exit(1);
}

/* ---- The methods: each gives k, 1 for no groups --------------------------------- */

static tsl_natural *fit_natural(const tsl_matrix *x)
{
    tsl_natural *natural;
    tsl_error err;
    if (tsl_natural_fit(x, NULL, NULL, NULL, &natural, &err)) {
        stop(err.message);
    }
    return natural;
}

static tsl_sweep *fit_sweep(const tsl_matrix *x, size_t silhouette_rows)
{
    tsl_kmeans_options opt;
    tsl_sweep *sweep;
    tsl_error err;
    TSL_DEFAULTS(kmeans, &opt);
    opt.k_min = 1;
    opt.k_max = K_MAX;
    opt.restarts = 5;
    opt.silhouette_rows = silhouette_rows;
    if (tsl_kmeans_fit(x, NULL, NULL, &opt, NULL, &sweep, &err)) {
        stop(err.message);
    }
    return sweep;
}

static double get_bic(const tsl_candidate *c, double n, double d)
{
    double fit = -n * log(n);
    const double variance = c->inertia / (d * (n - c->k));
    for (int i = 0; i < c->k; i++) {
        fit += (double)c->size[i] * log((double)c->size[i]);
    }
    fit -= n * d / 2 * log(2 * M_PI * variance) + d * (n - c->k) / 2;
    return fit - c->k * (d + 1) / 2 * log(n);
}

/* How good a candidate is by an index; those of k = 1 have none but BIC. */
static double get_index(const tsl_sweep *sweep, const tsl_candidate *c, method by)
{
    switch (by) {
    case SILHOUETTE:
        return c->silhouette;
    case CALINSKI:
        return c->calinski_harabasz;
    case DAVIES:
        return -c->davies_bouldin;
    default:
        return get_bic(c, (double)sweep->rows, (double)sweep->cols);
    }
}

static int choose(const tsl_sweep *sweep, method by)
{
    int k = 1;
    double best = -HUGE_VAL;
    for (size_t s = 0; s < sweep->count; s++) {
        const double index = get_index(sweep, &sweep->candidate[s], by);
        if (index > best) {
            best = index;
            k = sweep->candidate[s].k;
        }
    }
    return by == SILHOUETTE && best < 0.5 ? 1 : k;
}

/* Uniform between the ends of each column. */
static void draw_reference(const tsl_matrix *x, tsl__rng *rng, double *out)
{
    const double *values = x->data;
    for (size_t j = 0; j < x->cols; j++) {
        double low = HUGE_VAL, high = -HUGE_VAL;
        for (size_t r = 0; r < x->rows; r++) {
            low = fmin(low, values[r * x->cols + j]);
            high = fmax(high, values[r * x->cols + j]);
        }
        for (size_t r = 0; r < x->rows; r++) {
            out[r * x->cols + j] = low + (high - low) * tsl__rng_uniform(rng);
        }
    }
}

static int choose_gap(const tsl_matrix *x, const tsl_sweep *sweep)
{
    double log_w[K_MAX][REFERENCES], gap[K_MAX], s[K_MAX];
    double *values = tsl__alloc(x->rows, x->cols * sizeof *values);
    tsl__rng rng = tsl__rng_open(21, 0, 0);
    if (!values) {
        stop("out of memory");
    }
    const tsl_matrix reference = {values, x->rows, x->cols, x->cols, TSL_F64};
    for (int b = 0; b < REFERENCES; b++) {
        draw_reference(x, &rng, values);
        tsl_sweep *other = fit_sweep(&reference, 0);
        for (int k = 0; k < K_MAX; k++) {
            log_w[k][b] = log(other->candidate[k].inertia);
        }
        tsl_sweep_free(other);
    }
    free(values);
    const int count = sweep->count < K_MAX ? (int)sweep->count : K_MAX;
    for (int k = 0; k < count; k++) {
        double mean = 0, square = 0;
        for (int b = 0; b < REFERENCES; b++) {
            mean += log_w[k][b] / REFERENCES;
        }
        for (int b = 0; b < REFERENCES; b++) {
            square += pow(log_w[k][b] - mean, 2) / REFERENCES;
        }
        gap[k] = mean - log(sweep->candidate[k].inertia);
        s[k] = sqrt(square * (1 + 1.0 / REFERENCES));
    }
    int k = 0;
    while (k + 1 < count && gap[k] < gap[k + 1] - s[k + 1]) {
        k++;
    }
    return k + 1;
}

static tsl_matrix standardise(const tsl_matrix *x)
{
    double *out = tsl__alloc(x->rows, x->cols * sizeof *out);
    const double *values = x->data;
    if (!out) {
        stop("out of memory");
    }
    for (size_t j = 0; j < x->cols; j++) {
        double mean = 0, square = 0;
        for (size_t r = 0; r < x->rows; r++) {
            mean += values[r * x->cols + j] / (double)x->rows;
        }
        for (size_t r = 0; r < x->rows; r++) {
            square += pow(values[r * x->cols + j] - mean, 2) / (double)x->rows;
        }
        for (size_t r = 0; r < x->rows; r++) {
            out[r * x->cols + j] = (values[r * x->cols + j] - mean) / (square > 0 ? sqrt(square) : 1);
        }
    }
    return (tsl_matrix){out, x->rows, x->cols, x->cols, TSL_F64};
}

static void ask_peers(const tsl_matrix *x, int *k)
{
    tsl_matrix z = standardise(x);
    double start = tsl__clock();
    tsl_sweep *sweep = fit_sweep(&z, 10000);
    for (method m = SILHOUETTE; m < GAP; m++) {
        k[m] = choose(sweep, m);
        /* The sweep is each one's own; the silhouettes are the one's that needs them. */
        seconds[m] += tsl__clock() - start - (m == SILHOUETTE ? 0 : sweep->info.seconds_quality);
    }
    start = tsl__clock();
    k[GAP] = choose_gap(&z, sweep);
    seconds[GAP] += tsl__clock() - start + sweep->info.seconds_seed + sweep->info.seconds_fit;
    tsl_sweep_free(sweep);
    free((double *)z.data);
}

/* ---- The table --------------------------------------------------------------------- */

typedef struct tally {
    const char *name;
    size_t sets, hits[METHODS];
} tally;

static void print_tally(const tally *of, method methods)
{
    printf("%-24s %5zu", of->name, of->sets);
    for (method m = PRISM; m < methods; m++) {
        printf(" %10zu", of->hits[m]);
    }
    putchar('\n');
    fflush(stdout);
}

/* A set, unless it is too large: a hit is groups that are not there, or as many as there are. */
static void ask(size_t family, size_t set, size_t most_cells, method methods, tally *of)
{
    int truth, k[METHODS];
    tsl_matrix x = natural_set_draw(family, set, &truth);
    if (x.rows * x.cols > most_cells) {
        free((double *)x.data);
        return;
    }
    const double start = tsl__clock();
    tsl_natural *natural = fit_natural(&x);
    seconds[PRISM] += tsl__clock() - start;
    k[PRISM] = natural->k;
    if (methods > PRISM + 1) {
        ask_peers(&x, k);
    }
    of->sets++;
    for (method m = PRISM; m < methods; m++) {
        of->hits[m] += truth > 1 ? k[m] == truth : k[m] > 1;
    }
    tsl_natural_free(natural);
    free((double *)x.data);
}

static void add(tally *total, const tally *of)
{
    total->sets += of->sets;
    for (method m = PRISM; m < METHODS; m++) {
        total->hits[m] += of->hits[m];
    }
}

/* Of every step-th set of a family, but for those of more cells. */
static int bench_table(size_t step, size_t most_cells, method methods)
{
    enum { CLOUDS, CURVES, SIX, FOUR, THREE, POINTS, TOTALS };
    tally total[TOTALS] = {{.name = "CLOUDS"}, {.name = "CURVES"}, {.name = "6-SD"},
                           {.name = "4-SD"},   {.name = "3-SD"},   {.name = "POINTS"}};
    const natural_family *family;
    printf("%-24s %5s", "called natural", "sets");
    for (method m = PRISM; m < methods; m++) {
        printf(" %10s", method_names[m]);
    }
    putchar('\n');
    for (size_t f = 0; (family = natural_family_get(f)); f++) {
        tally of = {.name = family->name};
        if (family->class == NATURAL_POINTS && natural_family_get(f - 1)->class != NATURAL_POINTS) {
            puts("called natural, of points");
        }
        if (family->class == NATURAL_GROUPS && natural_family_get(f - 1)->class != NATURAL_GROUPS) {
            puts("right k");
        }
        for (size_t set = f % step; set < family->count; set += step) {
            ask(f, set, most_cells, methods, &of);
        }
        print_tally(&of, methods);
        add(&total[family->class == NATURAL_CLOUDS   ? CLOUDS
                   : family->class == NATURAL_CURVES ? CURVES
                   : family->class == NATURAL_POINTS ? POINTS
                   : family->apart > 5               ? SIX
                   : family->apart > 3.5             ? FOUR
                                                     : THREE],
            &of);
    }
    for (int t = 0; t < TOTALS; t++) {
        print_tally(&total[t], methods);
    }
    printf("%-24s %5s", "seconds", "");
    for (method m = PRISM; m < methods; m++) {
        printf(" %10.1f", seconds[m]);
    }
    putchar('\n');
    return total[CLOUDS].hits[PRISM] * 100 > total[CLOUDS].sets * 5 ||
           total[POINTS].hits[PRISM] * 100 > total[POINTS].sets * 5 ||
           total[SIX].hits[PRISM] * 32 < total[SIX].sets * 26;
}

/* ---- Sets for others, and the cost --------------------------------------------------- */

static void write_file(const char *path, const void *data, size_t size, size_t count)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, size, count, file) != count || fclose(file)) {
        stop(path);
    }
}

/* The group of each row, beside the rows. */
static void write_groups(const char *path, const natural_family *family, size_t rows, int k)
{
    char beside[4200];
    int32_t *group = tsl__alloc(rows, sizeof *group);
    if (!group) {
        stop("out of memory");
    }
    for (size_t r = 0; r < rows; r++) {
        group[r] = natural_group_get(family, r, rows, k);
    }
    snprintf(beside, sizeof beside, "%s.i32", path);
    write_file(beside, group, sizeof *group, rows);
    free(group);
}

static int write_sets(const char *folder, int test)
{
    const natural_family *family;
    for (size_t f = 0; (family = natural_family_get(f)); f++) {
        for (size_t set = 0; set < family->count; set++) {
            char path[4096], name[64];
            int k;
            tsl_matrix x = natural_set_draw(f, set, &k);
            snprintf(name, sizeof name, "%s", family->name);
            for (char *c = name; *c; c++) {
                *c = *c == '/' ? '_' : *c;
            }
            snprintf(path, sizeof path, "%s/%s-%zu-%d-%zux%zu.f64", folder, name, set, k, x.rows, x.cols);
            write_file(path, x.data, sizeof(double) * x.cols, x.rows);
            if (test) {
                tsl_natural *natural = fit_natural(&x);
                printf("%s %d\n", path, natural->k);
                tsl_natural_free(natural);
            } else if (family->class == NATURAL_GROUPS) {
                write_groups(path, family, x.rows, k);
            }
            free((double *)x.data);
        }
    }
    return 0;
}

static double get_processor_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static int bench_time(const char *path, size_t rows, size_t cols)
{
    double *values = tsl__alloc(rows, cols * sizeof *values);
    FILE *file = fopen(path, "rb");
    tsl_sweep *sweep;
    tsl_error err;
    if (!values || !file || fread(values, sizeof *values * cols, rows, file) != rows) {
        stop(path);
    }
    fclose(file);
    const tsl_matrix x = {values, rows, cols, cols, TSL_F64};
    double start = tsl__clock(), cpu_start = get_processor_seconds();
    tsl_natural *natural = fit_natural(&x);
    const double test = tsl__clock() - start, cpu_test = get_processor_seconds() - cpu_start;
    for (size_t s = 0; s < natural->count; s++) {
        const tsl_natural_test *t = &natural->test[s];
        printf("k %2d  pairs with a gap %d of %d  dip %.3f  valley %.3f  rows %zu%s\n", t->k, t->pairs_hit, t->pairs,
               t->dip, t->valley, t->rows,
               t->flat     ? "  flat"
               : t->passes ? "  passes"
                           : "");
    }
    printf("natural %.2f s (processor %.2f): k = %d%s%s\n", test, cpu_test, natural->k,
           natural->at_limit ? ", at the limit" : "", natural->only_two ? ", 2 alone" : "");
    tsl_natural_free(natural);
    start = tsl__clock();
    cpu_start = get_processor_seconds();
    if (tsl_kmeans_fit(&x, NULL, NULL, NULL, NULL, &sweep, &err)) {
        stop(err.message);
    }
    const double plain = tsl__clock() - start, cpu_plain = get_processor_seconds() - cpu_start;
    printf("sweep %.2f s (processor %.2f)\nratio %.2f (processor %.2f)\n", plain, cpu_plain, test / plain,
           cpu_test / cpu_plain);
    tsl_sweep_free(sweep);
    free(values);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 5 && strcmp(argv[1], "time") == 0) {
        return bench_time(argv[2], (size_t)strtoul(argv[3], NULL, 10), (size_t)strtoul(argv[4], NULL, 10));
    }
    if (argc == 3 && (strcmp(argv[1], "write") == 0 || strcmp(argv[1], "draw") == 0)) {
        return write_sets(argv[2], argv[1][0] == 'w');
    }
    const char *mode = argc == 1 ? "all" : argc == 2 ? argv[1] : "";
    if (strcmp(mode, "all") == 0) {
        return bench_table(1, SIZE_MAX, METHODS);
    }
    if (strcmp(mode, "alone") == 0 || strcmp(mode, "few") == 0) {
        const int few = strcmp(mode, "few") == 0;
        return bench_table(few ? 4 : 1, few ? SMALL_CELLS : SIZE_MAX, PRISM + 1);
    }
    fputs("bench_natural [all | alone | few] | write DIR | draw DIR | time FILE ROWS COLS: see the source\n", stderr);
    return 2;
}
