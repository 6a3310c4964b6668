/* test_kernel.c: every kernel that runs here against plain loops, bit for bit,
 * at sizes about those of registers and tiles. */
#include "kernel/kernel.h"
#include "model/sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <float.h>

static const size_t sizes[] = {1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65};
#define SIZES (sizeof sizes / sizeof sizes[0])

/* A tile and its points, aligned as kernels want them. */
typedef struct tile_case {
    size_t cols;
    int k;
    tsl_matrix x; /* 64 rows */
    double *tile; /* [cols][64] */
    double *center, *shift;
} tile_case;

static double *aligned(size_t count)
{
    double *values = aligned_alloc(64, (count * sizeof *values + 63) / 64 * 64);
    assert_non_null(values);
    return values;
}

static tile_case open_case(size_t cols, int k, double apart, double spread)
{
    tile_case t = {.cols = cols, .k = k};
    t.x = set_draw(TSL__TILE, cols, 4, apart, (uint32_t)(cols * 1000 + (size_t)k));
    t.tile = aligned(cols * TSL__TILE);
    t.center = set_alloc((size_t)k * cols);
    t.shift = set_alloc(cols);
    tsl__rng rng = tsl__rng_open(3, (uint32_t)k, (uint32_t)cols);
    for (size_t j = 0; j < cols; j++) {
        t.shift[j] = draw_normal(&rng);
        for (size_t i = 0; i < TSL__TILE; i++) {
            t.tile[j * TSL__TILE + i] = set_values(&t.x)[i * cols + j];
        }
    }
    for (size_t i = 0; i < (size_t)k * cols; i++) {
        t.center[i] = spread * draw_normal(&rng);
    }
    return t;
}

static void close_case(tile_case *t)
{
    set_free(&t->x);
    free(t->tile);
    free(t->center);
    free(t->shift);
}

static void check_distances(const tsl__kernel *kernel, const tile_case *t)
{
    double out[TSL__TILE] __attribute__((aligned(64))), closest[TSL__TILE] __attribute__((aligned(64)));
    double least[TSL__TILE] __attribute__((aligned(64))), weight[TSL__TILE] __attribute__((aligned(64)));
    kernel->distance(t->tile, t->cols, t->center, out);
    double sum = 0;
    for (size_t i = 0; i < TSL__TILE; i++) {
        const double expected = set_squared(set_values(&t->x) + i * t->cols, t->center, t->cols);
        assert_memory_equal(&out[i], &expected, sizeof expected);
        weight[i] = (double)i;
        closest[i] = weight[i] * (i % 2 ? 0.9 * expected : 1.1 * expected);
        sum += i % 2 ? closest[i] : weight[i] * expected;
    }
    const double total = kernel->closer(t->tile, t->cols, t->center, weight, closest, least);
    for (size_t i = 0; i < TSL__TILE; i++) {
        assert_true(least[i] == (i % 2 ? closest[i] : weight[i] * out[i]));
    }
    assert_true(fabs(total - sum) <= 1e-13 * sum);
}

/* Best and second of all, by plain loops. */
static tsl__near find_two(const double *row, const double *shift, const double *center, int k, size_t cols, int *runner)
{
    tsl__near near = {-1, HUGE_VAL, HUGE_VAL};
    *runner = -1;
    for (int c = 0; c < k; c++) {
        double squared = 0;
        for (size_t j = 0; j < cols; j++) {
            const double away = (shift ? row[j] - shift[j] : row[j]) - center[(size_t)c * cols + j];
            squared += away * away;
        }
        if (squared < near.best) {
            near.second = near.best;
            *runner = near.label;
            near.best = squared;
            near.label = c;
        } else if (squared < near.second) {
            near.second = squared;
            *runner = c;
        }
    }
    return near;
}

