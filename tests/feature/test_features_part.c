/* test_features_part.c: features of some of the customers: of those whose ids fall into the first shards, and of those
 * who are kept, against those of tables that hold no others. */
#include "tables.h"

#include "base/rng.h"
#include "base/text.h"
#include "feature/features.h"
#include "table/row/shards.h"

enum { CUSTOMERS = 600 };

static int is_kept(int customer)
{
    return customer % 5 != 2;
}

/* The orders of all, or of those who are kept. */
static tsl_table *make_table(int all)
{
    tsl__text csv = {0};
    tsl_table *table = NULL;
    tsl_error err;
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.by_customer = 1;
    tsl__text_puts(&csv, "customer_id,date,amount\n");
    for (int c = 0; c < CUSTOMERS; c++) {
        tsl__rng rng = tsl__rng_open(5, 1, (uint32_t)c);
        const int orders = c % 3 ? 1 + (int)tsl__rng_below(&rng, 9) : 1;
        for (int o = 0; o < orders; o++) {
            char day[11];
            tsl_day_write(19000 + (int32_t)tsl__rng_below(&rng, 400), day);
            if (all || is_kept(c)) {
                tsl__text_printf(&csv, "c%d,%s,%d\n", c, day, 1 + (int)tsl__rng_below(&rng, 500));
            }
        }
    }
    const tsl_source source = {.bytes = csv.data, .count = csv.length};
    if (tsl_table_read(TSL_TRANSACTIONS, &source, 1, NULL, NULL, &opt, NULL, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    tsl__text_free(&csv);
    return table;
}

static tsl_features *make_features(const tsl_table *table, size_t shards)
{
    const tsl_tables tables = {.transactions = table, .as_of = 19300, .clip = 1};
    tsl_features *f = NULL;
    tsl_error err;
    if (tsl__features_build_bare(&tables, shards, NULL, NULL, NULL, &f, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return f;
}

static const double *get_row(const tsl_features *f, size_t i, const char *name)
{
    return f->x + i * f->feature_count + tsl_features_get_index(f, name);
}

/* Whoever is in the first shards, each with what he has among all. */
static void test_sample(void **state)
{
    (void)state;
    static const char *const names[] = {"recency_days", "frequency", "monetary_total", "tenure_days", "gap_mean_days"};
    tsl_table *table = make_table(1);
    tsl_features *all = make_features(table, 0);
    for (size_t shards = 1; shards <= TSL__SHARDS; shards = shards * 3 + 19) {
        tsl_features *some = make_features(table, shards);
        size_t at = 0;
        for (size_t i = 0; i < all->customers; i++) {
            if (tsl__shard_find(tsl__span_make(all->id[i])) >= shards) {
                continue;
            }
            assert_true(at < some->customers);
            assert_string_equal(some->id[at], all->id[i]);
            for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
                assert_memory_equal(get_row(some, at, names[n]), get_row(all, i, names[n]), sizeof(double));
            }
            at++;
        }
        assert_int_equal(at, some->customers);
        tsl_features_free(some);
    }
    tsl_features_free(all);
    tsl_table_free(table);
}

/* What clusters are found by is that of the others' absence. */
static void test_part(void **state)
{
    (void)state;
    tsl_table *table[2] = {make_table(1), make_table(0)};
    tsl_features *all = make_features(table[0], 0), *alone = make_features(table[1], 0), *part = NULL;
    tsl_feature_matrix *a = NULL, *b = NULL;
    unsigned char kept[CUSTOMERS];
    const tsl_exec exec = {.size = sizeof exec, .threads = 1};
    for (size_t i = 0; i < all->customers; i++) {
        kept[i] = (unsigned char)is_kept(atoi(all->id[i] + 1));
    }
    assert_int_equal(tsl__features_take_part(all, kept, NULL, &exec, &part, NULL), TSL_OK);
    assert_int_equal(part->customers, alone->customers);
    assert_true(part->customers < all->customers);
    assert_true(part->recipe->gap_days == alone->recipe->gap_days);
    assert_int_equal(part->recipe->class_count, alone->recipe->class_count);
    assert_true(part->recipe->class_count > 1); /* those who bought once are many */
    assert_memory_equal(part->apart, alone->apart, part->customers);
    assert_int_equal(tsl_features_get_matrix(part, &exec, &a, NULL), TSL_OK);
    assert_int_equal(tsl_features_get_matrix(alone, &exec, &b, NULL), TSL_OK);
    assert_int_equal(a->rows, b->rows);
    assert_int_equal(a->cols, b->cols);
    assert_memory_equal(a->values, b->values, a->rows * a->cols * sizeof *a->values);
    for (size_t i = 0; i < part->customers; i++) {
        assert_string_equal(part->id[i], alone->id[i]);
    }
    tsl_feature_matrix_free(a);
    tsl_feature_matrix_free(b);
    tsl_features_free(part);
    tsl_features_free(alone);
    tsl_features_free(all);
    tsl_table_free(table[0]);
    tsl_table_free(table[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sample), cmocka_unit_test(test_part)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
