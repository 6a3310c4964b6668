/* test_small_sets.c: what is hidden of sets and sums cannot be reckoned back, whatever is added up. */
#include "output/small/small_sets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"

#include <string.h>

#define LEAST 10

/* ---- By hand -------------------------------------------------------------------------- */

static size_t add_sum(tsl__small_sets *sets, const double *size, size_t count, double total)
{
    const size_t first = sets->count;
    for (size_t i = 0; i < count; i++) {
        (void)tsl__small_sets_add(sets, size[i]);
    }
    const size_t of = tsl__small_sets_add(sets, total);
    for (size_t i = 0; i < count; i++) {
        tsl__small_sets_part(sets, first + i);
    }
    tsl__small_sets_sum(sets, of);
    return first;
}

static void check_hidden(const tsl__small_sets *sets, size_t first, const char *expected)
{
    for (size_t i = 0; expected[i]; i++) {
        assert_int_equal(sets->of[first + i].is_hidden, expected[i] == 'x');
    }
}

/* One of few, and the smallest other; two of few whom nobody else is beside; none. */
static void test_lists(void **state)
{
    (void)state;
    tsl__small_sets sets = {.least = LEAST};
    const size_t one = add_sum(&sets, (const double[]){100, 30, 3, 0}, 4, 133);
    const size_t two = add_sum(&sets, (const double[]){100, 30, 3, 2}, 4, 135); /* 5 in all are few, too */
    const size_t enough = add_sum(&sets, (const double[]){100, 30, 8, 2}, 4, 140);
    const size_t none = add_sum(&sets, (const double[]){100, 30, 10, 0}, 4, 140);
    const size_t rest = add_sum(&sets, (const double[]){100, 30}, 2, 133); /* 3 are in neither */
    tsl__small_sets_hide(&sets);
    check_hidden(&sets, one, "_xx__");
    check_hidden(&sets, two, "_xxx_");
    check_hidden(&sets, enough, "__xx_");
    check_hidden(&sets, none, "_____");
    check_hidden(&sets, rest, "_x_");
    tsl__small_sets_free(&sets);
}

/* Two blocks of a table of which each line hides two cells or three, and one cell between them: that is what the rows
 * of a block have more than its columns. */
static void test_bridge(void **state)
{
    (void)state;
    enum { SIDE = 4 };
    tsl__small_sets sets = {.least = LEAST};
    double cell[SIDE][SIDE];
    for (int r = 0; r < SIDE; r++) {
        for (int c = 0; c < SIDE; c++) {
            cell[r][c] = r / 2 == c / 2 ? 7 : 40 + r + 5 * c;
            (void)tsl__small_sets_add(&sets, cell[r][c] = r == 1 && c == 2 ? 4 : cell[r][c]);
        }
    }
    for (int line = 0; line < 2 * SIDE; line++) {
        double sum = 0;
        for (int i = 0; i < SIDE; i++) {
            sum += line < SIDE ? cell[line][i] : cell[i][line - SIDE];
        }
        const size_t total = tsl__small_sets_add(&sets, sum);
        sets.of[total].is_given = 1;
        for (int i = 0; i < SIDE; i++) {
            tsl__small_sets_part(&sets, (size_t)(line < SIDE ? line * SIDE + i : i * SIDE + line - SIDE));
        }
        tsl__small_sets_sum(&sets, total);
    }
    tsl__small_sets_hide(&sets);
    size_t hidden = 0;
    for (size_t i = 0; i < SIDE * SIDE; i++) {
        hidden += sets.of[i].is_hidden != 0;
    }
    assert_true(hidden > 9); /* and one that makes a way around the bridge */
    tsl__small_sets_free(&sets);
}

/* ---- Against one who adds up everything ---------------------------------------------------- */

/* Customers by three properties, so that each set is one of types of customers. */
enum { A = 4, B = 5, C = 3, TYPES = A * B * C, PRIME = 998244353, SETS_MOST = 1 + A + B + C + A * B + A * C + B * C };

typedef struct told_set {
    unsigned char has[TYPES];
    double size;
} told_set;

typedef struct business {
    double count[TYPES];
    told_set set[SETS_MOST];
    size_t sets;
} business;

/* Those with these properties; -1: any. */
static size_t add_types(business *of, tsl__small_sets *sets, int a, int b, int c)
{
    told_set *own = &of->set[of->sets++];
    memset(own, 0, sizeof *own);
    for (int t = 0; t < TYPES; t++) {
        own->has[t] = (a < 0 || t / (B * C) == a) && (b < 0 || t / C % B == b) && (c < 0 || t % C == c);
        own->size += own->has[t] ? of->count[t] : 0;
    }
    return tsl__small_sets_add(sets, own->size);
}

static void add_lines(tsl__small_sets *sets, size_t first, int rows, int cols, size_t row, size_t col)
{
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < cols; c++) {
            tsl__small_sets_part(sets, first + (size_t)(r * cols + c));
        }
        tsl__small_sets_sum(sets, row + (size_t)r);
    }
    for (int c = 0; c < cols; c++) {
        for (int r = 0; r < rows; r++) {
            tsl__small_sets_part(sets, first + (size_t)(r * cols + c));
        }
        tsl__small_sets_sum(sets, col + (size_t)c);
    }
}