static void check_nearest(const tsl__kernel *kernel, const tile_case *t, const tsl__filter *filter)
{
    int32_t label[TSL__TILE], runner[TSL__TILE];
    double best[TSL__TILE] __attribute__((aligned(64))), second[TSL__TILE] __attribute__((aligned(64)));
    kernel->rank(t->tile, t->cols, t->center, t->k, label, runner, best, second);
    for (size_t i = 0; i < TSL__TILE; i++) {
        int after;
        const double *row = set_values(&t->x) + i * t->cols;
        tsl__near expected = find_two(row, NULL, t->center, t->k, t->cols, &after), seen;
        assert_int_equal(label[i], expected.label);
        assert_int_equal(runner[i], after);
        assert_true(best[i] == expected.best && second[i] == expected.second);
        expected = find_two(row, t->shift, t->center, t->k, t->cols, &after);
        kernel->nearest(filter, row, t->shift, &seen);
        assert_int_equal(seen.label, expected.label);
        assert_true(seen.best == expected.best && seen.second == expected.second);
    }
}

/* Runs the filter over the case; whatever it decides must be so. Returns how
 * many rows it decided. */
static int check_filter(const tsl__kernel *kernel, const tile_case *t, const tsl__filter *filter)
{
    const double *row[TSL__TILE];
    float *tile = (float *)aligned(t->cols * TSL__TILE), norm[TSL__TILE] __attribute__((aligned(64)));
    float gap[TSL__TILE] __attribute__((aligned(64)));
    int32_t label[TSL__TILE] __attribute__((aligned(64)));
    for (size_t i = 0; i < TSL__TILE; i++) {
        double square = 0;
        row[i] = set_values(&t->x) + i * t->cols;
        for (size_t j = 0; j < t->cols; j++) {
            square += pow((row[i][j] - t->shift[j]) * filter->scale, 2);
        }
        norm[i] = (float)(square * (1 + 1e-6));
    }
    kernel->pack(row, TSL__TILE, t->shift, filter->scale, t->cols, tile);
    for (size_t i = 0; i < t->cols * TSL__TILE; i++) {
        const size_t j = i / TSL__TILE;
        assert_true(tile[i] == (float)((row[i % TSL__TILE][j] - t->shift[j]) * filter->scale));
    }
    kernel->filter(filter, tile, norm, label, gap);
    int decided = 0, after;
    for (size_t i = 0; i < TSL__TILE; i++) {
        const tsl__near near = find_two(row[i], t->shift, t->center, t->k, t->cols, &after);
        if (gap[i] > 0) {
            decided++;
            assert_int_equal(label[i], near.label);
            assert_true(t->k == 1 || (sqrt(near.second) - sqrt(near.best)) * filter->scale >= (double)gap[i]);
        }
    }
    free(tile);
    return decided;
}

static double find_scale(const tile_case *t)
{
    double most = 0;
    for (size_t i = 0; i < TSL__TILE * t->cols; i++) {
        most = fmax(most, fabs(set_values(&t->x)[i] - t->shift[i % t->cols]));
    }
    return exp2(-ceil(log2(most)));
}

static void test_loops(void **state)
{
    (void)state;
    for (int v = 0; v < SET_KERNELS; v++) {
        const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
        int decided = 0, rows = 0;
        for (size_t d = 0; kernel && d < SIZES; d++) {
            for (size_t k = 0; k < SIZES; k++) {
                tile_case t = open_case(sizes[d], (int)sizes[k], 2, 2);
                tsl__filter filter;
                assert_int_equal(tsl__filter_open(&filter, t.k, t.cols, find_scale(&t)), 0);
                tsl__filter_set(&filter, t.center);
                check_distances(kernel, &t);
                check_nearest(kernel, &t, &filter);
                decided += check_filter(kernel, &t, &filter);
                rows += TSL__TILE;
                tsl__filter_free(&filter);
                close_case(&t);
            }
        }
        /* A filter that decides little would be right and useless. */
        assert_true(decided >= 0.99 * rows);
    }
}

/* Rows a hair from the plane between two centres, on either side, with and
 * without a third centre far out: the filter decides rightly or not at all. */
