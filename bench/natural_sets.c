/* natural_sets.c: sets of rows with and without natural groups. */
#include "natural_sets.h"

#include "base/alloc.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EACH(x, rows, cols) for (double *row = (x), *end_ = (x) + (rows) * (cols); row < end_; row += (cols))

static double draw_normal(tsl__rng *rng)
{
    const double u = 1 - tsl__rng_uniform(rng), v = tsl__rng_uniform(rng);
    return sqrt(-2 * log(u)) * cos(2 * M_PI * v);
}

static double draw_exponential(tsl__rng *rng)
{
    return -log(1 - tsl__rng_uniform(rng));
}

static double draw_poisson(tsl__rng *rng, double mean)
{
    double sum = draw_exponential(rng);
    int count = 0;
    for (; sum < mean && count < 1000; count++) {
        sum += draw_exponential(rng);
    }
    return count;
}

/* Normal rows with two traits that run through all columns. */
static void draw_correlated(tsl__rng *rng, double *x, size_t rows, size_t cols)
{
    tsl__rng loading = *rng;
    rng->draw += 4 * cols;
    const uint64_t first = loading.draw;
    EACH(x, rows, cols)
    {
        const double a = draw_normal(rng), b = draw_normal(rng);
        loading.draw = first;
        for (size_t j = 0; j < cols; j++) {
            const double on_a = draw_normal(&loading), on_b = draw_normal(&loading);
            row[j] = (on_a * a + on_b * b + 0.7 * draw_normal(rng)) / sqrt(on_a * on_a + on_b * on_b + 0.49);
        }
    }
}

/* ---- Clouds ---------------------------------------------------------------- */

#define DRAW(name)                                                                                                     \
    static void name(tsl__rng *rng, const natural_family *family, double *x, size_t rows, size_t cols, int k)
#define UNUSED ((void)family, (void)k)

DRAW(draw_cube)
{
    UNUSED;
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = tsl__rng_uniform(rng);
    }
}

DRAW(draw_gauss)
{
    UNUSED;
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = draw_normal(rng);
    }
}

DRAW(draw_traits)
{
    UNUSED;
    draw_correlated(rng, x, rows, cols);
}

DRAW(draw_lognormal)
{
    UNUSED;
    draw_correlated(rng, x, rows, cols);
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = exp(0.8 * x[i]);
    }
}

DRAW(draw_poisson_counts)
{
    UNUSED;
    draw_correlated(rng, x, rows, cols);
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = draw_poisson(rng, 3 * exp(0.3 * x[i]));
    }
}

DRAW(draw_log_counts)
{
    UNUSED;
    draw_correlated(rng, x, rows, cols);
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = log1p(draw_poisson(rng, 5 * exp(0.8 * x[i])));
    }
}

DRAW(draw_ball)
{
    UNUSED;
    EACH(x, rows, cols)
    {
        double squared = 0;
        for (size_t j = 0; j < cols; j++) {
            row[j] = draw_normal(rng);
            squared += row[j] * row[j];
        }
        const double radius = pow(1 - tsl__rng_uniform(rng), 1 / (double)cols) / sqrt(squared);
        for (size_t j = 0; j < cols; j++) {
            row[j] *= radius;
        }
    }
}

/* The root of a third of a sum of three squares of normals, by which normals become Student's t. */
static double draw_root(tsl__rng *rng)
{
    const double a = draw_normal(rng);
    return sqrt((a * a + 2 * draw_exponential(rng)) / 3);
}

DRAW(draw_t3)
{
    UNUSED;
    EACH(x, rows, cols)
    {
        const double root = draw_root(rng);
        for (size_t j = 0; j < cols; j++) {
            row[j] = draw_normal(rng) / root;
        }
    }
}

/* Sums of squares of correlated normals: gamma of shape 1.5. */
DRAW(draw_gamma)
{
    UNUSED;
    double *more = tsl__alloc_zero(rows * cols, sizeof *more);
    for (int i = 0; i < 3 && more; i++) {
        tsl__rng same = *rng; /* the same loadings */
        same.stream += (uint64_t)i << 40;
        draw_correlated(&same, x, rows, cols);
        for (size_t c = 0; c < rows * cols; c++) {
            more[c] += x[c] * x[c];
        }
    }
    if (more) {
        memcpy(x, more, rows * cols * sizeof *x);
    }
    free(more);
}