static void draw_business(uint32_t seed, business *of, tsl__small_sets *sets)
{
    tsl__rng rng = tsl__rng_open(seed, 3, 1);
    const uint64_t scale = 2 + tsl__rng_below(&rng, 60);
    of->sets = 0;
    for (int t = 0; t < TYPES; t++) {
        of->count[t] = (double)(tsl__rng_below(&rng, 3) ? tsl__rng_below(&rng, scale) : 0);
    }
    const size_t all = add_types(of, sets, -1, -1, -1);
    sets->of[all].is_given = 1;
    size_t first[6];
    const int size[3] = {A, B, C};
    for (int p = 0; p < 3; p++) {
        first[p] = sets->count;
        for (int i = 0; i < size[p]; i++) {
            tsl__small_sets_part(sets, add_types(of, sets, p == 0 ? i : -1, p == 1 ? i : -1, p == 2 ? i : -1));
        }
        tsl__small_sets_sum(sets, all);
    }
    for (int p = 0; p < 3; p++) { /* the crosses without property p */
        const int q = p == 0, r = p == 2 ? 1 : 2;
        first[3 + p] = sets->count;
        for (int i = 0; i < size[q] * size[r]; i++) {
            const int x = i / size[r], y = i % size[r];
            (void)add_types(of, sets, q == 0 ? x : -1, q == 1 ? x : r == 1 ? y : -1, r == 2 ? y : -1);
        }
        add_lines(sets, first[3 + p], size[q], size[r], first[q], first[r]);
    }
    assert_int_equal(of->sets, sets->count);
}

static uint64_t invert(uint64_t of)
{
    uint64_t out = 1;
    for (uint32_t e = PRIME - 2; e; e >>= 1) {
        out = e & 1 ? out * of % PRIME : out;
        of = of * of % PRIME;
    }
    return out;
}

/* Takes the rows of the basis away; the type that is left, or TYPES. */
static int reduce(uint64_t row[TYPES], uint64_t basis[TYPES][TYPES])
{
    for (int t = 0; t < TYPES; t++) {
        const uint64_t by = row[t];
        if (by && !basis[t][t]) {
            return t;
        }
        for (int u = t; by && u < TYPES; u++) {
            row[u] = (row[u] + (PRIME - by) * basis[t][u]) % PRIME;
        }
    }
    return TYPES;
}

/* All that follows from the sets that are told, and from their being empty: few sets are none of it. */
static void check_business(const business *of, const tsl__small_sets *sets)
{
    static uint64_t basis[TYPES][TYPES], row[TYPES];
    unsigned char empty[TYPES] = {0};
    memset(basis, 0, sizeof basis);
    for (size_t i = 0; i < of->sets; i++) {
        for (int t = 0; t < TYPES && !sets->of[i].is_hidden && of->set[i].size == 0; t++) {
            empty[t] |= of->set[i].has[t];
        }
    }
    for (int told = 1; told >= 0; told--) {
        for (size_t i = 0; i < of->sets; i++) {
            const double size = of->set[i].size;
            const int is_few = size >= 1 && size < LEAST;
            for (int t = 0; t < TYPES; t++) {
                row[t] = of->set[i].has[t] && !empty[t];
            }
            assert_true(sets->of[i].is_hidden || !is_few);
            if (!told && is_few) {
                assert_int_not_equal(reduce(row, basis), TYPES);
            } else if (told && !sets->of[i].is_hidden) {
                const int at = reduce(row, basis);
                const uint64_t scale = at < TYPES ? invert(row[at]) : 0;
                for (int t = at; t < TYPES; t++) {
                    basis[at][t] = row[t] * scale % PRIME;
                }
            }
        }
    }
}

/* What is uncertain of a set that is told are none, or not few. */
static void check_rests(const tsl__small_sets *sets)
{
    for (size_t s = 0, m = 0; s < sets->sums; s++) {
        double hidden = 0;
        for (; m < sets->end[s]; m++) {
            const tsl__small_set *part = &sets->of[sets->part[m]];
            hidden += part->is_hidden && !part->is_certain ? part->size : 0;
        }
        assert_true(sets->of[sets->total[s]].is_hidden || hidden < .5 || hidden > LEAST - .5);
    }
}

static void test_adversary(void **state)
{
    (void)state;
    static business of;
    size_t hidden = 0, sets_in_all = 0;
    for (uint32_t seed = 1; seed <= 300; seed++) {
        tsl__small_sets sets = {.least = LEAST};
        draw_business(seed, &of, &sets);
        tsl__small_sets_hide(&sets);
        assert_false(sets.failed);
        if (!sets.of[0].is_hidden) {
            check_business(&of, &sets);
            check_rests(&sets);
        }
        for (size_t i = 0; i < sets.count; i++) {
            hidden += sets.of[i].is_hidden != 0;
            sets_in_all++;
        }
        tsl__small_sets_free(&sets);
    }
    assert_true(hidden > sets_in_all / 10 && hidden < sets_in_all); /* not all of it, and not nothing */
}

/* The same sets are hidden of the same sizes, and none where none is small. */
static void test_nothing(void **state)
{
    (void)state;
    static business of;
    tsl__small_sets sets = {.least = 1};
    draw_business(7, &of, &sets);
    tsl__small_sets_hide(&sets);
    for (size_t i = 0; i < sets.count; i++) {
        assert_false(sets.of[i].is_hidden);
    }
    tsl__small_sets_free(&sets);
    sets = (tsl__small_sets){.least = LEAST}; /* and none at all */
    tsl__small_sets_hide(&sets);
    assert_false(sets.failed);
    tsl__small_sets_free(&sets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_lists), cmocka_unit_test(test_bridge),
                                       cmocka_unit_test(test_adversary), cmocka_unit_test(test_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
