/* test_rename.c: features that get pseudonyms once they are there are those of tables that had them from the start. */
#include "feature/rename.h"

#include "feature/tables.h"

#include "table/cell/suppression.h"

static tsl_error err;

static const char people[] = "customer_id,city,age\na,Lima,20\nb,Oslo,30\nc,Rome,40\nd,Lima,50\ne,Oslo,60\n",
                  orders[] = "customer_id,date,amount\na,2024-01-01,5\na,2024-02-01,7\nb,2024-01-09,9\nc,2024-03-01,1\n"
                             "d,2024-03-05,4\ne,2024-02-02,8\ne,2024-02-09,2\n";

static tsl_table *read_table(tsl_table_kind kind, const char *csv, const tsl_pseudonyms *pseudonyms,
                             const tsl_suppression *suppression)
{
    const tsl_source source = {.bytes = csv, .count = strlen(csv)};
    tsl_table_options opt;
    tsl_table *table;
    TSL_DEFAULTS(table, &opt);
    opt.pseudonyms = pseudonyms;
    opt.suppression = suppression;
    if (tsl_table_read(kind, &source, 1, NULL, NULL, &opt, NULL, &table, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return table;
}

static tsl_features *make(const tsl_pseudonyms *pseudonyms, const tsl_suppression *suppression)
{
    tsl_table *customers = read_table(TSL_CUSTOMERS, people, pseudonyms, suppression),
              *lines = read_table(TSL_TRANSACTIONS, orders, pseudonyms, suppression);
    tsl_features *f = features_of(customers, lines, NULL, NULL, NULL);
    if (suppression) {
        assert_int_equal(tsl_table_get_rejected(customers, TSL_REJECT_SUPPRESSED), 1);
        assert_int_equal(tsl_table_get_rejected(lines, TSL_REJECT_SUPPRESSED), 1);
    }
    tsl_table_free(customers);
    tsl_table_free(lines);
    return f;
}

static tsl_pseudonyms *open_key(const char *key)
{
    tsl_pseudonyms *p;
    assert_int_equal(tsl_pseudonyms_build(key, strlen(key), &p, &err), TSL_OK);
    return p;
}

static void assert_same_rows(const tsl_features *a, const tsl_features *b)
{
    assert_int_equal(a->customers, b->customers);
    assert_int_equal(a->feature_count, b->feature_count);
    for (size_t i = 0; i < a->customers; i++) {
        assert_string_equal(a->id[i], b->id[i]);
        assert_memory_equal(a->x + i * a->feature_count, b->x + i * a->feature_count, a->feature_count * sizeof *a->x);
        assert_memory_equal(a->history + i * TSL_HISTORY_COLUMNS, b->history + i * TSL_HISTORY_COLUMNS,
                            TSL_HISTORY_COLUMNS * sizeof *a->history);
        for (size_t c = 0; c < a->category_count; c++) {
            assert_int_equal(a->category[c].code[i], b->category[c].code[i]);
        }
        for (int g = 0; g < TSL_GROUPS; g++) {
            const size_t cols = a->vector[g].cols;
            if (cols) {
                assert_memory_equal(a->vector[g].values + i * cols, b->vector[g].values + i * cols,
                                    cols * sizeof *a->vector[g].values);
            }
        }
    }
}

static void test_late_is_early(void **state)
{
    (void)state;
    tsl_pseudonyms *key = open_key("0123456789abcdef"), *other = open_key("another key, too");
    tsl_features *early = make(key, NULL), *late = make(NULL, NULL), *raw = make(NULL, NULL);
    assert_string_equal(raw->recipe->pseudonyms, "");
    assert_int_equal(tsl__features_rename(late, "it", key, NULL, 2, &err), TSL_OK);
    assert_same_rows(early, late);
    assert_string_equal(late->recipe->pseudonyms, tsl_pseudonyms_get_fingerprint(key));
    assert_string_equal(early->recipe->pseudonyms, late->recipe->pseudonyms);
    for (size_t i = 1; i < late->customers; i++) { /* the order tells nothing of the ids' */
        assert_true(strcmp(late->id[i - 1], late->id[i]) < 0);
    }
    assert_int_equal(tsl__features_rename(late, "it", key, NULL, 1, &err), TSL_OK); /* they are by this key already */
    assert_same_rows(early, late);
    assert_int_equal(tsl__features_rename(late, "it", other, NULL, 1, &err), TSL_E_INPUT);
    assert_int_equal(tsl__features_rename(raw, "it", NULL, NULL, 1, &err), TSL_OK);
    assert_string_equal(raw->id[0], "a");
    tsl_features_free(early);
    tsl_features_free(late);
    tsl_features_free(raw);
    tsl_pseudonyms_free(key);
    tsl_pseudonyms_free(other);
}

static tsl_suppression *suppress(const char *const *ids, size_t count)
{
    tsl_suppression *s;
    assert_int_equal(tsl__suppression_open(&s, &err), TSL_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(tsl__suppression_add(s, ids[i], &err), TSL_OK);
    }
    return s;
}

static void test_suppressed(void **state)
{
    (void)state;
    static const char *const who[] = {"c", "nobody"}, *const all[] = {"a", "b", "c", "d", "e"};
    tsl_pseudonyms *key = open_key("0123456789abcdef");
    for (int keyed = 0; keyed < 2; keyed++) { /* by their ids, whatever they are called */
        tsl_suppression *in_tables = suppress(who, 2), *in_file = suppress(who, 2), *everybody = suppress(all, 5);
        tsl_features *without = make(keyed ? key : NULL, in_tables), *f = make(keyed ? key : NULL, NULL);
        assert_int_equal(without->customers, 4);
        assert_int_equal(tsl_suppression_get_info(in_tables).found, 1);
        assert_int_equal(tsl__features_rename(f, "it", keyed ? key : NULL, in_file, 1, &err), TSL_OK);
        assert_int_equal(tsl_suppression_get_info(in_file).found, 1);
        assert_int_equal(f->customers, 4);
        for (size_t i = 0; i < f->customers; i++) {
            assert_string_equal(f->id[i], without->id[i]);
        }
        assert_int_equal(tsl__features_rename(f, "it", keyed ? key : NULL, everybody, 1, &err), TSL_E_INPUT);
        if (keyed) { /* without the key nobody knows who they are */
            assert_int_equal(tsl__features_rename(f, "it", NULL, in_file, 1, &err), TSL_E_OPTION);
        }
        tsl_features_free(without);
        tsl_features_free(f);
        tsl_suppression_free(in_tables);
        tsl_suppression_free(in_file);
        tsl_suppression_free(everybody);
    }
    tsl_pseudonyms_free(key);
}

/* Tables of one run have one key. */
static void test_two_keys(void **state)
{
    (void)state;
    tsl_pseudonyms *key = open_key("0123456789abcdef");
    tsl_table *customers = read_table(TSL_CUSTOMERS, people, key, NULL),
              *lines = read_table(TSL_TRANSACTIONS, orders, NULL, NULL);
    const tsl_tables tables = {customers, lines, NULL, TSL_NO_DAY, 0};
    tsl_features *f;
    assert_int_equal(tsl_features_build(&tables, NULL, NULL, NULL, &f, &err), TSL_E_OPTION);
    tsl_table_free(customers);
    tsl_table_free(lines);
    tsl_pseudonyms_free(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_late_is_early), cmocka_unit_test(test_suppressed),
                                       cmocka_unit_test(test_two_keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