DRAW(draw_banana)
{
    UNUSED;
    draw_gauss(rng, family, x, rows, cols, k);
    EACH(x, rows, cols)
    {
        row[1] = 0.5 * row[1] + row[0] * row[0];
    }
}

DRAW(draw_zero_inflated)
{
    UNUSED;
    draw_correlated(rng, x, rows, cols);
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = tsl__rng_uniform(rng) < 0.4 ? 0 : exp(0.8 * x[i]);
    }
}

DRAW(draw_zero_inflated_log)
{
    UNUSED;
    draw_zero_inflated(rng, family, x, rows, cols, k);
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = log1p(x[i]);
    }
}

DRAW(draw_mixed)
{
    UNUSED;
    draw_correlated(rng, x, rows, cols);
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = i % cols % 2 == 1 ? x[i] > 0.5 : x[i];
    }
}

DRAW(draw_simplex)
{
    UNUSED;
    EACH(x, rows, cols)
    {
        double sum = draw_exponential(rng);
        for (size_t j = 0; j < cols; j++) {
            row[j] = draw_exponential(rng);
            sum += row[j];
        }
        for (size_t j = 0; j < cols; j++) {
            row[j] /= sum;
        }
    }
}

DRAW(draw_cone)
{
    UNUSED;
    draw_ball(rng, family, x, rows, cols, k);
    EACH(x, rows, cols)
    {
        /* The first coordinate is the height; the others lie in a ball as wide as it. */
        const double height = pow(1 - tsl__rng_uniform(rng), 1 / (double)cols), wide = 1 - row[0] * row[0];
        row[0] = height;
        for (size_t j = 1; j < cols; j++) {
            row[j] *= height / sqrt(wide > 0 ? wide : 1);
        }
    }
}

/* Lognormal margins whose extremes come together. */
DRAW(draw_t_copula)
{
    UNUSED;
    draw_correlated(rng, x, rows, cols);
    EACH(x, rows, cols)
    {
        const double root = draw_root(rng);
        for (size_t j = 0; j < cols; j++) {
            const double t = row[j] / root, bent = t / sqrt(3 + t * t); /* Student's t of 3 by its own function */
            const double p = 0.5 + (asin(bent) + bent * sqrt(1 - bent * bent)) / M_PI;
            double low = -9, high = 9;
            for (int i = 0; i < 40; i++) {
                const double middle = (low + high) / 2;
                *(0.5 * erfc(-middle / M_SQRT2) < p ? &low : &high) = middle;
            }
            row[j] = exp(0.7 * low);
        }
    }
}

DRAW(draw_likert)
{
    UNUSED;
    draw_correlated(rng, x, rows, cols);
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = fmin(5, fmax(1, round(3.3 + x[i])));
    }
}

DRAW(draw_weibull)
{
    UNUSED;
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = pow(draw_exponential(rng), 1 / 1.5);
    }
}

DRAW(draw_prices)
{
    UNUSED;
    draw_correlated(rng, x, rows, cols);
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = 10 * round(5 * exp(0.6 * x[i]));
    }
}

/* ---- Curves: in the first two columns, noise in the others ------------------- */

static void bend(tsl__rng *rng, double *x, size_t rows, size_t cols, double noise, void (*at)(double, double *))
{
    EACH(x, rows, cols)
    {
        double place[2];
        at(tsl__rng_uniform(rng), place);
        for (size_t j = 0; j < cols; j++) {
            row[j] = (j < 2 ? place[j] : 0) + noise * draw_normal(rng);
        }
    }
}

static void at_arc(double t, double *place)
{
    place[0] = cos(M_PI * t);
    place[1] = sin(M_PI * t);
}

static void at_v(double t, double *place)
{
    place[0] = 2 * t - 1;
    place[1] = 2 * fabs(place[0]);
}

static void at_hook(double t, double *place)
{
    place[0] = t < 0.6 ? 0 : 0.5 - 0.5 * cos(M_PI * (t - 0.6) / 0.4);
    place[1] = t < 0.6 ? 2 * (1 - t / 0.6) : -0.5 * sin(M_PI * (t - 0.6) / 0.4);
}