static void test_filter_near_ties(void **state)
{
    (void)state;
    for (int v = 0; v < SET_KERNELS; v++) {
        const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
        for (int power = -60; kernel && power <= 0; power++) {
            for (int far = 0; far < 2; far++) {
                tile_case t = open_case(5, 2 + far, 1, 1);
                for (size_t i = 0; i < TSL__TILE; i++) {
                    double *row = (double *)set_values(&t.x) + i * t.cols;
                    const double lean = (i % 2 ? 0.5 : -0.5) * ldexp((double)(i + 1), power);
                    for (size_t j = 0; j < t.cols; j++) {
                        const double a = t.center[j], b = t.center[t.cols + j];
                        row[j] = t.shift[j] + (a + b) / 2 + lean * (b - a);
                    }
                }
                for (size_t j = 0; far && j < t.cols; j++) {
                    t.center[2 * t.cols + j] = 1e4;
                }
                tsl__filter filter;
                assert_int_equal(tsl__filter_open(&filter, t.k, t.cols, find_scale(&t)), 0);
                tsl__filter_set(&filter, t.center);
                const int decided = check_filter(kernel, &t, &filter);
                assert_true(power > -40 || decided == 0);
                assert_true(power < -1 || decided == TSL__TILE);
                tsl__filter_free(&filter);
                close_case(&t);
            }
        }
    }
}

/* Two centres alike are never told apart by the filter; in double the lower
 * one is taken. */
static void test_ties(void **state)
{
    (void)state;
    for (int v = 0; v < SET_KERNELS; v++) {
        const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
        if (!kernel) {
            continue;
        }
        tile_case t = open_case(4, 3, 1, 1);
        memcpy(t.center, t.center + t.cols, t.cols * sizeof *t.center);
        memcpy(t.center + 2 * t.cols, t.center, t.cols * sizeof *t.center);
        tsl__filter filter;
        assert_int_equal(tsl__filter_open(&filter, t.k, t.cols, find_scale(&t)), 0);
        tsl__filter_set(&filter, t.center);
        assert_int_equal(check_filter(kernel, &t, &filter), 0);
        tsl__near near;
        kernel->nearest(&filter, t.x.data, t.shift, &near);
        assert_int_equal(near.label, 0);
        assert_true(near.best == near.second);
        tsl__filter_free(&filter);
        close_case(&t);
    }
}

/* Gaps about the limits of k clusters, with labels below k. */
typedef struct gap_case {
    int k;
    uint16_t label[TSL__TILE];
    float gap[TSL__TILE], limit[300];
} gap_case;

static gap_case draw_gaps(tsl__rng *rng, int round)
{
    static const int ks[] = {1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 300};
    gap_case c = {.k = ks[round % (int)(sizeof ks / sizeof *ks)]};
    for (int i = 0; i < 300; i++) {
        c.limit[i] = (float)tsl__rng_uniform(rng);
    }
    for (int i = 0; i < TSL__TILE; i++) {
        c.label[i] = (uint16_t)tsl__rng_below(rng, (uint64_t)c.k);
        c.gap[i] = i % 9 == 0    ? c.limit[c.label[i]]
                   : i % 10 == 0 ? NAN
                   : i % 11 == 0 ? 0
                                 : (float)tsl__rng_uniform(rng) - (i % 3 == 0 ? 0.5F : 0);
    }
    return c;
}

static void test_stale(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(1, 2, 3);
    for (int v = 0; v < SET_KERNELS; v++) {
        const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
        for (int round = 0; kernel && round < 120; round++) {
            const gap_case c = draw_gaps(&rng, round);
            uint64_t expected = 0;
            for (int i = 0; i < TSL__TILE; i++) {
                expected |= (uint64_t) !(c.gap[i] > c.limit[c.label[i]]) << i;
            }
            assert_true(kernel->stale(c.label, c.gap, c.limit, c.k) == expected);
        }
    }
}