static void at_s(double t, double *place)
{
    const double angle = 3 * M_PI * (t - 0.5);
    place[0] = sin(angle);
    place[1] = (angle > 0 ? 1 : -1) * (cos(angle) - 1);
}

#define BENT(name, noise, way)                                                                                         \
    DRAW(name)                                                                                                         \
    {                                                                                                                  \
        UNUSED;                                                                                                        \
        bend(rng, x, rows, cols, noise, way);                                                                          \
    }

BENT(draw_arc, 0.25, at_arc)
BENT(draw_v, 0.05, at_v)
BENT(draw_hook, 0.05, at_hook)
BENT(draw_s, 0.05, at_s)
BENT(draw_noisy_s, 0.2, at_s)

/* ---- Groups ------------------------------------------------------------------ */

/* Centres, each exactly so far from one before it, and no nearer to another. */
static void place_centers(tsl__rng *rng, double *center, size_t cols, int k, double apart)
{
    memset(center, 0, (size_t)k * cols * sizeof *center);
    for (int c = 1; c < k; c++) {
        double *at = center + (size_t)c * cols, least = 0;
        while (least < apart * (1 - 1e-9)) {
            const double *by = center + (size_t)tsl__rng_below(rng, (uint64_t)c) * cols;
            double length = 0;
            for (size_t j = 0; j < cols; j++) {
                at[j] = draw_normal(rng);
                length += at[j] * at[j];
            }
            for (size_t j = 0; j < cols; j++) {
                at[j] = by[j] + apart * at[j] / sqrt(length);
            }
            least = HUGE_VAL;
            for (int o = 0; o < c; o++) {
                double squared = 0;
                for (size_t j = 0; j < cols; j++) {
                    squared += pow(at[j] - center[(size_t)o * cols + j], 2);
                }
                least = fmin(least, sqrt(squared));
            }
        }
    }
}

enum { ROUND, ELLIPTIC, HEAVY, UNEQUAL };

/* Group c of k, by a row's number: as many each, or up to five times as many. */
static int group_of(size_t r, size_t rows, int k, int shape)
{
    if (shape != UNEQUAL) {
        return (int)(r % (size_t)k);
    }
    double left = ((double)r + 0.5) / (double)rows * 3 * k;
    int c = 0;
    for (; c + 1 < k && left >= 1 + 4.0 * c / (k - 1); c++) {
        left -= 1 + 4.0 * c / (k - 1);
    }
    return c;
}

static void draw_groups(tsl__rng *rng, double *x, size_t rows, size_t cols, int k, double apart, int shape)
{
    double *center = tsl__alloc((size_t)k, cols * sizeof *center), *sd = tsl__alloc((size_t)k, cols * sizeof *sd);
    if (center && sd) {
        place_centers(rng, center, cols, k, apart);
        for (size_t i = 0; i < (size_t)k * cols; i++) {
            sd[i] = shape == ELLIPTIC ? exp(tsl__rng_uniform(rng) - 0.5) : 1;
        }
        for (size_t r = 0; r < rows; r++) {
            const size_t first = (size_t)group_of(r, rows, k, shape) * cols;
            /* Student's t of 4, of variance 1. */
            const double root =
                shape == HEAVY ? sqrt((draw_exponential(rng) + draw_exponential(rng)) / 2) * M_SQRT2 : 1;
            for (size_t j = 0; j < cols; j++) {
                x[r * cols + j] = center[first + j] + sd[first + j] * draw_normal(rng) / root;
            }
        }
    }
    free(center);
    free(sd);
}

DRAW(draw_round)
{
    draw_groups(rng, x, rows, cols, k, family->apart, ROUND);
}

DRAW(draw_elliptic)
{
    draw_groups(rng, x, rows, cols, k, family->apart, ELLIPTIC);
}

DRAW(draw_heavy)
{
    draw_groups(rng, x, rows, cols, k, family->apart, HEAVY);
}

DRAW(draw_unequal)
{
    draw_groups(rng, x, rows, cols, k, family->apart, UNEQUAL);
}

int natural_group_get(const natural_family *family, size_t row, size_t rows, int k)
{
    return group_of(row, rows, k, family->draw == draw_unequal ? UNEQUAL : ROUND);
}

/* ---- Points: columns that have no density -------------------------------------- */

/* One of a few values, by their shares. */
static double draw_value(tsl__rng *rng, const double *value, const double *share, int count)
{
    double left = tsl__rng_uniform(rng);
    int i = 0;
    for (; i + 1 < count && left >= share[i]; i++) {
        left -= share[i];
    }
    return value[i];
}

/* Indicators of the three values of a category, from column to column; of a category that is not whole, one or two. */
static void draw_indicators(tsl__rng *rng, double *row, size_t cols, const double *share)
{
    static const double which[] = {0, 1, 2};
    double value = 0;
    for (size_t j = 0; j < cols; j++) {
        value = j % 3 == 0 ? draw_value(rng, which, share, 3) : value;
        row[j] = value == (double)(j % 3);
    }
}

static const double even[] = {1. / 3, 1. / 3, 1. / 3}, uneven[] = {.7, .2, .1};

DRAW(draw_categories)
{
    UNUSED;
    EACH(x, rows, cols)
    {
        draw_indicators(rng, row, cols, even);
    }
}

DRAW(draw_uneven_categories)
{
    UNUSED;
    EACH(x, rows, cols)
    {
        draw_indicators(rng, row, cols, uneven);
    }
}

DRAW(draw_yes_no)
{
    UNUSED;
    for (size_t i = 0; i < rows * cols; i++) {
        x[i] = tsl__rng_uniform(rng) < 0.3;
    }
}

/* A category beside numbers. */
DRAW(draw_category_and_numbers)
{
    UNUSED;
    draw_gauss(rng, family, x, rows, cols, k);
    EACH(x, rows, cols)
    {
        draw_indicators(rng, row, cols > 3 ? 3 : 1, even);
    }
}

#define VALUES(name, count, ...)                                                                                       \
    DRAW(name)                                                                                                         \
    {                                                                                                                  \
        static const double of[][count] = {__VA_ARGS__};                                                               \
        UNUSED;                                                                                                        \
        for (size_t i = 0; i < rows * cols; i++) {                                                                     \
            x[i] = draw_value(rng, of[0], of[1], count);                                                               \
        }                                                                                                              \
    }

VALUES(draw_three, 3, {0, 1, 2}, {.4, .35, .25})
VALUES(draw_three_apart, 3, {0, 1, 2}, {.45, .1, .45})
VALUES(draw_camps, 5, {1, 2, 3, 4, 5}, {.3, .15, .1, .15, .3})
VALUES(draw_unknown_yes_no, 3, {0, .5, 1}, {.45, .15, .4})

/* Zeros far from the logarithms of amounts. */
DRAW(draw_zeros_apart)
{
    UNUSED;
    for (size_t i = 0; i < rows * cols; i++) {
        const double amount = exp(4 + 0.7 * draw_normal(rng));
        x[i] = tsl__rng_uniform(rng) < 0.4 ? 0 : log1p(amount);
    }
}

DRAW(draw_zeros_and_counts)
{
    UNUSED;
    for (size_t i = 0; i < rows * cols; i++) {
        const double count = draw_poisson(rng, 8);
        x[i] = tsl__rng_uniform(rng) < 0.4 ? 0 : count;
    }
}

/* Three in ten are the median, for what is not known. */
DRAW(draw_filled)
{
    UNUSED;
    for (size_t i = 0; i < rows * cols; i++) {
        const double known = draw_normal(rng);
        x[i] = tsl__rng_uniform(rng) < 0.3 ? 0 : known;
    }
}

enum { MOST_CODES = 60 };

/* A column of so many codes, of shares that are even or not. */
static void fill_codes(tsl__rng *rng, double *x, size_t rows, size_t cols, int count, int uneven_shares)
{
    double code[MOST_CODES], share[MOST_CODES], all = 0;
    for (int i = 0; i < count; i++) {
        code[i] = (double)tsl__rng_below(rng, 1000);
        share[i] = uneven_shares ? draw_exponential(rng) : 1;
        all += share[i];
    }
    for (int i = 0; i < count; i++) {
        share[i] /= all;
    }
    for (size_t r = 0; r < rows; r++) {
        x[r * cols] = draw_value(rng, code, share, count);
    }
}