/* What is kept is below the sum, by so little that it still tells; labels count where a row is decided. */
static void test_keep(void **state)
{
    (void)state;
    tsl__rng rng = tsl__rng_open(4, 5, 6);
    for (int v = 0; v < SET_KERNELS; v++) {
        const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
        for (int round = 0; kernel && round < 120; round++) {
            const gap_case c = draw_gaps(&rng, round);
            uint16_t old[TSL__TILE];
            int32_t label[TSL__TILE];
            float kept[TSL__TILE];
            uint64_t decided = 0, changed = 0, seen;
            for (int i = 0; i < TSL__TILE; i++) {
                label[i] = c.label[i];
                old[i] = i % 5 == 0 ? UINT16_MAX : i % 2 ? c.label[i] : (uint16_t)tsl__rng_below(&rng, (uint64_t)c.k);
                decided |= (uint64_t)(c.gap[i] > 0) << i;
                changed |= (uint64_t)(c.gap[i] > 0 && old[i] != label[i]) << i;
            }
            assert_true(kernel->keep(label, c.gap, c.limit, c.k, old, kept, &seen) == decided);
            assert_true(seen == changed);
            for (int i = 0; i < TSL__TILE; i++) {
                const double sum = (double)c.gap[i] + (double)c.limit[c.label[i]];
                assert_true(!(decided >> i & 1) || ((double)kept[i] < sum && (double)kept[i] > sum * (1 - 0x1p-18)));
            }
        }
    }
}

static void test_sums(void **state)
{
    (void)state;
    for (int v = 0; v < SET_KERNELS; v++) {
        const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
        for (size_t d = 0; kernel && d < SIZES; d++) {
            const size_t cols = sizes[d];
            tsl_matrix x = set_draw(4, cols, 1, 1, 9);
            double *sum = set_alloc(cols), *expected = set_alloc(cols);
            for (size_t j = 0; j < cols; j++) {
                expected[j] = (set_values(&x)[j] - set_values(&x)[cols + j]) -
                              (set_values(&x)[2 * cols + j] - set_values(&x)[cols + j]);
            }
            kernel->add(sum, x.data, set_values(&x) + cols, 1, cols);
            kernel->add(sum, set_values(&x) + 2 * cols, set_values(&x) + cols, -1, cols);
            assert_memory_equal(sum, expected, cols * sizeof *sum);
            set_free(&x);
            free(sum);
            free(expected);
        }
    }
}

static void test_tally(void **state)
{
    (void)state;
    for (int v = 0; v < SET_KERNELS; v++) {
        const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
        if (!kernel) {
            continue;
        }
        double squared[TSL__TILE] __attribute__((aligned(64))), sums[3][TSL__TILE] __attribute__((aligned(64))) = {{0}};
        const uint32_t offset[] = {2, 0};
        for (int i = 0; i < TSL__TILE; i++) {
            squared[i] = i;
            sums[2][i] = 0.5;
        }
        kernel->tally(squared, 2, sums, offset, 2);
        for (int i = 0; i < TSL__TILE; i++) {
            assert_true(sums[0][i] == 2 * sqrt(i) && sums[1][i] == 0 && sums[2][i] == 0.5 + 2 * sqrt(i));
        }
    }
}

/* Lines of every width up to two vectors and more. */
static void test_gather(void **state)
{
    (void)state;
    enum { LINES = 50, BINS = 7, WIDEST = 19 };
    for (int v = 0; v < SET_KERNELS; v++) {
        const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
        for (size_t width = 1; kernel && width <= WIDEST; width++) {
            int64_t line[LINES * WIDEST], sums[BINS * WIDEST], expected[BINS * WIDEST];
            uint16_t bin[LINES];
            for (size_t i = 0; i < BINS * width; i++) {
                sums[i] = expected[i] = (int64_t)i << 40;
            }
            for (size_t i = 0; i < LINES; i++) {
                bin[i] = (uint16_t)(i * i % BINS);
                for (size_t j = 0; j < width; j++) {
                    line[i * width + j] = ((int64_t)i << 50) - (int64_t)j;
                    expected[bin[i] * width + j] += line[i * width + j];
                }
            }
            kernel->gather(line, bin, LINES, width, sums);
            assert_memory_equal(sums, expected, BINS * width * sizeof *sums);
        }
    }
}