#define CODES(name, count)                                                                                             \
    DRAW(name)                                                                                                         \
    {                                                                                                                  \
        UNUSED;                                                                                                        \
        for (size_t j = 0; j < cols; j++) {                                                                            \
            fill_codes(rng, x + j, rows, cols, count, 0);                                                              \
        }                                                                                                              \
    }

CODES(draw_12_codes, 12)
CODES(draw_20_codes, 20)
CODES(draw_30_codes, 30)

/* A dozen prices from 7 to 400, a cent below whole numbers. */
DRAW(draw_price_points)
{
    UNUSED;
    double price[12], share[12];
    for (size_t j = 0; j < cols; j++) {
        for (int i = 0; i < 12; i++) {
            price[i] = round(exp(2 + 4 * tsl__rng_uniform(rng))) - 0.01;
            share[i] = 1. / 12;
        }
        for (size_t r = 0; r < rows; r++) {
            x[r * cols + j] = draw_value(rng, price, share, 12);
        }
    }
}

/* Sixty zip codes, and ages in whole years, in turn. */
DRAW(draw_zips_and_ages)
{
    UNUSED;
    for (size_t j = 0; j < cols; j++) {
        if (j % 2 == 0) {
            fill_codes(rng, x + j, rows, cols, MOST_CODES, 1);
        }
        for (size_t r = 0; r < rows && j % 2 == 1; r++) {
            x[r * cols + j] = round(45 + 12 * draw_normal(rng));
        }
    }
}

/* A dozen codes beside numbers. */
DRAW(draw_codes_and_numbers)
{
    UNUSED;
    draw_gauss(rng, family, x, rows, cols, k);
    for (size_t j = 0; j < cols; j += 3) {
        fill_codes(rng, x + j, rows, cols, 12, 0);
    }
}

/* Categories and numbers that were mixed into one another, as components are: mirrored at a plane. */
DRAW(draw_mixed_indicators)
{
    UNUSED;
    tsl__rng mirror = *rng;
    rng->draw += 4 * cols;
    const uint64_t first = mirror.draw;
    draw_gauss(rng, family, x, rows, cols, k);
    EACH(x, rows, cols)
    {
        double dot = 0, squared = 0;
        draw_indicators(rng, row, cols > 5 ? 6 : 1, even);
        mirror.draw = first;
        for (size_t j = 0; j < cols; j++) {
            const double at = draw_normal(&mirror);
            dot += at * row[j];
            squared += at * at;
        }
        mirror.draw = first;
        for (size_t j = 0; j < cols; j++) {
            row[j] -= 2 * draw_normal(&mirror) * dot / squared;
        }
    }
}

/* ---- The families ------------------------------------------------------------- */

#define CLOUD(name, draw)                                                                                              \
    {                                                                                                                  \
        name, NATURAL_CLOUDS, 0, 12, draw                                                                              \
    }
#define POINTS(name, draw)                                                                                             \
    {                                                                                                                  \
        name, NATURAL_POINTS, 0, 12, draw                                                                              \
    }
#define CURVE(name, draw)                                                                                              \
    {                                                                                                                  \
        name, NATURAL_CURVES, 0, 12, draw                                                                              \
    }
#define GROUPS(name, apart, draw)                                                                                      \
    {                                                                                                                  \
        name, NATURAL_GROUPS, apart, 8, draw                                                                           \
    }