static void test_selection(void **state)
{
    (void)state;
    assert_null(tsl__kernel_find("sse9"));
    assert_non_null(tsl__kernel_find("generic"));
    for (int v = 0; v < SET_KERNELS; v++) {
        if (tsl__kernel_find(set_kernels[v])) {
            setenv("TESELA_KERNEL", set_kernels[v], 1);
            assert_string_equal(tsl_kernel_get_name(), set_kernels[v]);
        }
    }
    unsetenv("TESELA_KERNEL");
    const char *best = tsl_kernel_get_name();
    setenv("TESELA_KERNEL", "sse9", 1);
    assert_string_equal(tsl_kernel_get_name(), best);
    unsetenv("TESELA_KERNEL");
}

/* Places of bytes, at every length about that of a register and at every alignment. */
static void test_find(void **state)
{
    (void)state;
    static const unsigned char wanted[][4] = {{',', '\n', '\r', '"'}, {0, 255, 128, 127}, {'x', 'x', 'x', 'x'}};
    static unsigned char bytes[400];
    uint32_t place[400 + 64];
    tsl__rng rng = tsl__rng_open(5, 1, 1);
    for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            const double u = tsl__rng_uniform(&rng);
            bytes[i] = u < .4 ? wanted[w][i % 4] : (unsigned char)(256 * u);
        }
        for (size_t n = 0; n + 64 < sizeof bytes; n++) {
            const unsigned char *from = bytes + n % 64;
            for (int v = 0; v < SET_KERNELS; v++) {
                const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
                const size_t count = kernel ? kernel->find(from, n, wanted[w], place) : 0;
                size_t at = 0;
                for (size_t i = 0; i < n && kernel; i++) {
                    if (memchr(wanted[w], from[i], 4)) {
                        assert_true(at < count);
                        assert_int_equal(place[at++], i);
                    }
                }
                assert_int_equal(at, count);
            }
        }
    }
}

/* Counts of a byte, and whether all are ASCII, at every length. */
static void test_bytes(void **state)
{
    (void)state;
    static unsigned char bytes[400];
    tsl__rng rng = tsl__rng_open(6, 1, 1);
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)(1 + 5 * tsl__rng_uniform(&rng));
    }
    for (size_t n = 0; n + 64 < sizeof bytes; n++) {
        unsigned char *from = bytes + n % 64;
        size_t expected = 0;
        for (size_t i = 0; i < n; i++) {
            expected += from[i] == 3;
        }
        for (int v = 0; v < SET_KERNELS; v++) {
            const tsl__kernel *kernel = tsl__kernel_find(set_kernels[v]);
            if (!kernel) {
                continue;
            }
            assert_int_equal(kernel->count(from, n, 3), expected);
            assert_int_equal(kernel->is_plain(from, n), 1);
            static const unsigned char odd[] = {0, 0x80, 0xFF};
            for (size_t k = 0; k < sizeof odd && n > 0; k++) {
                const unsigned char kept = from[n - 1 - k % n];
                from[n - 1 - k % n] = odd[k];
                assert_int_equal(kernel->is_plain(from, n), 0);
                from[n - 1 - k % n] = kept;
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loops),     cmocka_unit_test(test_filter_near_ties),
        cmocka_unit_test(test_ties),      cmocka_unit_test(test_stale),
        cmocka_unit_test(test_keep),      cmocka_unit_test(test_sums),
        cmocka_unit_test(test_tally),     cmocka_unit_test(test_gather),
        cmocka_unit_test(test_find),      cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_selection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