static const natural_family families[] = {
    CLOUD("cube", draw_cube),
    CLOUD("gauss", draw_gauss),
    CLOUD("correlated", draw_traits),
    CLOUD("lognormal", draw_lognormal),
    CLOUD("arc", draw_arc),
    CLOUD("poisson", draw_poisson_counts),
    CLOUD("log-counts", draw_log_counts),
    CLOUD("ball", draw_ball),
    CLOUD("t3", draw_t3),
    CLOUD("gamma", draw_gamma),
    CLOUD("banana", draw_banana),
    CLOUD("zero-inflated", draw_zero_inflated),
    CLOUD("zero-inflated-log", draw_zero_inflated_log),
    CLOUD("mixed-0/1", draw_mixed),
    CLOUD("simplex", draw_simplex),
    CLOUD("cone", draw_cone),
    CLOUD("t-copula", draw_t_copula),
    CLOUD("likert", draw_likert),
    CLOUD("weibull", draw_weibull),
    CLOUD("prices", draw_prices),
    CURVE("thin-v", draw_v),
    CURVE("thin-hook", draw_hook),
    CURVE("thin-s", draw_s),
    CURVE("noisy-s", draw_noisy_s),
    GROUPS("6sd-round", 6, draw_round),
    GROUPS("6sd-elliptic", 6, draw_elliptic),
    GROUPS("6sd-t4", 6, draw_heavy),
    GROUPS("6sd-unequal", 6, draw_unequal),
    GROUPS("4sd-round", 4, draw_round),
    GROUPS("4sd-elliptic", 4, draw_elliptic),
    GROUPS("4sd-t4", 4, draw_heavy),
    GROUPS("4sd-unequal", 4, draw_unequal),
    GROUPS("3sd-round", 3, draw_round),
    GROUPS("3sd-elliptic", 3, draw_elliptic),
    GROUPS("3sd-t4", 3, draw_heavy),
    GROUPS("3sd-unequal", 3, draw_unequal),
    POINTS("points-categories", draw_categories),
    POINTS("points-uneven-categories", draw_uneven_categories),
    POINTS("points-yes/no", draw_yes_no),
    POINTS("points-category-numbers", draw_category_and_numbers),
    POINTS("points-three-values", draw_three),
    POINTS("points-three-apart", draw_three_apart),
    POINTS("points-two-camps", draw_camps),
    POINTS("points-unknown-yes/no", draw_unknown_yes_no),
    POINTS("points-zeros-amounts", draw_zeros_apart),
    POINTS("points-zeros-counts", draw_zeros_and_counts),
    POINTS("points-filled-in", draw_filled),
    POINTS("points-mixed-indicators", draw_mixed_indicators),
    POINTS("points-12-codes", draw_12_codes),
    POINTS("points-20-codes", draw_20_codes),
    POINTS("points-30-codes", draw_30_codes),
    POINTS("points-price-points", draw_price_points),
    POINTS("points-zips-ages", draw_zips_and_ages),
    POINTS("points-codes-numbers", draw_codes_and_numbers),
};

const natural_family *natural_family_get(size_t index)
{
    return index < sizeof families / sizeof *families ? &families[index] : NULL;
}

tsl_matrix natural_set_draw(size_t index, size_t set, int *k)
{
    static const size_t clouds[12][2] = {{150, 2},  {300, 5},  {600, 10}, {1000, 3},  {1500, 20}, {3000, 8},
                                         {6000, 4}, {400, 50}, {800, 30}, {2000, 16}, {5000, 12}, {12000, 6}};
    static const size_t curves[12][2] = {{300, 2}, {1000, 2}, {3000, 2}, {300, 3},  {1000, 3},  {3000, 3},
                                         {300, 5}, {1000, 5}, {3000, 5}, {300, 10}, {1000, 10}, {3000, 10}};
    static const int ks[8] = {2, 3, 4, 5, 6, 8, 10, 12};
    static const size_t dims[8] = {2, 5, 10, 3, 20, 8, 50, 30};
    const natural_family *family = natural_family_get(index);
    tsl__rng rng = tsl__rng_open(20, (uint32_t)index, (uint32_t)set);
    tsl_matrix x = {.dtype = TSL_F64};
    *k = 1;
    if (family->class == NATURAL_GROUPS) {
        *k = ks[set];
        x.cols = dims[(set + 3 * index) % 8];
        x.rows = (size_t)*k * (60 + 20 * (set * 5 % 8));
    } else {
        const size_t(*shape)[2] = family->class == NATURAL_CURVES ? curves : clouds;
        x.rows = shape[set][0];
        x.cols = shape[set][1];
    }
    double *values = tsl__alloc(x.rows, x.cols * sizeof *values);
    if (!values) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
    family->draw(&rng, family, values, x.rows, x.cols, *k);
    x.data = values;
    x.stride = x.cols;
    return x;
}
